"""Statements on instances that move from one version to another."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from engine.store.sql import Found, Values, first, rows, sql
from engine.tables import AWAITED, DELIVERY, HISTORY, INCIDENT, INSTANCE, MIGRATION, TASK

_DEFINE = (
    update(INSTANCE)
    .where(INSTANCE.c.id == bindparam("instance"))
    .values(definition_id=bindparam("definition"))
)
_DEFINE_TASK = (
    update(TASK)
    .where(TASK.c.id == bindparam("task"))
    .values(definition_id=bindparam("definition"), element_id=bindparam("element"))
)
_RUNNING = (
    select(INSTANCE)
    .where(
        INSTANCE.c.definition_id == bindparam("definition"),
        INSTANCE.c.ended_at.is_(None),
        INSTANCE.c.id > bindparam("after"),
    )
    .order_by(INSTANCE.c.id)
    .limit(bindparam("most"))
)
_LAST = (
    select(MIGRATION)
    .where(MIGRATION.c.instance_id == bindparam("instance"))
    .order_by(MIGRATION.c.id.desc())
    .limit(1)
)


def running(session: Session, definition_id: int, after: UUID, most: int) -> Sequence[Found]:
    """Return a page of the instances that run on a version, in the order of their ids."""
    return rows(session, _RUNNING, {"definition": definition_id, "after": after, "most": most})


def count(session: Session, definition_id: int) -> int:
    """Return how many instances run on a version."""
    query = select(func.count()).where(
        INSTANCE.c.definition_id == definition_id, INSTANCE.c.ended_at.is_(None)
    )
    return sql(session).execute(query).scalar_one()


def define(session: Session, instance_id: UUID, definition_id: int) -> None:
    """Put an instance on a version."""
    sql(session).execute(_DEFINE, {"instance": instance_id, "definition": definition_id})


def define_tasks(session: Session, definition_id: int, elements: dict[UUID, str]) -> None:
    """Put open tasks on a version, each at its element there."""
    if elements:
        values = [
            {"task": task_id, "definition": definition_id, "element": element}
            for task_id, element in elements.items()
        ]
        sql(session).execute(_DEFINE_TASK, values)


def has_letters(session: Session, instance_id: UUID) -> bool:
    """Tell whether something is under way to an instance."""
    query = select(DELIVERY.c.id).where(DELIVERY.c.instance_id == instance_id).limit(1)
    return first(session, query) is not None


def incident_at(session: Session, instance_id: UUID) -> Found | None:
    """Return an open incident of an instance, or nothing."""
    query = select(INCIDENT.c.element_id, INCIDENT.c.error).where(
        INCIDENT.c.instance_id == instance_id, INCIDENT.c.resolved_at.is_(None)
    )
    return first(session, query.limit(1))


def reached(session: Session, instance_id: UUID) -> dict[UUID, datetime]:
    """Return since when the open tasks and the calls of an instance stand."""
    tasks = select(TASK.c.id, TASK.c.opened_at).where(
        TASK.c.instance_id == instance_id, TASK.c.closed_at.is_(None)
    )
    calls = (
        select(INSTANCE.c.parent_task_id, func.min(INSTANCE.c.started_at))
        .where(INSTANCE.c.parent_id == instance_id)
        .group_by(INSTANCE.c.parent_task_id)
    )
    return {row[0]: row[1] for row in [*rows(session, tasks), *rows(session, calls)]}


def walked(session: Session, instance_id: UUID) -> set[str]:
    """Return the elements that an instance's history speaks of."""
    query = select(HISTORY.c.element_id).where(HISTORY.c.instance_id == instance_id).distinct()
    return {element for element in sql(session).scalars(query) if element is not None}


def was_moved(session: Session, instance_id: UUID) -> bool:
    """Tell whether an instance was ever on another version."""
    query = select(HISTORY.c.id).where(
        HISTORY.c.instance_id == instance_id, HISTORY.c.kind.in_(["migrated", "unmigrated"])
    )
    return first(session, query.limit(1)) is not None


def awaited_since(session: Session, instance_id: UUID) -> dict[UUID, datetime]:
    """Return since when the tokens of an instance wait for something from elsewhere."""
    query = select(AWAITED.c.id, AWAITED.c.since).where(AWAITED.c.instance_id == instance_id)
    return {row.id: row.since for row in rows(session, query)}


def remember(session: Session, values: Values) -> None:
    """Remember how an instance stood before it moved; what it remembered before goes."""
    forget(session, values["instance_id"])
    sql(session).execute(insert(MIGRATION), dict(values))


def last(session: Session, instance_id: UUID) -> Found | None:
    """Return how an instance stood before it moved, or nothing."""
    return first(session, _LAST, {"instance": instance_id})


def forget(session: Session, instance_id: UUID) -> None:
    """Forget how an instance stood before."""
    sql(session).execute(delete(MIGRATION).where(MIGRATION.c.instance_id == instance_id))
