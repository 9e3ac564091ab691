"""What becomes of a request: carried out, declined, or lapsed because its part has ended."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import engine
from engine import Session, now
from workflows import assignments, clock, desk, messages, rules, steps, store, story
from workflows.actors import Actor
from workflows.calendar import office_day
from workflows.changes.asking import facts_of
from workflows.story import Happened
from workflows.tables import (
    Assignment,
    ChangeDecision,
    ChangeKind,
    ChangeRequest,
    ClosedHow,
    Item,
    Part,
)

SETTLED = "settled"


def decide(
    session: Session,
    actor: Actor | None,
    request: ChangeRequest,
    decision: ChangeDecision,
    opinion: str = "",
) -> None:
    """Write down what became of a request; what lapses was decided by nobody."""
    part = store.assignment_of(session, request.assignment_id)
    request.decision, request.opinion, request.decided_at = decision, opinion, now(session)
    request.decided_by_id = actor.person_id if actor else None
    facts = {**facts_of(request), "decision": decision, "opinion": opinion}
    story.tell(session, part.item_id, Happened.CHANGE_DECIDED, actor, facts, part)
    if actor is not None:
        messages.to_unit(session, part, "change_decided", facts)


def apply(session: Session, part: Assignment) -> Mapping[str, Any]:
    """Carry out what was consented to last; say whether the part is cancelled by it."""
    request = store.latest_change(session, part.id)
    if request is None or request.decision is not ChangeDecision.CONSENTED:
        return {"cancelled": False}
    if request.new_due_on is not None and part.due_on != request.new_due_on:
        clock.extend(session, part, request.new_due_on, office_day(request.asked_at))
        store.note(session, part.item_id, times_extended=Item.times_extended + 1)
    if request.kind is ChangeKind.ADJUST and part.part is Part.LEAD:
        store.item_to_change(session, part.item_id).target = request.new_target
    cancelled = request.kind is ChangeKind.CANCEL
    if cancelled:
        assignments.release(session, part)
    return {"cancelled": cancelled}


def cancel_item(session: Session, actor: Actor, lead: Assignment) -> None:
    """Cancel an item whose lead unit's part is cancelled: every other unit is let go as well."""
    item = store.item_to_change(session, lead.item_id)
    for part in item.assignments:
        if part.state not in rules.FINISHED:
            lapse(session, part)
            assignments.release(session, part)
            messages.to_unit(session, part, "item_cancelled")
    story.tell(session, item, Happened.CLOSED, actor, {"how": ClosedHow.CANCELLED})
    if item.instance_id is not None:
        engine.cancel(session, item.instance_id, reason="cancelled with consent", by=actor.by)


def settle(session: Session, actor: Actor, part: Assignment) -> None:
    """Let a request lapse whose part has ended, unless its diagram keeps it for a decision.

    Diagrams of today end the procedure with the part; older ones wait to be told.
    """
    if store.pending_change(session, part.id) is None:
        return
    with suppress(engine.NobodyWaits, engine.InstanceEnded):
        desk.send(session, actor, SETTLED, instance_id=part.instance_id)
    if not store.waits_at(session, part.id, steps.OF_CHANGES):
        lapse(session, part)


def lapse(session: Session, part: Assignment) -> None:
    """Let a request go that nobody will decide any more."""
    request = store.pending_change(session, part.id)
    if request is not None:
        decide(session, None, request, ChangeDecision.LAPSED)
