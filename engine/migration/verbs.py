"""The verbs of migration: look at what would move, move one instance, take it back."""

from collections.abc import Collection, Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from engine import machine, store
from engine.database import now
from engine.errors import InstanceStays, NothingToTakeBack, StateUnreadable
from engine.history import Line
from engine.machine import Plan
from engine.migration.arming import Moments
from engine.migration.crossing import Crossing, Move
from engine.migration.keys import writes_by
from engine.migration.pairs import sure
from engine.migration.records import MigrationPlan, Standing, Stays
from engine.migration.standing import place_of, walkers
from engine.migration.writing import bring_in_line, put_on
from engine.records import Instance
from engine.registry import registry_of
from engine.steps import Held, Onlooker, hold
from engine.steps.step import spoiling
from engine.versions import definition, plan_of

AS_IT_IS: Final[Mapping[str, str]] = {}
PAGE: Final = 200
FIRST: Final = UUID(int=0)


def crossing(
    session: Session, from_id: int, to_id: int, renamed: Mapping[str, str] = AS_IT_IS
) -> Crossing:
    """Return the way from one version to another, to be used for many instances."""
    old, new = (plan_of(session, one) for one in (from_id, to_id))
    return Crossing(old, new, writes_by(registry_of(session)), renamed)


def plan_migration(
    session: Session, from_id: int, to_id: int, *, renamed: Mapping[str, str] = AS_IT_IS
) -> MigrationPlan:
    """Return what would happen to every running instance of a version; nothing is changed."""
    way = crossing(session, from_id, to_id, renamed)
    found: list[Standing] = []
    after = FIRST
    while page := store.migrations.running(session, from_id, after, PAGE):
        for row in page:
            told = judged(session, way, row)
            reason = told if isinstance(told, Stays) else None
            found.append(Standing(row.id, row.business_key, reason, _at(session, way, row)))
        after = page[-1].id
    elements = sure(way.pairs, way.old.diagram, way.new.diagram)
    gone = tuple(one for one in way.old.diagram.nodes if one not in elements)
    taken = set(elements.values())
    new = tuple(one for one in way.new.diagram.nodes if one not in taken)
    return MigrationPlan(from_id, to_id, elements, gone, new, tuple(found))


def _at(session: Session, way: Crossing, row: store.Found) -> tuple[str, ...]:
    """Return the elements at which an instance stands; of one that can't be read, none."""
    called = row.parent_id is not None
    try:
        run = machine.thaw(way.old, Onlooker(now(session)), row.state, called=called)
    except StateUnreadable:
        return ()
    places = [place_of(way.old, token)[0] for scope in run.scopes for token in walkers(scope)]
    return tuple(dict.fromkeys(places))


def migrate(
    session: Session,
    instance_id: UUID,
    to_id: int,
    *,
    renamed: Mapping[str, str] = AS_IT_IS,
    by: str,
    reason: str = "",
) -> Instance:
    """Let a running instance go on with another version, or refuse and leave it as it is."""
    held = hold(session, instance_id)
    if held.instance.definition_id == to_id:
        return held.instance
    way = crossing(session, held.instance.definition_id, to_id, renamed)
    told = migrate_by(session, way, held, by=by, reason=reason)
    if told is not None:
        raise InstanceStays(instance_id, told)
    return held.instance


def migrate_by(
    session: Session, way: Crossing, held: Held, *, by: str, reason: str
) -> Stays | None:
    """Move a held instance along a way that may be known already; return why it stays."""
    held.must_be_open()
    told = judged(session, way, held)
    if isinstance(told, Stays):
        return told
    at = now(session)
    before = {
        "instance_id": held.instance.id,
        "from_id": way.old.definition_id,
        "to_id": way.new.definition_id,
        "old_state": held.state,
        "version_after": held.version + 1,
        "at": at,
        "by": by,
    }
    facts = _facts(session, way.old, way.new, reason)
    if way.renamed:
        facts["renamed"] = way.renamed
    line = Line("migrated", by, facts=facts)
    with spoiling(session):
        put_on(session, held, way.new, told.state, at, line)
        store.migrations.remember(session, before)
        bring_in_line(session, held, told.run, at)
    return None


def unmigrate(session: Session, instance_id: UUID, *, by: str, reason: str = "") -> Instance:
    """Put an instance back on the version that it was moved from, if it hasn't gone on since."""
    held = hold(session, instance_id)
    held.must_run()
    before = store.migrations.last(session, instance_id)
    if before is None or before.version_after != held.version:
        raise NothingToTakeBack(instance_id)
    at = now(session)
    here, old = held.plan, plan_of(session, before.from_id)
    called = held.instance.parent_id is not None
    run = machine.thaw(old, Onlooker(at), before.old_state, called=called)
    with spoiling(session):
        line = Line("unmigrated", by, facts=_facts(session, here, old, reason))
        put_on(session, held, old, before.old_state, at, line)
        store.migrations.forget(session, instance_id)
        bring_in_line(session, held, run, at)
    return held.instance


def judged(session: Session, way: Crossing, one: "Held | store.Found") -> Move | Stays:
    """Return how an instance would stand on the other version, or why it stays."""
    instance = one.instance if isinstance(one, Held) else one
    if instance.suspended_at is not None:
        return Stays("suspended")
    if store.migrations.has_letters(session, instance.id):
        return Stays("letters")
    failed = store.migrations.incident_at(session, instance.id)
    if failed is not None:
        element = failed.element_id or failed.error
        return Stays("incident", failed.element_id, facts={"element": element})
    reached = store.migrations.reached(session, instance.id)
    return way.move(
        one.state,
        Moments(now(session), instance.started_at, reached),
        lambda: _walked(session, way, instance.id),
        called=instance.parent_id is not None,
    )


def _walked(session: Session, way: Crossing, instance_id: UUID) -> Collection[str]:
    """Return the elements that an instance has been at; once moved, under any name."""
    if store.migrations.was_moved(session, instance_id):
        return way.old.diagram.nodes
    return store.migrations.walked(session, instance_id)


def _facts(session: Session, old: Plan, new: Plan, reason: str) -> dict[str, Any]:
    """Return what the history tells of a way from one version to another."""
    versions = [definition(session, plan.definition_id).version for plan in (old, new)]
    return {
        "from": old.definition_id,
        "to": new.definition_id,
        "from_version": versions[0],
        "to_version": versions[1],
        "reason": reason,
    }
