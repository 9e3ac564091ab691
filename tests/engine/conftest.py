"""The engine's own house: operations, due dates and a listener that tests can look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

import engine
from engine import (
    Call,
    Database,
    Instance,
    Operation,
    OutsideCall,
    Registry,
    Session,
    StepType,
    Task,
    TimerPlace,
)


@dataclass
class House:
    """What the tests' operations have done, and what they shall do next."""

    done: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    heard: list[tuple[str, str]] = field(default_factory=list)
    due: dict[str, datetime | None] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    writes: dict[str, Any] = field(default_factory=dict)
    during: Callable[[Call], object] | None = None

    def note(self, call: Call, **parameters: object) -> Mapping[str, Any]:
        """Do an operation inside the step."""
        if self.during is not None:
            self.during(call)
        if "note" in self.broken:
            raise ValueError("the house is on fire")
        self.done.append((call.element_id, dict(parameters)))
        return dict(self.writes)

    def mail(self, call: OutsideCall, **parameters: object) -> Mapping[str, Any]:
        """Do an operation that leaves the house."""
        self.done.append((f"mail {call.attempt.number}", dict(parameters)))
        if "mail" in self.broken:
            raise OSError("nobody answers")
        return {"sent": True}

    def due_date(self, name: str) -> Callable[[Session, TimerPlace], datetime | None]:
        """Return a due date that a test sets by name."""
        return lambda _session, _place: self.due.get(name)

    def opened(self, _session: Session, task: Task) -> None:
        """Hear of an open task."""
        self.heard.append(("opened", task.element_id))

    def closed(self, _session: Session, task: Task) -> None:
        """Hear of a closed task."""
        if "listener" in self.broken:
            raise RuntimeError("the listener is broken")
        self.heard.append(("closed", task.element_id))

    def moved(self, _session: Session, task: Task) -> None:
        """Hear of an open task that is another version's now."""
        self.heard.append(("moved", task.element_id))

    def started(self, _session: Session, instance: Instance) -> None:
        """Hear of a new instance."""
        self.heard.append(("started", instance.process_id))

    def ended(self, _session: Session, instance: Instance) -> None:
        """Hear of an instance that has ended."""
        self.heard.append(("ended", f"{instance.process_id} {instance.end}"))


@pytest.fixture
def house() -> House:
    """Give the house that the registry speaks of."""
    return House()


def registry_of(house: House) -> Registry:
    """Return a registry with few names, all of them the house's."""
    note = {"text": str, "number": int, "flag": bool}
    return Registry(
        operations={
            "note": Operation("note", house.note, writes={"mark": int, "done": bool}),
            "tell": Operation("tell", house.note, parameters=note, writes={"mark": int}),
            "mail": Operation("mail", house.mail, writes={"sent": bool}, outside=True),
        },
        due_dates={name: house.due_date(name) for name in ("soon", "late")},
        steps={"form": StepType("form"), "judge": StepType("judge", frozenset({"yes", "no"}))},
        roles=frozenset({"clerk", "head"}),
        limits=frozenset({"week"}),
        assignees=frozenset({"sponsor"}),
        listener=house,
    )


@pytest.fixture
def registry(house: House) -> Registry:
    """Give the registry of the house."""
    return registry_of(house)


class Office:
    """Does with a database what a host does, one transaction each."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def deploy(self, xml: bytes) -> engine.Definition:
        """Deploy a diagram."""
        return self.database.write(lambda session: engine.deploy(session, xml, by="admin"))

    def start(self, process: str, key: str = "1", **data: object) -> Instance:
        """Start an instance."""
        return self.database.write(
            lambda session: engine.start(session, process, data, key=key, by="person:1")
        )

    def open(self, key: str = "1") -> list[str]:
        """Return the elements that wait for a person."""
        with self.database.read() as session:
            return sorted(task.element_id for task in engine.open_tasks(session, key))

    def task(self, element: str, key: str = "1") -> Task:
        """Return an open task by its element."""
        with self.database.read() as session:
            return next(t for t in engine.open_tasks(session, key) if t.element_id == element)

    def complete(
        self, element: str, outcome: str | None = None, key: str = "1", **data: object
    ) -> None:
        """Complete an open task."""
        wanted = self.task(element, key)

        def work(session: Session) -> None:
            task = engine.open_task(session, wanted.id)
            engine.complete(session, task, outcome, data, by="person:1")

        self.database.write(work)

    def send(self, message: str, **where: Any) -> None:
        """Send a message."""
        self.database.write(lambda session: engine.send(session, message, by="person:2", **where))

    def wake(self) -> int:
        """Fire what is due and return how many timers fired."""
        fired = 0
        while found := self.database.write(engine.wake_due):
            fired += found
        return fired

    def instances(self, key: str = "1") -> list[Instance]:
        """Return the instances of a key."""
        with self.database.read() as session:
            return list(engine.instances(session, key))

    def ends(self, key: str = "1") -> list[str | None]:
        """Return how the instances of a key have ended."""
        return [instance.end for instance in self.instances(key)]

    def kinds(self, key: str = "1") -> list[str]:
        """Return what the history tells, in short."""
        with self.database.read() as session:
            return [
                f"{entry.kind} {entry.element_id or ''}".strip()
                for entry in engine.history(session, key)
            ]


@pytest.fixture
def office(database: Database) -> Office:
    """Give the office that works on the test's database."""
    return Office(database)
