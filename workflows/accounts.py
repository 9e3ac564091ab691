"""Accounts: signing in, sessions and tokens.

A wrong password must be counted although the sign-in is refused, and nobody may wait for
another's argon2. So :func:`sign_in` takes the database and opens its own short
transactions: count the try, check outside of any, then take the try back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import delete, func, select

from engine import Database, Session, now
from workflows import passwords
from workflows.errors import PersonUnknown, SignInRefused, TooManyTries
from workflows.tables import Person, SignIn, SignInAttempt

TRIES = 10
WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)
IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Visit:
    """A session that is still good; ``stale`` asks for :func:`touch_session`."""

    person_id: int | None
    data: Mapping[str, Any]
    created_at: datetime
    stale: bool


def sign_in(database: Database, login: str, password: str, address: str) -> int:
    """Return the person's number, or refuse; every try counts until it succeeds."""
    attempts = database.write(lambda session: _count_try(session, login, address))
    with database.read() as session:
        person = _person_of(session, login)
        stored = person.password if person and person.active else None
        person_id = person.id if person else 0
    if not passwords.fits(password, stored) or stored is None:
        raise SignInRefused
    fresh = passwords.hash_of(password) if passwords.is_outdated(stored) else None
    database.write(lambda session: _welcome(session, person_id, attempts, fresh))
    return person_id


def open_session(
    session: Session, person_id: int | None, data: Mapping[str, Any] | None = None
) -> str:
    """Open a session with a new key; the key goes into the cookie, its hash into the row."""
    key = token_urlsafe(32)
    at = now(session)
    session.add(
        SignIn(id=hash_of(key), person_id=person_id, data=dict(data or {}), created_at=at, seen_at=at)
    )
    session.flush()
    return key


def load_session(session: Session, key: str) -> Visit | None:
    """Return the session behind a key while it is neither idle nor too old."""
    row = session.get(SignIn, hash_of(key))
    at = now(session)
    if row is None or at - row.seen_at > IDLE or at - row.created_at > ABSOLUTE:
        return None
    return Visit(row.person_id, row.data, row.created_at, stale=at - row.seen_at >= SEEN_EVERY)


def touch_session(session: Session, key: str) -> None:
    """Note that the session is in use."""
    row = session.get(SignIn, hash_of(key))
    if row is not None:
        row.seen_at = now(session)
        session.flush()


def save_session(session: Session, key: str, data: Mapping[str, Any]) -> None:
    """Keep what the pages want to remember for this session."""
    row = session.get(SignIn, hash_of(key))
    if row is not None:
        row.data = dict(data)
        row.seen_at = now(session)
        session.flush()


def close_session(session: Session, key: str) -> None:
    """Forget a session, as signing out does."""
    session.execute(delete(SignIn).where(SignIn.id == hash_of(key)))


def close_sessions_of(session: Session, person_id: int) -> None:
    """Forget all sessions of somebody who was disabled or has a new password."""
    session.execute(delete(SignIn).where(SignIn.person_id == person_id))


def sweep_sessions(session: Session) -> None:
    """Forget sessions that nobody can use any more."""
    at = now(session)
    dead = (SignIn.seen_at < at - IDLE) | (SignIn.created_at < at - ABSOLUTE)
    session.execute(delete(SignIn).where(dead))


def change_own_password(session: Session, person_id: int, old: str, new: str) -> None:
    """Set a new password for oneself; every session of the old one ends."""
    person = session.get(Person, person_id)
    if person is None:
        raise PersonUnknown(person_id)
    if not passwords.fits(old, person.password):
        raise SignInRefused
    set_password(session, person, new)


def set_password(session: Session, person: Person, password: str) -> None:
    """Store a new password; sessions and token of the old one end."""
    passwords.must_be_good(password, person.login)
    person.password = passwords.hash_of(password)
    person.token = None
    close_sessions_of(session, person.id)
    session.flush()


def hash_of(key: str) -> str:
    """Return what is stored instead of a session's key or a token."""
    return sha256(key.encode()).hexdigest()


def _person_of(session: Session, login: str) -> Person | None:
    return session.scalars(select(Person).where(Person.login == login.strip().casefold())).first()


def _count_try(session: Session, login: str, address: str) -> list[int]:
    """Write the try down for account and address, and refuse one too many."""
    at = now(session)
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < at - KEPT))
    subjects = sorted((f"account:{hash_of(login.strip().casefold())}", f"address:{address[:80]}"))
    rows = [_count_one(session, subject, at) for subject in subjects]
    session.flush()
    return [row.id for row in rows]


def _count_one(session: Session, subject: str, at: datetime) -> SignInAttempt:
    _queue(session, subject)
    tries = select(func.count(), func.min(SignInAttempt.at)).where(
        SignInAttempt.subject == subject, SignInAttempt.at > at - WINDOW
    )
    count, first = session.execute(tries).one()
    if count >= TRIES:
        raise TooManyTries(first + WINDOW)
    row = SignInAttempt(subject=subject, at=at)
    session.add(row)
    return row


def _queue(session: Session, subject: str) -> None:
    """Let tries on one subject come one after the other; SQLite does so by itself."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(subject))))


def _welcome(session: Session, person_id: int, attempts: list[int], fresh: str | None) -> None:
    session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(attempts)))
    if fresh is not None:
        session.get_one(Person, person_id).password = fresh
    session.flush()
