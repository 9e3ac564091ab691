"""Statements on instances that are played again."""

from collections.abc import Sequence
from dataclasses import fields
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.records import Instance
from engine.store.sql import Found, rows
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


def tasks(session: Session, instance_id: UUID) -> Sequence[Found]:
    """Return the tasks that an instance ever had, with the data that they showed."""
    query = select(TASK.c.element_id, TASK.c.opened_at, TASK.c.data)
    query = query.where(TASK.c.instance_id == instance_id)
    return rows(session, query.order_by(TASK.c.opened_at, TASK.c.id))
