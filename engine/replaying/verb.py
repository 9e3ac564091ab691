"""The verb: plays past instances on another version, and changes nothing."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from engine import store
from engine.database import database_of
from engine.records import Instance
from engine.replaying.pasts import Past
from engine.replaying.plays import Play
from engine.replaying.records import Found, Replayed, Way
from engine.versions import plan_of


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
    registry = database_of(session).registry
    played = []
    for instance in rows:
        past = Past(
            instance,
            store.history.whole(session, instance.id),
            store.pasts.tasks(session, instance.id),
        )
        found = _unplayable(past, process_id) or Play(plan, past, registry).play()
        played.append(_told(instance, found))
    return played


def _unplayable(past: Past, process_id: str) -> Found | None:
    if past.instance.process_id != process_id:
        return Found(Way.UNKNOWN, reason="other_process")
    if not past.lines or past.lines[0].kind != "started":
        return Found(Way.UNKNOWN, reason="no_history")
    return None


def _told(instance: Instance, found: Found) -> Replayed:
    return Replayed(instance.id, instance.business_key, instance.definition_id, found)
