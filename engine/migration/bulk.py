"""Moves every instance of a version that can be moved, each in a transaction of its own."""

from collections.abc import Callable, Collection, Mapping
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from engine import store
from engine.database import Database
from engine.errors import Busy, InstanceMoved
from engine.migration.crossing import Crossing
from engine.migration.records import Migrated, Stays
from engine.migration.verbs import AS_IT_IS, FIRST, crossing, judged, migrate_by
from engine.steps import hold

BATCH: Final = 100
BUSY: Final = Stays("busy")

Progress = Callable[[Migrated], object]


def migrate_all(  # noqa: PLR0913 - what, along which way, by whom and why
    database: Database,
    from_id: int,
    to_id: int,
    *,
    renamed: Mapping[str, str] = AS_IT_IS,
    by: str,
    reason: str = "",
    only: Collection[UUID] | None = None,
    progress: Progress | None = None,
) -> Migrated:
    """Move every running instance of a version that can be moved, a batch at a time.

    With ``only``, no others than these. Each is moved in its own transaction under its own
    lock, so that whatever stops this, every instance is wholly on one version or wholly on
    the other; done again, it goes on with those that are left. ``progress`` hears of each
    batch that is done.
    """
    with database.read() as session:
        way = crossing(session, from_id, to_id, renamed)
        found = store.migrations.count(session, from_id)
        told = Migrated(total=found if only is None else len(only))
    after = FIRST
    while page := _page(database, way, after):
        for instance_id, stays in page:
            if only is not None and instance_id not in only:
                continue
            if stays is not None:
                told.stayed[instance_id] = stays
            else:
                _move(database, way, instance_id, told, (by, reason))
        after = page[-1][0]
        if progress is not None:
            progress(told)
    return told


def _page(database: Database, way: Crossing, after: UUID) -> list[tuple[UUID, Stays | None]]:
    """Return what is to be moved next, and why it stays, as it is without any lock."""
    with database.read() as session:
        found = store.migrations.running(session, way.old.definition_id, after, BATCH)
        told = ((row.id, judged(session, way, row)) for row in found)
        return [(one, why if isinstance(why, Stays) else None) for one, why in told]


def _move(
    database: Database, way: Crossing, instance_id: UUID, told: Migrated, why: tuple[str, str]
) -> None:
    """Move one instance, if it is still there by the time that it is locked."""

    def work(session: Session) -> Stays | bool | None:
        held = hold(session, instance_id)
        here = held.instance
        if here.ended_at is not None or here.definition_id != way.old.definition_id:
            return True
        by, reason = why
        return migrate_by(session, way, held, by=by, reason=reason)

    try:
        found = database.write(work)
    except (Busy, InstanceMoved):
        found = BUSY
    if found is None:
        told.moved += 1
        told.gone.append(instance_id)
    elif isinstance(found, Stays):
        told.stayed[instance_id] = found
    else:
        told.passed += 1
