"""Handing over: each unit its limit; receipts, objections and what the office decides."""

from datetime import date

import pytest

from tests.workflows.town import NOT_THEIRS, Town
from workflows import assignments
from workflows.assignments import UnitTask
from workflows.errors import (
    LeadReleased,
    LimitInPast,
    ObjectionLate,
    ReasonMissing,
    UnitTwice,
    UnitUnknown,
)
from workflows.tables import AssignmentState, ItemState, Part, Unit, Urgency

TUESDAY, WEDNESDAY, THURSDAY = date(2020, 3, 3), date(2020, 3, 4), date(2020, 3, 5)


def test_every_unit_gets_a_task_of_its_own(town: Town) -> None:
    item_id = town.assigned("finance", "staffing")

    assert town.open_steps(item_id) == ["acknowledge"] * 3
    assert town.part(item_id, "parks").part is Part.LEAD
    assert town.part(item_id, "staffing").part is Part.CO
    assert town.item(item_id).state is ItemState.OPEN


def test_the_urgency_gives_the_limit_and_says_why(town: Town) -> None:
    item_id = town.assigned()

    part, item = town.part(item_id, "parks"), town.item(item_id)
    assert part.due_on == item.due_on == date(2020, 3, 17)
    assert part.due_why[0] == {
        "kind": "limit",
        "name": "instruction.normal",
        "number": 15,
        "unit": "natural_days",
    }


def test_each_unit_may_have_a_limit_of_its_own(town: Town) -> None:
    item_id = town.approved()
    lead = UnitTask(town.units["parks"], date(2020, 4, 1))
    co = [UnitTask(town.units["finance"], date(2020, 3, 20))]

    town.act("li", assignments.assign_item, town.task(item_id, "assign"), lead, co)

    assert town.part(item_id, "parks").due_on == date(2020, 4, 1)
    assert town.part(item_id, "finance").due_on == date(2020, 3, 20)
    assert town.item(item_id).due_on == date(2020, 4, 1)


def test_the_planned_limit_counts_where_no_other_is_given(town: Town) -> None:
    item_id = town.assigned(planned_due_on=date(2020, 5, 8))

    assert town.part(item_id, "parks").due_on == date(2020, 5, 8)
    assert town.part(item_id, "parks").due_why[0]["kind"] == "chosen"


def test_a_flash_item_is_due_the_same_day(town: Town) -> None:
    item_id = town.registered(urgency=Urgency.FLASH)
    town.assign(item_id)

    assert town.part(item_id, "parks").due_on == date(2020, 3, 2)


def test_a_units_limit_in_the_past_is_refused(town: Town) -> None:
    task = town.task(town.approved(), "assign")

    lead = UnitTask(town.units["parks"], date(2020, 2, 28))
    with pytest.raises(LimitInPast):
        town.act("li", assignments.assign_item, task, lead, [])


def test_a_unit_cannot_lead_and_help_at_once(town: Town) -> None:
    with pytest.raises(UnitTwice):
        town.assigned("parks")


def test_a_unit_that_was_closed_gets_no_work(town: Town) -> None:
    item_id = town.approved()
    close = lambda session: setattr(session.get(Unit, town.units["parks"]), "active", False)  # noqa: E731
    town.database.write(close)

    with pytest.raises(UnitUnknown):
        town.assign(item_id)


@pytest.mark.parametrize("who", ["zhang", "chu", "mayor", "auditor"])
def test_only_a_supervisor_assigns(town: Town, who: str) -> None:
    task = town.task(town.approved(), "assign")

    lead = UnitTask(town.units["parks"])
    with pytest.raises(NOT_THEIRS):
        town.act(who, assignments.assign_item, task, lead, [])


def test_another_supervisor_may_stand_in(town: Town) -> None:
    task = town.task(town.approved(), "assign")

    town.act("zhou", assignments.assign_item, task, UnitTask(town.units["parks"]), [])

    assert town.todo(1, "acknowledge").sent_by_id == town.people["zhou"]


def test_a_unit_signs_for_its_part_and_says_who_sees_to_it(town: Town) -> None:
    item_id = town.assigned("finance")

    task = town.task(item_id, "acknowledge", "parks")
    town.act("chu", assignments.acknowledge, task, "褚云")

    part = town.part(item_id, "parks")
    assert part.state is AssignmentState.HANDLING
    assert part.acknowledged_at == town.clock.now()
    assert town.item(item_id).responsible_person == "褚云"
    assert town.open_steps(item_id) == ["acknowledge", "report"]


@pytest.mark.parametrize("who", ["yang", "fan", "li", "he"])
def test_only_the_units_own_handler_signs_for_it(town: Town, who: str) -> None:
    task = town.task(town.assigned(), "acknowledge")

    with pytest.raises(NOT_THEIRS):
        town.act(who, assignments.acknowledge, task, "")


def test_an_objection_goes_to_the_office_with_its_reason(town: Town) -> None:
    item_id = town.assigned()

    task = town.task(item_id, "acknowledge")
    town.act("chu", assignments.object_to, task, "属市财政局职责", town.units["finance"])

    assert town.open_steps(item_id) == ["objection"]
    assert town.part(item_id, "parks").state is AssignmentState.OBJECTED


def test_an_objection_is_still_taken_on_the_second_working_day(town: Town) -> None:
    item_id = town.assigned()
    town.set_clock(WEDNESDAY, hour=17)

    town.act("chu", assignments.object_to, town.task(item_id, "acknowledge"), "不属本单位")

    assert town.open_steps(item_id) == ["objection"]


def test_a_late_objection_is_refused(town: Town) -> None:
    item_id = town.assigned()
    town.set_clock(THURSDAY)

    with pytest.raises(ObjectionLate) as refusal:
        town.act("chu", assignments.object_to, town.task(item_id, "acknowledge"), "不属本单位")

    assert refusal.value.facts == {"until": WEDNESDAY, "today": THURSDAY}


def test_an_objection_needs_a_reason(town: Town) -> None:
    task = town.task(town.assigned(), "acknowledge")

    with pytest.raises(ReasonMissing):
        town.act("chu", assignments.object_to, task, "")


def objected(town: Town, unit: str = "parks") -> int:
    """Return an item to which a unit has objected."""
    item_id = town.assigned("finance", "staffing")
    who = {"parks": "chu", "staffing": "luo"}[unit]
    task = town.task(item_id, "acknowledge", unit)
    town.act(who, assignments.object_to, task, "不属本单位职责")
    return item_id


def test_the_office_may_insist(town: Town) -> None:
    item_id = objected(town)

    task = town.task(item_id, "objection")
    town.act("li", assignments.decide_objection, task, "insist", "三定方案规定由你单位负责")

    assert town.part(item_id, "parks").state is AssignmentState.ASSIGNED
    assert town.todo(item_id, "acknowledge", "parks").unit_id == town.units["parks"]


def test_insisting_needs_a_reason(town: Town) -> None:
    task = town.task(objected(town), "objection")

    with pytest.raises(ReasonMissing):
        town.act("li", assignments.decide_objection, task, "insist", "")


def test_a_part_given_to_another_unit_keeps_its_clock_and_its_instance(town: Town) -> None:
    item_id = objected(town)
    before = town.part(item_id, "parks")
    town.set_clock(TUESDAY)

    task = town.task(item_id, "objection")
    greens = town.units["greens"]
    town.act("li", assignments.decide_objection, task, "reassign", "", greens)

    left, taken = town.part(item_id, "parks"), town.part(item_id, "greens")
    assert left.state is AssignmentState.RELEASED
    assert left.instance_id is None
    assert taken.instance_id == before.instance_id
    assert taken.part is Part.LEAD
    assert taken.due_on == before.due_on
    assert taken.due_why[-1] == {"kind": "reassigned", "on": "2020-03-03"}
    assert town.todo(item_id, "acknowledge", "greens").unit_id == greens


def test_a_part_cannot_go_to_a_unit_that_has_one_already(town: Town) -> None:
    task = town.task(objected(town), "objection")

    finance = town.units["finance"]
    with pytest.raises(UnitTwice):
        town.act("li", assignments.decide_objection, task, "reassign", "", finance)


def test_a_released_unit_is_free_and_the_others_go_on(town: Town) -> None:
    item_id = objected(town, "staffing")

    town.act("li", assignments.decide_objection, town.task(item_id, "objection"), "release")

    assert town.part(item_id, "staffing").state is AssignmentState.RELEASED
    assert town.open_steps(item_id) == ["acknowledge", "acknowledge"]


def test_the_lead_unit_is_never_simply_let_go(town: Town) -> None:
    task = town.task(objected(town), "objection")

    with pytest.raises(LeadReleased):
        town.act("li", assignments.decide_objection, task, "release")
