"""Statements on deliveries."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from engine.store.sql import Found, Values, first, sql
from engine.tables import DELIVERY

_DELIVERY = select(DELIVERY).where(DELIVERY.c.id == bindparam("delivery"))
_LOCK_DELIVERY = _DELIVERY.with_for_update(skip_locked=True)
_DUE_DELIVERIES = (
    select(DELIVERY.c.id)
    .where(DELIVERY.c.due_at <= bindparam("now"))
    .order_by(DELIVERY.c.id)
    .limit(bindparam("most"))
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


def wake(session: Session, instance_id: UUID, due_at: datetime, tries: int) -> None:
    """Deliver now what was held back while an instance was suspended, unless it was given up."""
    query = update(DELIVERY).where(
        DELIVERY.c.instance_id == instance_id, DELIVERY.c.attempts < tries
    )
    sql(session).execute(query.values(due_at=due_at))


def due(session: Session, now: datetime, most: int) -> list[int]:
    """Return what waits to be delivered, oldest first."""
    return list(sql(session).scalars(_DUE_DELIVERIES, {"now": now, "most": most}))
