"""Statements on timers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from engine.store.sql import Values, rows, sql
from engine.tables import TIMER

_ADD_TIMERS = insert(TIMER)
_DUE_TIMERS = (
    select(TIMER.c.id, TIMER.c.due_at)
    .where(TIMER.c.instance_id == bindparam("instance"), TIMER.c.due_at <= bindparam("now"))
    .order_by(TIMER.c.due_at, TIMER.c.id)
    .limit(bindparam("most"))
)
_FIRST_DUE = (
    select(TIMER.c.instance_id)
    .where(TIMER.c.due_at <= bindparam("now"))
    .order_by(TIMER.c.due_at)
    .limit(bindparam("most"))
)
_DUE_INSTANCES = (
    select(TIMER.c.instance_id)
    .where(TIMER.c.due_at <= bindparam("now"))
    .group_by(TIMER.c.instance_id)
    .order_by(func.min(TIMER.c.due_at))
    .limit(bindparam("most"))
)


def add(session: Session, rows: Sequence[Values]) -> None:
    """Store when waiting events are due."""
    sql(session).execute(_ADD_TIMERS, [dict(row) for row in rows])


def drop(session: Session, timer_ids: Sequence[UUID]) -> int:
    """Forget timers that have fired or wait no longer; return how many had a date."""
    return sql(session).execute(delete(TIMER).where(TIMER.c.id.in_(timer_ids))).rowcount


def drop_of(session: Session, instance_id: UUID) -> None:
    """Forget every timer of an instance."""
    sql(session).execute(delete(TIMER).where(TIMER.c.instance_id == instance_id))


def due_of(session: Session, instance_id: UUID, now: datetime, most: int) -> list[UUID]:
    """Return the timers of an instance that are due, earliest first."""
    values = {"instance": instance_id, "now": now, "most": most}
    return [row.id for row in rows(session, _DUE_TIMERS, values)]


def due_instances(session: Session, now: datetime, most: int) -> list[UUID]:
    """Return instances that have a timer due, the longest waiting first.

    The index has the first timers in order. All that are due are only looked at when
    several of the first belong to one instance.
    """
    values = {"now": now, "most": most}
    first = list(sql(session).scalars(_FIRST_DUE, values))
    found = list(dict.fromkeys(first))
    if len(first) < most or len(found) == most:
        return found
    return list(sql(session).scalars(_DUE_INSTANCES, values))
