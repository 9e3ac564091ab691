"""Statements on deployed definitions."""

from sqlalchemy import bindparam, func, insert, select, text
from sqlalchemy.orm import Session

from engine.records import Definition
from engine.store.sql import Values, first, rows, sql
from engine.tables import DEFINITION

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

_NEWEST = select(func.max(DEFINITION.c.id)).where(DEFINITION.c.process_id == bindparam("process"))
_ONE_DEFINITION = select(*_DEFINITION).where(DEFINITION.c.id == bindparam("definition"))


def newest_id(session: Session, process_id: str) -> int | None:
    """Return the newest version of a process, or nothing."""
    found: int | None = sql(session).scalar(_NEWEST, {"process": process_id})
    return found


def one(session: Session, definition_id: int) -> Definition | None:
    """Return one deployed version, or nothing."""
    row = first(session, _ONE_DEFINITION, {"definition": definition_id})
    return None if row is None else Definition(*row)


def newest_if(session: Session, process_id: str, checksum: str) -> Definition | None:
    """Return the newest version of a process if it has these very bytes, or nothing."""
    last = select(func.max(DEFINITION.c.id)).where(DEFINITION.c.process_id == process_id)
    query = select(*_DEFINITION).where(
        DEFINITION.c.id == last.scalar_subquery(), DEFINITION.c.checksum == checksum
    )
    row = first(session, query)
    return None if row is None else Definition(*row)


def newest(session: Session) -> list[Definition]:
    """Return the newest version of each process."""
    last = select(func.max(DEFINITION.c.id)).group_by(DEFINITION.c.process_id)
    query = (
        select(*_DEFINITION)
        .where(DEFINITION.c.id.in_(last.scalar_subquery()))
        .order_by(DEFINITION.c.process_id)
    )
    return [Definition(*row) for row in rows(session, query)]


def versions(session: Session, process_id: str) -> list[Definition]:
    """Return every version of a process, the newest first."""
    query = (
        select(*_DEFINITION)
        .where(DEFINITION.c.process_id == process_id)
        .order_by(DEFINITION.c.version.desc())
    )
    return [Definition(*row) for row in rows(session, query)]


def last_version(session: Session, process_id: str) -> int:
    """Return the number of the newest version of a process, or nought."""
    query = select(func.max(DEFINITION.c.version)).where(DEFINITION.c.process_id == process_id)
    found: int | None = sql(session).scalar(query)
    return found or 0


def lock(session: Session) -> None:
    """Let nobody else deploy until the transaction ends; on SQLite nobody can anyway."""
    if sql(session).dialect.name == "postgresql":
        sql(session).execute(text("LOCK TABLE engine_definition IN SHARE ROW EXCLUSIVE MODE"))


def add(session: Session, values: Values) -> int:
    """Store a version and return its number."""
    query = insert(DEFINITION).returning(DEFINITION.c.id)
    made: int = sql(session).execute(query, dict(values)).scalar_one()
    return made
