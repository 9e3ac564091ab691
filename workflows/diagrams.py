"""The versions of diagrams that are deployed, for whoever looks at them."""

from collections.abc import Sequence

import engine
from engine import Definition, Session
from workflows import store
from workflows.desk import person_id


def processes(session: Session) -> Sequence[Definition]:
    """Return the newest version of each process."""
    return engine.definitions(session)


def versions(session: Session, process_id: str) -> Sequence[Definition]:
    """Return every version of a process, the newest first."""
    return engine.versions(session, process_id)


def version(session: Session, definition_id: int) -> Definition:
    """Return one version of a process; every reader of items may see its picture."""
    return engine.definition(session, definition_id)


def deployer(session: Session, definition: Definition) -> str | None:
    """Return the name of the person who deployed a version; shipped ones have none."""
    person = person_id(definition.deployed_by)
    return store.person_name(session, person) if person else None
