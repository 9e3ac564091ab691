"""Incidents 停住的步骤: what failed by rule and waits until an administrator mends it."""

from collections.abc import Sequence
from dataclasses import dataclass

import engine
from engine import Definition, Incident, Session
from workflows import rules
from workflows.actors import Actor
from workflows.tables import Item, Role


@dataclass(frozen=True, slots=True)
class Stuck:
    """One incident with the item and the process that it holds up; a job may have neither."""

    incident: Incident
    item: Item | None
    process: Definition | None


def stuck(session: Session, actor: Actor) -> Sequence[Stuck]:
    """Return everything that is stuck, the newest first."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    return [
        Stuck(incident, _item_of(session, incident), _process_of(session, incident))
        for incident in engine.incidents(session)
    ]


def count(session: Session, actor: Actor) -> int:
    """Count what is stuck."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    return len(engine.incidents(session))


def retry(session: Session, actor: Actor, incident_id: int) -> None:
    """Try again what has failed; if it fails again, a new incident says so."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    engine.retry_incident(session, incident_id, by=actor.by)


def _item_of(session: Session, incident: Incident) -> Item | None:
    key = incident.business_key or ""
    return session.get(Item, int(key)) if key.isdigit() else None


def _process_of(session: Session, incident: Incident) -> Definition | None:
    found = incident.definition_id
    return None if found is None else engine.definition(session, found)
