"""Before an item is opened its look-alikes are found, answered, linked or joined."""

import pytest
from sqlalchemy import select

from engine import Session
from tests.workflows.town import NOT_THEIRS, Town
from workflows.actors import Actor
from workflows.errors import LookAlikesOpen, NotYours
from workflows.items import approve_item
from workflows.opening.alike import likeness, look_alikes
from workflows.opening.plans import Plan, plan_of
from workflows.opening.registering import Answer, Opening, amend_item, open_item, related
from workflows.story import story_of
from workflows.tables import Item, Likeness, LookAlikeAnswer, Setting, Source
from workflows.tables.search import folded, grams

TITLE = "城区新建公共停车场"


def found(town: Town, title: str, **changed: object) -> list[tuple[str, int]]:
    """Return the titles of what looks alike, with how much."""
    with town.database.read() as session:
        return [(each.item.title, each.percent) for each in look_alikes(session, title, **changed)]


def opening(town: Town, title: str, answers: dict[int, Answer] | None = None) -> Opening:
    """Return a registration of this title."""
    return Opening(town.registration(title=title), answers=answers or {})


@pytest.mark.parametrize(
    "title",
    ["停车", "新建公共停车场", "城区新建公共停车场（二期）", "关于城区公共停车场新建的督查"],
)
def test_the_same_matter_in_other_words_is_found(town: Town, title: str) -> None:
    town.registered(title=TITLE)

    assert [each for each, _ in found(town, title)] == [TITLE]


@pytest.mark.parametrize("title", ["农村饮水安全", "市园林绿化处经费", "停", "公厕", "car park"])
def test_another_matter_is_not_found(town: Town, title: str) -> None:
    town.registered(title=TITLE)

    assert found(town, title) == []


def test_the_same_unit_and_source_speak_for_it(small_town: Town) -> None:
    town = small_town
    town.assigned(title="背街小巷整治提升")
    plain = dict(found(town, "主干道环境整治提升"))
    unit = town.units["parks"]

    more = dict(found(town, "主干道环境整治提升", unit_ids=[unit], source=Source.CITY_INSTRUCTION))

    assert plain == {}
    assert more == {"背街小巷整治提升": 61}


def test_what_has_ended_is_never_found(small_town: Town) -> None:
    item_id = small_town.registered(title=TITLE)
    small_town.database.write(
        lambda session: setattr(session.get_one(Item, item_id), "state", "refused")
    )

    assert found(small_town, TITLE) == []


def test_how_much_is_too_much_is_a_setting(small_town: Town) -> None:
    small_town.registered(title=TITLE)
    small_town.database.write(lambda s: s.merge(Setting(name="opening.alike", value="90")))

    assert found(small_town, "停车") == []
    assert found(small_town, TITLE) == [(TITLE, 100)]


def test_likeness_is_a_share_of_pairs() -> None:
    same, half = grams(folded("公共停车场")), grams(folded("公共厕所"))

    assert likeness(same, same) == 100
    assert likeness(same, frozenset()) == 0
    assert 0 < likeness(same, half) < 50


def test_an_unanswered_look_alike_stops_the_opening_and_is_told(town: Town) -> None:
    first = town.registered(title=TITLE)

    with pytest.raises(LookAlikesOpen) as refused:
        town.act("li", open_item, opening(town, TITLE))

    (told,) = refused.value.facts["items"]
    assert (told["item_id"], told["title"], told["percent"]) == (first, TITLE, 100)
    assert len(town.rows(select(Item))) == 1


def test_different_needs_a_reason_that_is_kept(town: Town) -> None:
    first = town.registered(title=TITLE)
    with pytest.raises(LookAlikesOpen):
        town.act("li", open_item, opening(town, TITLE, {first: Answer("different", " ")}))

    said = {first: Answer("different", "东区的一处，不是全城")}
    item = town.act("li", open_item, opening(town, TITLE, said))

    (kept,) = town.rows(select(LookAlikeAnswer))
    assert (kept.item_id, kept.other_id, kept.reason) == (item.id, first, "东区的一处，不是全城")
    assert "look_alike_answered" in town.story(item.id)


def test_a_link_shows_on_both(town: Town) -> None:
    first = town.registered(title=TITLE)
    second = town.act("li", open_item, opening(town, TITLE, {first: Answer("linked")})).id

    actor = town.actor("li")
    with town.database.read() as session:
        for one, other in ((first, second), (second, first)):
            (link,) = related(session, actor, session.get_one(Item, one))
            assert (link.item.id, link.answer, link.by) == (other, Likeness.LINKED, "李文")


def test_a_unit_hears_of_no_item_that_it_has_no_part_in(small_town: Town) -> None:
    town = small_town
    first = town.handled(title=TITLE)
    second = town.act("li", open_item, opening(town, TITLE, {first: Answer("linked")})).id

    def links(who: str) -> list[int]:
        def look(session: Session, actor: Actor) -> list[int]:
            return [link.item.id for link in related(session, actor, session.get_one(Item, first))]

        return town.look(who, look)

    def told(who: str, item_id: int) -> list[str]:
        return [line.kind for line in town.look(who, story_of, item_id)]

    town.act("zhang", approve_item, town.task(second, "approve"), "approve")
    assert (links("li"), links("fan")) == ([second], [])
    town.assign(second)
    assert links("fan") == [second]
    assert "look_alike_answered" in told("auditor", second)
    assert "look_alike_answered" not in told("fan", second)


def test_what_is_joined_opens_no_item(town: Town) -> None:
    first = town.registered(title=TITLE, basis="市长批示：抓紧。")

    item = town.act("li", open_item, opening(town, TITLE, {first: Answer("join")}))

    assert item.id == first
    assert town.item(first).basis.startswith("市长批示：抓紧。\n2020-03-02 ")
    assert len(town.rows(select(Item))) == 1
    assert town.story(first)[-1] == "joined"


def test_a_returned_registration_isnt_its_own_look_alike(small_town: Town) -> None:
    town = small_town
    item_id = town.registered(title=TITLE)
    town.act("zhang", approve_item, town.task(item_id, "approve"), "return", "再写清楚")

    town.act("li", amend_item, town.task(item_id, "register"), opening(town, TITLE))

    assert town.open_steps(item_id) == ["approve"]


@pytest.mark.parametrize("who", ["zhang", "mayor", "chu", "fan", "auditor", "admin"])
def test_only_a_supervisor_opens(small_town: Town, who: str) -> None:
    with pytest.raises((NotYours, *NOT_THEIRS)):
        small_town.act(who, open_item, opening(small_town, TITLE))


def test_the_plan_is_kept_with_the_item(small_town: Town) -> None:
    town = small_town
    plan = Plan("看建设进度", "东城区", ("on_site",), unit_ids=(town.units["parks"],))

    item = town.act("li", open_item, Opening(town.registration(title=TITLE), plan))

    with town.database.read() as session:
        kept = plan_of(session, session.get_one(Item, item.id))
        assert kept.plan is not None
        assert (kept.plan.content, kept.plan.methods) == ("看建设进度", ["on_site"])
        assert [row.unit.name for row in kept.units] == ["市园林绿化处"]
