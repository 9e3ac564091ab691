"""Tries that lead nowhere, counted against whoever makes them, so that nobody guesses long."""

import math
from datetime import timedelta

from sqlalchemy import func, select

from engine import Session, now
from workflows.errors import TooManyTries
from workflows.tables import SignInAttempt

WINDOW = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)


def queue(session: Session, subject: str) -> None:
    """Let tries of one subject come one after the other; SQLite does so by itself."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(subject))))


def must_be_few(session: Session, subject: str, most: int) -> None:
    """Refuse a subject that has made too many tries in the window, and say until when."""
    at = now(session)
    own = select(SignInAttempt.at).where(
        SignInAttempt.subject == subject, SignInAttempt.at > at - WINDOW
    )
    blocking = session.scalar(own.order_by(SignInAttempt.at.desc()).offset(most - 1).limit(1))
    if blocking is not None:
        until = blocking + WINDOW
        raise TooManyTries(until, math.ceil((until - at) / MINUTE))


def note(session: Session, subject: str) -> None:
    """Write a try down."""
    session.add(SignInAttempt(subject=subject, at=now(session)))
