"""Turns: what two must not do at once is done one after the other."""

from sqlalchemy import func, select

from engine import Session


def wait_for_turn(session: Session, subject: str) -> None:
    """Wait until nobody else is at a subject; it is free again when the transaction ends.

    SQLite has one writer, so there every write transaction has its turn already.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(subject))))
