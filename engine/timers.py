"""Timers that are due, and dates that have moved."""

import logging
from typing import Final
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from engine import store
from engine.database import is_transient, now
from engine.steps import Held, Letter, hold, keep, post, stepping
from engine.versions import plan_of

BY: Final = "timer"
CANDIDATES: Final = 20

log = logging.getLogger(__name__)


def wake_due(session: Session, limit: int = 100) -> int:
    """Fire the due timers of one instance under its lock; return how many were seen to."""
    at = now(session)
    for instance_id in store.timers.due_instances(session, at, CANDIDATES):
        row = store.instances.lock_if_free(session, instance_id)
        if row is not None:
            _keep(session, row)
            due = store.timers.due_of(session, instance_id, at, limit)
            for timer_id in due:
                _see_to(session, instance_id, timer_id)
            return len(due)
    return 0


def reschedule(session: Session, key: str) -> None:
    """Compute anew when the waiting timers of a business key are due.

    An instance that is in a step of this transaction does it when the step ends; to
    the others it is posted, so that each is done under its own lock after the commit.
    """
    for instance_id, definition_id in store.instances.open_of_key(session, key):
        if not plan_of(session, definition_id).diagram.has_due_dates:
            continue
        held: Held | None = session.info["held"].get(instance_id)
        if held is not None and held.busy:
            held.timers_moved = True
        else:
            post(session, instance_id, Letter.RESCHEDULE, BY)


def _keep(session: Session, row: store.Found) -> None:
    """Keep a locked row; if nobody can read its diagram each of its timers will tell."""
    try:
        keep(session, row)
    except DBAPIError:
        raise
    except Exception:
        log.exception("instance %s can't be read", row.id)


def _see_to(session: Session, instance_id: UUID, timer_id: UUID) -> None:
    """Fire one timer; if that fails it becomes an incident, and no other timer waits for it."""
    try:
        with session.begin_nested():
            _fire(session, hold(session, instance_id), timer_id)
    except DBAPIError as error:
        if is_transient(error):
            raise
        log.exception("timer %s of instance %s failed", timer_id, instance_id)
        _park(session, instance_id, timer_id, error)
    except Exception as error:
        log.exception("timer %s of instance %s failed", timer_id, instance_id)
        _park(session, instance_id, timer_id, error)


def _fire(session: Session, held: Held, timer_id: UUID) -> None:
    """Fire one timer, unless one that fired before it has ended it."""
    if held.instance.ended_at is not None:
        return
    with stepping(session, held, BY) as step:
        token = step.before.timers.get(timer_id)
        if token is not None:
            step.run.fire(token, {})


def _park(session: Session, instance_id: UUID, timer_id: UUID, error: Exception) -> None:
    store.timers.drop(session, [timer_id])
    store.incidents.add(
        session,
        {
            "instance_id": instance_id,
            "task_id": timer_id,
            "kind": "timer",
            "error": f"{type(error).__name__}: {error}",
            "at": now(session),
        },
    )
