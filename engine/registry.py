"""What a host tells the engine: its operations, steps, roles, limits and due dates."""

import inspect
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, cast
from uuid import UUID

from sqlalchemy.orm import Session

from engine.database import Database, database_of
from engine.records import Instance, Task


@dataclass(frozen=True)
class Call:
    """What an operation inside the step knows of the place that calls it."""

    session: Session
    instance: Instance
    task_id: UUID
    element_id: str
    data: Mapping[str, Any]
    by: str


@dataclass(frozen=True)
class Attempt:
    """Which try of a job this is, counted from one, and whether it is the last."""

    job_id: int
    number: int
    last: bool


@dataclass(frozen=True)
class OutsideCall:
    """What an operation that leaves the house knows; no transaction is open."""

    database: Database
    instance_id: UUID
    business_key: str
    task_id: UUID
    element_id: str
    data: Mapping[str, Any]
    by: str
    attempt: Attempt


@dataclass(frozen=True)
class Operation:
    """A named piece of Python that a service task may call.

    ``outside`` ones leave the house (network, mail): they run as a job, with an
    ``OutsideCall`` and without a transaction; the others run inside the step's.
    """

    name: str
    run: Callable[..., Mapping[str, Any] | None]
    parameters: Mapping[str, type] = field(default_factory=dict)
    writes: Mapping[str, type] = field(default_factory=dict)
    outside: bool = False

    @property
    def required(self) -> frozenset[str]:
        """Return the parameters that it can't do without."""
        drawn = inspect.signature(self.run).parameters
        return frozenset(
            name
            for name in self.parameters
            if name not in drawn or drawn[name].default is inspect.Parameter.empty
        )


@dataclass(frozen=True)
class TimerPlace:
    """Where a timer stands, for whoever computes its date."""

    business_key: str
    data: Mapping[str, Any]
    element_id: str
    instance_id: UUID


@dataclass(frozen=True)
class StepType:
    """A kind of user task; outcomes of ``None`` are named freely by the diagram."""

    name: str
    outcomes: frozenset[str] | None = None
    writes: Mapping[str, type] = field(default_factory=dict)


class Listener(Protocol):
    """Is told, inside the step's transaction, what the step has opened and closed."""

    def opened(self, session: Session, task: Task) -> None:
        """Hear of a user task that now waits."""
        ...

    def closed(self, session: Session, task: Task) -> None:
        """Hear of a user task that was completed or cancelled."""
        ...

    def moved(self, session: Session, task: Task) -> None:
        """Hear of an open user task that is another version's now."""
        ...

    def started(self, session: Session, instance: Instance) -> None:
        """Hear of an instance that has started."""
        ...

    def ended(self, session: Session, instance: Instance) -> None:
        """Hear of an instance that has ended."""
        ...


DueDate = Callable[[Session, TimerPlace], datetime | None]
JobHandler = Callable[[Database, Mapping[str, Any], Attempt], None]


@dataclass(frozen=True)
class Registry:
    """Everything that diagrams may name, and who listens."""

    operations: Mapping[str, Operation] = field(default_factory=dict)
    due_dates: Mapping[str, DueDate] = field(default_factory=dict)
    steps: Mapping[str, StepType] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    limits: Container[str] = frozenset()
    assignees: frozenset[str] = frozenset()
    listener: Listener | None = None
    jobs: Mapping[str, JobHandler] = field(default_factory=dict)
    stuck: Callable[[Session, int], None] | None = None
    """Hears of each incident by its number, in the transaction that stores it."""
    self_starting: bool = False
    """Whether processes may start by themselves: by a message, a timer or a signal."""


def registry_of(where: Session | Database) -> Registry:
    """Return what the host of a database, or of a session's, has told."""
    database = where if isinstance(where, Database) else database_of(where)
    return cast(Registry, database.registry)
