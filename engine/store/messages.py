"""Statements on messages that nobody has waited for yet."""

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from engine.store.sql import Found, Values, first, sql
from engine.tables import AWAITED, MESSAGE

_OLDEST = (
    select(MESSAGE)
    .where(
        MESSAGE.c.name == bindparam("name"),
        MESSAGE.c.key == bindparam("key"),
        MESSAGE.c.expires_at > bindparam("now"),
    )
    .order_by(MESSAGE.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_LOCK = select(MESSAGE).where(MESSAGE.c.id == bindparam("message")).with_for_update()

_MET_OR_DEAD = (
    select(MESSAGE.c.id)
    .outerjoin(AWAITED, (AWAITED.c.name == MESSAGE.c.name) & (AWAITED.c.key == MESSAGE.c.key))
    .where((MESSAGE.c.expires_at <= bindparam("now")) | AWAITED.c.id.is_not(None))
    .limit(1)
)


def add(session: Session, values: Values) -> None:
    """Keep a message."""
    sql(session).execute(insert(MESSAGE), dict(values))


def take(session: Session, name: str, key: str, now: datetime) -> Found | None:
    """Take the oldest message under a key that still lives, if there is one."""
    row = first(session, _OLDEST, {"name": name, "key": key, "now": now})
    if row is not None:
        drop(session, row.id)
    return row


def lock(session: Session, message_id: int) -> Found | None:
    """Return a kept message under its lock, or nothing once it was taken."""
    return first(session, _LOCK, {"message": message_id})


def any_met_or_dead(session: Session, now: datetime) -> bool:
    """Tell whether a kept message is past its time, or somebody waits for it."""
    return first(session, _MET_OR_DEAD, {"now": now}) is not None


def drop(session: Session, message_id: int) -> None:
    """Forget a message."""
    sql(session).execute(delete(MESSAGE).where(MESSAGE.c.id == message_id))


def drop_expired(session: Session, now: datetime) -> int:
    """Forget the messages that nobody came for in time; return how many."""
    return sql(session).execute(delete(MESSAGE).where(MESSAGE.c.expires_at <= now)).rowcount
