"""Taking one's own submission back 撤回, until the next person has opened it."""

from collections.abc import Callable, Mapping
from uuid import UUID

from engine import Session, now
from workflows import desk, reports, steps, store, story
from workflows.actors import Actor
from workflows.errors import NothingToWithdraw, WithdrawLate
from workflows.proposals.replies import take_back
from workflows.story import Happened
from workflows.tables import Assignment, AssignmentState, ChangeDecision, Person, Todo

WITHDRAW = "withdraw"


def withdraw(session: Session, actor: Actor, task_id: UUID) -> Todo:
    """Take back what one submitted last; the diagram says to which step it returns."""
    task, todo, part = steps.lock(session, actor, task_id)
    if todo.sent_by_id != actor.person_id or not task.withdrawable:
        raise NothingToWithdraw
    if not steps.may_withdraw(actor, todo):
        raise _late(session, todo)

    if part is not None:
        undo = UNDO.get(todo.step)
        if undo is not None:
            undo(session, actor, part)
    facts = {"step": todo.step}
    story.tell(session, todo.item_id, Happened.WITHDRAWN, actor, facts, part)
    desk.send(session, actor, WITHDRAW, task_id=task.id)
    return todo


def _late(session: Session, todo: Todo) -> WithdrawLate:
    reader = session.get(Person, todo.seen_by_id)
    return WithdrawLate(reader.name if reader else "", todo.seen_at or now(session))


def _report(session: Session, _actor: Actor, part: Assignment) -> None:
    """Take a report back before its signature; its number stays used."""
    report = store.latest_report(session, part)
    report.withdrawn_at = now(session)
    part.state = AssignmentState.HANDLING


def _signature(session: Session, _actor: Actor, part: Assignment) -> None:
    """Take a signature back before the review."""
    report = store.latest_report(session, part)
    report.confirmed_at = report.confirmed_by_id = None
    part.state = AssignmentState.REPORTED
    reports.recount(session, part)


def _objection(session: Session, actor: Actor, part: Assignment) -> None:
    """Take an objection back before its decision."""
    objection = store.pending_objection(session, part)
    objection.decision = "withdrawn"
    objection.decided_by_id, objection.decided_at = actor.person_id, now(session)
    part.state = AssignmentState.ASSIGNED


def _request(session: Session, actor: Actor, part: Assignment) -> None:
    """Take a request for a change back before anybody has answered it."""
    request = store.pending_change(session, part.id)
    if request is not None:
        request.decision, request.decided_at = ChangeDecision.WITHDRAWN, now(session)
        request.decided_by_id = actor.person_id


def _endorsement(session: Session, _actor: Actor, part: Assignment) -> None:
    """Take the head's signature on a request back before the office has opened it."""
    request = store.pending_change(session, part.id)
    if request is not None:
        request.endorsed_by_id = request.endorsed_at = None


def _advice(session: Session, actor: Actor, part: Assignment) -> None:
    """Take the office's advice back; where nobody gave any, the unit takes its request back."""
    request = store.pending_change(session, part.id)
    if request is not None and request.advised_at is not None:
        request.advice, request.advised_by_id, request.advised_at = "", None, None
    else:
        _request(session, actor, part)


UNDO: Mapping[str, Callable[[Session, Actor, Assignment], None]] = {
    steps.CONFIRM: _report,
    steps.REVIEW: _signature,
    steps.OBJECTION: _objection,
    steps.ENDORSE_CHANGE: _request,
    steps.ADVISE_CHANGE: _endorsement,
    steps.CONSENT: _advice,
    steps.REVIEW_REPLY: take_back,
}
"""What a withdrawal undoes, by the step that the submission was waiting at."""
