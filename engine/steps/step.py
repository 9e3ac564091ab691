"""A step under way, and what everybody needs who takes part in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from engine import machine
from engine.history import Line
from engine.machine import Run, Shape, Thrown
from engine.records import Task
from engine.steps.hands import Hands
from engine.steps.held import Held


@dataclass(slots=True)
class Step:
    """A step under way: where the run waited before it, and what a person completed."""

    session: Session
    held: Held
    by: str
    at: datetime
    run: Run
    before: Shape
    completed: dict[UUID, Task] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    """What the history has to tell of this step besides what the run does."""
    returned: set[UUID] = field(default_factory=set)
    leaving: list[Thrown] = field(default_factory=list)
    """What was thrown and has to reach other instances once this one is written back."""
    met: set[UUID] = field(default_factory=set)
    """The waiting tokens for which the kept messages were looked through already."""


def thawed(session: Session, held: Held, by: str, at: datetime) -> Run:
    """Return the run of a held instance, as it stands in its state."""
    hands = Hands(session, held, by, at)
    called = held.instance.parent_id is not None
    return machine.thaw(held.plan, hands, held.state, called=called)


@contextmanager
def spoiling(session: Session) -> Iterator[None]:
    """Let what fails here fail the transaction, even if the caller swallows it."""
    try:
        yield
    except Exception as error:
        session.info["spoiled"] = error
        raise
