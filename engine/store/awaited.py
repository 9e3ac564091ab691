"""Statements on what instances wait for from elsewhere."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from engine.store.sql import Found, Values, first, rows, sql
from engine.tables import AWAITED, MESSAGE

_ADD = insert(AWAITED)
_ADDRESSED = (
    select(AWAITED.c.id, AWAITED.c.instance_id)
    .where(
        AWAITED.c.kind == "message",
        AWAITED.c.name == bindparam("name"),
        AWAITED.c.key == bindparam("key"),
    )
    .order_by(AWAITED.c.id)
    .limit(1)
)
_LISTENING = (
    select(AWAITED.c.instance_id)
    .where(AWAITED.c.kind == "signal", AWAITED.c.name == bindparam("name"))
    .distinct()
    .order_by(AWAITED.c.instance_id)
)
_MET = (
    select(MESSAGE.c.id, AWAITED.c.instance_id)
    .join(AWAITED, (AWAITED.c.name == MESSAGE.c.name) & (AWAITED.c.key == MESSAGE.c.key))
    .where(AWAITED.c.kind == "message", MESSAGE.c.expires_at > bindparam("now"))
    .order_by(MESSAGE.c.id)
    .limit(1)
)


def add(session: Session, rows: Sequence[Values]) -> None:
    """Store what tokens wait for."""
    sql(session).execute(_ADD, [dict(row) for row in rows])


def drop(session: Session, token_ids: Sequence[UUID]) -> None:
    """Forget what tokens no longer wait for."""
    sql(session).execute(delete(AWAITED).where(AWAITED.c.id.in_(token_ids)))


def drop_of(session: Session, instance_id: UUID) -> None:
    """Forget everything that an instance waits for."""
    sql(session).execute(delete(AWAITED).where(AWAITED.c.instance_id == instance_id))


def addressed(session: Session, name: str, key: str) -> Found | None:
    """Return who has waited longest for a message under a key, if anybody does."""
    return first(session, _ADDRESSED, {"name": name, "key": key})


def listening(session: Session, name: str) -> list[UUID]:
    """Return the instances that wait for a signal."""
    return list(sql(session).scalars(_LISTENING, {"name": name}))


def met(session: Session, now: datetime) -> Found | None:
    """Return a kept message that somebody waits for, though neither saw the other come."""
    return first(session, _MET, {"now": now})


def of_key(session: Session, name: str) -> list[Found]:
    """Return everyone who waits for a message or a signal of that name."""
    return list(rows(session, select(AWAITED).where(AWAITED.c.name == name).order_by(AWAITED.c.id)))
