"""Who leaves a post leaves nothing behind; who comes finds the list, and signs."""

import pytest
from sqlalchemy import select

from tests.workflows.town import NOT_THEIRS, Town
from workflows import drafts, inbox, people, posts
from workflows.errors import NotNow, NotYours, PeopleRefused, PersonUnknown
from workflows.tables import Holding, Notice, Post, Role

PARTIES = ("admin", "fan", "zhang", "he")


def hand_over(town: Town, who: str, post: str, to: str) -> int:
    """Hand a post from its holder to a successor."""
    ids = town.posts[post], town.people[post], town.people[to]
    return town.act(who, posts.hand_over, *ids, "答应过周五前回话。").id


def test_only_administering_tells_no_titles(town: Town) -> None:
    told = {who: town.look(who, lambda _, actor: posts.tells_titles(actor)) for who in PARTIES}

    assert told == {"admin": False, "fan": True, "zhang": True, "he": True}


def test_the_successor_finds_everything_and_signs(town: Town) -> None:
    item_id = town.handled()

    record_id = hand_over(town, "fan", "chu", "he")

    record = town.look("he", posts.hand_over_of, record_id)
    assert [(line["item_id"], line["step"]) for line in record.work] == [(item_id, "反馈")]
    assert [row.todo.step for row in town.look("he", inbox.mine)] == ["report"]
    assert [row.todo.step for row in town.look("chu", inbox.mine)] == []
    told = select(Notice.kind).where(Notice.person_id == town.people["he"])
    assert town.rows(told)[-1] == "handed_over"
    assert [each.id for each in town.look("he", posts.waiting_hand_overs)] == [record_id]
    town.act("he", posts.receive, record_id)
    assert town.look("he", posts.waiting_hand_overs) == []
    with pytest.raises(NotNow):
        town.act("he", posts.receive, record_id)


def test_who_held_it_stays_on_record(town: Town) -> None:
    town.handled()
    hand_over(town, "fan", "chu", "he")

    wanted = select(Holding).where(Holding.post_id == town.posts["chu"]).order_by(Holding.id)
    before, after = town.rows(wanted)

    assert (before.person_id, after.person_id) == (town.people["chu"], town.people["he"])
    assert before.until == after.since


def test_a_supervisor_s_items_go_along(town: Town) -> None:
    item_id = town.under_review()
    kept = town.accepted()

    record_id = hand_over(town, "zhang", "li", "chu")

    assert town.item(item_id).supervisor_id == town.people["chu"]
    assert [row.item.id for row in town.look("chu", inbox.mine)] == [item_id]
    work = town.look("zhang", posts.hand_over_of, record_id).work
    assert [(line["item_id"], line["step"]) for line in work] == [(item_id, "审核反馈"), (kept, "")]


def test_a_draft_goes_along(town: Town) -> None:
    item_id = town.handled()
    task = town.task(item_id, "report", "parks")
    town.act("chu", drafts.save_draft, task, {"progress": ["写了一半"]})

    hand_over(town, "fan", "chu", "he")

    draft = town.look("he", drafts.draft_of, task)
    assert draft is not None
    assert draft.fields == {"progress": ["写了一半"]}


def test_who_may_hand_over(town: Town) -> None:
    for who, post in (("gao", "chu"), ("chu", "chu"), ("fan", "fan"), ("zhang", "admin")):
        with pytest.raises((*NOT_THEIRS, PersonUnknown)):
            hand_over(town, who, post, "he")
    record_id = hand_over(town, "admin", "fan", "he")

    with pytest.raises(NotYours):
        town.act("admin", posts.receive, record_id)
    with pytest.raises(PersonUnknown):
        town.look("gao", posts.hand_over_of, record_id)


def test_nobody_succeeds_themselves_and_an_administrator_stays(town: Town) -> None:
    for post, to in (("chu", "chu"), ("admin", "he")):
        with pytest.raises(PeopleRefused):
            hand_over(town, "admin", post, to)


def test_two_administrators_do_not_become_one_by_handing_over(town: Town) -> None:
    unit_id = town.rows(select(Post.unit_id).where(Post.id == town.posts["admin"]))[0]
    second = town.act("admin", people.add_post, unit_id, "系统管理员（副）", Role.ADMINISTRATOR).id
    town.act("admin", people.give_post, town.people["he"], second)
    ids = second, town.people["he"]

    with pytest.raises(PeopleRefused) as refusal:
        town.act("admin", posts.hand_over, *ids, town.people["admin"])

    assert refusal.value.facts["why"] == "second_administrator"
    town.act("admin", posts.hand_over, *ids, town.people["chu"])
    assert town.look("chu", lambda _, actor: actor.has(Role.ADMINISTRATOR))


def test_the_director_gives_an_item_to_another_supervisor(town: Town) -> None:
    item_id = town.under_review()
    for who in ("li", "fan", "mayor"):
        with pytest.raises(NotYours):
            town.act(who, posts.hand_to_supervisor, item_id, town.people["zhou"])

    town.act("zhang", posts.hand_to_supervisor, item_id, town.people["zhou"])

    assert [row.todo.step for row in town.look("zhou", inbox.mine)] == ["review"]
    assert town.story(item_id)[-1] == "supervisor_changed"
    with pytest.raises(PersonUnknown):
        town.act("zhang", posts.hand_to_supervisor, item_id, town.people["chu"])


def test_the_list_holds_only_what_is_of_the_post_s_unit(town: Town) -> None:
    item_id = town.handled("finance")
    task = town.task(item_id, "report", "finance")
    town.act("yang", posts.delegate, task, town.people["gao"], "由你写")
    parks = town.rows(select(Post).where(Post.id == town.posts["chu"]))[0]

    with town.database.read() as session:
        work = posts.open_work(session, parks, town.people["gao"])

    assert [line.step for line in work] == ["反馈"]
