"""What is done to administrators' accounts: told, on record, and no way round the second word."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

import engine
from engine import Session
from tests.workflows.town import Town
from workflows import (
    account_changes,
    decision_tables,
    limits,
    people,
    posts,
    settings,
    switches,
    terminal,
)
from workflows.errors import SameHands
from workflows.people import PersonForm
from workflows.reckoning import Span
from workflows.tables import (
    AccountDeed,
    Holding,
    LimitUnit,
    Notice,
    Post,
    Role,
)

ALMOST, REST = timedelta(days=6, hours=23), timedelta(hours=1)
NINE = limits.Rule("minutes", Span(9, LimitUnit.NATURAL_DAYS, "minutes"), limits.PART)


@pytest.fixture
def house(town: Town) -> Town:
    """Give a second and a third administrator to the town, long since: 周平 and 李文."""
    for who in ("zhou", "li"):
        post_id, since = added(town), town.clock.now().date() - timedelta(days=30)
        held = Holding(post_id=post_id, person_id=town.people[who], since=since)
        town.database.write(lambda session, held=held: session.add(held))
    return town


def added(town: Town) -> int:
    """Add an administrator's post; return its number."""
    unit = town.units["office"]
    return town.act("admin", people.add_post, unit, "系统管理员", Role.ADMINISTRATOR).id


def told(town: Town, who: str) -> list[tuple[str, str, str | None]]:
    """Return what somebody was told about accounts: whose, what was done, by whom."""
    wanted = select(Notice).where(Notice.kind == account_changes.NOTICE).order_by(Notice.id)
    rows = town.rows(wanted.where(Notice.person_id == town.people[who]))
    return [(row.facts["name"], row.facts["deed"], row.facts["by"]) for row in rows]


def tied(town: Town, reader: str, author: str) -> tuple[str, AccountDeed] | None:
    """Return what ties two accounts, and whose it was done to."""
    with town.database.read() as session:
        lately = account_changes.lately(session)
        found = account_changes.tie(lately, town.people[reader], {town.people[author]})
        return (found.person.name, found.deed) if found else None


def at_terminal(town: Town, deed: Callable[[Session, str], str], login: str) -> None:
    """Do something at the server's terminal."""
    town.database.write(lambda session: deed(session, login))


def sent(town: Town, author: str) -> int:
    """Have somebody change the limits and send the draft; return its number."""
    draft = town.act(author, decision_tables.open_draft, "limits")
    xml = engine.write_decision_table(limits.with_rules(decision_tables.rows_of(draft), [NINE]))
    town.act(author, decision_tables.save_draft, "limits", xml, draft.revision)
    town.act(author, decision_tables.ask_review, draft.id, "纪要太紧")
    return draft.id


def approve(town: Town, who: str, draft_id: int) -> None:
    """Have somebody approve a draft."""
    town.act(who, decision_tables.review_draft, draft_id, approve=True, words="")


# -- told and on record -------------------------------------------------------------------


def test_every_other_administrator_and_the_person_hear_of_it(house: Town) -> None:
    zhou, chu = house.people["zhou"], house.people["chu"]
    house.act("admin", people.reset_password, zhou)
    house.act("admin", people.issue_token, house.people["admin"])  # one's own is nobody's matter
    house.act("admin", people.reset_password, chu)  # administers nothing
    at_terminal(house, terminal.reset_password, "zhou")
    house.act("li", people.give_post, chu, added(house))

    by_admin, by_nobody = ("周平", "reset", "管理员"), ("周平", "reset", None)
    named = ("褚云", "named", "李文")
    assert told(house, "zhou") == [by_admin, by_nobody, named]
    assert told(house, "li") == [by_admin, by_nobody]
    assert told(house, "admin") == [by_nobody, named]
    assert told(house, "chu") == [named]
    with house.database.read() as session:
        record = account_changes.changes_of(session, people.actor_of(session, chu), chu)
        assert [(each.deed, each.by and each.by.name) for each in record] == [
            (AccountDeed.NAMED, "李文"),
            (AccountDeed.RESET, "管理员"),
        ]


def deputy_ended(town: Town) -> None:
    """Have somebody act as an administrator, and no longer."""
    deputy = town.act("li", posts.appoint, added(town), town.people["chu"])
    town.act("admin", posts.end_deputy, deputy.id)


def handed_on(town: Town) -> None:
    """Give somebody a post, and hand it on to another."""
    post_id, chu = added(town), town.people["chu"]
    town.act("li", people.give_post, chu, post_id)
    town.act("admin", posts.hand_over, post_id, chu, town.people["fan"])


def test_a_post_taken_back_is_told_and_on_record_like_one_that_is_given(house: Town) -> None:
    held = house.act("li", people.give_post, house.people["chu"], added(house))
    house.act("admin", people.end_holding, held.id)
    handed_on(house)
    deputy_ended(house)

    relieved = ("褚云", "relieved", "管理员")
    for who in ("zhou", "li", "chu"):
        assert told(house, who).count(relieved) == 3
    assert relieved not in told(house, "admin")
    record = house.look("auditor", account_changes.changes_of, house.people["chu"])
    assert [each.deed for each in record].count(AccountDeed.RELIEVED) == 3


def test_a_token_that_is_ended_and_a_closed_account_are_told_once(house: Town) -> None:
    zhou = house.people["zhou"]
    house.act("zhou", people.issue_token, zhou)
    for _twice in range(2):
        house.act("admin", people.revoke_token, zhou)
    for _twice in range(2):
        house.act("admin", people.disable_person, zhou)

    assert told(house, "li") == [("周平", deed, "管理员") for deed in ("revoked", "closed")]


def test_what_is_taken_from_somebody_ties_nobody(house: Town) -> None:
    house.act("zhou", people.issue_token, house.people["zhou"])
    house.act("admin", people.revoke_token, house.people["zhou"])
    held = select(Holding).join(Post).where(Holding.person_id == house.people["zhou"])
    [post] = house.rows(held.where(Post.role == Role.ADMINISTRATOR))
    house.act("admin", people.end_holding, post.id)

    assert tied(house, "zhou", "admin") is None


# -- whose word isn't a second one --------------------------------------------------------


def opened_again(town: Town) -> None:
    """Close an account and open it again."""
    for verb in (people.disable_person, people.enable_person):
        town.act("admin", verb, town.people["zhou"])


WAYS: dict[AccountDeed, list[Callable[[Town], object]]] = {
    AccountDeed.RESET: [lambda town: town.act("admin", people.reset_password, town.people["zhou"])],
    AccountDeed.ISSUED: [lambda town: town.act("admin", people.issue_token, town.people["zhou"])],
    AccountDeed.REOPENED: [opened_again],
    AccountDeed.NAMED: [
        lambda town: town.act("admin", people.give_post, town.people["zhou"], added(town)),
        lambda town: town.act("admin", posts.hand_over, added(town), None, town.people["zhou"]),
        lambda town: town.act("admin", posts.appoint, added(town), town.people["zhou"]),
    ],
}


def test_each_way_into_an_account_ties_it_for_a_week(house: Town) -> None:
    for deed, ways in WAYS.items():
        for way in ways:
            assert tied(house, "zhou", "admin") is None
            way(house)
            house.clock.move(ALMOST)
            assert tied(house, "zhou", "admin") == tied(house, "admin", "zhou") == ("周平", deed)
            assert tied(house, "zhou", "li") is None
            house.clock.move(REST)


def test_what_is_done_at_the_terminal_ties_nobody(house: Town) -> None:
    at_terminal(house, terminal.reset_password, "zhou")
    at_terminal(house, terminal.issue_token, "zhou")
    assert tied(house, "zhou", "admin") is None

    house.act("admin", people.issue_token, house.people["zhou"])
    at_terminal(house, terminal.issue_token, "zhou")  # the password may be known still
    assert tied(house, "zhou", "admin") == ("周平", AccountDeed.ISSUED)
    at_terminal(house, terminal.reset_password, "zhou")
    assert tied(house, "zhou", "admin") is None


def test_no_detour_over_other_accounts_unties_them(house: Town) -> None:
    form = PersonForm("新人", "xinren")
    person, _password = house.act("admin", people.open_account, form)
    house.people["new"] = person.id
    house.act("admin", people.give_post, person.id, added(house))
    house.act("admin", people.give_post, house.people["chu"], added(house))

    house.act("new", people.reset_password, house.people["zhou"])

    assert tied(house, "zhou", "admin") == ("周平", AccountDeed.RESET)  # by whom they opened
    assert tied(house, "chu", "new") == ("新人", AccountDeed.NAMED)  # two of one
    house.act("li", people.reset_password, house.people["zhou"])  # out of their hands
    assert tied(house, "zhou", "admin") is None
    assert tied(house, "zhou", "li") == ("周平", AccountDeed.RESET)


def test_nobody_reviews_as_the_other_administrator(house: Town) -> None:
    draft_id, at = sent(house, "admin"), house.clock.now()
    house.act("admin", people.reset_password, house.people["zhou"])

    with pytest.raises(SameHands) as refusal:
        approve(house, "zhou", draft_id)
    word = house.look("zhou", decision_tables.release, draft_id).word
    assert refusal.value.facts == {
        "name": "周平",
        "deed": AccountDeed.RESET,
        "by": "管理员",
        "at": at,
        "until": at + account_changes.WEEK,
    }
    assert (word.may_review, [each.facts for each in word.tied]) == (False, [refusal.value.facts])
    counts = [house.look(who, decision_tables.count_reviews) for who in ("zhou", "li", "admin")]
    assert counts == [0, 1, 0]
    assert house.look("li", decision_tables.release, draft_id).word.may_review
    at_terminal(house, terminal.reset_password, "zhou")
    approve(house, "zhou", draft_id)


def test_nobody_writes_as_the_other_administrator_to_review_it_themselves(house: Town) -> None:
    house.act("admin", people.issue_token, house.people["zhou"])
    draft_id = sent(house, "zhou")

    with pytest.raises(SameHands):
        approve(house, "admin", draft_id)
    approve(house, "li", draft_id)


def test_nobody_agrees_as_the_other_to_switch_the_review_off(house: Town) -> None:
    house.act("admin", switches.change, settings.REVIEWED, settings.NO)
    [wish] = house.look("zhou", switches.waiting)
    house.act("admin", people.reset_password, house.people["zhou"])

    with pytest.raises(SameHands):
        house.act("zhou", switches.agree, wish.id)
    house.act("li", switches.agree, wish.id)
