"""Statements on jobs."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.store.sql import Found, Values, first, sql
from engine.tables import JOB


def _free(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    return and_(
        JOB.c.failed_at.is_(None),
        JOB.c.run_at <= now,
        or_(JOB.c.leased_until.is_(None), JOB.c.leased_until <= now),
    )


_ANY_FREE = select(JOB.c.id).where(_free(bindparam("now"))).limit(1)


def add(session: Session, values: Values) -> int | None:
    """Store a job; nothing is stored, nor returned, if its key is taken."""
    dialect = postgresql if sql(session).dialect.name == "postgresql" else sqlite
    insert = dialect.insert(JOB)
    again = {"owner": None, "leased_until": None, "failed_at": None, "error": None}
    query = insert.on_conflict_do_update(  # a job that has failed for good blocks no new one
        index_elements=["job_key"],
        set_={
            **again,
            "attempts": 0,
            "run_at": insert.excluded.run_at,
            "payload": insert.excluded.payload,
        },
        where=JOB.c.failed_at.is_not(None),
    )
    made: int | None = sql(session).scalar(query.returning(JOB.c.id), dict(values))
    return made


def with_key(session: Session, job_key: str) -> int | None:
    """Return the job that has a key, or nothing."""
    return sql(session).scalar(select(JOB.c.id).where(JOB.c.job_key == job_key))


def waits(session: Session, job_key: str) -> bool:
    """Tell whether the job that has a key waits or runs; one that has failed for good doesn't."""
    query = select(JOB.c.id).where(JOB.c.job_key == job_key, JOB.c.failed_at.is_(None))
    return first(session, query) is not None


def any_free(session: Session, now: datetime) -> bool:
    """Tell whether any job could be done now."""
    return first(session, _ANY_FREE, {"now": now}) is not None


def claim(session: Session, owner: str, now: datetime, lease: timedelta) -> Found | None:
    """Take the job that has waited longest, for as long as the lease lasts."""
    picked = select(JOB.c.id).where(_free(now)).order_by(JOB.c.run_at, JOB.c.id).limit(1)
    query = (
        update(JOB)
        .where(JOB.c.id == picked.with_for_update(skip_locked=True).scalar_subquery())
        .values(owner=owner, leased_until=now + lease, attempts=JOB.c.attempts + 1)
        .returning(JOB)
    )
    return first(session, query)


def drop(session: Session, job_id: int, owner: str) -> bool:
    """Forget a job that is done; false if somebody else owns it by now."""
    query = delete(JOB).where(JOB.c.id == job_id, JOB.c.owner == owner)
    return sql(session).execute(query).rowcount == 1


def call_back(session: Session, job_keys: Sequence[str]) -> int:
    """Forget jobs that nobody waits for any more, also those being done; return how many."""
    return sql(session).execute(delete(JOB).where(JOB.c.job_key.in_(job_keys))).rowcount


def change(session: Session, job_id: int, owner: str | None, values: Values) -> bool:
    """Change a job; false if it isn't the owner's any more."""
    query = update(JOB).where(JOB.c.id == job_id)
    if owner is not None:
        query = query.where(JOB.c.owner == owner)
    return sql(session).execute(query.values(**values)).rowcount == 1
