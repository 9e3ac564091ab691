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
_COUNT = select(func.count()).where(
    INSTANCE.c.definition_id == bindparam("definition"), INSTANCE.c.ended_at.is_(None)
)
_LETTER = select(DELIVERY.c.id).where(DELIVERY.c.instance_id == bindparam("instance")).limit(1)
_INCIDENT = (
    select(INCIDENT.c.element_id, INCIDENT.c.error)
    .where(INCIDENT.c.instance_id == bindparam("instance"), INCIDENT.c.resolved_at.is_(None))
    .limit(1)
)
_OPENED = select(TASK.c.id, TASK.c.opened_at).where(
    TASK.c.instance_id == bindparam("instance"), TASK.c.closed_at.is_(None)
)
_CALLED = (
    select(INSTANCE.c.parent_task_id, func.min(INSTANCE.c.started_at))
    .where(INSTANCE.c.parent_id == bindparam("instance"), INSTANCE.c.ended_at.is_(None))
    .group_by(INSTANCE.c.parent_task_id)
)
_WALKED = (
    select(HISTORY.c.element_id).where(HISTORY.c.instance_id == bindparam("instance")).distinct()
)
_MOVED = (
    select(HISTORY.c.id)
    .where(
        HISTORY.c.instance_id == bindparam("instance"),
        HISTORY.c.kind.in_(["migrated", "unmigrated"]),
    )
    .limit(1)
)
_AWAITED = select(AWAITED.c.id, AWAITED.c.since).where(
    AWAITED.c.instance_id == bindparam("instance")
)
_REMEMBER = insert(MIGRATION)
_FORGET = delete(MIGRATION).where(MIGRATION.c.instance_id == bindparam("instance"))


def running(session: Session, definition_id: int, after: UUID, most: int) -> Sequence[Found]:
    """Return a page of the instances that run on a version, in the order of their ids."""
    return rows(session, _RUNNING, {"definition": definition_id, "after": after, "most": most})


def count(session: Session, definition_id: int) -> int:
    """Return how many instances run on a version."""
    found: int = sql(session).execute(_COUNT, {"definition": definition_id}).scalar_one()
    return found


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
    return first(session, _LETTER, {"instance": instance_id}) is not None


def incident_at(session: Session, instance_id: UUID) -> Found | None:
    """Return an open incident of an instance, or nothing."""
    return first(session, _INCIDENT, {"instance": instance_id})


def reached(session: Session, instance_id: UUID) -> dict[UUID, datetime]:
    """Return since when the open tasks and the calls of an instance stand."""
    which = {"instance": instance_id}
    found = [*rows(session, _OPENED, which), *rows(session, _CALLED, which)]
    return {row[0]: row[1] for row in found}


def walked(session: Session, instance_id: UUID) -> set[str]:
    """Return the elements that an instance's history speaks of."""
    found = sql(session).scalars(_WALKED, {"instance": instance_id})
    return {element for element in found if element is not None}


def was_moved(session: Session, instance_id: UUID) -> bool:
    """Tell whether an instance was ever on another version."""
    return first(session, _MOVED, {"instance": instance_id}) is not None


def awaited_since(session: Session, instance_id: UUID) -> dict[UUID, datetime]:
    """Return since when the tokens of an instance wait for something from elsewhere."""
    return {row.id: row.since for row in rows(session, _AWAITED, {"instance": instance_id})}


def remember(session: Session, values: Values) -> None:
    """Remember how an instance stood before it moved; what it remembered before goes."""
    forget(session, values["instance_id"])
    sql(session).execute(_REMEMBER, dict(values))


def last(session: Session, instance_id: UUID) -> Found | None:
    """Return how an instance stood before it moved, or nothing."""
    return first(session, _LAST, {"instance": instance_id})


def forget(session: Session, instance_id: UUID) -> None:
    """Forget how an instance stood before."""
    sql(session).execute(_FORGET, {"instance": instance_id})
