"""What a service task of a diagram may do; each runs inside the step's transaction."""

from collections.abc import Mapping
from typing import Any

from engine import Call, Operation
from workflows import (
    changes,
    closing,
    instructions,
    ladder,
    messages,
    numbers,
    revisits,
    store,
    story,
)
from workflows.calendar import today
from workflows.decisions import breakdown
from workflows.desk import acknowledge_by, person_id
from workflows.errors import NotNow
from workflows.projects import supervision
from workflows.proposals import deeds
from workflows.publications import slips
from workflows.story import Happened
from workflows.tables import Assignment, Escalation, Item, ItemState


def _item(call: Call) -> Item:
    return store.item_to_change(call.session, int(call.instance.business_key))


def _part(call: Call) -> Assignment:
    return store.assignment_of(call.session, call.data["assignment"])


def record_fast_track(call: Call) -> None:
    """Record who used the fast track 特急: the item skips its approval."""
    item = _item(call)
    item.fast_track_by_id = person_id(call.by)
    story.tell(call.session, item, Happened.FAST_TRACK, None, {"by": item.fast_track_by_id})


def number_item(call: Call) -> None:
    """Give the item its number and put it on the ledger."""
    item = _item(call)
    numbers.number_item(call.session, item, today(call.session).year)
    item.state = ItemState.OPEN
    story.tell(call.session, item, Happened.NUMBERED, None, {"number": item.number})


def remind(call: Call) -> None:
    """Remind a unit that its limit comes near; one that has passed is the ladder's."""
    part = _part(call)
    if part.due_on is None or part.due_on < today(call.session):
        return
    facts = {"due_on": part.due_on}
    story.tell(call.session, part.item_id, Happened.REMINDED, None, facts, part)
    messages.to_unit(call.session, part, "reminded", facts)


def remind_to_acknowledge(call: Call) -> None:
    """Remind a unit that its receipt is late, and tell the supervisor so."""
    part = _part(call)
    facts = {"due_on": acknowledge_by(call.session, part)}
    story.tell(call.session, part.item_id, Happened.UNACKNOWLEDGED, None, facts, part)
    messages.to_unit(call.session, part, "unacknowledged", facts)
    messages.to_supervisor(call.session, part, "unacknowledged", facts)


def escalate(call: Call) -> Mapping[str, Any]:
    """Decide which rung of the ladder is due today, if any.

    A diagram that escalates in the unit's own instance, as those from before the ladder had
    its own, lets nobody approve: there the rung reaches the unit at once.
    """
    part = _part(call)
    rung = ladder.escalate(call.session, part, call.instance.id)
    if rung is not None and call.instance.id == part.instance_id:
        ladder.send_on(call.session, rung, call.by)
        slips.keep(call.session, rung)
    return {"rung": rung.rung.value if rung else ""}


def deliver_rung(call: Call) -> None:
    """Bring the rung to its unit; a slip is numbered now, and kept as it goes out."""
    rung = _rung(call)
    ladder.deliver(call.session, rung)
    slips.keep(call.session, rung)


def open_suggestion(call: Call) -> None:
    """Let a rung that is only suggested go its own way: evidence, director, leader, organ."""
    ladder.suggest_from(call.session, _rung(call), call.by)


def _rung(call: Call) -> Escalation:
    rung = store.rung_of(call.session, call.instance.id)
    if rung is None:
        raise NotNow("deliver", "")
    return rung


def ask_interim(call: Call) -> None:
    """Ask a unit for its interim report, unless it came early."""
    part = _part(call)
    due_on = part.interim_due_on
    if due_on is None or due_on > today(call.session):
        return
    facts = {"due_on": due_on}
    story.tell(call.session, part.item_id, Happened.INTERIM_DUE, None, facts, part)
    messages.to_unit(call.session, part, "interim_due", facts)


def apply_change(call: Call) -> Mapping[str, Any]:
    """Carry out the change that the leader consented to; say whether the part is cancelled."""
    return changes.apply(call.session, _part(call))


def extend_limit(call: Call) -> None:
    """Move a unit's limit to the day that the leader consented to."""
    changes.apply(call.session, _part(call))


def draw_revisit(call: Call) -> Mapping[str, Any]:
    """Decide whether the item is revisited; what nobody looks at again counts as solved."""
    return {"revisit": revisits.draw(call.session, _item(call)), "solved": True}


def reopen(call: Call) -> None:
    """Take an unsolved item up again under its number."""
    revisits.reopen(call.session, _item(call), call.instance)


def compare_instructions(call: Call) -> Mapping[str, Any]:
    """Say whether leaders' words differ and nobody has settled it yet."""
    return {"differing": instructions.differing(call.session, _item(call))}


def address_result(call: Call) -> Mapping[str, Any]:
    """Name the leaders to whom the result goes back."""
    return {"leaders": instructions.addressees(call.session, _item(call))}


def start_parts(call: Call) -> Mapping[str, Any]:
    """Let the parts that a decision was broken down into begin, each on its own diagram."""
    return {"parts_key": breakdown.start_parts(call.session, _item(call), call.by)}


def hand_out_part(call: Call) -> Mapping[str, Any]:
    """Hand a part of a decision to the units that the breakdown names."""
    return breakdown.hand_out_part(call.session, _item(call))


def close_part(call: Call) -> None:
    """Strike a part of a decision off the ledger: each of its units is done."""
    closing.strike_off(call.session, _item(call), None)


def call_supervision(call: Call) -> Mapping[str, Any]:
    """Call for the week's supervision of a project, unless the last one waits still."""
    return {"supervise": supervision.call(call.session, _item(call))}


OPERATIONS: Mapping[str, Operation] = {
    operation.name: operation
    for operation in (
        Operation("tell_part", deeds.tell_part, writes={"replies": bool}),
        Operation("issue_reply", deeds.issue_reply),
        Operation("remind_ratings", deeds.remind_ratings),
        Operation("redo_reply", deeds.redo_reply),
        Operation("look_for_promises", deeds.look_for_promises, writes={"promises": list}),
        Operation("bring_back", deeds.bring_back),
        Operation("record_fast_track", record_fast_track),
        Operation("number_item", number_item),
        Operation("remind", remind),
        Operation("remind_to_acknowledge", remind_to_acknowledge),
        Operation("escalate", escalate, writes={"rung": str}),
        Operation("deliver_rung", deliver_rung),
        Operation("open_suggestion", open_suggestion),
        Operation("ask_interim", ask_interim),
        Operation("apply_change", apply_change, writes={"cancelled": bool}),
        Operation("extend_limit", extend_limit),
        Operation("draw_revisit", draw_revisit, writes={"revisit": bool, "solved": bool}),
        Operation("reopen", reopen),
        Operation("call_supervision", call_supervision, writes={"supervise": bool}),
        Operation("compare_instructions", compare_instructions, writes={"differing": bool}),
        Operation("address_result", address_result, writes={"leaders": list}),
        Operation("start_parts", start_parts, writes={"parts_key": str}),
        Operation("hand_out_part", hand_out_part, writes={"units": list, "interim_period": str}),
        Operation("close_part", close_part),
    )
}
