"""Who takes part while an item runs: a unit is added, withdrawn, or replaced."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

import engine
from tests.workflows.town import NOT_THEIRS, Town
from workflows import assignments, lineup
from workflows.assignments import UnitTask
from workflows.errors import (
    ChoiceUnknown,
    LeadReleased,
    LimitInPast,
    NotNow,
    ReasonMissing,
    Refusal,
    UnitTwice,
    UnitUnknown,
)
from workflows.story import story_of
from workflows.tables import Assignment, AssignmentState, ChangeRequest, Notice, Part

DUE, SOON = date(2020, 3, 17), date(2020, 3, 10)


@pytest.fixture
def town_url(sqlite_town: Path, tmp_path: Path) -> str:
    """Play on SQLite alone: nothing here is about locking."""
    path = tmp_path / "town.sqlite"
    shutil.copy(sqlite_town, path)
    return f"sqlite:///{path}"


def add(town: Town, item_id: int, unit: str = "finance", **said: object) -> None:
    """Let the supervisor add a unit to an item."""
    task = UnitTask(town.units[unit], SOON)
    town.act("li", lineup.add_unit, item_id, task, **said)


def replace(town: Town, item_id: int, unit: str, by: str) -> None:
    """Let the supervisor hand a unit's part to another one."""
    part = town.part(item_id, unit)
    town.act("li", lineup.replace_unit, part.id, town.units[by], "职能已划转")


def told(town: Town, kind: str) -> set[int]:
    """Return who was told of something."""
    return set(town.rows(select(Notice.person_id).where(Notice.kind == kind)))


# -- added ------------------------------------------------------------------------------------


def test_an_added_unit_handles_its_part_by_its_own_limit(town: Town) -> None:
    item_id = town.handled()

    add(town, item_id, reason="涉及资金")

    part = town.part(item_id, "finance")
    assert (part.part, part.due_on, town.item(item_id).due_on) == (Part.CO, SOON, DUE)
    assert town.open_steps(item_id) == ["acknowledge", "report"]
    assert {town.people["yang"], town.people["gao"]} <= told(town, "assigned")
    told_first, *_ = town.look("li", story_of, item_id, ["unit_added"])
    assert (told_first.unit, told_first.facts["reason"]) == ("市财政局", "涉及资金")


def test_the_item_waits_for_the_added_unit_as_for_any_other(town: Town) -> None:
    item_id = town.handled()
    add(town, item_id)
    town.acknowledge(item_id, "finance")

    town.finish(item_id)
    assert town.open_steps(item_id) == ["report"]
    town.finish(item_id, "finance")

    assert town.open_steps(item_id) == ["instruct"]


@pytest.mark.parametrize(
    ("unit", "due_on", "part", "refusal"),
    [
        ("parks", SOON, Part.CO, UnitTwice),
        ("finance", date(2020, 2, 1), Part.CO, LimitInPast),
        ("finance", SOON, Part.LEAD, ChoiceUnknown),
        ("nowhere", SOON, Part.CO, UnitUnknown),
    ],
)
def test_a_unit_that_cannot_join_is_refused(
    town: Town, unit: str, due_on: date, part: Part, refusal: type[Refusal]
) -> None:
    item_id = town.handled()
    task = UnitTask(town.units.get(unit, 4711), due_on)

    with pytest.raises(refusal):
        town.act("li", lineup.add_unit, item_id, task, part)

    assert town.open_steps(item_id) == ["report"]


def test_nobody_joins_once_every_unit_is_done(town: Town) -> None:
    item_id = town.accepted()

    with pytest.raises(NotNow):
        add(town, item_id)


# -- withdrawn --------------------------------------------------------------------------------


def test_a_withdrawn_unit_is_let_go_with_the_reason(town: Town) -> None:
    item_id = town.handled("finance")
    town.ask(item_id, "finance")
    part = town.part(item_id, "finance")

    town.act("li", lineup.withdraw_unit, part.id, "不再涉及资金")

    part = town.part(item_id, "finance")
    assert part.state is AssignmentState.RELEASED
    assert town.open_steps(item_id) == ["report"]
    assert told(town, "unit_withdrawn") == {town.people["yang"], town.people["gao"]}
    assert town.rows(select(ChangeRequest).where(ChangeRequest.decided_at.is_(None))) == []
    town.finish(item_id)
    assert town.open_steps(item_id) == ["instruct"]


def test_the_item_goes_on_when_the_last_that_still_works_is_withdrawn(town: Town) -> None:
    item_id = town.handled("finance")
    town.finish(item_id)

    town.act("li", lineup.withdraw_unit, town.part(item_id, "finance").id, "不再涉及资金")

    assert town.open_steps(item_id) == ["instruct"]


def test_the_lead_unit_cannot_be_withdrawn(town: Town) -> None:
    part = town.part(town.handled("finance"), "parks")

    with pytest.raises(LeadReleased):
        town.act("li", lineup.withdraw_unit, part.id, "不再涉及")


def test_withdrawing_needs_a_reason_and_a_part_that_runs(town: Town) -> None:
    item_id = town.handled("finance")
    part = town.part(item_id, "finance")
    with pytest.raises(ReasonMissing):
        town.act("li", lineup.withdraw_unit, part.id, " ")
    town.finish(item_id, "finance")

    with pytest.raises(NotNow):
        town.act("li", lineup.withdraw_unit, part.id, "不再涉及资金")


# -- replaced ---------------------------------------------------------------------------------


def test_a_new_lead_takes_over_on_the_same_clock(town: Town) -> None:
    item_id = town.handled("finance")
    town.report(item_id)
    town.set_clock(date(2020, 3, 5))

    replace(town, item_id, "parks", "staffing")

    old, new = town.part(item_id, "parks"), town.part(item_id, "staffing")
    assert (old.state, old.instance_id) == (AssignmentState.RELEASED, None)
    assert (new.part, new.due_on, new.original_due_on) == (Part.LEAD, DUE, DUE)
    assert new.due_why[-1] == {"kind": "reassigned", "on": "2020-03-05"}
    assert town.open_steps(item_id) == ["acknowledge", "report"]
    assert town.item(item_id).due_on == DUE
    assert told(town, "unit_withdrawn") == {town.people["chu"], town.people["fan"]}
    story = town.look("li", story_of, item_id, ["unit_replaced", "reported"])
    assert [line.unit for line in story] == ["市园林绿化处"] * 2
    assert story[0].facts["successor"] == "市委编办"


def test_what_the_new_lead_does_counts_for_the_item(town: Town) -> None:
    item_id = town.handled()
    replace(town, item_id, "parks", "staffing")

    town.acknowledge(item_id, "staffing")
    town.finish(item_id, "staffing")

    assert town.item(item_id).percent == 100
    assert town.open_steps(item_id) == ["instruct"]


def test_a_part_whose_unit_objects_may_be_replaced_as_well(town: Town) -> None:
    item_id = town.assigned()
    task = town.task(item_id, "acknowledge")
    town.act("chu", assignments.object_to, task, "不属本单位")

    replace(town, item_id, "parks", "staffing")

    assert town.open_steps(item_id) == ["acknowledge"]
    assert town.part(item_id, "staffing").stopped_on is None


def test_a_unit_that_takes_part_already_takes_over_nothing(town: Town) -> None:
    item_id = town.handled("finance")

    with pytest.raises(UnitTwice):
        replace(town, item_id, "parks", "finance")

    assert town.open_steps(item_id) == ["report", "report"]


def test_the_instances_of_those_who_left_have_ended(town: Town) -> None:
    item_id = town.handled("finance")
    town.act("li", lineup.withdraw_unit, town.part(item_id, "finance").id, "不再涉及资金")
    replace(town, item_id, "parks", "staffing")

    running = select(Assignment.instance_id).where(Assignment.state == AssignmentState.ASSIGNED)
    with town.database.read() as session:
        found = engine.instances(session, str(item_id))
        alive = {each.id for each in found if each.ended_at is None}
    assert alive == {town.item(item_id).instance_id, *town.rows(running)}


# -- whose deed it is -------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["chu", "yang", "gao", "mayor", "secretary", "auditor", "admin"])
def test_only_the_office_says_who_takes_part(town: Town, who: str) -> None:
    item_id = town.handled("finance")
    part = town.part(item_id, "finance")
    staffing = town.units["staffing"]

    with pytest.raises(NOT_THEIRS):
        town.act(who, lineup.add_unit, item_id, UnitTask(staffing))
    with pytest.raises(NOT_THEIRS):
        town.act(who, lineup.withdraw_unit, part.id, "不再涉及")
    with pytest.raises(NOT_THEIRS):
        town.act(who, lineup.replace_unit, part.id, staffing, "职能已划转")
