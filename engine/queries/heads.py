"""The ends of all chains, written down elsewhere: what is cut off here is missed there.

A chain shows by itself that a line was changed or is missing in the middle. Whoever may
write to the database can still cut lines off its end and mend the instance's row, or take
an instance away with all that it has. So the ends are exported, every day say, to where
that person can't write, and the export has a seal of its own.
"""

import hmac
from collections.abc import Iterable, Iterator
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from engine import store
from engine.database import database_of, now
from engine.errors import HeadsTorn
from engine.records import Break

TITLE: Final = "duban-heads 1"
PAGE: Final = 500


def heads(session: Session) -> Iterator[str]:
    """Yield the lines of an export: a title, the end of every chain, a seal over all."""
    seal = hmac.new(database_of(session).key, digestmod="sha256")
    count = 0
    title = f"{TITLE} {now(session).isoformat()}"
    seal.update(title.encode())
    yield title
    for row in store.history.heads(session):
        line = f"{row.id} {row.history_length} {row.history_head.hex()}"
        seal.update(line.encode())
        count += 1
        yield line
    yield f"{count} {seal.hexdigest()}"


def verify_heads(session: Session, lines: Iterable[str]) -> list[Break]:
    """Return every end of an export that the history doesn't hold any more; none is good."""
    exported = _read(database_of(session).key, lines)
    return [
        found
        for start in range(0, len(exported), PAGE)
        for found in _breaks(session, exported[start : start + PAGE])
    ]


def _read(key: bytes, lines: Iterable[str]) -> list[tuple[UUID, int, bytes]]:
    """Read an export, or refuse one that isn't whole: it would find too little."""
    title, *ends = [line.rstrip("\r\n") for line in lines] or [""]
    if not title.startswith(f"{TITLE} "):
        raise HeadsTorn(1)
    seal = hmac.new(key, title.encode(), "sha256")
    for line in ends[:-1]:
        seal.update(line.encode())
    closing = f"{len(ends) - 1} {seal.hexdigest()}"
    if not ends or not hmac.compare_digest(ends[-1].encode(), closing.encode()):
        raise HeadsTorn(len(ends) + 1)
    parts = (line.split(" ") for line in ends[:-1])
    return [(UUID(one), int(length), bytes.fromhex(head)) for one, length, head in parts]


def _breaks(session: Session, ends: list[tuple[UUID, int, bytes]]) -> Iterator[Break]:
    seals = store.history.seals(session, [(one, length) for one, length, _ in ends])
    for instance_id, length, head in ends:
        seal = seals.get((instance_id, length))
        if seal is None:
            yield Break(instance_id, length, "an exported line is missing")
        elif not hmac.compare_digest(seal, head):
            yield Break(instance_id, length, "an exported line was changed")
