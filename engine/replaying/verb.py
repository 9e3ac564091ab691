"""The verb: plays past instances on another version, and changes nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from engine import store
from engine.database import Database
from engine.errors import ProcessUnknown
from engine.machine import Plan
from engine.records import Instance
from engine.registry import registry_of
from engine.replaying.pasts import Nodes, Past, told
from engine.replaying.plays import Play
from engine.replaying.records import Found, Rehearsal, Replayed, Way
from engine.store import Found as Row
from engine.versions import plan_of, planned

BATCH: Final = 10

Progress = Callable[[Rehearsal], object]


def replay(
    session: Session,
    definition_id: int,
    *,
    keys: Sequence[str] | None = None,
    instances: Sequence[UUID] | None = None,
    limit: int = 100,
) -> list[Replayed]:
    """Play past instances on a version, the newest first; nothing is done and nothing changed.

    Without keys or instances, those of the same process are played.
    """
    plan = plan_of(session, definition_id)
    process_id = plan.diagram.process_id
    rows = store.pasts.instances(session, process_id, keys, instances, limit)
    return [_played(session, plan, instance) for instance in rows]


def replay_all(
    database: Database,
    xml: bytes,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    most: int = 500,
    progress: Progress | None = None,
) -> Rehearsal:
    """Play the instances of a period on a diagram that isn't deployed, the newest first.

    The diagram must pass the gate. A few are played at a time, so that no transaction
    stays open; ``progress`` hears of them.
    """
    with database.read() as session:
        plan = planned(session, xml)
        process_id = plan.diagram.process_id
        total = store.pasts.count(session, process_id, since, until)
        rows = store.pasts.of_period(session, process_id, since, until, most)
    rehearsed = Rehearsal(total, len(rows))
    for few in (rows[place : place + BATCH] for place in range(0, len(rows), BATCH)):
        with database.read() as session:
            rehearsed.played += [_played(session, plan, instance) for instance in few]
        if progress is not None:
            progress(rehearsed)
    return rehearsed


def _played(session: Session, plan: Plan, instance: Instance) -> Replayed:
    rows = store.history.whole(session, instance.id)
    found = _unplayable(instance, rows, plan.diagram.process_id)
    if found is None:
        found = _play(session, plan, instance, rows)
    return Replayed(
        instance.id, instance.business_key, instance.definition_id, found, instance.started_at,
        open=instance.ended_at is None,
    )  # fmt: skip


def _play(session: Session, plan: Plan, instance: Instance, rows: Sequence[Row]) -> Found:
    def nodes_of(definition_id: int) -> Nodes:
        return plan_of(session, definition_id).diagram.nodes

    try:
        lines = told(rows, instance.definition_id, nodes_of, plan.diagram.nodes)
    except ProcessUnknown:
        return Found(Way.UNKNOWN, reason="migrated")
    past = Past(
        instance,
        lines,
        store.pasts.tasks(session, instance.id),
        store.pasts.children(session, instance.id),
    )
    return Play(plan, past, registry_of(session)).play()


def _unplayable(instance: Instance, rows: Sequence[Row], process_id: str) -> Found | None:
    if instance.process_id != process_id:
        return Found(Way.UNKNOWN, reason="other_process")
    if not rows or rows[0].kind != "started":
        return Found(Way.UNKNOWN, reason="no_history")
    return None
