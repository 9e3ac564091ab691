"""What has happened, in a chain of seals that shows every later change."""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine import store
from engine.database import database_of
from engine.records import Break, HistoryEntry

FIRST: Final = b""
"""The head of a chain that has no line yet."""
SEALED: Final = (
    "instance_id",
    "number",
    "at",
    "kind",
    "element_id",
    "element_name",
    "way",
    "by",
    "facts",
)
"""What of a line its seal covers: everything that it says."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it is written."""

    kind: str
    by: str
    element_id: str | None = None
    element_name: str | None = None
    way: tuple[str, ...] = ()
    facts: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Chain:
    """The end of an instance's history: its length and its last seal."""

    length: int = 0
    head: bytes = FIRST

    def sealed(
        self, session: Session, instance_id: UUID, at: datetime, lines: Sequence[Line]
    ) -> list[dict[str, Any]]:
        """Return the rows of new lines, each sealed together with the one before it."""
        key = database_of(session).key
        rows = []
        for line in lines:
            self.length += 1
            row = {
                "instance_id": instance_id,
                "number": self.length,
                "at": at,
                "kind": line.kind,
                "element_id": line.element_id,
                "element_name": line.element_name,
                "way": " ".join(line.way),
                "by": line.by,
                "facts": line.facts or {},
            }
            self.head = _seal(key, self.head, row)
            rows.append({**row, "seal": self.head})
        return rows


def history(
    session: Session, key: str, *, after: int = 0, limit: int = 500
) -> Sequence[HistoryEntry]:
    """Return what happened to a business key, oldest first, a page at a time."""
    return store.history.page(session, key, after, limit)


def verify_history(session: Session, instance_id: UUID | None = None) -> list[Break]:
    """Return every place where a history isn't what was written; none is good."""
    wanted = _with_history(session) if instance_id is None else [instance_id]
    return [found for one in wanted for found in _breaks(session, one)]


def _with_history(session: Session) -> list[UUID]:
    """Return every instance, and those whose rows somebody took away but not their lines."""
    known = store.instances.ids(session)
    return [*known, *sorted(set(store.history.instance_ids(session)).difference(known))]


def _breaks(session: Session, instance_id: UUID) -> Iterator[Break]:
    """Follow the chain and yield where it is torn."""
    key = database_of(session).key
    end = store.instances.end_of_history(session, instance_id)
    head, length = FIRST, 0
    for row in store.history.whole(session, instance_id):
        length += 1
        if row.number != length:
            yield Break(instance_id, length, "a line is missing")
            length = row.number
        if not hmac.compare_digest(row.seal, _seal(key, head, _as_written(row))):
            yield Break(instance_id, row.number, "a line was changed")
        head = row.seal
    if end is None or (length, head) != (end.history_length, end.history_head):
        yield Break(instance_id, length, "the end isn't the one that was written")


def _as_written(row: Row[Any]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SEALED}


def _seal(key: bytes, head: bytes, row: Mapping[str, Any]) -> bytes:
    """Return the seal of one line, which depends on all lines before it."""
    return hmac.digest(key, head + orjson.dumps(row, option=orjson.OPT_SORT_KEYS), "sha256")
