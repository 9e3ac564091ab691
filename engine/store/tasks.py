"""Statements on user tasks."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from engine.store.sql import Found, Values, first, rows, sql
from engine.tables import TASK

_TASK = select(TASK).where(TASK.c.id == bindparam("task"))
_OPEN_TASKS = (
    select(TASK)
    .where(TASK.c.business_key == bindparam("business"), TASK.c.closed_at.is_(None))
    .order_by(TASK.c.opened_at, TASK.c.id)
)
_ADD_TASKS = insert(TASK)
_CLOSE_TASK = (
    update(TASK)
    .where(TASK.c.id == bindparam("task"))
    .values(
        closed_at=bindparam("closed_at"),
        closed_by=bindparam("closed_by"),
        outcome=bindparam("outcome"),
    )
)


def one(session: Session, task_id: UUID) -> Found | None:
    """Return a task's row, or nothing."""
    return first(session, _TASK, {"task": task_id})


def open_of_key(session: Session, key: str) -> Sequence[Found]:
    """Return the open tasks of a business key, oldest first."""
    return rows(session, _OPEN_TASKS, {"business": key})


def open_of(session: Session, instance_id: UUID) -> Sequence[Found]:
    """Return the open tasks of one instance."""
    query = select(TASK).where(TASK.c.instance_id == instance_id, TASK.c.closed_at.is_(None))
    return rows(session, query.order_by(TASK.c.opened_at, TASK.c.id))


def add(session: Session, rows: Sequence[Values]) -> None:
    """Store new tasks."""
    sql(session).execute(_ADD_TASKS, [dict(row) for row in rows])


def close(session: Session, rows: Sequence[Values]) -> None:
    """Close tasks, each with who did it and its outcome."""
    sql(session).execute(_CLOSE_TASK, [dict(row) for row in rows])
