"""Extensions 延期: asked before the limit runs out, decided by the leader."""

from datetime import date
from uuid import UUID

import engine
from engine import Session, now
from workflows import desk, limits, messages, rules, steps, store, story
from workflows.actors import Actor
from workflows.calendar import office_day, today
from workflows.errors import AlreadyAsked, NotNow
from workflows.story import Happened
from workflows.tables import Assignment, Extension, Item, Part

EXTENSION_ASKED = "extension_asked"
SETTLED = "settled"


def ask_extension(
    session: Session, actor: Actor, assignment_id: int, new_due_on: date, reason: str
) -> Extension:
    """Ask the leader for a later limit, while the present one still runs."""
    part = store.visible_part(session, actor, assignment_id)
    rules.must_speak_for(actor, part.unit_id)
    rules.must_be_running(part, "extend")
    said = rules.must_give_reason(reason)
    old_due_on = rules.must_extend(part, new_due_on, today(session))
    try:  # first of all, for it locks: of two who ask at once the second sees the first
        desk.send(session, actor, EXTENSION_ASKED, instance_id=part.instance_id)
    except engine.NobodyWaits as error:
        raise NotNow("extend", part.state.value) from error
    pending = store.pending_extension(session, part.id)
    if pending is not None:
        raise AlreadyAsked("extend", pending.asked_at)

    extension = Extension(
        assignment_id=part.id,
        old_due_on=old_due_on,
        new_due_on=new_due_on,
        reason=said,
        asked_by_id=actor.person_id,
        asked_at=now(session),
    )
    session.add(extension)
    facts = {"old": old_due_on, "new": new_due_on, "reason": said}
    story.tell(session, part.item_id, Happened.EXTENSION_ASKED, actor, facts, part)
    return extension


def decide_extension(
    session: Session,
    actor: Actor,
    task_id: UUID,
    consent: bool,  # noqa: FBT001 (the leader's answer)
    opinion: str = "",
) -> Extension:
    """Consent to a later limit or refuse it; the diagram then moves the limit."""
    errand = steps.take(session, actor, task_id, steps.CONSENT)
    said = opinion.strip() if consent else rules.must_give_reason(opinion, "opinion")
    part = store.assignment_of(session, errand.todo.assignment_id)
    extension = store.pending_extension(session, part.id)
    if extension is None:
        raise NotNow("consent", part.state.value)
    extension.consented, extension.opinion = consent, said
    extension.decided_by_id, extension.decided_at = actor.person_id, now(session)
    facts = {
        "consented": consent,
        "old": extension.old_due_on,
        "new": extension.new_due_on,
        "opinion": said,
    }
    story.tell(session, part.item_id, Happened.EXTENSION_DECIDED, actor, facts, part)
    messages.to_unit(session, part, "extension_decided", facts)
    desk.move_on(session, actor, errand.task, "consent" if consent else "refuse")
    if consent:
        engine.reschedule(session, str(part.item_id))
    return extension


def settle(session: Session, actor: Actor, part: Assignment) -> None:
    """Let a request that still waits lapse: its part is finished and needs no later limit.

    A diagram that doesn't catch the message keeps the request for the leader to decide.
    """
    extension = store.pending_extension(session, part.id)
    if extension is None:
        return
    try:
        desk.send(session, actor, SETTLED, instance_id=part.instance_id)
    except engine.NobodyWaits:
        return
    extension.consented, extension.decided_at = False, now(session)
    facts = {
        "moot": True,
        "consented": False,
        "old": extension.old_due_on,
        "new": extension.new_due_on,
    }
    story.tell(session, part.item_id, Happened.EXTENSION_DECIDED, None, facts, part)


def extend(session: Session, part: Assignment) -> None:
    """Move a part's limit to the day that was consented to; the first one is kept."""
    extension = store.latest_extension(session, part.id)
    if extension is None or not extension.consented or part.due_on == extension.new_due_on:
        return
    due = limits.chosen_date(session, office_day(part.assigned_at), extension.new_due_on)
    part.due_on, part.warn_on, part.warn_again_on = due.on, due.warn_on, due.warn_again_on
    part.due_why = [*part.due_why, _why(session, extension)]
    counted: dict[str, object] = {"times_extended": Item.times_extended + 1}
    if part.part is Part.LEAD:
        counted.update(due_on=due.on, warn_on=due.warn_on, due_why=part.due_why)
    store.note(session, part.item_id, **counted)
    _move_todos(session, part)


def _why(session: Session, extension: Extension) -> dict[str, str]:
    return {
        "kind": "extended",
        "asked": office_day(extension.asked_at).isoformat(),
        "decided": today(session).isoformat(),
        "from": extension.old_due_on.isoformat(),
        "to": extension.new_due_on.isoformat(),
    }


def _move_todos(session: Session, part: Assignment) -> None:
    """Give what waits under the part's own limit the new day."""
    for task in engine.open_tasks(session, str(part.item_id)):
        if task.limit == desk.OWN_LIMIT and task.data.get("assignment") == part.id:
            todo = store.todo_of(session, task.id)
            todo.due_on, todo.warn_on = desk.own_term(part, todo.step)
