"""Incidents 停住的步骤: what failed by rule and waits until an administrator mends it.

An administrator sees an item's number, its units and its supervisor, but nothing of what it is
about: administering gives no sight of items.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

import engine
from engine import Definition, Incident, Session
from workflows import notices, rules
from workflows.actors import Actor, holders
from workflows.tables import Assignment, Item, Notice, Role

NOTICE = "stuck"
BESIDE = frozenset({"delivery", "start"})
"""The kinds of incidents that hold up no token: they can only be tried again."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """One incident with the item and the process that it holds up; a job may have neither.

    ``part`` is the unit's part that stands still, ``units`` are all units of the item.
    """

    incident: Incident
    item: Item | None
    process: Definition | None
    part: Assignment | None
    units: tuple[str, ...]

    @property
    def cause(self) -> tuple[str, str, str]:
        """Return what is the same about incidents that fail for one reason."""
        process = self.process.process_id if self.process else ""
        return (process, self.incident.element_id or "", self.incident.kind)

    @property
    def holds_a_token(self) -> bool:
        """Say whether it can be skipped, or moved elsewhere: something stands there."""
        found = self.incident
        return found.task_id is not None and found.kind not in BESIDE


@dataclass(frozen=True, slots=True)
class StuckFilter:
    """Which incidents are looked for; an empty answer takes all."""

    kind: str | None = None
    process_id: str | None = None
    element_id: str | None = None

    def takes(self, stuck: Stuck) -> bool:
        """Say whether an incident is one of them."""
        process_id, element_id, kind = stuck.cause
        told = ((self.kind, kind), (self.process_id, process_id), (self.element_id, element_id))
        return all(wanted in (None, found) for wanted, found in told)


@dataclass(frozen=True, slots=True)
class Suspended:
    """An item that somebody has suspended, since when, and which process it runs on."""

    item: Item
    since: datetime
    process_id: str


def stuck(session: Session, actor: Actor, wanted: StuckFilter | None = None) -> Sequence[Stuck]:
    """Return what is stuck, the newest first."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    found = _told(session, engine.incidents(session))
    return found if wanted is None else [each for each in found if wanted.takes(each)]


def one(session: Session, actor: Actor, incident_id: int) -> Stuck:
    """Return what is stuck by its number; what is mended isn't there any more."""
    found = next((each for each in stuck(session, actor) if each.incident.id == incident_id), None)
    if found is None:
        raise engine.IncidentUnknown(incident_id)
    return found


def count(session: Session, actor: Actor) -> int:
    """Count what is stuck."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    return engine.count_incidents(session)


def still(session: Session, actor: Actor) -> Sequence[engine.Instance]:
    """Return what stands still without an incident: nothing in the world will move it on."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    return engine.standing_still(session)


def suspended(session: Session, actor: Actor) -> Sequence[Suspended]:
    """Return the items that are suspended, the latest first."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    found = []
    for instance in engine.suspended(session):
        item = item_of(session, instance.business_key)
        if item is not None and instance.suspended_at is not None:
            found.append(Suspended(item, instance.suspended_at, instance.process_id))
    return found


def announce(session: Session, incident_id: int) -> None:
    """Tell every administrator that something is stuck, unless they know it of another."""
    known = select(Notice.person_id).where(Notice.kind == NOTICE, Notice.read_at.is_(None))
    told = set(session.scalars(known))
    people = [each for each in holders(session, Role.ADMINISTRATOR) if each.id not in told]
    notices.notify(session, people, NOTICE, facts={"incident": incident_id})


def item_of(session: Session, key: str | None) -> Item | None:
    """Return the item that runs under a business key."""
    return session.get(Item, int(key)) if key and key.isdigit() else None


def _told(session: Session, stuck: Sequence[Incident]) -> list[Stuck]:
    """Return incidents with whom they hold up; however many there are, items are asked for once."""
    keys = {each.business_key for each in stuck}
    ids = [int(key) for key in keys if key and key.isdigit()]
    items = {str(each.id): each for each in session.scalars(select(Item).where(Item.id.in_(ids)))}
    wanted = select(Assignment).where(Assignment.item_id.in_(ids))
    wanted = wanted.options(joinedload(Assignment.unit)).order_by(Assignment.id)
    parts: dict[int, list[Assignment]] = {}
    for part in session.scalars(wanted):
        parts.setdefault(part.item_id, []).append(part)
    versions = {each.definition_id for each in stuck if each.definition_id is not None}
    processes: dict[int | None, Definition] = {
        each: engine.definition(session, each) for each in versions
    }
    return [
        _one(each, item, parts.get(item.id, []) if item else [], processes.get(each.definition_id))
        for each in stuck
        for item in [items.get(each.business_key or "")]
    ]


def _one(
    incident: Incident, item: Item | None, parts: Sequence[Assignment], process: Definition | None
) -> Stuck:
    held = incident.instance_id
    part = next((each for each in parts if each.instance_id == held), None) if held else None
    units = tuple(dict.fromkeys(each.unit.name for each in parts))
    return Stuck(incident, item, process, part, units)
