"""Answering a request: the head signs, the supervisor passes it on, the leader decides."""

from uuid import UUID

import engine
from engine import Session, now
from workflows import desk, ladder, rules, steps, store, story
from workflows.actors import Actor
from workflows.changes.asking import facts_of
from workflows.changes.effects import cancel_item, decide
from workflows.errors import NotNow
from workflows.steps import Errand
from workflows.story import Happened
from workflows.tables import Assignment, ChangeDecision, ChangeKind, ChangeRequest, Part


def endorse_change(
    session: Session,
    actor: Actor,
    task_id: UUID,
    endorse: bool,  # noqa: FBT001 (the head's answer)
    reason: str = "",
) -> ChangeRequest:
    """Sign a unit's request as its head, or stop it and say why."""
    errand = steps.take(session, actor, task_id, steps.ENDORSE_CHANGE)
    said = reason.strip() if endorse else rules.must_give_reason(reason)
    part, request = _pending(session, errand)
    if endorse:
        request.endorsed_by_id, request.endorsed_at = actor.person_id, now(session)
        facts = {**facts_of(request), "reason": said}
        story.tell(session, part.item_id, Happened.CHANGE_ENDORSED, actor, facts, part)
    else:
        decide(session, actor, request, ChangeDecision.DECLINED, said)
    desk.move_on(session, actor, errand.task, "endorse" if endorse else "decline")
    return request


def advise_change(
    session: Session,
    actor: Actor,
    task_id: UUID,
    pass_on: bool,  # noqa: FBT001 (the supervisor's answer)
    opinion: str,
) -> ChangeRequest:
    """Pass a request on to the leader with the office's opinion, or decline it and say why."""
    errand = steps.take(session, actor, task_id, steps.ADVISE_CHANGE)
    said = (
        rules.must_say("opinion", opinion)
        if pass_on
        else rules.must_give_reason(opinion, "opinion")
    )
    part, request = _pending(session, errand)
    if pass_on:
        request.advice = said
        request.advised_by_id, request.advised_at = actor.person_id, now(session)
        facts = {**facts_of(request), "reason": "", "opinion": said}
        story.tell(session, part.item_id, Happened.CHANGE_ADVISED, actor, facts, part)
    else:
        decide(session, actor, request, ChangeDecision.DECLINED, said)
    desk.move_on(session, actor, errand.task, "pass_on" if pass_on else "decline")
    return request


def decide_change(
    session: Session,
    actor: Actor,
    task_id: UUID,
    consent: bool,  # noqa: FBT001 (the leader's answer)
    opinion: str = "",
) -> ChangeRequest:
    """Consent to a change or refuse it; the diagram then carries it out.

    Where the lead unit's part is cancelled, there is nobody left to answer for the item.
    """
    errand = steps.take(session, actor, task_id, steps.CONSENT)
    said = opinion.strip() if consent else rules.must_give_reason(opinion, "opinion")
    part, request = _pending(session, errand)
    decision = ChangeDecision.CONSENTED if consent else ChangeDecision.DECLINED
    decide(session, actor, request, decision, said)
    desk.move_on(session, actor, errand.task, "consent" if consent else "refuse")
    if consent and request.kind is ChangeKind.CANCEL:
        if part.part is Part.LEAD:
            cancel_item(session, actor, part)
    elif consent:
        ladder.settle(session, part, actor.by)
        engine.reschedule(session, str(part.item_id))
    return request


def _pending(session: Session, errand: Errand) -> tuple[Assignment, ChangeRequest]:
    """Return the part that a step is about, and its request that waits."""
    part = store.assignment_of(session, errand.todo.assignment_id)
    request = store.pending_change(session, part.id)
    if request is None:
        raise NotNow(errand.todo.step, part.state.value)
    return part, request
