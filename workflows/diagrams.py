"""Diagrams as an administrator has them: looked at, checked, deployed."""

from collections.abc import Sequence

import engine
from engine import Definition, Problem, Session
from workflows import rules, store
from workflows.actors import Actor
from workflows.desk import person_id
from workflows.processes import registry
from workflows.tables import Role


def processes(session: Session) -> Sequence[Definition]:
    """Return the newest version of each process."""
    return engine.definitions(session)


def versions(session: Session, process_id: str) -> Sequence[Definition]:
    """Return every version of a process, the newest first."""
    return engine.versions(session, process_id)


def version(session: Session, definition_id: int) -> Definition:
    """Return one version of a process; every reader of items may see its picture."""
    return engine.definition(session, definition_id)


def check_diagram(session: Session, actor: Actor, xml: bytes) -> list[Problem]:
    """Return everything that the gate would refuse, without storing anything."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    return engine.check(xml, registry(), session)


def deploy_diagram(session: Session, actor: Actor, xml: bytes) -> Definition:
    """Make a diagram the newest version of its process; running items stay on theirs."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    return engine.deploy(session, xml, by=actor.by)


def deployer(session: Session, definition: Definition) -> str | None:
    """Return the name of the person who deployed a version; shipped ones have none."""
    person = person_id(definition.deployed_by)
    return store.person_name(session, person) if person else None
