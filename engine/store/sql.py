"""What all statements share."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Executable, Row
from sqlalchemy.orm import Session

Values = Mapping[str, Any]
Found = Row[*tuple[Any, ...]]


def sql(session: Session) -> Connection:
    """Return the connection of the session's transaction; the hot path maps nothing."""
    return session.connection()


def rows(session: Session, query: Executable, values: Values | None = None) -> Sequence[Found]:
    """Return all rows of a query."""
    return sql(session).execute(query, values).all()


def first(session: Session, query: Executable, values: Values | None = None) -> Found | None:
    """Return the first row of a query, or nothing."""
    return sql(session).execute(query, values).first()
