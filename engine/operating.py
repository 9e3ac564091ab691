"""What an administrator does to running instances by hand; the history tells each of it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from engine import store
from engine.database import Database, now
from engine.deliveries import TRIES
from engine.errors import IncidentUnknown, NotMovable, TaskUnknown
from engine.history import Line
from engine.incidents import TIMER
from engine.migration import leads_to_its_end
from engine.steps import Held, cancel_held, hold, stepping

Progress = Callable[[int, int], None]
"""Is told how many of how many instances are done."""


def suspend(session: Session, instance_id: UUID, *, reason: str, by: str) -> None:
    """Let nothing move an instance, nor what it has called, until it is resumed.

    Its timers stand still, what is sent to it is held back, and its tasks stay open
    but can't be completed. One that is suspended already stays as it is.
    """
    for held in _with_children(session, instance_id):
        if held.instance.suspended_at is None:
            with stepping(session, held, by) as step:
                step.lines.append(Line("suspended", by, facts={"reason": reason}))
                held.instance = replace(held.instance, suspended_at=step.at)
            store.timers.drop_of(session, held.instance.id)


def resume(session: Session, instance_id: UUID, *, reason: str, by: str) -> None:
    """Let a suspended instance go on, and what it has called.

    A timer that counts from a moment has lost no time meanwhile; one that waits for a
    date waits for the same date. What was held back is delivered after the commit.
    """
    at = now(session)
    for held in _with_children(session, instance_id):
        since = held.instance.suspended_at
        if since is None:
            continue
        held.instance = replace(held.instance, suspended_at=None)
        held.timers_moved = True
        with stepping(session, held, by) as step:
            step.run.delay(at - since)
            step.lines.append(Line("resumed", by, facts={"reason": reason}))
        store.deliveries.wake(session, held.instance.id, at, TRIES)


def skip(session: Session, incident_id: int, *, reason: str, by: str) -> None:
    """Let an instance go on behind what has failed, as if its work were done.

    What was left to a worker that gave it up is called back; a timer without a date is
    taken to be due, or given up if it only waits beside something else.
    """
    row = store.incidents.unresolved(session, incident_id)
    if row is None or row.task_id is None or row.instance_id is None:
        raise IncidentUnknown(incident_id)
    with stepping(session, hold(session, row.instance_id), by) as step:
        waits = step.before.timers if row.kind == TIMER else step.before.errands
        token = {**step.before.faults, **waits}.get(row.task_id)
        if token is None:
            raise IncidentUnknown(incident_id)
        node = token.task_spec.node
        step.lines.append(Line("skipped", by, node.id, node.name, facts={"reason": reason}))
        step.run.skip(token)


def move(
    session: Session, instance_id: UUID, token_id: UUID, element_id: str, *, reason: str, by: str
) -> None:
    """Take a token (its id is that of its task or incident) to another element of its scope.

    Refused, and the caller's transaction with it, if from there the scope would not come
    to its end: a join that waits for the moved token, or an end that comes too soon.
    """
    with stepping(session, hold(session, instance_id), by) as step:
        token = step.run.token(token_id)
        if token is None or not token.live:
            raise TaskUnknown(token_id)
        if reason_against := step.run.why_not_movable(token, element_id):
            raise NotMovable(instance_id, element_id, reason_against)
        node = token.task_spec.node
        facts = {"reason": reason, "to": element_id}
        step.lines.append(Line("moved", by, node.id, node.name, facts=facts))
        step.run.move(token, element_id)
    if not leads_to_its_end(step.run, token.workflow):
        raise NotMovable(instance_id, element_id, "what is open there would never come to its end")


def suspend_all(
    database: Database, definition_id: int, *, reason: str, by: str, progress: Progress
) -> None:
    """Suspend every running instance of a version, each in its own transaction."""
    _each(database, definition_id, lambda s, i: suspend(s, i, reason=reason, by=by), progress)


def resume_all(
    database: Database, definition_id: int, *, reason: str, by: str, progress: Progress
) -> None:
    """Resume every suspended instance of a version, each in its own transaction."""
    _each(database, definition_id, lambda s, i: resume(s, i, reason=reason, by=by), progress)


def cancel_all(
    database: Database, definition_id: int, *, reason: str, by: str, progress: Progress
) -> None:
    """Cancel every running instance of a version, each in its own transaction."""

    def work(session: Session, instance_id: UUID) -> None:
        cancel_held(session, hold(session, instance_id), reason=reason, by=by)

    _each(database, definition_id, work, progress)


def _each(
    database: Database,
    definition_id: int,
    work: Callable[[Session, UUID], None],
    progress: Progress,
) -> None:
    with database.read() as session:
        wanted = store.instances.open_of_definition(session, definition_id)
    for number, instance_id in enumerate(wanted, start=1):
        database.write(partial(_if_open, instance_id=instance_id, work=work))
        progress(number, len(wanted))


def _if_open(session: Session, instance_id: UUID, work: Callable[[Session, UUID], None]) -> None:
    """Leave alone what has ended since it was looked up."""
    if hold(session, instance_id).instance.ended_at is None:
        work(session, instance_id)


def _with_children(session: Session, instance_id: UUID) -> list[Held]:
    """Lock an instance and all that it has called, the callers first."""
    held = hold(session, instance_id)
    held.must_be_open()
    children = store.instances.all_open_children(session, instance_id)
    return [held, *(one for child in children for one in _with_children(session, child))]
