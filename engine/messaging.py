"""Messages and signals from outside: to whoever waits for them, or to a process they start."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from engine import store
from engine.database import now
from engine.deliveries import meet_kept
from engine.ids import new_id
from engine.records import Instance
from engine.steps import KEPT, begin_by, route_message, route_signal
from engine.values import fit

NOTHING: Final[Mapping[str, Any]] = {}


def publish(
    session: Session,
    message: str,
    *,
    key: str,
    data: Mapping[str, Any] = NOTHING,
    lives: timedelta = KEPT,
    by: str,
) -> Instance | None:
    """Send a message to whoever waits for it under a key; return the instance that it starts.

    It reaches one: who has waited longest, else a process that it starts under that
    business key. If there is neither, it is kept for as long as it lives.
    """
    payload = fit(data)
    starts = route_message(session, message, key, payload, now(session) + lives, by)
    return begin_by(session, starts[0], key, payload, by) if starts else None


def broadcast(session: Session, signal: str, *, by: str) -> list[Instance]:
    """Send a signal to everyone who waits for it now; return the instances that it starts."""
    return [
        begin_by(session, start, f"{start.process_id}:{new_id().hex}", NOTHING, by)
        for start in route_signal(session, signal, by)
    ]


def see_to_messages(session: Session) -> bool:
    """Bring a kept message to whoever came at the very moment that it did; drop the dead ones."""
    at = now(session)
    dropped = store.messages.drop_expired(session, at)
    return meet_kept(session, at) or dropped > 0
