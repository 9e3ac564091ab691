"""Statements on instances."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from engine.records import Instance
from engine.store.sql import Found, Values, first, rows, sql
from engine.tables import INSTANCE, TASK

_INSTANCE = (
    INSTANCE.c.id,
    INSTANCE.c.definition_id,
    INSTANCE.c.process_id,
    INSTANCE.c.business_key,
    INSTANCE.c.parent_id,
    INSTANCE.c.parent_task_id,
    INSTANCE.c.item,
    INSTANCE.c.round,
    INSTANCE.c.started_at,
    INSTANCE.c.ended_at,
    INSTANCE.c.end,
    INSTANCE.c.suspended_at,
)
_LOCKED = (
    *_INSTANCE,
    INSTANCE.c.depth,
    INSTANCE.c.state,
    INSTANCE.c.version,
    INSTANCE.c.history_length,
    INSTANCE.c.history_head,
)

_BY_ID = select(*_LOCKED).where(INSTANCE.c.id == bindparam("instance"))
# NO KEY UPDATE: rows that only refer to the instance needn't wait for its lock.
_LOCK = _BY_ID.with_for_update(key_share=True)
_LOCK_FREE = _BY_ID.with_for_update(key_share=True, skip_locked=True)
_LOCK_BY_TASK = (
    select(*_LOCKED)
    .where(
        INSTANCE.c.id
        == select(TASK.c.instance_id).where(TASK.c.id == bindparam("task")).scalar_subquery()
    )
    .with_for_update(key_share=True)
)
_ADD_INSTANCE = insert(INSTANCE)
_SAVE_INSTANCE = (
    update(INSTANCE)
    .where(INSTANCE.c.id == bindparam("instance"), INSTANCE.c.version == bindparam("was"))
    .values(
        state=bindparam("state"),
        version=bindparam("version"),
        history_length=bindparam("history_length"),
        history_head=bindparam("history_head"),
        ended_at=bindparam("ended_at"),
        end=bindparam("end"),
        suspended_at=bindparam("suspended_at"),
    )
)
_OPEN_CHILD = (
    select(INSTANCE.c.id)
    .where(
        INSTANCE.c.parent_id == bindparam("parent"),
        INSTANCE.c.parent_task_id == bindparam("task"),
        INSTANCE.c.ended_at.is_(None),
    )
    .limit(1)
)


def lock(session: Session, instance_id: UUID) -> Found | None:
    """Return an instance's row, locked until the transaction ends."""
    return first(session, _LOCK, {"instance": instance_id})


def lock_of_task(session: Session, task_id: UUID) -> Found | None:
    """Return the row of the instance that a task belongs to, locked."""
    return first(session, _LOCK_BY_TASK, {"task": task_id})


def lock_if_free(session: Session, instance_id: UUID) -> Found | None:
    """Return an instance's row, locked, or nothing while somebody else holds it."""
    return first(session, _LOCK_FREE, {"instance": instance_id})


def add(session: Session, values: Values) -> None:
    """Store a new instance."""
    sql(session).execute(_ADD_INSTANCE, dict(values))


def save(session: Session, values: Values) -> bool:
    """Store an instance's new state; false if somebody has moved it meanwhile."""
    return sql(session).execute(_SAVE_INSTANCE, dict(values)).rowcount == 1


def has_open_child(session: Session, parent_id: UUID, task_id: UUID) -> bool:
    """Tell whether any instance that a call activity has started still runs."""
    found = sql(session).execute(_OPEN_CHILD, {"parent": parent_id, "task": task_id})
    return found.first() is not None


def open_children(session: Session, parent_id: UUID, task_ids: Sequence[UUID]) -> list[UUID]:
    """Return the running instances of some call activities, in the order of their ids."""
    query = (
        select(INSTANCE.c.id)
        .where(
            INSTANCE.c.parent_id == parent_id,
            INSTANCE.c.parent_task_id.in_(task_ids),
            INSTANCE.c.ended_at.is_(None),
        )
        .order_by(INSTANCE.c.id)
    )
    return list(sql(session).scalars(query))


def all_open_children(session: Session, parent_id: UUID) -> list[UUID]:
    """Return the running instances that an instance has called, in the order of their ids."""
    query = (
        select(INSTANCE.c.id)
        .where(INSTANCE.c.parent_id == parent_id, INSTANCE.c.ended_at.is_(None))
        .order_by(INSTANCE.c.id)
    )
    return list(sql(session).scalars(query))


def open_of_definition(session: Session, definition_id: int) -> list[UUID]:
    """Return the running instances of a version, in the order of their ids."""
    query = (
        select(INSTANCE.c.id)
        .where(INSTANCE.c.definition_id == definition_id, INSTANCE.c.ended_at.is_(None))
        .order_by(INSTANCE.c.id)
    )
    return list(sql(session).scalars(query))


def of_key(session: Session, key: str) -> list[Instance]:
    """Return the instances of a business key, the root first, then as they started."""
    query = (
        select(*_INSTANCE)
        .where(INSTANCE.c.business_key == key)
        .order_by(INSTANCE.c.depth, INSTANCE.c.started_at, INSTANCE.c.id)
    )
    return [Instance(*row) for row in rows(session, query)]


def one(session: Session, instance_id: UUID) -> Instance | None:
    """Return one instance, unlocked, or nothing."""
    query = select(*_INSTANCE).where(INSTANCE.c.id == instance_id)
    row = first(session, query)
    return None if row is None else Instance(*row)


def open_of_key(session: Session, key: str) -> list[tuple[UUID, int]]:
    """Return the running instances of a business key and their definitions."""
    query = (
        select(INSTANCE.c.id, INSTANCE.c.definition_id)
        .where(INSTANCE.c.business_key == key, INSTANCE.c.ended_at.is_(None))
        .order_by(INSTANCE.c.id)
    )
    return [(row.id, row.definition_id) for row in rows(session, query)]


def ids(session: Session) -> list[UUID]:
    """Return every instance there is."""
    return list(sql(session).scalars(select(INSTANCE.c.id).order_by(INSTANCE.c.started_at)))


def state_of(session: Session, instance_id: UUID) -> Found | None:
    """Return an instance's definition and state, without locking it."""
    query = select(INSTANCE.c.definition_id, INSTANCE.c.state, INSTANCE.c.ended_at)
    return first(session, query.where(INSTANCE.c.id == instance_id))


def end_of_history(session: Session, instance_id: UUID) -> Found | None:
    """Return how long an instance's history must be, and its last seal."""
    query = select(INSTANCE.c.history_length, INSTANCE.c.history_head)
    return first(session, query.where(INSTANCE.c.id == instance_id))
