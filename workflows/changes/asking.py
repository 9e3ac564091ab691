"""Asking for a change, while the present limit still runs."""

from dataclasses import dataclass
from datetime import date

import engine
from engine import Session, now
from workflows import clock, desk, rules, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import AlreadyAsked, ChoiceUnknown, NotNow
from workflows.story import Happened
from workflows.tables import Assignment, ChangeKind, ChangeRequest

CHANGE_ASKED = "change_asked"
EXTENSION_ASKED = "extension_asked"
"""What diagrams from before there were other changes wait for; the leader decides at once."""

KINDS = tuple(kind.value for kind in ChangeKind)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a unit asks for: why, how far it has come, and when it expects to be done."""

    kind: ChangeKind | str
    reason: str
    progress: str
    new_due_on: date | None = None
    new_target: str = ""


def ask_change(session: Session, actor: Actor, assignment_id: int, wish: Wish) -> ChangeRequest:
    """Ask for a later limit, another target, or to be let go; the head signs first."""
    if wish.kind not in KINDS:
        raise ChoiceUnknown("kind", wish.kind, KINDS)
    part = store.visible_part(session, actor, assignment_id)
    kind = ChangeKind(wish.kind)
    rules.must_speak_for(actor, part.unit_id)
    rules.must_be_running(part, kind.value)
    asked = _asked(session, part, kind, wish)
    _send(session, actor, part, kind)  # before the next look, for it locks
    pending = store.pending_change(session, part.id)
    if pending is not None:
        raise AlreadyAsked(kind.value, pending.asked_at)

    asked.asked_by_id, asked.asked_at = actor.person_id, now(session)
    session.add(asked)
    story.tell(session, part.item_id, Happened.CHANGE_ASKED, actor, facts_of(asked), part)
    return asked


def facts_of(request: ChangeRequest) -> dict[str, object]:
    """Return what the story and notices tell of a request."""
    facts: dict[str, object] = {"change": request.kind, "reason": request.reason}
    if request.progress:
        facts["progress"] = request.progress
    if request.new_due_on is not None:
        facts |= {"old": request.old_due_on, "new": request.new_due_on}
    if request.kind is ChangeKind.ADJUST:
        facts |= {"old_target": request.old_target, "new_target": request.new_target}
    return facts


def _asked(session: Session, part: Assignment, kind: ChangeKind, wish: Wish) -> ChangeRequest:
    """Return the request as it will be kept, or refuse what it asks."""
    day = today(session)
    request = ChangeRequest(
        assignment_id=part.id,
        kind=kind,
        reason=rules.must_give_reason(wish.reason),
        progress=rules.must_say("progress", wish.progress),
        old_due_on=part.due_on,
        old_target=store.target_of(session, part),
    )
    rules.must_ask_in_time(part.due_on, day)
    if kind is ChangeKind.ADJUST:
        request.new_target = rules.must_say("new_target", wish.new_target)
    if kind is ChangeKind.EXTEND or (kind is ChangeKind.ADJUST and wish.new_due_on is not None):
        request.new_due_on = rules.must_lead_on(part.due_on, wish.new_due_on, day)
        ceiling = clock.ceiling_of(session, part)
        rules.must_stay_below(request.new_due_on, ceiling.last, ceiling.left, ceiling.times)
    return request


def _send(session: Session, actor: Actor, part: Assignment, kind: ChangeKind) -> None:
    """Let the part's diagram call the procedure; an older one only knows of extensions."""
    heard = [CHANGE_ASKED, EXTENSION_ASKED] if kind is ChangeKind.EXTEND else [CHANGE_ASKED]
    for message in heard:
        try:
            desk.send(session, actor, message, instance_id=part.instance_id)
        except engine.NobodyWaits:
            continue
        return
    raise NotNow(kind.value, part.state.value)
