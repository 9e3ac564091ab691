"""Statements on all that waits, whatever its business key and its version."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, literal, or_, select
from sqlalchemy.orm import Session

from engine.records import Instance, VersionLoad
from engine.store.instances import _INSTANCE
from engine.store.sql import Found, rows
from engine.tables import (
    AWAITED,
    DEFINITION,
    DELIVERY,
    HISTORY,
    INCIDENT,
    INSTANCE,
    TASK,
    TIMER,
)


def timers(
    session: Session, key: str | None, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Found]:
    """Return the timers that wait, the next one first."""
    query = (
        select(
            TIMER.c.id,
            TIMER.c.instance_id,
            INSTANCE.c.business_key,
            INSTANCE.c.process_id,
            INSTANCE.c.definition_id,
            TIMER.c.element_id,
            TIMER.c.due_at,
        )
        .join(INSTANCE, INSTANCE.c.id == TIMER.c.instance_id)
        .order_by(TIMER.c.due_at, TIMER.c.id)
        .limit(limit)
    )
    if key is not None:
        query = query.where(INSTANCE.c.business_key == key)
    if after is not None:
        due_at, timer_id = after
        # The first condition says less than the second: it is there for the index.
        query = query.where(
            TIMER.c.due_at >= due_at, or_(TIMER.c.due_at > due_at, TIMER.c.id > timer_id)
        )
    return rows(session, query)


def awaited(session: Session, key: str | None, after: UUID | None, limit: int) -> Sequence[Found]:
    """Return the signals and addressed messages that are waited for, the oldest first."""
    query = (
        select(
            AWAITED.c.id,
            AWAITED.c.instance_id,
            INSTANCE.c.business_key,
            INSTANCE.c.process_id,
            INSTANCE.c.definition_id,
            AWAITED.c.element_id,
            AWAITED.c.kind,
            AWAITED.c.name.label("event"),
            AWAITED.c.key.label("address"),
            AWAITED.c.since,
        )
        .join(INSTANCE, INSTANCE.c.id == AWAITED.c.instance_id)
        .order_by(AWAITED.c.id)
        .limit(limit)
    )
    if key is not None:
        query = query.where(INSTANCE.c.business_key == key)
    if after is not None:
        query = query.where(AWAITED.c.id > after)
    return rows(session, query)


def open_tasks(
    session: Session,
    process_id: str | None,
    element_id: str | None,
    after: UUID | None,
    limit: int,
) -> Sequence[Found]:
    """Return the open tasks, the longest waiting first; ids sort as they were made."""
    # What is open is a small part of what ever was: its own index finds it, and it is
    # sorted then. The empty prefix keeps SQLite from walking along the primary key.
    query = select(TASK).where(TASK.c.closed_at.is_(None), TASK.c.business_key >= literal(""))
    if process_id is not None:
        versions = select(DEFINITION.c.id).where(DEFINITION.c.process_id == process_id)
        query = query.where(TASK.c.definition_id.in_(versions))
    if element_id is not None:
        query = query.where(TASK.c.element_id == element_id)
    if after is not None:
        query = query.where(TASK.c.id > after)
    return rows(session, query.order_by(TASK.c.id).limit(limit))


def running(
    session: Session, process_id: str, definition_id: int | None, after: UUID | None, limit: int
) -> list[Instance]:
    """Return the instances of a process that run, the oldest first."""
    query = select(*_INSTANCE).where(
        INSTANCE.c.process_id == process_id, INSTANCE.c.ended_at.is_(None)
    )
    if definition_id is not None:
        query = query.where(INSTANCE.c.definition_id == definition_id)
    if after is not None:
        query = query.where(INSTANCE.c.id > after)
    return [Instance(*row) for row in rows(session, query.order_by(INSTANCE.c.id).limit(limit))]


def loads(session: Session, process_id: str | None) -> list[VersionLoad]:
    """Return how many instances each version has, the newest version first."""
    ended = func.count(INSTANCE.c.ended_at)
    cancelled = func.count(case((INSTANCE.c.end == "cancelled", 1)))
    query = (
        select(
            DEFINITION.c.id,
            DEFINITION.c.process_id,
            DEFINITION.c.version,
            func.count(INSTANCE.c.id) - ended,
            ended - cancelled,
            cancelled,
        )
        .outerjoin(INSTANCE, INSTANCE.c.definition_id == DEFINITION.c.id)
        .group_by(DEFINITION.c.id, DEFINITION.c.process_id, DEFINITION.c.version)
        .order_by(DEFINITION.c.process_id, DEFINITION.c.version.desc())
    )
    if process_id is not None:
        query = query.where(DEFINITION.c.process_id == process_id)
    return [VersionLoad(*row) for row in rows(session, query)]


def of_process(
    session: Session,
    process_id: str,
    keys: Sequence[str] | None,
    after: Instance | None,
    limit: int,
) -> list[Instance]:
    """Return the instances of a process in the order in which they started."""
    query = select(*_INSTANCE).where(INSTANCE.c.process_id == process_id)
    if keys is not None:
        query = query.where(INSTANCE.c.business_key.in_(keys))
    if after is not None:
        started, here = INSTANCE.c.started_at, after.started_at
        query = query.where(started >= here, or_(started > here, INSTANCE.c.id > after.id))
    query = query.order_by(INSTANCE.c.started_at, INSTANCE.c.id).limit(limit)
    return [Instance(*row) for row in rows(session, query)]


def lines_of(session: Session, instance_ids: Sequence[UUID]) -> Sequence[Found]:
    """Return the whole history of some instances, one instance after the other."""
    query = select(HISTORY).where(HISTORY.c.instance_id.in_(instance_ids))
    return rows(session, query.order_by(HISTORY.c.instance_id, HISTORY.c.number))


def suspended(session: Session) -> list[Instance]:
    """Return the instances that are suspended and that nobody has called, the latest first."""
    query = select(*_INSTANCE).where(
        INSTANCE.c.suspended_at.is_not(None),
        INSTANCE.c.ended_at.is_(None),
        INSTANCE.c.parent_id.is_(None),
    )
    return [Instance(*row) for row in rows(session, query.order_by(INSTANCE.c.suspended_at.desc()))]


def without_reason(session: Session) -> list[Instance]:
    """Return the running instances of which no table says what they wait for."""
    child = INSTANCE.alias()
    reasons = (
        select(child.c.id).where(child.c.parent_id == INSTANCE.c.id, child.c.ended_at.is_(None)),
        select(TASK.c.id).where(TASK.c.instance_id == INSTANCE.c.id, TASK.c.closed_at.is_(None)),
        select(TIMER.c.id).where(TIMER.c.instance_id == INSTANCE.c.id),
        select(AWAITED.c.id).where(AWAITED.c.instance_id == INSTANCE.c.id),
        select(DELIVERY.c.id).where(DELIVERY.c.instance_id == INSTANCE.c.id),
        select(INCIDENT.c.id).where(
            INCIDENT.c.instance_id == INSTANCE.c.id, INCIDENT.c.resolved_at.is_(None)
        ),
    )
    query = (
        select(*_INSTANCE)
        .where(INSTANCE.c.ended_at.is_(None), INSTANCE.c.suspended_at.is_(None))
        .where(*(~reason.exists() for reason in reasons))
        .order_by(INSTANCE.c.id)
    )
    return [Instance(*row) for row in rows(session, query)]
