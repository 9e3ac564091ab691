"""Handing an item to units: assigned, acknowledged, objected to, decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engine import Session, now
from workflows import clock, desk, kinds, ladder, limits, messages, rules, steps, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import ChoiceUnknown, LeadReleased, TextMissing, UnitTwice, UnitUnknown
from workflows.periods import first_report_on, step_of
from workflows.reckoning import Due
from workflows.story import Happened
from workflows.tables import (
    Assignment,
    AssignmentState,
    Item,
    ItemState,
    Objection,
    Part,
    StopCause,
    Unit,
)

NAME = 80
INSIST, REASSIGN, RELEASE = "insist", "reassign", "release"
DECISIONS = (INSIST, REASSIGN, RELEASE)


@dataclass(frozen=True, slots=True)
class UnitTask:
    """A unit's part as it is handed out; without a date the urgency's limit counts."""

    unit_id: int
    due_on: date | None = None


def assign_item(
    session: Session,
    actor: Actor,
    task_id: UUID,
    lead: UnitTask,
    co: Sequence[UnitTask] = (),
    share: Part = Part.CO,
) -> Sequence[Assignment]:
    """Hand an item to its lead unit and its co-units, each with its own limit.

    ``share`` says how the other units take part: they help, or handle it separately 分办.
    """
    errand = steps.take(session, actor, task_id, steps.ASSIGN)
    item = store.item_to_change(session, errand.todo.item_id)
    parts = hand_out(session, item, [lead, *co], actor, share)
    desk.move_on(session, actor, errand.task, "assign", handed(session, item, parts))
    return parts


def hand_out(
    session: Session,
    item: Item,
    tasks: Sequence[UnitTask],
    actor: Actor | None = None,
    share: Part = Part.CO,
) -> Sequence[Assignment]:
    """Give an item to its units, the lead unit first; a diagram then lets each handle its part."""
    rules.must_be_different([task.unit_id for task in tasks])
    for task in tasks:
        rules.must_lie_ahead(task.due_on, today(session))
    units = store.active_units(session, [task.unit_id for task in tasks])

    lead, *co = tasks
    item.state = ItemState.OPEN
    item.round += 1
    parts = [open_part(session, item, lead, Part.LEAD)]
    parts += [open_part(session, item, task, share) for task in co]
    session.add_all(parts)
    session.flush()
    _take_over_limit(item, parts[0], today(session))

    told = [_handed(part, units[part.unit_id]) for part in parts]
    story.tell(session, item, Happened.ASSIGNED, actor, {"units": told, "round": item.round})
    for part in parts:
        messages.to_unit(session, part, "assigned", {"due_on": part.due_on})
    return parts


def handed(session: Session, item: Item, parts: Sequence[Assignment]) -> dict[str, object]:
    """Return what a diagram has to know of the parts that were handed out."""
    ids = [part.id for part in parts]
    return {"units": ids, "interim_period": step_of(session, item.reporting_period)}


def acknowledge(
    session: Session, actor: Actor, task_id: UUID, responsible_person: str = ""
) -> Assignment:
    """Sign for the receipt of a part, and say who sees to it."""
    errand = steps.take(session, actor, task_id, steps.ACKNOWLEDGE)
    name = responsible_person.strip()
    rules.must_fit("responsible_person", name, NAME)
    part = store.assignment_of(session, errand.todo.assignment_id)
    part.state = AssignmentState.HANDLING
    part.acknowledged_at, part.acknowledged_by_id = now(session), actor.person_id
    part.responsible_person = name
    clock.acknowledged(session, part)
    if name and part.part is Part.LEAD:
        store.item_to_change(session, part.item_id).responsible_person = name
    facts = {"responsible_person": name}
    story.tell(session, part.item_id, Happened.ACKNOWLEDGED, actor, facts, part)
    desk.move_on(session, actor, errand.task, "accept")
    return part


def object_to(
    session: Session,
    actor: Actor,
    task_id: UUID,
    reason: str,
    belongs_to_id: int | None = None,
) -> Objection:
    """Say in time that the unit isn't the right addressee, and which one is."""
    errand = steps.take(session, actor, task_id, steps.ACKNOWLEDGE)
    said = rules.must_give_reason(reason)
    part = store.assignment_of(session, errand.todo.assignment_id)
    rules.must_be_in_window(objection_until(session, part), today(session))
    if belongs_to_id is None and part.item.kind in kinds.PASSED_ON:
        raise TextMissing("belongs_to_id")
    if belongs_to_id is not None:
        store.active_units(session, [belongs_to_id])

    part.state = AssignmentState.OBJECTED
    objection = Objection(
        assignment_id=part.id,
        reason=said,
        belongs_to_id=belongs_to_id,
        made_by_id=actor.person_id,
        made_at=now(session),
    )
    session.add(objection)
    facts = {"reason": said, "belongs_to": _name(session, belongs_to_id)}
    story.tell(session, part.item_id, Happened.OBJECTED, actor, facts, part)
    desk.move_on(session, actor, errand.task, "object")
    return objection


def objection_until(session: Session, part: Assignment) -> date:
    """Return the last day on which a unit may object to its part."""
    return clock.objection_window(session, part).on


def decide_objection(
    session: Session,
    actor: Actor,
    task_id: UUID,
    decision: str,
    reason: str = "",
    unit_id: int | None = None,
) -> Objection:
    """Insist on a part, hand it to another unit, or let the unit go."""
    if decision not in DECISIONS:
        raise ChoiceUnknown("decision", decision, DECISIONS)
    errand = steps.take(session, actor, task_id, steps.OBJECTION)
    said = rules.must_give_reason(reason) if decision == INSIST else reason.strip()
    part = store.assignment_of(session, errand.todo.assignment_id)
    if decision == RELEASE and part.part is Part.LEAD:
        raise LeadReleased
    objection = store.pending_objection(session, part)
    clock.resume(session, part, StopCause.OBJECTION)  # before another unit takes it over
    successor = _decided(session, part, decision, unit_id)
    if decision != INSIST:
        ladder.settle(session, part, actor.by)

    objection.decision, objection.decision_reason = decision, said
    objection.decided_by_id, objection.decided_at = actor.person_id, now(session)
    facts = {"decision": decision, "reason": said, "unit": _name(session, unit_id)}
    story.tell(session, part.item_id, Happened.OBJECTION_DECIDED, actor, facts, part)
    messages.to_unit(session, part, "objection_decided", facts)
    if successor is not part:
        messages.to_unit(session, successor, "assigned", {"due_on": successor.due_on})
    desk.move_on(session, actor, errand.task, decision, {"assignment": successor.id})
    return objection


def _decided(session: Session, part: Assignment, decision: str, unit_id: int | None) -> Assignment:
    """Carry a decision out and return the part that the instance goes on with."""
    if decision == INSIST:
        part.state = AssignmentState.ASSIGNED
        return part
    if decision == RELEASE:
        release(session, part)
        return part
    return hand_over(session, part, unit_id)


def release(session: Session, part: Assignment) -> None:
    """Let a unit go: nothing more is expected of it."""
    part.state, part.finished_at = AssignmentState.RELEASED, now(session)


def hand_over(session: Session, part: Assignment, unit_id: int | None) -> Assignment:
    """Close a part and open it again for another unit, on the same clock and instance."""
    if unit_id is None:
        raise UnitUnknown(unit_id)
    store.active_units(session, [unit_id])
    if unit_id in store.part_ids(session, part.item_id, part.round):
        raise UnitTwice(unit_id)

    instance_id, part.instance_id = part.instance_id, None
    release(session, part)
    session.flush()  # the instance changes hands: one part at a time may have it
    handed_on = {"kind": "reassigned", "on": today(session).isoformat()}
    successor = Assignment(
        item_id=part.item_id,
        unit_id=unit_id,
        part=part.part,
        round=part.round,
        assigned_at=now(session),
        due_on=part.due_on,
        original_due_on=part.original_due_on,
        warn_on=part.warn_on,
        warn_again_on=part.warn_again_on,
        due_why=[*part.due_why, handed_on],
        interim_due_on=part.interim_due_on,
        instance_id=instance_id,
    )
    session.add(successor)
    session.flush()
    clock.pass_on(session, part, successor)
    return successor


def open_part(session: Session, item: Item, task: UnitTask, part: Part) -> Assignment:
    """Return a unit's part as it is handed out today, with its limit and the reason for it."""
    due = _due(session, item, task, part)
    day = today(session)
    return Assignment(
        item_id=item.id,
        unit_id=task.unit_id,
        part=part,
        round=item.round,
        assigned_at=now(session),
        due_on=due.on,
        original_due_on=due.on,
        warn_on=due.warn_on,
        warn_again_on=due.warn_again_on,
        due_why=due.why,
        interim_due_on=first_report_on(session, item, day),
    )


def _due(session: Session, item: Item, task: UnitTask, part: Part) -> Due:
    """Return a part's limit: its own date, the item's planned one, or the rule of its kind."""
    day = today(session)
    chosen = task.due_on or item.planned_due_on
    if chosen is not None and chosen >= day:
        return limits.chosen_date(session, day, chosen)
    return clock.first_due(session, item, part)


def _take_over_limit(item: Item, lead: Assignment, day: date) -> None:
    """Repeat the lead unit's limit on the item, so that the ledger sorts by it."""
    item.assigned_on = day
    item.due_on, item.warn_on, item.due_why = lead.due_on, lead.warn_on, lead.due_why


def _handed(part: Assignment, unit: Unit) -> dict[str, object]:
    return {
        "unit_id": unit.id,
        "unit": unit.name,
        "part": part.part.value,
        "due_on": story.plain(part.due_on),
    }


def _name(session: Session, unit_id: int | None) -> str:
    unit = None if unit_id is None else session.get(Unit, unit_id)
    return unit.name if unit else ""
