"""The versions of a process: how each came, who stands on it; and the processes in one view."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

import engine
from engine import Definition, Session
from workflows import rules
from workflows.actors import Actor
from workflows.drawings.drafting import draft_of
from workflows.tables import Deployment, Drawing, DrawingState, Role


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a process: how it came if that is recorded, and how many go by it."""

    definition: Definition
    deployment: Deployment | None
    running: int
    ran: int


@dataclass(frozen=True, slots=True)
class Process:
    """A process as it is now: its newest version, how many versions and items, its open draft."""

    newest: Version
    versions: int
    running: int
    draft: Drawing | None


def deployment_of(session: Session, definition_id: int) -> Deployment | None:
    """Return how a version came; shipped ones have no record."""
    wanted = select(Deployment).where(Deployment.definition_id == definition_id)
    return session.scalars(wanted).one_or_none()


def load_of(session: Session, version: Definition) -> tuple[int, int]:
    """Return how many go by a version, and how many have."""
    for load in engine.loads(session, version.process_id):
        if load.definition_id == version.id:
            return load.running, load.completed + load.cancelled
    return 0, 0


def versions(session: Session, actor: Actor, process_id: str) -> Sequence[Version]:
    """Return every version of a process, the newest first."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    found = engine.versions(session, process_id)
    if not found:
        raise engine.ProcessUnknown(process_id)
    return _told(session, found, process_id)


def processes(session: Session, actor: Actor) -> Sequence[Process]:
    """Return every process that is deployed."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    loads: dict[str, int] = {}
    counts: dict[str, int] = {}
    for load in engine.loads(session):
        loads[load.process_id] = loads.get(load.process_id, 0) + load.running
        counts[load.process_id] = counts.get(load.process_id, 0) + 1
    return [
        Process(
            version,
            version.definition.version,
            loads.get(version.definition.process_id, 0),
            draft_of(session, version.definition.process_id),
        )
        for version in _told(session, engine.definitions(session))
    ]


def newborn(session: Session, actor: Actor) -> Sequence[Drawing]:
    """Return the open drafts of processes that have no version yet."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    known = [each.process_id for each in engine.definitions(session)]
    wanted = select(Drawing).where(
        Drawing.state == DrawingState.OPEN, Drawing.process_id.not_in(known)
    )
    return session.scalars(wanted.order_by(Drawing.saved_at.desc())).all()


def _told(
    session: Session, found: Sequence[Definition], process_id: str | None = None
) -> list[Version]:
    loads = {load.definition_id: load for load in engine.loads(session, process_id)}
    ids = [each.id for each in found]
    wanted = select(Deployment).where(Deployment.definition_id.in_(ids))
    kept = {each.definition_id: each for each in session.scalars(wanted)}
    told = []
    for each in found:
        load = loads.get(each.id)
        running, ran = (load.running, load.completed + load.cancelled) if load else (0, 0)
        told.append(Version(each, kept.get(each.id), running, ran))
    return told
