"""Who may see which item, what they can do there, and what its story says."""

from io import BytesIO

import pytest

from engine import Session, TaskUnknown
from tests.workflows.town import HANDLERS, Town
from workflows import inbox, items, notices, papers, steps, story, urges
from workflows.actors import Actor
from workflows.assignments import decide_objection, object_to
from workflows.errors import ItemUnknown, NotYours
from workflows.steps import Action
from workflows.tables import Item


@pytest.mark.parametrize("who", ["li", "zhou", "zhang", "mayor", "secretary", "auditor"])
def test_the_office_leaders_and_auditors_see_every_item(town: Town, who: str) -> None:
    item_id = town.registered()

    assert town.look(who, items.visible_item, item_id).id == item_id


@pytest.mark.parametrize("who", ["chu", "fan", "he", "yang", "luo", "admin"])
def test_an_item_that_isnt_theirs_doesnt_exist_for_others(town: Town, who: str) -> None:
    item_id = town.registered()

    with pytest.raises(ItemUnknown):
        town.look(who, items.visible_item, item_id)


def test_units_see_what_they_take_part_in(town: Town) -> None:
    item_id = town.assigned("finance")

    for who in ("chu", "fan", "yang", "gao"):
        assert town.look(who, items.visible_item, item_id).id == item_id
    for who in ("luo", "he", "admin"):
        with pytest.raises(ItemUnknown):
            town.look(who, items.visible_item, item_id)


def object_and_decide(
    town: Town, item_id: int, unit: str, decision: str, to: str | None = None
) -> None:
    """Let a unit object to its part, and the office decide."""
    task = town.task(item_id, "acknowledge", unit)
    town.act(HANDLERS[unit], object_to, task, "不属本单位")
    unit_id = town.units[to] if to else None
    task = town.task(item_id, "objection")
    town.act("li", decide_objection, task, decision, "理由充分", unit_id)


def test_a_unit_that_was_let_go_sees_nothing_of_the_item_any_more(town: Town) -> None:
    item_id = town.assigned("finance")
    object_and_decide(town, item_id, "finance", "release")

    for who in ("yang", "gao"):
        with pytest.raises(ItemUnknown):
            town.look(who, items.visible_item, item_id)
    assert town.look("yang", inbox.done) == []
    assert {line.title for line in town.look("yang", notices.lines)} == {None}
    assert town.look("chu", items.visible_item, item_id).id == item_id


def test_a_unit_with_another_part_still_sees_the_item(town: Town) -> None:
    item_id = town.assigned("finance")
    object_and_decide(town, item_id, "finance", "reassign", "staffing")
    object_and_decide(town, item_id, "staffing", "reassign", "finance")

    assert town.look("yang", items.visible_item, item_id).id == item_id
    assert len(town.look("yang", inbox.done)) == 1
    assert None not in {line.title for line in town.look("yang", notices.lines)}
    with pytest.raises(ItemUnknown):
        town.look("luo", items.visible_item, item_id)


def test_a_unit_that_only_sees_the_item_keeps_no_paper_with_it(town: Town) -> None:
    item_id = town.assigned("parks", lead="greens")
    object_and_decide(town, item_id, "parks", "release")

    assert town.look("chu", items.visible_item, item_id).id == item_id
    with pytest.raises(NotYours):
        town.act("chu", papers.keep_paper, item_id, papers.inspect("函.txt", BytesIO(b"1")))


def test_a_unit_sees_what_the_units_below_it_do(town: Town) -> None:
    item_id = town.assigned(lead="greens")

    assert town.look("fan", items.visible_item, item_id).id == item_id
    with pytest.raises(ItemUnknown):
        town.look("gao", items.visible_item, item_id)


def deeds(town: Town, who: str, item_id: int) -> list[str]:
    """Return what somebody can do about an item now."""

    def ask(session: Session, actor: Actor) -> list[Action]:
        return steps.actions_of(session, actor, session.get_one(Item, item_id))

    return [action.deed for action in town.look(who, ask)]


def test_everybody_is_offered_what_they_can_do_and_nothing_else(town: Town) -> None:
    item_id = town.handled()
    town.report(item_id)

    assert deeds(town, "chu", item_id) == ["withdraw", "change"]
    assert deeds(town, "fan", item_id) == ["confirm", "change"]
    of_the_office = ["suggest", "urge", "replace_unit", "ask_for_revisit", "add_unit"]
    assert deeds(town, "li", item_id) == of_the_office
    assert deeds(town, "mayor", item_id) == ["ask_for_revisit"]
    assert deeds(town, "auditor", item_id) == []


def test_whoever_only_reads_opens_a_task_without_the_right_to_act(town: Town) -> None:
    item_id = town.handled()
    task = town.task(item_id, "report")

    opened = town.act("auditor", steps.see_task, task)

    assert not opened.may_act
    assert town.todo(item_id, "report").seen_at is None


def test_the_addressees_first_look_is_written_down(town: Town) -> None:
    item_id = town.registered()
    town.act("zhang", steps.see_task, town.task(item_id, "approve"))

    todo = town.todo(item_id, "approve")

    assert (todo.seen_by_id, todo.seen_at) == (town.people["zhang"], town.clock.now())


def test_a_foreign_units_task_doesnt_exist(town: Town) -> None:
    task = town.task(town.assigned(), "acknowledge")

    with pytest.raises(TaskUnknown):
        town.act("yang", steps.see_task, task)


def test_the_story_names_who_did_what_in_which_post(town: Town) -> None:
    item_id = town.handled("finance")
    town.act("li", urges.urge, [town.part(item_id, "finance").id], "telephone", "请反馈")

    latest, *_ = town.look("chu", story.story_of, item_id)

    assert (latest.kind, latest.person, latest.post_unit) == ("urged", "李文", "市政府督查室")
    assert latest.unit == "市财政局"
    assert latest.facts == {"method": "telephone", "text": "请反馈"}


def test_the_story_can_be_narrowed_to_kinds(town: Town) -> None:
    item_id = town.handled("finance")

    lines = town.look("li", story.story_of, item_id, ["acknowledged"])

    assert [line.unit for line in lines] == ["市财政局", "市园林绿化处"]


def test_a_foreign_story_is_not_told(town: Town) -> None:
    item_id = town.handled()

    with pytest.raises(ItemUnknown):
        town.look("yang", story.story_of, item_id)


def test_the_engines_history_is_whole(town: Town) -> None:
    item_id = town.accepted("finance")

    assert town.look("auditor", story.breaks_of, item_id) == []
    assert len(town.look("auditor", story.history_of, item_id)) > 20
