"""Every statement that the engine sends. No rules, no tokens.

The statements are built once: SQLAlchemy compiles each the first time and finds it
in its cache from then on.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.records import Definition, HistoryEntry, Incident, Instance
from engine.tables import (
    ANSWER,
    DEFINITION,
    DELIVERY,
    HISTORY,
    INCIDENT,
    INSTANCE,
    JOB,
    TASK,
    TIMER,
)

Values = Mapping[str, Any]

_DEFINITION = (
    DEFINITION.c.id,
    DEFINITION.c.process_id,
    DEFINITION.c.version,
    DEFINITION.c.name,
    DEFINITION.c.name_en,
    DEFINITION.c.xml,
    DEFINITION.c.deployed_at,
    DEFINITION.c.deployed_by,
)
_INSTANCE = (
    INSTANCE.c.id,
    INSTANCE.c.definition_id,
    INSTANCE.c.process_id,
    INSTANCE.c.business_key,
    INSTANCE.c.parent_id,
    INSTANCE.c.parent_task_id,
    INSTANCE.c.item,
    INSTANCE.c.started_at,
    INSTANCE.c.ended_at,
    INSTANCE.c.end,
)
_LOCKED = (
    *_INSTANCE,
    INSTANCE.c.depth,
    INSTANCE.c.state,
    INSTANCE.c.version,
    INSTANCE.c.history_length,
    INSTANCE.c.history_head,
)
_HISTORY = (
    HISTORY.c.id,
    HISTORY.c.instance_id,
    HISTORY.c.at,
    HISTORY.c.kind,
    HISTORY.c.element_id,
    HISTORY.c.element_name,
    HISTORY.c.by,
    HISTORY.c.facts,
)
_INCIDENT = (
    INCIDENT.c.id,
    INCIDENT.c.instance_id,
    INSTANCE.c.business_key,
    INCIDENT.c.task_id,
    INCIDENT.c.element_id,
    INCIDENT.c.kind,
    INCIDENT.c.error,
    INCIDENT.c.at,
    INCIDENT.c.resolved_at,
    INCIDENT.c.resolved_by,
)


def _sql(session: Session) -> Connection:
    """Return the connection of the session's transaction; the hot path maps nothing."""
    return session.connection()


# Definitions

_NEWEST = select(func.max(DEFINITION.c.id)).where(DEFINITION.c.process_id == bindparam("process"))
_ONE_DEFINITION = select(*_DEFINITION).where(DEFINITION.c.id == bindparam("definition"))


def newest_definition_id(session: Session, process_id: str) -> int | None:
    """Return the newest version of a process, or nothing."""
    return _sql(session).scalar(_NEWEST, {"process": process_id})


def definition(session: Session, definition_id: int) -> Definition | None:
    """Return one deployed version, or nothing."""
    row = _sql(session).execute(_ONE_DEFINITION, {"definition": definition_id}).first()
    return row and Definition(*row)


def definition_by_checksum(session: Session, process_id: str, checksum: str) -> Definition | None:
    """Return the version of a process that has these very bytes, or nothing."""
    query = select(*_DEFINITION).where(
        DEFINITION.c.process_id == process_id, DEFINITION.c.checksum == checksum
    )
    row = _sql(session).execute(query).first()
    return row and Definition(*row)


def definitions(session: Session) -> list[Definition]:
    """Return the newest version of each process."""
    newest = select(func.max(DEFINITION.c.id)).group_by(DEFINITION.c.process_id)
    query = (
        select(*_DEFINITION)
        .where(DEFINITION.c.id.in_(newest.scalar_subquery()))
        .order_by(DEFINITION.c.process_id)
    )
    return [Definition(*row) for row in _sql(session).execute(query)]


def last_version(session: Session, process_id: str) -> int:
    """Return the number of the newest version of a process, or nought."""
    query = select(func.max(DEFINITION.c.version)).where(DEFINITION.c.process_id == process_id)
    return _sql(session).scalar(query) or 0


def add_definition(session: Session, values: Values) -> int:
    """Store a version and return its number."""
    query = insert(DEFINITION).returning(DEFINITION.c.id)
    return _sql(session).execute(query, dict(values)).scalar_one()


# Instances

_BY_ID = select(*_LOCKED).where(INSTANCE.c.id == bindparam("instance"))
_LOCK = _BY_ID.with_for_update()
_LOCK_FREE = _BY_ID.with_for_update(skip_locked=True)
_LOCK_BY_TASK = (
    select(*_LOCKED)
    .where(
        INSTANCE.c.id
        == select(TASK.c.instance_id).where(TASK.c.id == bindparam("task")).scalar_subquery()
    )
    .with_for_update()
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


def lock_instance(session: Session, instance_id: UUID) -> Row[Any] | None:
    """Return an instance's row, locked until the transaction ends."""
    return _sql(session).execute(_LOCK, {"instance": instance_id}).first()


def lock_instance_of(session: Session, task_id: UUID) -> Row[Any] | None:
    """Return the row of the instance that a task belongs to, locked."""
    return _sql(session).execute(_LOCK_BY_TASK, {"task": task_id}).first()


def lock_if_free(session: Session, instance_id: UUID) -> Row[Any] | None:
    """Return an instance's row, locked, or nothing while somebody else holds it."""
    return _sql(session).execute(_LOCK_FREE, {"instance": instance_id}).first()


def add_instance(session: Session, values: Values) -> None:
    """Store a new instance."""
    _sql(session).execute(_ADD_INSTANCE, dict(values))


def save_instance(session: Session, values: Values) -> bool:
    """Store an instance's new state; false if somebody has moved it meanwhile."""
    return _sql(session).execute(_SAVE_INSTANCE, dict(values)).rowcount == 1


def has_open_child(session: Session, parent_id: UUID, task_id: UUID) -> bool:
    """Tell whether any instance that a call activity has started still runs."""
    found = _sql(session).execute(_OPEN_CHILD, {"parent": parent_id, "task": task_id})
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
    return list(_sql(session).scalars(query))


def instances(session: Session, key: str) -> list[Instance]:
    """Return the instances of a business key, the root first, then as they started."""
    query = (
        select(*_INSTANCE)
        .where(INSTANCE.c.business_key == key)
        .order_by(INSTANCE.c.depth, INSTANCE.c.started_at, INSTANCE.c.id)
    )
    return [Instance(*row) for row in _sql(session).execute(query)]


def instance(session: Session, instance_id: UUID) -> Instance | None:
    """Return one instance, unlocked, or nothing."""
    query = select(*_INSTANCE).where(INSTANCE.c.id == instance_id)
    row = _sql(session).execute(query).first()
    return row and Instance(*row)


def open_instances(session: Session, key: str) -> list[tuple[UUID, int]]:
    """Return the running instances of a business key and their definitions."""
    query = (
        select(INSTANCE.c.id, INSTANCE.c.definition_id)
        .where(INSTANCE.c.business_key == key, INSTANCE.c.ended_at.is_(None))
        .order_by(INSTANCE.c.id)
    )
    return [(row.id, row.definition_id) for row in _sql(session).execute(query)]


def instance_ids(session: Session) -> list[UUID]:
    """Return every instance there is."""
    return list(_sql(session).scalars(select(INSTANCE.c.id).order_by(INSTANCE.c.started_at)))


# Tasks

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


def task(session: Session, task_id: UUID) -> Row[Any] | None:
    """Return a task's row, or nothing."""
    return _sql(session).execute(_TASK, {"task": task_id}).first()


def open_tasks(session: Session, key: str) -> Sequence[Row[Any]]:
    """Return the open tasks of a business key, oldest first."""
    return _sql(session).execute(_OPEN_TASKS, {"business": key}).all()


def open_tasks_of(session: Session, instance_id: UUID) -> Sequence[Row[Any]]:
    """Return the open tasks of one instance."""
    query = select(TASK).where(TASK.c.instance_id == instance_id, TASK.c.closed_at.is_(None))
    return _sql(session).execute(query.order_by(TASK.c.opened_at, TASK.c.id)).all()


def add_tasks(session: Session, rows: Sequence[Values]) -> None:
    """Store new tasks."""
    _sql(session).execute(_ADD_TASKS, [dict(row) for row in rows])


def close_tasks(session: Session, rows: Sequence[Values]) -> None:
    """Close tasks, each with who did it and its outcome."""
    _sql(session).execute(_CLOSE_TASK, [dict(row) for row in rows])


# Timers

_ADD_TIMERS = insert(TIMER)
_DUE_TIMERS = (
    select(TIMER.c.id, TIMER.c.due_at)
    .where(TIMER.c.instance_id == bindparam("instance"), TIMER.c.due_at <= bindparam("now"))
    .order_by(TIMER.c.due_at, TIMER.c.id)
    .limit(bindparam("most"))
)
_DUE_INSTANCES = (
    select(TIMER.c.instance_id)
    .where(TIMER.c.due_at <= bindparam("now"))
    .group_by(TIMER.c.instance_id)
    .order_by(func.min(TIMER.c.due_at))
    .limit(bindparam("most"))
)


def add_timers(session: Session, rows: Sequence[Values]) -> None:
    """Store when waiting events are due."""
    _sql(session).execute(_ADD_TIMERS, [dict(row) for row in rows])


def drop_timers(session: Session, timer_ids: Sequence[UUID]) -> None:
    """Forget timers that have fired or wait no longer."""
    _sql(session).execute(delete(TIMER).where(TIMER.c.id.in_(timer_ids)))


def drop_timers_of(session: Session, instance_id: UUID) -> None:
    """Forget every timer of an instance."""
    _sql(session).execute(delete(TIMER).where(TIMER.c.instance_id == instance_id))


def timers_of(session: Session, instance_id: UUID) -> dict[UUID, datetime]:
    """Return when each timer of an instance is due."""
    query = select(TIMER.c.id, TIMER.c.due_at).where(TIMER.c.instance_id == instance_id)
    return {row.id: row.due_at for row in _sql(session).execute(query)}


def due_timers(session: Session, instance_id: UUID, now: datetime, most: int) -> list[UUID]:
    """Return the timers of an instance that are due, earliest first."""
    values = {"instance": instance_id, "now": now, "most": most}
    return [row.id for row in _sql(session).execute(_DUE_TIMERS, values)]


def instances_due(session: Session, now: datetime, most: int) -> list[UUID]:
    """Return instances that have a timer due, the longest waiting first."""
    return list(_sql(session).scalars(_DUE_INSTANCES, {"now": now, "most": most}))


# Deliveries

_DELIVERY = select(DELIVERY).where(DELIVERY.c.id == bindparam("delivery"))
_LOCK_DELIVERY = _DELIVERY.with_for_update(skip_locked=True)
_DUE_DELIVERIES = (
    select(DELIVERY.c.id)
    .where(DELIVERY.c.due_at <= bindparam("now"))
    .order_by(DELIVERY.c.id)
    .limit(bindparam("most"))
)


def add_delivery(session: Session, values: Values) -> int:
    """Post something to another instance and return its number."""
    query = insert(DELIVERY).returning(DELIVERY.c.id)
    return _sql(session).execute(query, dict(values)).scalar_one()


def lock_delivery(session: Session, delivery_id: int) -> Row[Any] | None:
    """Return what was posted, or nothing if somebody delivers or has delivered it."""
    return _sql(session).execute(_LOCK_DELIVERY, {"delivery": delivery_id}).first()


def drop_delivery(session: Session, delivery_id: int) -> None:
    """Forget what was delivered."""
    _sql(session).execute(delete(DELIVERY).where(DELIVERY.c.id == delivery_id))


def postpone_delivery(
    session: Session, delivery_id: int, attempts: int, due_at: datetime
) -> None:
    """Deliver later, and remember how often it was tried."""
    query = update(DELIVERY).where(DELIVERY.c.id == delivery_id)
    _sql(session).execute(query.values(due_at=due_at, attempts=attempts))


def due_deliveries(session: Session, now: datetime, most: int) -> list[int]:
    """Return what waits to be delivered, oldest first."""
    return list(_sql(session).scalars(_DUE_DELIVERIES, {"now": now, "most": most}))


# Jobs


def _free(now: datetime) -> Any:  # noqa: ANN401 (a condition)
    return and_(
        JOB.c.failed_at.is_(None),
        JOB.c.run_at <= now,
        or_(JOB.c.leased_until.is_(None), JOB.c.leased_until <= now),
    )


def add_job(session: Session, values: Values) -> int | None:
    """Store a job; nothing is stored, nor returned, if its key is taken."""
    dialect = postgresql if _sql(session).dialect.name == "postgresql" else sqlite
    query = dialect.insert(JOB).on_conflict_do_nothing(index_elements=["job_key"])
    return _sql(session).scalar(query.returning(JOB.c.id), dict(values))


def job_with_key(session: Session, job_key: str) -> int | None:
    """Return the job that has a key, or nothing."""
    return _sql(session).scalar(select(JOB.c.id).where(JOB.c.job_key == job_key))


def has_free_job(session: Session, now: datetime) -> bool:
    """Tell whether any job could be done now."""
    return _sql(session).execute(select(JOB.c.id).where(_free(now)).limit(1)).first() is not None


def claim_job(session: Session, owner: str, now: datetime, lease: timedelta) -> Row[Any] | None:
    """Take the job that has waited longest, for as long as the lease lasts."""
    picked = select(JOB.c.id).where(_free(now)).order_by(JOB.c.run_at, JOB.c.id).limit(1)
    query = (
        update(JOB)
        .where(JOB.c.id == picked.with_for_update(skip_locked=True).scalar_subquery())
        .values(owner=owner, leased_until=now + lease, attempts=JOB.c.attempts + 1)
        .returning(JOB)
    )
    return _sql(session).execute(query).first()


def drop_job(session: Session, job_id: int, owner: str) -> bool:
    """Forget a job that is done; false if somebody else owns it by now."""
    query = delete(JOB).where(JOB.c.id == job_id, JOB.c.owner == owner)
    return _sql(session).execute(query).rowcount == 1


def change_job(session: Session, job_id: int, owner: str | None, values: Values) -> bool:
    """Change a job; false if it isn't the owner's any more."""
    query = update(JOB).where(JOB.c.id == job_id)
    if owner is not None:
        query = query.where(JOB.c.owner == owner)
    return _sql(session).execute(query.values(**values)).rowcount == 1


# Incidents


def add_incident(session: Session, values: Values) -> None:
    """Store an incident."""
    _sql(session).execute(insert(INCIDENT), dict(values))


def resolve_incidents(
    session: Session, task_ids: Sequence[UUID], at: datetime, by: str
) -> None:
    """Close the incidents of tokens that are no longer in error."""
    query = update(INCIDENT).where(
        INCIDENT.c.task_id.in_(task_ids), INCIDENT.c.resolved_at.is_(None)
    )
    _sql(session).execute(query.values(resolved_at=at, resolved_by=by))


def resolve_incidents_of(session: Session, instance_id: UUID, at: datetime, by: str) -> None:
    """Close every incident of an instance that has ended."""
    query = update(INCIDENT).where(
        INCIDENT.c.instance_id == instance_id, INCIDENT.c.resolved_at.is_(None)
    )
    _sql(session).execute(query.values(resolved_at=at, resolved_by=by))


def resolve_incident(session: Session, incident_id: int, at: datetime, by: str) -> None:
    """Close one incident."""
    query = update(INCIDENT).where(INCIDENT.c.id == incident_id)
    _sql(session).execute(query.values(resolved_at=at, resolved_by=by))


def open_incident(session: Session, incident_id: int) -> Row[Any] | None:
    """Return an open incident's row, or nothing."""
    query = select(INCIDENT).where(INCIDENT.c.id == incident_id, INCIDENT.c.resolved_at.is_(None))
    return _sql(session).execute(query).first()


def incidents(session: Session, key: str | None, *, resolved: bool) -> list[Incident]:
    """Return the incidents of a business key, or of all, newest first."""
    query = select(*_INCIDENT).outerjoin(INSTANCE, INSTANCE.c.id == INCIDENT.c.instance_id)
    if key is not None:
        query = query.where(INSTANCE.c.business_key == key)
    if not resolved:
        query = query.where(INCIDENT.c.resolved_at.is_(None))
    return [Incident(*row) for row in _sql(session).execute(query.order_by(INCIDENT.c.id.desc()))]


# History

_ADD_HISTORY = insert(HISTORY)


def add_history(session: Session, rows: Sequence[Values]) -> None:
    """Add lines to the history."""
    _sql(session).execute(_ADD_HISTORY, [dict(row) for row in rows])


def history(session: Session, key: str, after: int, limit: int) -> list[HistoryEntry]:
    """Return what happened to a business key, oldest first."""
    mine = select(INSTANCE.c.id).where(INSTANCE.c.business_key == key).scalar_subquery()
    query = (
        select(*_HISTORY)
        .where(HISTORY.c.instance_id.in_(mine), HISTORY.c.id > after)
        .order_by(HISTORY.c.id)
        .limit(limit)
    )
    return [HistoryEntry(*row) for row in _sql(session).execute(query)]


def history_rows(session: Session, instance_id: UUID) -> Sequence[Row[Any]]:
    """Return an instance's whole history as stored, in its own order."""
    query = select(HISTORY).where(HISTORY.c.instance_id == instance_id)
    return _sql(session).execute(query.order_by(HISTORY.c.number, HISTORY.c.id)).all()


def state_of(session: Session, instance_id: UUID) -> Row[Any] | None:
    """Return an instance's definition and state, without locking it."""
    query = select(INSTANCE.c.definition_id, INSTANCE.c.state, INSTANCE.c.ended_at)
    return _sql(session).execute(query.where(INSTANCE.c.id == instance_id)).first()


def history_end(session: Session, instance_id: UUID) -> Row[Any] | None:
    """Return how long an instance's history must be, and its last seal."""
    query = select(INSTANCE.c.history_length, INSTANCE.c.history_head)
    return _sql(session).execute(query.where(INSTANCE.c.id == instance_id)).first()


def ways(session: Session, instance_id: UUID) -> Sequence[Row[Any]]:
    """Return each element that an instance has reached, by which way, and how often."""
    query = (
        select(
            HISTORY.c.element_id,
            HISTORY.c.kind,
            HISTORY.c.way,
            func.count().label("times"),
            func.max(HISTORY.c.at).label("last"),
        )
        .where(HISTORY.c.instance_id == instance_id)
        .group_by(HISTORY.c.element_id, HISTORY.c.kind, HISTORY.c.way)
    )
    return _sql(session).execute(query).all()


# Answers


def claim_answer(session: Session, values: Values) -> bool:
    """Take an idempotency key; false if it was taken before."""
    dialect = postgresql if _sql(session).dialect.name == "postgresql" else sqlite
    query = dialect.insert(ANSWER).on_conflict_do_nothing().returning(ANSWER.c.key)
    return _sql(session).execute(query, dict(values)).first() is not None


def answer(session: Session, owner: str, key: str) -> Row[Any] | None:
    """Return what is stored under an idempotency key."""
    query = select(ANSWER).where(ANSWER.c.owner == owner, ANSWER.c.key == key)
    return _sql(session).execute(query).first()


def set_answer(session: Session, owner: str, key: str, value: Mapping[str, Any]) -> None:
    """Store the answer under an idempotency key."""
    query = update(ANSWER).where(ANSWER.c.owner == owner, ANSWER.c.key == key)
    _sql(session).execute(query.values(answer=value))
