"""Statements on the history."""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from engine.records import HistoryEntry
from engine.store.sql import Found, Values, rows, sql
from engine.tables import HISTORY, INSTANCE

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

_ADD_HISTORY = insert(HISTORY)
_ROWS: Final = 1_000


def add(session: Session, lines: Sequence[Values]) -> None:
    """Add lines to the history."""
    sql(session).execute(_ADD_HISTORY, [dict(line) for line in lines])


def page(session: Session, key: str, after: int, limit: int) -> list[HistoryEntry]:
    """Return what happened to a business key, oldest first."""
    mine = select(INSTANCE.c.id).where(INSTANCE.c.business_key == key).scalar_subquery()
    query = (
        select(*_HISTORY)
        .where(HISTORY.c.instance_id.in_(mine), HISTORY.c.id > after)
        .order_by(HISTORY.c.id)
        .limit(limit)
    )
    return [HistoryEntry(*row) for row in rows(session, query)]


def whole(session: Session, instance_id: UUID) -> Sequence[Found]:
    """Return an instance's whole history as stored, in its own order."""
    query = select(HISTORY).where(HISTORY.c.instance_id == instance_id)
    return rows(session, query.order_by(HISTORY.c.number, HISTORY.c.id))


def ways(session: Session, instance_id: UUID) -> Sequence[Found]:
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
    return rows(session, query)


def instance_ids(session: Session) -> list[UUID]:
    """Return every instance that has a history, even if its own row has gone."""
    return list(sql(session).scalars(select(HISTORY.c.instance_id).distinct()))


def heads(session: Session) -> Iterable[Found]:
    """Return the end of every history as its instance knows it, a few rows at a time."""
    query = select(INSTANCE.c.id, INSTANCE.c.history_length, INSTANCE.c.history_head)
    return sql(session).execute(query.order_by(INSTANCE.c.id)).yield_per(_ROWS)


def seals(session: Session, ends: Sequence[tuple[UUID, int]]) -> dict[tuple[UUID, int], bytes]:
    """Return the seals of some lines, by instance and number; those that are there."""
    query = select(HISTORY.c.instance_id, HISTORY.c.number, HISTORY.c.seal).where(
        HISTORY.c.instance_id.in_({one for one, _ in ends}),
        HISTORY.c.number.in_({number for _, number in ends}),
    )
    return {(row.instance_id, row.number): row.seal for row in rows(session, query)}
