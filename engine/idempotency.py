"""The same request twice has one effect and one answer."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine import store
from engine.database import now
from engine.errors import KeyReused

Answer = Mapping[str, Any]


def once(
    session: Session, owner: str, key: str, fingerprint: str, work: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Do the work and keep its answer, or return the answer that was kept before.

    The key is taken before the work begins: a second request with it waits until the
    first has committed, and then finds its answer.
    """
    claim = {"owner": owner, "key": key, "fingerprint": fingerprint, "at": now(session)}
    if not store.answers.claim(session, claim):
        return _kept(session, owner, key, fingerprint)
    answer = work()
    store.answers.keep(session, owner, key, answer)
    return answer


def _kept(session: Session, owner: str, key: str, fingerprint: str) -> dict[str, Any]:
    row = store.answers.one(session, owner, key)
    if row is None or row.fingerprint != fingerprint:
        raise KeyReused(key)
    answer: dict[str, Any] = row.answer
    return answer
