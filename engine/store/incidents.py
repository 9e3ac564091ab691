"""Statements on incidents."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from engine.records import Incident
from engine.registry import registry_of
from engine.store.sql import Found, Values, first, rows, sql
from engine.tables import INCIDENT, INSTANCE

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
    INSTANCE.c.definition_id,
)


def add(session: Session, values: Values) -> None:
    """Store an incident, and let the host hear of it."""
    added = insert(INCIDENT).returning(INCIDENT.c.id)
    incident_id = sql(session).execute(added, dict(values)).scalar_one()
    heard = registry_of(session).stuck
    if heard is not None:
        heard(session, incident_id)


def resolve_tokens(session: Session, task_ids: Sequence[UUID], at: datetime, by: str) -> None:
    """Close the incidents of tokens that are no longer in error."""
    query = update(INCIDENT).where(
        INCIDENT.c.task_id.in_(task_ids), INCIDENT.c.resolved_at.is_(None)
    )
    sql(session).execute(query.values(resolved_at=at, resolved_by=by))


def resolve_of(session: Session, instance_id: UUID, at: datetime, by: str) -> None:
    """Close every incident of an instance that has ended."""
    query = update(INCIDENT).where(
        INCIDENT.c.instance_id == instance_id, INCIDENT.c.resolved_at.is_(None)
    )
    sql(session).execute(query.values(resolved_at=at, resolved_by=by))


def resolve(session: Session, incident_id: int, at: datetime, by: str) -> None:
    """Close one incident."""
    query = update(INCIDENT).where(INCIDENT.c.id == incident_id)
    sql(session).execute(query.values(resolved_at=at, resolved_by=by))


def unresolved(session: Session, incident_id: int) -> Found | None:
    """Return an open incident's row, or nothing."""
    query = select(INCIDENT).where(INCIDENT.c.id == incident_id, INCIDENT.c.resolved_at.is_(None))
    return first(session, query)


def listed(session: Session, key: str | None, *, resolved: bool) -> list[Incident]:
    """Return the incidents of a business key, or of all, newest first."""
    query = select(*_INCIDENT).outerjoin(INSTANCE, INSTANCE.c.id == INCIDENT.c.instance_id)
    if key is not None:
        query = query.where(INSTANCE.c.business_key == key)
    if not resolved:
        query = query.where(INCIDENT.c.resolved_at.is_(None))
    return [Incident(*row) for row in rows(session, query.order_by(INCIDENT.c.id.desc()))]


def number(session: Session) -> int:
    """Count the open incidents."""
    query = select(func.count()).select_from(INCIDENT).where(INCIDENT.c.resolved_at.is_(None))
    found: int = sql(session).execute(query).scalar_one()
    return found
