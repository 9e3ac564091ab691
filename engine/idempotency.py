"""The same request twice has one effect and one answer."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from engine import store
from engine.database import Database, now
from engine.errors import KeyBusy, KeyReused

Answer = Mapping[str, Any]
GIVEN_UP = timedelta(hours=1)
"""Work that has no answer after this time has none to come."""


def once(
    session: Session, owner: str, key: str, fingerprint: str, work: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Do the work and keep its answer, or return the answer that was kept before.

    The key is taken before the work begins: a second request with it waits until the
    first has committed, and then finds its answer.
    """
    if not _claimed(session, owner, key, fingerprint):
        return _kept(session, owner, key, fingerprint)
    answer = work()
    store.answers.keep(session, owner, key, answer)
    return answer


def once_apart(
    database: Database, owner: str, key: str, fingerprint: str, work: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Do work that opens transactions of its own and keep its answer, or return the kept one.

    The key is taken in a transaction before it: a second request with it, while the first is
    at work, is told so. Work that fails gives the key back; a key whose process was killed is
    free again after :data:`GIVEN_UP`.
    """

    def take(session: Session) -> dict[str, Any] | None:
        store.answers.free(session, owner, key, now(session) - GIVEN_UP)
        if _claimed(session, owner, key, fingerprint):
            return None
        return _kept(session, owner, key, fingerprint)

    known = database.write(take)
    if known is not None:
        return known
    try:
        answer = work()
    except Exception:
        database.write(lambda session: store.answers.give_back(session, owner, key))
        raise
    database.write(lambda session: store.answers.keep(session, owner, key, answer))
    return answer


def _claimed(session: Session, owner: str, key: str, fingerprint: str) -> bool:
    claim = {"owner": owner, "key": key, "fingerprint": fingerprint, "at": now(session)}
    return store.answers.claim(session, claim)


def _kept(session: Session, owner: str, key: str, fingerprint: str) -> dict[str, Any]:
    row = store.answers.one(session, owner, key)
    if row is None or row.fingerprint != fingerprint:
        raise KeyReused(key)
    if row.answer is None:
        raise KeyBusy(key)
    answer: dict[str, Any] = row.answer
    return answer
