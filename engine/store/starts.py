"""Statements on how processes start by themselves."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from engine.store.sql import Found, Values, first, rows, sql
from engine.tables import START

_NAMED = (
    select(START)
    .where(START.c.kind == bindparam("kind"), START.c.name == bindparam("name"))
    .order_by(START.c.id)
)
_DUE = (
    select(START)
    .where(START.c.due_at <= bindparam("now"))
    .order_by(START.c.due_at, START.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)

_ANY_DUE = select(START.c.id).where(START.c.due_at <= bindparam("now")).limit(1)


def replace(session: Session, process_id: str, starts: Sequence[Values]) -> None:
    """Let a process start by itself in these ways, and no longer in those of older versions."""
    sql(session).execute(delete(START).where(START.c.process_id == process_id))
    if starts:
        sql(session).execute(insert(START), [dict(values) for values in starts])


def named(session: Session, kind: str, name: str) -> list[Found]:
    """Return the starts that wait for a message or a signal of that name."""
    return list(rows(session, _NAMED, {"kind": kind, "name": name}))


def due(session: Session, now: datetime) -> Found | None:
    """Return the start that has been due longest, under its lock, if any is due."""
    return first(session, _DUE, {"now": now})


def any_due(session: Session, now: datetime) -> bool:
    """Tell whether any process should start by its timer."""
    return first(session, _ANY_DUE, {"now": now}) is not None


def change(session: Session, start_id: int, values: Values) -> None:
    """Note when a start has fired, and when it fires next."""
    sql(session).execute(update(START).where(START.c.id == start_id).values(**values))
