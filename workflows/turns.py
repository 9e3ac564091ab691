"""Turns: what two must not do at once is done one after the other."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select, text

from engine import Database, Session

PATIENTLY = ("SET lock_timeout = 0", "SET statement_timeout = 0")


def wait_for_turn(session: Session, subject: str) -> None:
    """Wait until nobody else is at a subject; it is free again when the transaction ends.

    SQLite has one writer, so there every write transaction has its turn already.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(subject))))


@contextmanager
def long_turn(database: Database, subject: str) -> Iterator[None]:
    """Keep a turn over many transactions, until the block ends or this process dies.

    On SQLite there is one host, where a lock of the file system does the same.
    """
    if database.dialect != "postgresql":
        yield
        return
    with database.sql.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.detach()  # its settings and the turn end with it, and not in the pool
        for statement in PATIENTLY:
            connection.execute(text(statement))
        connection.execute(select(func.pg_advisory_lock(func.hashtext(subject))))
        yield
