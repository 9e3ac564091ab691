"""Timers that are due, and dates that have moved."""

from typing import Final

from sqlalchemy.orm import Session

from engine import store
from engine.database import now
from engine.deliveries import RESCHEDULE
from engine.steps import Held, keep, post, stepping
from engine.versions import plan_of

BY: Final = "timer"
CANDIDATES: Final = 20


def wake_due(session: Session, limit: int = 100) -> int:
    """Fire the due timers of one instance under its lock; return how many fired."""
    at = now(session)
    for instance_id in store.instances_due(session, at, CANDIDATES):
        row = store.lock_if_free(session, instance_id)
        if row is not None:
            held = keep(session, row)
            due = store.due_timers(session, instance_id, at, limit)
            return sum(_fire(session, held, timer_id) for timer_id in due)
    return 0


def _fire(session: Session, held: Held, timer_id: object) -> int:
    """Fire one timer unless one that fired before it has ended it."""
    if held.instance.ended_at is not None:
        return 0
    with stepping(session, held, BY) as step:
        token = step.before.timers.get(timer_id)
        if token is None:
            return 0
        step.run.fire(token, {})
    return 1


def reschedule(session: Session, key: str) -> None:
    """Compute anew when the waiting timers of a business key are due.

    An instance that is in a step of this transaction does it when the step ends; to
    the others it is posted, so that each is done under its own lock after the commit.
    """
    for instance_id, definition_id in store.open_instances(session, key):
        if not plan_of(session, definition_id).diagram.has_due_dates:
            continue
        held: Held | None = session.info["held"].get(instance_id)
        if held is not None and held.busy:
            held.timers_moved = True
        else:
            post(session, instance_id, RESCHEDULE, None, BY)
