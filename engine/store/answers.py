"""Statements on idempotent answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.store.sql import Found, Values, first, sql
from engine.tables import ANSWER


def claim(session: Session, values: Values) -> bool:
    """Take an idempotency key; false if it was taken before."""
    dialect = postgresql if sql(session).dialect.name == "postgresql" else sqlite
    query = dialect.insert(ANSWER).on_conflict_do_nothing().returning(ANSWER.c.key)
    return first(session, query, dict(values)) is not None


def one(session: Session, owner: str, key: str) -> Found | None:
    """Return what is stored under an idempotency key."""
    query = select(ANSWER).where(ANSWER.c.owner == owner, ANSWER.c.key == key)
    return first(session, query)


def keep(session: Session, owner: str, key: str, value: Mapping[str, Any]) -> None:
    """Store the answer under an idempotency key."""
    query = update(ANSWER).where(ANSWER.c.owner == owner, ANSWER.c.key == key)
    sql(session).execute(query.values(answer=value))


def give_back(session: Session, owner: str, key: str) -> None:
    """Forget an idempotency key whose work has failed."""
    query = delete(ANSWER).where(ANSWER.c.owner == owner, ANSWER.c.key == key)
    sql(session).execute(query)


def free(session: Session, owner: str, key: str, before: datetime) -> None:
    """Forget an idempotency key that was taken before a moment and never got its answer."""
    query = delete(ANSWER).where(
        ANSWER.c.owner == owner,
        ANSWER.c.key == key,
        ANSWER.c.answer.is_(None),
        ANSWER.c.at < before,
    )
    sql(session).execute(query)
