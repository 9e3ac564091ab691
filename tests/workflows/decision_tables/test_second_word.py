"""A table that a second administrator reads before it holds, and no page that goes round it."""

import pytest
from sqlalchemy import select

import engine
from tests.workflows.drawings.conftest import house
from tests.workflows.town import Town
from workflows import decision_tables, ladder_rules, limits, moves, revisits, settings, switches
from workflows.errors import (
    DraftOpen,
    DraftUnread,
    MovesUnseen,
    NewerDeployed,
    NewestAlready,
    OwnReview,
    ReasonMissing,
    ReviewMissing,
    ReviewSettled,
)
from workflows.ladder_rules import Row
from workflows.moves import NewRule
from workflows.reckoning import Span
from workflows.tables import LimitUnit, Notice, Rung, Urgency

__all__ = ["house"]

URGENT = "instruction.urgent"
EIGHT = NewRule(URGENT, Span(8, LimitUnit.WORKING_DAYS, URGENT), limits.PART)


@pytest.fixture
def changed(house: Town) -> int:
    """Give a draft of limits in which an urgent instruction has eight days, by 何敏."""
    draft = house.act("admin", decision_tables.open_draft, "limits")
    table = limits.with_rules(decision_tables.rows_of(draft), [limits.Rule(*_parts(EIGHT))])
    xml = engine.write_decision_table(table)
    return house.act("admin", decision_tables.save_draft, "limits", xml, draft.revision).id


def _parts(rule: NewRule) -> tuple[str, Span, limits.Clause]:
    return rule.name, rule.span, rule.clause


def told(town: Town, who: str) -> list[str]:
    """Return what somebody was told."""
    return list(town.rows(select(Notice.kind).where(Notice.person_id == town.people[who])))


def days(town: Town) -> int:
    """Return how long an urgent instruction may take."""
    with town.database.read() as session:
        return limits.span_of(session, URGENT).number


def test_a_second_administrator_lets_a_table_through(house: Town, changed: int) -> None:
    with pytest.raises(ReviewMissing, match="not_asked"):
        house.act("admin", decision_tables.deploy_draft, changed, "放宽")
    house.act("admin", decision_tables.ask_review, changed, "三天太紧")
    with pytest.raises(OwnReview):
        house.act("admin", decision_tables.review_draft, changed, approve=True, words="")
    waiting = [
        (draft.id, by.id) for draft, by in house.look("zhou", decision_tables.waiting_reviews)
    ]
    with pytest.raises(DraftUnread):
        house.act("zhou", decision_tables.review_draft, changed, approve=True, words="", revision=1)
    house.act("zhou", decision_tables.review_draft, changed, approve=True, words="")
    before = days(house)

    made = house.act("admin", decision_tables.deploy_draft, changed, "")

    assert waiting == [(changed, house.people["admin"])]
    assert (before, days(house)) == (3, 8)
    assert (made.note, made.reviewed_by) == ("三天太紧", "周平")
    assert house.look("zhou", decision_tables.waiting_reviews) == []
    assert (told(house, "zhou"), told(house, "admin")) == (
        ["table_review_asked", "table_deployed"],
        ["table_review_approved"],
    )


def test_a_table_is_sent_back_with_a_reason(house: Town, changed: int) -> None:
    house.act("admin", decision_tables.ask_review, changed, "三天太紧")
    with pytest.raises(ReasonMissing):
        house.act("zhou", decision_tables.review_draft, changed, approve=False, words=" ")
    house.act("zhou", decision_tables.review_draft, changed, approve=False, words="说不出依据")

    with pytest.raises(ReviewMissing, match="returned"):
        house.act("admin", decision_tables.deploy_draft, changed, "")
    assert told(house, "admin") == ["table_review_returned"]


def test_an_older_version_comes_back_the_same_way(house: Town, changed: int) -> None:
    house.act("admin", decision_tables.ask_review, changed, "三天太紧")
    house.act("zhou", decision_tables.review_draft, changed, approve=True, words="")
    house.act("admin", decision_tables.deploy_draft, changed, "")
    own = house.act("zhou", decision_tables.open_draft, "limits")
    first = house.look("admin", decision_tables.versions, "limits")[-1]

    back = house.act("admin", decision_tables.roll_back, "limits", first.id)
    again = house.act("zhou", decision_tables.roll_back, "limits", first.id)
    with pytest.raises(ReviewMissing):
        house.act("admin", decision_tables.deploy_draft, back.id, "退回")
    house.act("admin", decision_tables.ask_review, back.id, "八天太松")
    house.act("zhou", decision_tables.review_draft, back.id, approve=True, words="同意")
    made = house.act("admin", decision_tables.deploy_draft, back.id, "")

    assert again.id == back.id  # beside the draft that is open, and once
    assert (days(house), made.back_to, made.number) == (3, first.number, 3)
    with pytest.raises(NewerDeployed):  # the draft that was begun on the version before
        house.act("zhou", decision_tables.ask_review, own.id, "另改")
    with pytest.raises(NewestAlready):
        house.act("admin", decision_tables.roll_back, "limits", first.id)


def test_who_only_lets_a_draft_stand_on_the_newest_version_has_not_written_it(
    house: Town, changed: int
) -> None:
    first = house.look("admin", decision_tables.versions, "limits")[-1]
    nine = limits.Rule("minutes", Span(9, LimitUnit.NATURAL_DAYS, "minutes"), limits.PART)
    with house.database.read() as session:
        table = limits.with_rules(engine.decision_table(session, "limits"), [nine])
    house.database.write(
        lambda session: engine.deploy_decision(session, engine.write_decision_table(table), by="")
    )
    rebased = house.act("zhou", decision_tables.rebase_draft, changed)
    assert rebased.base_id != first.id

    house.act("admin", decision_tables.ask_review, changed, "三天太紧")
    with pytest.raises(OwnReview):
        house.act("admin", decision_tables.review_draft, changed, approve=True, words="")


def test_what_runs_follows_a_deployed_table_once_that_was_seen(house: Town, changed: int) -> None:
    item_id = house.assigned(urgency=Urgency.URGENT)
    house.act("admin", decision_tables.ask_review, changed, "三天太紧")
    house.act("zhou", decision_tables.review_draft, changed, approve=True, words="")
    shown = house.look("admin", decision_tables.release, changed).moves
    with pytest.raises(MovesUnseen):
        house.act("admin", decision_tables.deploy_draft, changed, "", seal="")

    house.act("admin", decision_tables.deploy_draft, changed, "", seal=shown.seal)

    assert house.part(item_id, "parks").due_why[-1]["because"] == "rule"


def test_no_short_page_goes_round_the_review(house: Town) -> None:
    for change in (
        lambda s, a: moves.change_rules(s, a, [EIGHT]),
        lambda s, a: ladder_rules.change_ladder(s, a, LADDER),
        lambda s, a: revisits.change_weights(s, a, {"late": 10}),
    ):
        with pytest.raises(ReviewMissing, match="draft"):
            house.act("admin", change)

    draft = house.act("admin", decision_tables.propose_rules, [EIGHT], "三天太紧")
    nine = NewRule("minutes", Span(9, LimitUnit.NATURAL_DAYS, "minutes"), limits.PART)
    same = house.act("admin", decision_tables.propose_rules, [nine], "三天太紧，纪要太松")
    with pytest.raises(DraftOpen):
        house.act("zhou", decision_tables.propose_rules, [nine], "我也改")
    house.act("admin", decision_tables.propose_weights, {"late": 10}, "早些去看")
    rows = house.act("admin", decision_tables.propose_ladder, LADDER, "加急同特急")

    assert same.id == draft.id
    assert len(house.look("zhou", decision_tables.release, draft.id).changes) == 2
    assert len(house.look("zhou", decision_tables.waiting_reviews)) == 3
    assert ladder_rules.rows_in(decision_tables.rows_of(rows)) == LADDER  # both in one row still
    assert days(house) == 3


LADDER = [
    Row(Rung.REMINDER, 1, 0),
    Row(Rung.URGE, 2, 0),
    Row(Rung.NOTICE_BLUE, 2, 0, urgencies=(Urgency.FLASH, Urgency.URGENT)),
]


def test_switching_the_review_off_takes_two(house: Town) -> None:
    name = settings.REVIEWED
    assert not house.act("admin", switches.change, name, settings.NO)
    assert not house.act("admin", switches.change, name, settings.NO)  # asked once
    [wish] = house.look("zhou", switches.waiting)
    with pytest.raises(OwnReview):
        house.act("admin", switches.agree, wish.id)
    with house.database.read() as session:
        before = settings.is_on(session, name)
    house.act("zhou", switches.agree, wish.id)
    with pytest.raises(ReviewSettled):
        house.act("zhou", switches.decline, wish.id)
    with house.database.read() as session:
        after = settings.is_on(session, name)
    house.act("admin", switches.change, name, settings.YES)  # on again needs nobody

    assert (before, after) == (True, False)
    assert (told(house, "zhou"), told(house, "admin")) == (
        ["setting_asked", "setting_changed"],
        ["setting_agreed"],
    )
    story = house.look("admin", switches.story)
    assert [(each.new, each.settled_by_id is not None) for each in story] == [
        ("yes", False),
        ("no", True),
    ]
