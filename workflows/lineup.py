"""Who takes part in an open item: a unit is added, withdrawn, or replaced while it runs."""

from collections.abc import Iterator
from uuid import UUID

import engine
from engine import Instance, Session, now
from workflows import assignments, changes, clock, ladder, messages, rules, store, story, ways
from workflows.actors import Actor
from workflows.assignments import UnitTask
from workflows.calendar import today
from workflows.errors import ChoiceUnknown, LeadReleased, NotNow, UnitTwice
from workflows.story import Happened
from workflows.tables import Assignment, AssignmentState, Item, Part, Unit

JOINING = (Part.CO.value, Part.SEPARATE.value)


def add_unit(
    session: Session,
    actor: Actor,
    item_id: int,
    task: UnitTask,
    part: Part | str = Part.CO,
    reason: str = "",
) -> Assignment:
    """Let one more unit take part in an item that is being handled, with a limit of its own."""
    if part not in JOINING:
        raise ChoiceUnknown("part", part, JOINING)
    store.visible_item(session, actor, item_id)
    rules.must_have(actor, *rules.OFFICE)
    rules.must_lie_ahead(task.due_on, today(session))
    unit = store.active_units(session, [task.unit_id])[task.unit_id]

    item = store.item_to_change(session, item_id)
    if unit.id in store.part_ids(session, item.id, item.round):
        raise UnitTwice(unit.id)
    added = assignments.open_part(session, item, task, Part(part))
    session.add(added)
    session.flush()
    _call(session, actor, item, added)
    facts = {"part": added.part, "due_on": added.due_on, "reason": reason.strip()}
    story.tell(session, item, Happened.UNIT_ADDED, actor, facts, added)
    messages.to_unit(session, added, "assigned", {"due_on": added.due_on})
    return added


def withdraw_unit(session: Session, actor: Actor, assignment_id: int, reason: str) -> Assignment:
    """Let a unit go that needn't take part any more; the lead unit can only be replaced."""
    part = _running_part(session, actor, assignment_id)
    said = rules.must_give_reason(reason)
    if part.part is Part.LEAD:
        raise LeadReleased
    _settle(session, actor, part, assignments.RELEASE, said)
    assignments.release(session, part)
    story.tell(session, part.item_id, Happened.UNIT_WITHDRAWN, actor, {"reason": said}, part)
    messages.to_unit(session, part, "unit_withdrawn", {"reason": said})
    _stop(session, actor, part.instance_id, said)
    return part


def replace_unit(
    session: Session, actor: Actor, assignment_id: int, unit_id: int, reason: str
) -> Assignment:
    """Hand a unit's part to another one, on the same clock; what was done stays in the story."""
    part = _running_part(session, actor, assignment_id)
    said = rules.must_give_reason(reason)
    item = session.get_one(Item, part.item_id)
    _settle(session, actor, part, assignments.REASSIGN, said)
    left = part.instance_id
    successor = assignments.hand_over(session, part, unit_id)
    if successor.part is Part.LEAD:
        item.responsible_person = ""
    _call(session, actor, item, successor)
    _stop(session, actor, left, said)
    facts = {"reason": said, "successor": session.get_one(Unit, unit_id).name}
    story.tell(session, item, Happened.UNIT_REPLACED, actor, facts, part)
    messages.to_unit(session, part, "unit_withdrawn", {"reason": said})
    messages.to_unit(session, successor, "assigned", {"due_on": successor.due_on})
    return successor


def _running_part(session: Session, actor: Actor, assignment_id: int) -> Assignment:
    """Return a part that still runs, locked with its item: what is seen is what is changed."""
    item_id = store.visible_part(session, actor, assignment_id).item_id
    rules.must_have(actor, *rules.OFFICE)
    store.item_to_change(session, item_id)
    part = store.part_to_change(session, assignment_id)
    rules.must_be_running(part, "withdraw_unit")
    return part


def _settle(session: Session, actor: Actor, part: Assignment, decision: str, reason: str) -> None:
    """Bring to an end what waits about a part that its unit gives up."""
    changes.lapse(session, part)
    ladder.settle(session, part, actor.by)
    for cause in clock.STOPPED_BY.values():
        clock.resume(session, part, cause)
    if part.state is AssignmentState.OBJECTED:
        objection = store.pending_objection(session, part)
        objection.decision, objection.decision_reason = decision, reason
        objection.decided_by_id, objection.decided_at = actor.person_id, now(session)


def _call(session: Session, actor: Actor, item: Item, part: Assignment) -> None:
    """Let the diagram that calls the item's units call this one as well."""
    for caller, element_id in _callers(session, item):
        try:
            engine.add_round(session, caller.id, element_id, part.id, by=actor.by)
        except engine.NothingRepeats:
            continue
        return
    raise NotNow("add_unit", item.state.value)


def _callers(session: Session, item: Item) -> Iterator[tuple[Instance, str]]:
    """Name the places that have called units whose parts still run, each with its instance."""
    known = {each.id: each for each in engine.instances(session, str(item.id))}
    running = [
        known[part.instance_id]
        for part in item.assignments
        if part.round == item.round and part.instance_id in known
    ]
    called = {(each.parent_id, each.process_id) for each in running if each.ended_at is None}
    for parent_id, process_id in called:
        caller = None if parent_id is None else known.get(parent_id)
        if caller is not None:
            diagram = bytes(engine.definition(session, caller.definition_id).xml)
            for place in ways.read_map(diagram).places:
                if place.calls == process_id:
                    yield caller, place.id


def _stop(session: Session, actor: Actor, instance_id: UUID | None, reason: str) -> None:
    if instance_id is not None:
        engine.cancel(session, instance_id, reason=reason, by=actor.by)
