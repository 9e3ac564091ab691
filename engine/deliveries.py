"""What one instance posts to another: delivered after the commit, each under its own lock."""

import logging
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from engine import store
from engine.database import Database, now
from engine.steps import CHILD_ENDED, HOPS_SO_FAR, Held, hold, stepping

TRIES: Final = 3
AT_ONCE: Final = 50
PAUSE: Final = timedelta(seconds=30)
NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
RESCHEDULE: Final = "reschedule"
HOPS: Final = 100
"""How many instances may move one another in a row before that is no process any more."""

log = logging.getLogger(__name__)


def deliver(database: Database, delivery_ids: Sequence[int]) -> None:
    """Deliver what was posted, each in its own transaction.

    Whoever posted it has committed already and isn't told of an error here: the
    worker tries again, and the last try becomes an incident. What is more than a
    person should wait for is left to the worker from the first.
    """
    waiting = deque(delivery_ids)
    for _ in range(AT_ONCE):
        if not waiting:
            return
        delivery_id = waiting.popleft()
        try:
            _, posted = database.commit(partial(deliver_one, delivery_id=delivery_id))
        except Exception:
            log.exception("delivery %s has to wait", delivery_id)
            _later(database, delivery_id)
        else:
            waiting.extend(posted)


def deliver_due(database: Database) -> bool:
    """Deliver what a crash or an error left behind; true if there was any."""
    with database.read() as session:
        due = store.deliveries.due(session, now(session), AT_ONCE)
    deliver(database, due)
    return bool(due)


def deliver_one(session: Session, delivery_id: int) -> None:
    """Tell one instance what was posted to it."""
    letter = store.deliveries.lock(session, delivery_id)
    if letter is None:
        return
    if letter.hops > HOPS:
        _give_up(session, letter, letter.attempts)
        return
    session.info[HOPS_SO_FAR] = letter.hops
    held = hold(session, letter.instance_id)
    store.deliveries.drop(session, delivery_id)
    if held.instance.ended_at is not None:
        return
    if letter.kind == CHILD_ENDED:
        _child_ended(session, held, letter.task_id, letter.by)
    else:
        held.timers_moved = True
        with stepping(session, held, letter.by):
            """Write the timers back; nothing else moves."""


def _child_ended(session: Session, held: Held, task_id: UUID, by: str) -> None:
    """Let the call go on once no child of it is open; until then the parent sleeps."""
    if store.instances.has_open_child(session, held.instance.id, task_id):
        return
    with stepping(session, held, by) as step:
        token = step.before.calls.get(task_id)
        if token is not None:
            step.returned.add(task_id)
            token.complete()


def _later(database: Database, delivery_id: int) -> None:
    """Note that a delivery has failed; if that fails too, it just stays due."""
    try:
        database.write(lambda session: _postpone(session, delivery_id))
    except Exception:
        log.exception("delivery %s stays due", delivery_id)


def _postpone(session: Session, delivery_id: int) -> None:
    letter = store.deliveries.lock(session, delivery_id)
    if letter is None:
        return
    attempts = letter.attempts + 1
    if attempts >= TRIES:
        _give_up(session, letter, attempts)
    else:
        store.deliveries.postpone(session, delivery_id, attempts, now(session) + PAUSE)


def _give_up(session: Session, letter: store.Found, attempts: int) -> None:
    """Leave a delivery lying until a person has looked at its incident."""
    store.deliveries.postpone(session, letter.id, attempts, NEVER)
    store.incidents.add(
        session,
        {
            "instance_id": letter.instance_id,
            "task_id": letter.task_id,
            "job_id": letter.id,
            "kind": "delivery",
            "error": f"{letter.kind} after {letter.hops} instances in a row",
            "at": now(session),
        },
    )
