"""Clocks that stop and go on, begin with a receipt, and outlive what happens to a part."""

from dataclasses import replace
from datetime import date

import pytest

import engine
from engine import Session
from tests.workflows.town import Town
from workflows import assignments, clock, limits, processes, store, suspending
from workflows.actors import Actor
from workflows.errors import ObjectionLate
from workflows.reckoning import Span
from workflows.tables import (
    Assignment,
    Item,
    Kind,
    LimitUnit,
    Period,
    StartEvent,
    StopCause,
    Urgency,
    Verdict,
)

MONDAY, TUESDAY, THURSDAY = date(2020, 3, 2), date(2020, 3, 3), date(2020, 3, 5)
DUE = date(2020, 3, 17)
NORMAL = "instruction.normal"
INSIST, REASSIGN = "insist", "reassign"

pytestmark = pytest.mark.usefixtures("unreviewed")


def rule(town: Town, *stops: StopCause, **changed: object) -> None:
    """Let the rule of normal instructions say something else."""

    def change(session: Session, actor: Actor) -> None:
        clause = replace(limits.PART, stops=frozenset(stops), **changed)
        limits.change_limit(session, actor, NORMAL, limits.span_of(session, NORMAL), clause)

    town.act("admin", change)


def object_to(town: Town, item_id: int) -> None:
    """Let the parks say that it isn't theirs."""
    town.act("chu", assignments.object_to, town.task(item_id, "acknowledge"), "不属本单位职责")


def decide(town: Town, item_id: int, decision: str, unit: str | None = None) -> None:
    """Let the office decide on the objection."""
    unit_id = town.units[unit] if unit else None
    task = town.task(item_id, "objection")
    town.act("li", assignments.decide_objection, task, decision, "职责在此", unit_id)


def suspend(town: Town, item_id: int) -> None:
    """Stop the clock of the parks as a suspension does."""
    part_id = town.part(item_id, "parks").id

    def work(session: Session, _actor: Actor) -> None:
        assert clock.stop(session, store.assignment_of(session, part_id), StopCause.SUSPENSION)

    town.act("admin", work)


def go_on(town: Town, item_id: int) -> None:
    """Let the clock of the parks go on."""
    part_id = town.part(item_id, "parks").id

    def work(session: Session, _actor: Actor) -> None:
        clock.resume(session, store.assignment_of(session, part_id), StopCause.SUSPENSION)

    town.act("admin", work)


def said(part: Assignment | Item) -> list[str]:
    """Return the kinds of a due date's reason."""
    return [each["kind"] for each in part.due_why]


def test_an_objection_stops_the_clock_and_its_decision_moves_the_limit(town: Town) -> None:
    rule(town, StopCause.OBJECTION)
    item_id = town.assigned()
    object_to(town, item_id)
    stopped = town.part(item_id, "parks")
    town.pass_days(THURSDAY)

    decide(town, item_id, INSIST)

    part, item = town.part(item_id, "parks"), town.item(item_id)
    assert (stopped.stopped_on, stopped.due_on) == (MONDAY, DUE)
    assert (part.stopped_on, part.due_on, part.original_due_on) == (None, date(2020, 3, 20), DUE)
    assert (item.stopped_on, item.due_on, item.due_why) == (None, part.due_on, part.due_why)
    assert part.due_why[-1] == {
        "kind": "stopped", "cause": "objection", "from": "2020-03-02", "to": "2020-03-05",
        "days": 3, "unit": "natural_days", "on": "2020-03-20", "working": True,
    }  # fmt: skip
    assert {"clock_stopped", "clock_resumed"} <= set(town.story(item_id))


def test_where_the_rule_names_no_stop_the_clock_keeps_running(town: Town) -> None:
    item_id = town.assigned()
    object_to(town, item_id)
    town.pass_days(THURSDAY)

    decide(town, item_id, INSIST)

    assert town.part(item_id, "parks").due_on == DUE
    assert "clock_stopped" not in town.story(item_id)


def test_nobody_is_warned_or_late_while_the_clock_stands_still(town: Town) -> None:
    item_id = town.handled()
    suspend(town, item_id)
    town.tick()
    town.pass_days(date(2020, 3, 24))
    quiet = town.story(item_id)

    go_on(town, item_id)
    town.tick()
    town.pass_days(date(2020, 4, 10))

    assert not {"reminded", "escalated"} & set(quiet)
    assert town.part(item_id, "parks").due_on == date(2020, 4, 8)
    assert town.todo(item_id, "report").due_on == date(2020, 4, 8)
    assert {"reminded", "escalated"} <= set(town.story(item_id))


def test_a_suspended_item_stands_still_and_goes_on_with_what_was_left(town: Town) -> None:
    item_id = town.handled("finance")
    instance_id = town.item(item_id).instance_id
    told = {"instance_id": instance_id, "reason": "机构改革", "by": "admin"}

    town.database.write(lambda s: suspending.suspend(s, **told))
    town.tick()
    town.pass_days(date(2020, 3, 20))
    quiet = town.story(item_id)
    town.database.write(lambda s: suspending.resume(s, **told))
    town.tick()

    assert not {"reminded", "escalated"} & set(quiet)
    for unit in ("parks", "finance"):
        assert town.part(item_id, unit).due_on == date(2020, 4, 4)
    town.pass_days(date(2020, 4, 8))
    assert "reminded" in town.story(item_id)


def test_what_has_run_out_isn_t_stopped(town: Town) -> None:
    item_id = town.handled()
    town.pass_days(date(2020, 3, 18))
    part_id = town.part(item_id, "parks").id

    def work(session: Session, _actor: Actor) -> bool:
        return clock.stop(session, store.assignment_of(session, part_id), StopCause.SUSPENSION)

    assert town.act("admin", work) is False


def test_a_review_that_stops_the_clock_gives_its_days_back_when_it_returns(town: Town) -> None:
    rule(town, StopCause.REVIEW)
    item_id = town.under_review()
    town.pass_days(THURSDAY)

    town.review(item_id, verdict=Verdict.RETURNED, target_reached=False, reason="目标未达成")

    part = town.part(item_id, "parks")
    assert part.due_on == town.todo(item_id, "report").due_on == date(2020, 3, 20)


def test_a_return_keeps_the_clock(town: Town) -> None:
    item_id = town.under_review()
    before = town.part(item_id, "parks")
    town.pass_days(THURSDAY)

    town.review(item_id, verdict=Verdict.RETURNED, target_reached=False, reason="目标未达成")

    part, todo = town.part(item_id, "parks"), town.todo(item_id, "report")
    assert (part.due_on, part.due_why) == (before.due_on, before.due_why)
    assert (todo.due_on, todo.due_why) == (before.due_on, before.due_why)


def test_a_reassignment_keeps_the_clock_and_what_stops_it(town: Town) -> None:
    rule(town, StopCause.OBJECTION, StopCause.SUSPENSION)
    item_id = town.assigned()
    object_to(town, item_id)
    suspend(town, item_id)
    town.pass_days(TUESDAY)

    decide(town, item_id, REASSIGN, "finance")

    part, old = town.part(item_id, "finance"), town.part(item_id, "parks")
    assert (part.due_on, part.stopped_on, old.stopped_on) == (date(2020, 3, 18), MONDAY, None)
    assert said(part)[-2:] == ["stopped", "reassigned"]


def test_a_migration_keeps_the_clock_and_what_stops_it(town: Town) -> None:
    item_id = town.handled()
    suspend(town, item_id)
    before, todo = town.part(item_id, "parks"), town.todo(item_id, "report")
    xml = (processes.DIAGRAMS / "unit_handling.bpmn").read_bytes()
    changed = xml.replace('name="反馈"'.encode(), 'name="反馈情况"'.encode())
    new = town.database.write(lambda s: engine.deploy(s, changed, by="admin"))

    town.database.write(lambda s: engine.migrate(s, before.instance_id, new.id, by="admin"))
    town.pass_days(THURSDAY)
    go_on(town, item_id)

    part = town.part(item_id, "parks")
    assert todo.due_on == before.due_on == DUE
    assert part.due_on == town.todo(item_id, "report").due_on == date(2020, 3, 20)


def test_a_clock_that_begins_with_the_receipt_begins_on_its_day(town: Town) -> None:
    rule(town, starts=StartEvent.ACKNOWLEDGED)
    item_id = town.assigned()
    at_the_latest = town.part(item_id, "parks").due_on

    town.acknowledge(item_id)

    part = town.part(item_id, "parks")
    assert at_the_latest == date(2020, 3, 18)
    assert part.due_on == part.original_due_on == town.item(item_id).due_on == DUE
    assert town.todo(item_id, "report").due_on == DUE
    assert part.due_why[1] == {
        "kind": "start", "on": "2020-03-02", "first": "2020-03-03", "event": "acknowledged",
    }  # fmt: skip


def test_a_clock_that_begins_with_the_registration_has_run_before_the_hand_over(town: Town) -> None:
    rule(town, starts=StartEvent.REGISTERED)
    item_id = town.approved()
    town.pass_days(THURSDAY)

    town.assign(item_id)

    assert town.part(item_id, "parks").due_on == DUE


def test_a_proposal_may_be_objected_to_for_ten_days_and_an_instruction_for_two(town: Town) -> None:
    item_id = town.assigned()
    part = town.part(item_id, "parks")

    def until(session: Session, _actor: Actor, kind: Kind) -> date:
        found = store.assignment_of(session, part.id)
        found.due_why, found.item.kind = [], kind
        with session.no_autoflush:
            return assignments.objection_until(session, found)

    assert town.look("li", until, Kind.INSTRUCTION) == date(2020, 3, 4)
    assert town.look("li", until, Kind.PROPOSAL) == date(2020, 3, 12)


def test_an_objection_after_its_window_is_refused(town: Town) -> None:
    item_id = town.assigned()
    town.pass_days(THURSDAY)

    with pytest.raises(ObjectionLate):
        object_to(town, item_id)


def test_the_ceiling_is_the_limit_s_own_length_again_or_what_the_rule_says(town: Town) -> None:
    plain = town.part(town.handled(), "parks")
    urgent = town.registered(urgency=Urgency.FLASH)
    town.assign(urgent)
    flash = town.part(urgent, "parks")

    def ceiling(session: Session, _actor: Actor, part: Assignment) -> clock.Ceiling:
        return clock.ceiling_of(session, store.assignment_of(session, part.id))

    assert town.look("li", ceiling, plain) == clock.Ceiling(NORMAL, 2, 0, date(2020, 4, 1))
    assert town.look("li", ceiling, flash) == clock.Ceiling("instruction.flash", 1, 0, THURSDAY)


def test_the_ceiling_counts_extensions_and_not_the_days_of_a_stop(town: Town) -> None:
    item_id = town.handled()
    suspend(town, item_id)
    town.pass_days(THURSDAY)
    go_on(town, item_id)
    part_id = town.part(item_id, "parks").id

    def extend(session: Session, _actor: Actor) -> clock.Ceiling:
        part = store.assignment_of(session, part_id)
        clock.extend(session, part, date(2020, 3, 25), THURSDAY)
        return clock.ceiling_of(session, part)

    def furthest(session: Session, _actor: Actor) -> list[str]:
        return [
            each["kind"]
            for each in clock.furthest(session, store.assignment_of(session, part_id)).why
        ]

    assert town.act("li", extend) == clock.Ceiling(NORMAL, 2, 1, date(2020, 4, 4))
    assert town.look("li", furthest) == ["doubled", "added"]
    assert town.part(item_id, "parks").due_on == date(2020, 3, 25)
    assert town.todo(item_id, "report").due_on == town.item(item_id).due_on == date(2020, 3, 25)


def test_a_rhythm_is_a_rule_like_any_other(town: Town) -> None:
    span = Span(10, LimitUnit.NATURAL_DAYS, "interim.weekly")
    town.act("admin", limits.change_limit, "interim.weekly", span)

    item_id = town.handled(reporting_period=Period.WEEKLY)
    first = town.part(item_id, "parks").interim_due_on
    town.pass_days(date(2020, 3, 12))
    town.report(item_id, final=False, percent=20)
    town.sign(item_id)

    assert first == date(2020, 3, 12)
    assert "interim_due" in town.story(item_id)
    assert town.part(item_id, "parks").interim_due_on == date(2020, 3, 22)
