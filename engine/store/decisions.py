"""Statements on deployed decision files."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, select, text
from sqlalchemy.orm import Session

from engine.records import DecisionVersion
from engine.store.sql import Values, rows, sql
from engine.tables import DECISION, DECISION_PART

_NEWEST = select(func.max(DECISION_PART.c.definition_id)).where(
    DECISION_PART.c.decision_id == bindparam("decision")
)
_LAST = select(func.max(DECISION.c.id)).group_by(DECISION.c.definitions_id)


def newest_id(session: Session, decision_id: str) -> int | None:
    """Return the newest file version that has a decision, or nothing."""
    found: int | None = sql(session).scalar(_NEWEST, {"decision": decision_id})
    return found


def one(session: Session, definition_id: int) -> DecisionVersion | None:
    """Return one deployed version, or nothing."""
    found = _read(session, _files().where(DECISION.c.id == definition_id))
    return found[0] if found else None


def newest_if(session: Session, definitions_id: str, checksum: str) -> DecisionVersion | None:
    """Return the newest version of a file if it has these very bytes, or nothing."""
    last = select(func.max(DECISION.c.id)).where(DECISION.c.definitions_id == definitions_id)
    same = _files().where(DECISION.c.id == last.scalar_subquery(), DECISION.c.checksum == checksum)
    found = _read(session, same)
    return found[0] if found else None


def newest(session: Session) -> list[DecisionVersion]:
    """Return the newest version of each file."""
    newest = DECISION.c.id.in_(_LAST.scalar_subquery())
    return _read(session, _files().where(newest).order_by(DECISION.c.definitions_id))


def versions(session: Session, decision_id: str) -> list[DecisionVersion]:
    """Return every file version that has a decision, the newest first."""
    having = select(DECISION_PART.c.definition_id).where(DECISION_PART.c.decision_id == decision_id)
    query = _files().where(DECISION.c.id.in_(having.scalar_subquery()))
    return _read(session, query.order_by(DECISION.c.id.desc()))


def elsewhere(
    session: Session, definitions_id: str, decision_ids: Sequence[str]
) -> Sequence[tuple[str, str]]:
    """Return which of these decisions the newest versions of other files have."""
    query = (
        select(DECISION_PART.c.decision_id, DECISION.c.definitions_id)
        .join(DECISION, DECISION.c.id == DECISION_PART.c.definition_id)
        .where(
            DECISION.c.id.in_(_LAST.scalar_subquery()),
            DECISION.c.definitions_id != definitions_id,
            DECISION_PART.c.decision_id.in_(decision_ids),
        )
        .order_by(DECISION_PART.c.decision_id)
    )
    return [(decision, file) for decision, file in rows(session, query)]


def last_version(session: Session, definitions_id: str) -> int:
    """Return the number of the newest version of a file, or nought."""
    query = select(func.max(DECISION.c.version)).where(DECISION.c.definitions_id == definitions_id)
    found: int | None = sql(session).scalar(query)
    return found or 0


def lock(session: Session) -> None:
    """Let nobody else deploy until the transaction ends; on SQLite nobody can anyway."""
    if sql(session).dialect.name == "postgresql":
        sql(session).execute(text("LOCK TABLE engine_decision IN SHARE ROW EXCLUSIVE MODE"))


def add(session: Session, values: Values, names: Sequence[tuple[str, str]]) -> int:
    """Store a version with the ids and names of its decisions, and return its number."""
    made: int = (
        sql(session).execute(insert(DECISION).returning(DECISION.c.id), dict(values)).scalar_one()
    )
    parts = [{"definition_id": made, "decision_id": id_, "name": name} for id_, name in names]
    sql(session).execute(insert(DECISION_PART), parts)
    return made


def _files() -> Select[*tuple[Any, ...]]:
    return select(
        DECISION.c.id,
        DECISION.c.definitions_id,
        DECISION.c.version,
        DECISION.c.name,
        DECISION.c.xml,
        DECISION.c.deployed_at,
        DECISION.c.deployed_by,
    )


def _read(session: Session, query: Select[*tuple[Any, ...]]) -> list[DecisionVersion]:
    found = rows(session, query)
    names: dict[int, dict[str, str]] = {row.id: {} for row in found}
    parts = select(DECISION_PART).where(DECISION_PART.c.definition_id.in_(names))
    for part in rows(session, parts.order_by(DECISION_PART.c.decision_id)):
        names[part.definition_id][part.decision_id] = part.name
    return [
        DecisionVersion(
            row.id,
            row.definitions_id,
            row.version,
            row.name,
            names[row.id],
            row.xml,
            row.deployed_at,
            row.deployed_by,
        )
        for row in found
    ]
