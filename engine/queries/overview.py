"""What waits and what runs in the whole house, over all keys and versions."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine import store
from engine.records import Awaited, Instance, Task, VersionLoad, WaitingTimer
from engine.steps import task_of
from engine.versions import plan_of


def waiting_timers(
    session: Session,
    key: str | None = None,
    *,
    after: WaitingTimer | None = None,
    limit: int = 200,
) -> Sequence[WaitingTimer]:
    """Return the timers of a business key, or of all, the next one first, a page at a time."""
    last = None if after is None else (after.due_at, after.id)
    found = store.overview.timers(session, key, last, limit)
    return [WaitingTimer(**row._asdict(), **_names(session, row)) for row in found]


def awaited(
    session: Session, key: str | None = None, *, after: UUID | None = None, limit: int = 200
) -> Sequence[Awaited]:
    """Return the signals and addressed messages that a business key, or anybody, waits for."""
    found = store.overview.awaited(session, key, after, limit)
    return [Awaited(**row._asdict(), **_names(session, row)) for row in found]


def all_open_tasks(
    session: Session,
    *,
    process_id: str | None = None,
    element_id: str | None = None,
    after: UUID | None = None,
    limit: int = 200,
) -> Sequence[Task]:
    """Return the open tasks of all keys, the longest waiting first, a page at a time."""
    found = store.overview.open_tasks(session, process_id, element_id, after, limit)
    return [task_of(session, row) for row in found]


def running(
    session: Session,
    process_id: str,
    *,
    definition_id: int | None = None,
    after: UUID | None = None,
    limit: int = 200,
) -> Sequence[Instance]:
    """Return the running instances of a process, or of one version of it, the oldest first."""
    return store.overview.running(session, process_id, definition_id, after, limit)


def suspended(session: Session) -> Sequence[Instance]:
    """Return what is suspended and nobody has called, the latest first."""
    return store.overview.suspended(session)


def loads(session: Session, process_id: str | None = None) -> Sequence[VersionLoad]:
    """Return how many instances each version carries, of one process or of all."""
    return store.overview.loads(session, process_id)


def _names(session: Session, row: store.Found) -> dict[str, Any]:
    """Call what waits by the names that its own version gives its element."""
    node = plan_of(session, row.definition_id).diagram.nodes.get(row.element_id)
    name, name_en = ("", "") if node is None else (node.name, node.name_en)
    return {"name": name, "name_en": name_en}
