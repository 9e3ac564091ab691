"""Deployed definitions: numbered, never changed, and planned once per process."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy.orm import Session

from engine import diagrams, machine, store
from engine.database import database_of, now
from engine.diagrams import Armed, Diagram, EventKind, Kind, Node
from engine.diagrams.compare import compare_xml
from engine.errors import Problem, ProcessUnknown
from engine.machine import Plan
from engine.records import Change, Definition
from engine.registry import Registry, registry_of

UNDEPLOYED: Final = 0
"""The number of a version that there isn't."""


def deploy(session: Session, xml: bytes, *, by: str) -> Definition:
    """Let a diagram in through the gate as the newest version of its process.

    The bytes of the newest version are that version: nothing new is stored. Those of an
    older one are deployed anew, so that an administrator can go back to it.
    """
    registry = registry_of(session)
    diagram = diagrams.passed(xml, registry, _Deployed(session), _knows_decision(session))
    store.definitions.lock(session)
    checksum = hashlib.sha256(xml).hexdigest()
    known = store.definitions.newest_if(session, diagram.process_id, checksum)
    if known is not None:
        return known
    values = {
        "process_id": diagram.process_id,
        "version": store.definitions.last_version(session, diagram.process_id) + 1,
        "name": diagram.name,
        "name_en": diagram.name_en,
        "xml": xml,
        "checksum": checksum,
        "deployed_at": now(session),
        "deployed_by": by,
    }
    made = store.definitions.add(session, values)
    store.starts.replace(session, diagram.process_id, _starts(made, diagram, now(session)))
    return definition(session, made)


def check(xml: bytes, registry: Registry, session: Session | None = None) -> list[Problem]:
    """Return all that the gate has against a diagram, storing nothing.

    With a session it also looks at the processes that the diagram calls.
    """
    if session is None:
        return diagrams.check(xml, registry)
    return diagrams.check(xml, registry, _Deployed(session), _knows_decision(session))


def definitions(session: Session) -> Sequence[Definition]:
    """Return the newest version of each process."""
    return store.definitions.newest(session)


def versions(session: Session, process_id: str) -> Sequence[Definition]:
    """Return every version of a process, the newest first."""
    return store.definitions.versions(session, process_id)


def definition(session: Session, definition_id: int) -> Definition:
    """Return one deployed version."""
    found = store.definitions.one(session, definition_id)
    if found is None:
        raise ProcessUnknown(definition_id)
    return found


def compare(session: Session, from_definition_id: int, to_definition_id: int) -> list[Change]:
    """Return what differs between two deployed versions, element by element."""
    before, after = (definition(session, one) for one in (from_definition_id, to_definition_id))
    return compare_xml(before.xml, after.xml)


def plan_of(session: Session, definition_id: int) -> Plan:
    """Return the plan of a version, made the first time that this process needs it."""
    plans = database_of(session).plans
    found = plans.get(definition_id)
    if found is None:
        xml = definition(session, definition_id).xml
        found = plans[definition_id] = _plan(definition_id, xml)
    return found


@lru_cache(maxsize=64)
def _plan(definition_id: int, xml: bytes) -> Plan:
    """Plan a version once for all the copies of a database in this process, as trials have.

    It was checked when it was deployed; the host's names may have changed since.
    """
    return machine.plan(definition_id, diagrams.reread(xml))


def planned(session: Session, xml: bytes) -> Plan:
    """Return the plan of a diagram that isn't deployed, or refuse one that couldn't be."""
    registry = registry_of(session)
    diagram = diagrams.passed(xml, registry, _Deployed(session), _knows_decision(session))
    return machine.plan(UNDEPLOYED, diagram)


def _knows_decision(session: Session) -> Callable[[str], bool]:
    return lambda decision_id: store.decisions.newest_id(session, decision_id) is not None


def next_start(node: Node, since: datetime, fired: datetime | None) -> datetime | None:
    """Return when a process starts next; no named date is known before it has a business key."""
    return None if node.timer is None else node.timer.next(Armed(since, fired), {}, lambda _: None)


def _starts(definition_id: int, diagram: Diagram, at: datetime) -> list[dict[str, Any]]:
    """Return the rows of the events by which a version starts by itself."""
    return [
        {
            "definition_id": definition_id,
            "process_id": diagram.process_id,
            "element_id": node.id,
            "kind": node.event.kind,
            "name": node.event.name,
            "since": at,
            "fired_at": None,
            "left": node.timer.repeats if node.timer else None,
            "due_at": next_start(node, at, None),
        }
        for node in diagram.within(diagram.process_id)
        if node.kind is Kind.START and node.event.kind is not EventKind.NONE
    ]


class _Deployed:
    """The processes that a diagram may call, for the gate."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, process_id: str) -> Diagram | None:
        """Return the newest diagram of a process, or nothing if there is none."""
        newest = store.definitions.newest_id(self._session, process_id)
        return None if newest is None else plan_of(self._session, newest).diagram
