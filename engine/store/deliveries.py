"""Statements on deliveries."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Update, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from engine.store.sql import Found, Values, first, sql
from engine.tables import DELIVERY

NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""When what is held back, or was given up, is due."""
_DELIVERY = select(DELIVERY).where(DELIVERY.c.id == bindparam("delivery"))
_LOCK_DELIVERY = _DELIVERY.with_for_update(skip_locked=True)
_DUE_DELIVERIES = (
    select(DELIVERY.c.id)
    .where(DELIVERY.c.due_at <= bindparam("now"))
    .order_by(DELIVERY.c.id)
    .limit(bindparam("most"))
)


_EARLIER = (
    select(DELIVERY.c.due_at)
    .where(
        DELIVERY.c.instance_id == bindparam("instance"),
        DELIVERY.c.task_id == bindparam("task"),
        DELIVERY.c.id < bindparam("delivery"),
        DELIVERY.c.due_at < NEVER,
    )
    .order_by(DELIVERY.c.due_at.desc())
    .limit(1)
)


_BEHIND = (
    select(DELIVERY.c.id)
    .where(
        DELIVERY.c.instance_id == bindparam("instance"),
        DELIVERY.c.task_id == bindparam("task"),
        DELIVERY.c.id > bindparam("delivery"),
        DELIVERY.c.due_at <= bindparam("now"),
    )
    .order_by(DELIVERY.c.id)
    .limit(1)
)


def add(session: Session, values: Values) -> int:
    """Post something to another instance and return its number."""
    query = insert(DELIVERY).returning(DELIVERY.c.id)
    made: int = sql(session).execute(query, dict(values)).scalar_one()
    return made


def lock(session: Session, delivery_id: int) -> Found | None:
    """Return what was posted, or nothing if somebody delivers or has delivered it."""
    return first(session, _LOCK_DELIVERY, {"delivery": delivery_id})


def drop(session: Session, delivery_id: int) -> None:
    """Forget what was delivered."""
    sql(session).execute(delete(DELIVERY).where(DELIVERY.c.id == delivery_id))


def postpone(session: Session, delivery_id: int, attempts: int, due_at: datetime) -> None:
    """Deliver later, and remember how often it was tried."""
    query = update(DELIVERY).where(DELIVERY.c.id == delivery_id)
    sql(session).execute(query.values(due_at=due_at, attempts=attempts))


def earlier(session: Session, letter: Found) -> datetime | None:
    """Return when something is due that was posted to the same call before, and not given up."""
    if letter.task_id is None:
        return None
    values = {"instance": letter.instance_id, "task": letter.task_id, "delivery": letter.id}
    found = first(session, _EARLIER, values)
    return None if found is None else found.due_at


def behind(session: Session, letter: Found, now: datetime) -> list[int]:
    """Return what was posted next to the same call after a letter, if it is due."""
    if letter.task_id is None:
        return []
    values = {"instance": letter.instance_id, "task": letter.task_id, "delivery": letter.id}
    return list(sql(session).scalars(_BEHIND, {**values, "now": now}))


def afresh(session: Session, delivery_id: int, due_at: datetime) -> None:
    """Deliver what was given up as if it had just been posted."""
    query = update(DELIVERY).where(DELIVERY.c.id == delivery_id)
    sql(session).execute(query.values(due_at=due_at, attempts=0, hops=1))


def wake(session: Session, instance_id: UUID, due_at: datetime, tries: int) -> None:
    """Deliver now what was held back while an instance was suspended, unless it was given up."""
    query = _held_back(instance_id).where(DELIVERY.c.attempts < tries)
    sql(session).execute(query.values(due_at=due_at))


def let_go(session: Session, instance_id: UUID, due_at: datetime) -> None:
    """Deliver now all that was held back or given up for an instance that has ended."""
    sql(session).execute(_held_back(instance_id).values(due_at=due_at))


def due(session: Session, now: datetime, most: int) -> list[int]:
    """Return what waits to be delivered, oldest first."""
    return list(sql(session).scalars(_DUE_DELIVERIES, {"now": now, "most": most}))


def _held_back(instance_id: UUID) -> Update:
    """Change only what nobody delivers now: who does has its lock, and waits for the instance."""
    return update(DELIVERY).where(DELIVERY.c.instance_id == instance_id, DELIVERY.c.due_at == NEVER)
