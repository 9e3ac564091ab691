"""Accounts: signing in, sessions and tokens.

A wrong password must be counted although the sign-in is refused, and nobody may wait for
another's argon2. So :func:`sign_in` and :func:`change_own_password` take the database and
open their own short transactions: count the try, check outside of any, take the try back.

Tries are counted per account, per account and address, and per address. The second is the
tightest, so that somebody elsewhere can't lock an account by themselves; the last is wide,
for a whole office may sit behind one address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import delete, select

from engine import Database, Session, now
from workflows import passwords, tries
from workflows.actors import Actor, actor_of
from workflows.errors import PersonUnknown, SignInRefused
from workflows.tables import Person, SignIn, SignInAttempt

TRIES = 10
TRIES_FROM_ONE_ADDRESS = 5
TRIES_OF_AN_ADDRESS = 100
KEPT = timedelta(days=1)
IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


def sign_in(database: Database, login: str, password: str, address: str) -> Actor:
    """Return who signs in, or refuse; every try counts until it succeeds."""
    subjects = _subjects(login, address)
    attempts = database.write(lambda session: _count_try(session, subjects))
    with database.read() as session:
        person = _person_of(session, login)
        stored = person.password if person and person.active else None
        person_id = person.id if person else 0
    if not passwords.fits(password, stored) or stored is None:
        raise SignInRefused
    fresh = passwords.hash_of(password) if passwords.is_outdated(stored) else None
    return database.write(lambda session: _welcome(session, person_id, subjects, attempts, fresh))


def open_session(
    session: Session, person_id: int | None, data: Mapping[str, Any] | None = None
) -> str:
    """Open a session with a new key; the key goes into the cookie, its hash into the row."""
    key = token_urlsafe(32)
    at = now(session)
    row = SignIn(id=hash_of(key), person_id=person_id, data=dict(data or {}))
    row.created_at = row.seen_at = at
    session.add(row)
    session.flush()
    return key


def load_session(session: Session, key: str) -> Actor | None:
    """Return who is behind a key while its session is neither idle nor too old."""
    row = session.get(SignIn, hash_of(key))
    if row is None or row.person_id is None or not _is_alive(row, now(session)):
        return None
    person = session.get(Person, row.person_id)
    return actor_of(session, person.id) if person and person.active else None


def wants_touch(session: Session, key: str) -> bool:
    """Say whether it is time to note that a session is in use; once a minute is enough."""
    row = session.get(SignIn, hash_of(key))
    return row is not None and now(session) - row.seen_at >= SEEN_EVERY


def touch_session(session: Session, key: str) -> None:
    """Note that a living session is in use."""
    row = session.get(SignIn, hash_of(key))
    if row is not None and _is_alive(row, now(session)):
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


def change_own_password(
    database: Database, person_id: int, old: str, new: str, address: str
) -> None:
    """Set a new password for oneself; every session of the old one ends.

    A wrong old password counts as a try to sign in does.
    """
    with database.read() as session:
        person = session.get(Person, person_id)
        if person is None:
            raise PersonUnknown(person_id)
        login, stored = person.login, person.password
    subjects = _subjects(login, address)
    attempts = database.write(lambda session: _count_try(session, subjects))
    if not passwords.fits(old, stored):
        raise SignInRefused
    database.write(lambda session: _uncount(session, subjects, attempts))
    passwords.must_be_good(new, login)
    fresh = passwords.hash_of(new)
    database.write(lambda session: _replace(session, person_id, stored, fresh))


def set_password(session: Session, person: Person, password: str) -> None:
    """Store a new password; sessions and token of the old one end."""
    passwords.must_be_good(password, person.login)
    _store(session, person, passwords.hash_of(password))


def _replace(session: Session, person_id: int, stored: str, fresh: str) -> None:
    """Put a password in the place of the one that was checked; not in that of a later one."""
    person = session.get_one(Person, person_id)
    if person.password != stored:
        raise SignInRefused
    _store(session, person, fresh)


def _store(session: Session, person: Person, fresh: str) -> None:
    person.password = fresh
    person.token = None
    close_sessions_of(session, person.id)
    session.flush()


def choose_language(session: Session, person_id: int, language: str) -> None:
    """Remember in which language somebody wants to read."""
    person = session.get(Person, person_id)
    if person is None:
        raise PersonUnknown(person_id)
    person.language = language
    session.flush()


def hash_of(key: str) -> str:
    """Return what is stored instead of a session's key or a token."""
    return sha256(key.encode()).hexdigest()


def _is_alive(row: SignIn, at: datetime) -> bool:
    return at - row.seen_at <= IDLE and at - row.created_at <= ABSOLUTE


def _person_of(session: Session, login: str) -> Person | None:
    return session.scalars(select(Person).where(Person.login == login.strip().casefold())).first()


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a try counts against."""

    account: str
    pair: str
    address: str

    @property
    def most(self) -> Mapping[str, int]:
        """Return how many tries each may have in the window."""
        return {
            self.account: TRIES,
            self.pair: TRIES_FROM_ONE_ADDRESS,
            self.address: TRIES_OF_AN_ADDRESS,
        }


def _subjects(login: str, address: str) -> Subjects:
    name, place = login.strip().casefold(), address[:80]
    return Subjects(
        account=f"account:{hash_of(name)}",
        pair=f"account, address:{hash_of(f'{name} {place}')}",
        address=f"address:{place}",
    )


def _count_try(session: Session, subjects: Subjects) -> list[int]:
    """Write the try down for each of its subjects, and refuse one too many."""
    at = now(session)
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < at - KEPT))
    most = subjects.most
    for subject in sorted(most):
        tries.queue(session, subject)
    for subject in most:
        tries.must_be_few(session, subject, most[subject])
    rows = [SignInAttempt(subject=subject, at=at) for subject in most]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def _uncount(session: Session, subjects: Subjects, attempts: Sequence[int]) -> None:
    """Forget this try, and the account's wrong ones: whoever knows the password begins afresh.

    What others tried on the account from elsewhere still counts there, and at their address.
    """
    own = SignInAttempt.subject.in_((subjects.account, subjects.pair))
    session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(attempts) | own))


def _welcome(
    session: Session,
    person_id: int,
    subjects: Subjects,
    attempts: Sequence[int],
    fresh: str | None,
) -> Actor:
    _uncount(session, subjects, attempts)
    if fresh is not None:
        session.get_one(Person, person_id).password = fresh
    session.flush()
    return actor_of(session, person_id)
