"""Statements on instances that are played again."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from engine.records import Instance
from engine.store.sql import Found, rows, sql
from engine.tables import INSTANCE, TASK


def instances(
    session: Session,
    process_id: str,
    keys: Sequence[str] | None,
    ids: Sequence[UUID] | None,
    most: int,
) -> list[Instance]:
    """Return instances, the newest first: those named, or those of a process."""
    query = select(*(INSTANCE.c[field.name] for field in fields(Instance)))
    if ids is not None:
        query = query.where(INSTANCE.c.id.in_(ids))
    else:
        query = query.where(INSTANCE.c.process_id == process_id)
    if keys is not None:
        query = query.where(INSTANCE.c.business_key.in_(keys))
    query = query.order_by(INSTANCE.c.started_at.desc(), INSTANCE.c.id.desc()).limit(most)
    return [Instance(*row) for row in rows(session, query)]


def of_period(
    session: Session, process_id: str, since: datetime | None, until: datetime | None, most: int
) -> list[Instance]:
    """Return the instances of a process that started in a period, the newest first."""
    query = select(*(INSTANCE.c[field.name] for field in fields(Instance)))
    query = query.where(*_in_period(process_id, since, until))
    query = query.order_by(INSTANCE.c.started_at.desc(), INSTANCE.c.id.desc()).limit(most)
    return [Instance(*row) for row in rows(session, query)]


def count(session: Session, process_id: str, since: datetime | None, until: datetime | None) -> int:
    """Return how many instances of a process started in a period."""
    query = select(func.count()).select_from(INSTANCE)
    found = sql(session).execute(query.where(*_in_period(process_id, since, until)))
    number: int = found.scalar_one()
    return number


def _in_period(
    process_id: str, since: datetime | None, until: datetime | None
) -> list[ColumnElement[bool]]:
    wanted = [INSTANCE.c.process_id == process_id]
    if since is not None:
        wanted.append(INSTANCE.c.started_at >= since)
    if until is not None:
        wanted.append(INSTANCE.c.started_at < until)
    return wanted


def children(session: Session, instance_id: UUID) -> Sequence[Found]:
    """Return the instances that one has called, in the order of their rounds."""
    query = select(
        INSTANCE.c.parent_task_id, INSTANCE.c.process_id, INSTANCE.c.item, INSTANCE.c.started_at
    ).where(INSTANCE.c.parent_id == instance_id)
    return rows(session, query.order_by(INSTANCE.c.started_at, INSTANCE.c.round, INSTANCE.c.id))


def tasks(session: Session, instance_id: UUID) -> Sequence[Found]:
    """Return the tasks that an instance ever had, with the data that they showed."""
    query = select(TASK.c.element_id, TASK.c.opened_at, TASK.c.data)
    query = query.where(TASK.c.instance_id == instance_id)
    return rows(session, query.order_by(TASK.c.opened_at, TASK.c.id))
