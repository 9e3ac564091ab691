"""The same report–review loop twice: through the engine alone, and through the domain's verbs."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Protocol
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select, text

import engine
from engine import Database, Session
from tests.diagrams import LOOP, UNITS
from tests.workflows.town import Town, judgement
from tests.workflows.town import text as report_text
from workflows import assignments, reports, reviews
from workflows.actors import Actor, actor_of
from workflows.assignments import UnitTask
from workflows.items import approve_item, register_item
from workflows.tables import Assignment, Holding, Person, Post, Role, Todo, Unit, UnitKind, Verdict

OPEN_TASK = (
    text("SELECT id FROM engine_task WHERE instance_id = :instance AND closed_at IS NULL")
    .bindparams(bindparam("instance", type_=Uuid()))
    .columns(id=Uuid())
)
LARGEST_STATE = text("SELECT max(length(state)) FROM engine_instance WHERE business_key = :key")


class Loop(Protocol):
    """One unit that reports and is sent back, again and again."""

    database: Database
    key: str
    steps: tuple[str, ...]

    def find(self, session: Session, step: str) -> UUID:
        """Return the open task of a step."""
        ...

    def do(self, session: Session, step: str, task_id: UUID) -> None:
        """Complete the task of a step so that the loop goes on."""
        ...


def play(loop: Loop, session: Session, rounds: int) -> None:
    """Play whole rounds in one transaction."""
    for _ in range(rounds):
        for step in loop.steps:
            loop.do(session, step, loop.find(session, step))


def state_bytes(loop: Loop) -> int:
    """Return the size of the largest state that belongs to the loop, parents included."""
    with loop.database.read() as session:
        return session.scalar(LARGEST_STATE, {"key": loop.key}) or 0


class EngineLoop:
    """The loop of the tests' own diagram, completed through the engine alone."""

    steps = ("report", "review")
    outcomes: Mapping[str, str] = {"report": "sent", "review": "return"}

    def __init__(self, database: Database, key: str, units: int) -> None:
        self.database, self.key = database, key

        def begin(session: Session) -> None:
            if units == 1:
                engine.start(session, LOOP, {"unit": 1}, key=key, by="person:1")
            else:
                data = {"units": list(range(units))}
                engine.start(session, UNITS, data, key=key, by="person:1")

        database.write(begin)
        with database.read() as session:
            self._instance_id = engine.open_tasks(session, key)[0].instance_id

    def find(self, session: Session, step: str) -> UUID:
        """Return the one open task; reading those of all units would spoil the caches."""
        del step
        return session.scalars(OPEN_TASK, {"instance": self._instance_id}).one()

    def do(self, session: Session, step: str, task_id: UUID) -> None:
        """Complete the task of a step."""
        task = engine.open_task(session, task_id)
        engine.complete(session, task, self.outcomes[step], {"round": 1}, by="person:1")


class DomainLoop:
    """The loop of the shipped diagrams, gone by the verbs of those who take part."""

    steps = ("report", "confirm", "review")

    def __init__(self, town: Town, units: "Units", number: int) -> None:
        self.database = town.database
        self.key, self._assignment_id = units.take_an_item(town, number)
        with town.database.read() as session:
            handler, head, reviewer = (
                actor_of(session, person)
                for person in (units.handlers[0], units.heads[0], town.people["li"])
            )
        self._deeds: Mapping[str, Callable[[Session, UUID], object]] = {
            "report": partial(report, handler),
            "confirm": partial(sign, head),
            "review": partial(send_back, reviewer),
        }

    def find(self, session: Session, step: str) -> UUID:
        """Return the open task of a step."""
        wanted = select(Todo.task_id).where(
            Todo.assignment_id == self._assignment_id, Todo.step == step, Todo.closed_at.is_(None)
        )
        return session.scalars(wanted).one()

    def do(self, session: Session, step: str, task_id: UUID) -> None:
        """Do what the step asks for."""
        self._deeds[step](session, task_id)


def report(actor: Actor, session: Session, task_id: UUID) -> None:
    """Report progress."""
    reports.submit_report(
        session, actor, task_id, report_text(progress="经费已列入预算，正在办理。")
    )


def sign(actor: Actor, session: Session, task_id: UUID) -> None:
    """Sign the report."""
    reports.confirm_report(session, actor, task_id, sign=True)


def send_back(actor: Actor, session: Session, task_id: UUID) -> None:
    """Send the report back with a reason."""
    verdict = judgement(verdict=Verdict.RETURNED, problem_solved=False, reason="未说明资金来源。")
    reviews.review_report(session, actor, task_id, verdict)


class Units:
    """Units enough for any item, each with a handler and a head."""

    def __init__(self, town: Town, number: int) -> None:
        self.ids: list[int] = []
        self.handlers: list[int] = []
        self.heads: list[int] = []
        town.database.write(partial(self._found, town, number))

    def _found(self, town: Town, number: int, session: Session) -> None:
        first = (session.scalar(select(func.max(Unit.id))) or 0) + 1
        for each in range(first, first + number):
            unit = Unit(name=f"第{each}局", kind=UnitKind.DEPARTMENT, parent_id=town.units["city"])
            session.add(unit)
            session.flush()
            self.ids.append(unit.id)
            self.handlers.append(appoint(session, unit, Role.HANDLER))
            self.heads.append(appoint(session, unit, Role.UNIT_HEAD))

    def take_an_item(self, town: Town, number: int) -> tuple[str, int]:
        """Hand an item to some of the units; return its key and the first one's part."""
        item_id = town.act("li", register_item, town.registration()).id
        town.act("zhang", approve_item, town.task(item_id, "approve"), "approve")
        lead, *others = (UnitTask(unit_id) for unit_id in self.ids[:number])
        town.act("li", assignments.assign_item, town.task(item_id, "assign"), lead, others)
        parts = town.rows(select(Assignment).where(Assignment.item_id == item_id))
        for part in parts:
            handler = self.handlers[self.ids.index(part.unit_id)]
            town.database.write(partial(acknowledge, handler, part.id))
        first = next(part.id for part in parts if part.unit_id == self.ids[0])
        return str(item_id), first


def acknowledge(handler: int, assignment_id: int, session: Session) -> None:
    """Let a unit sign for its part."""
    wanted = select(Todo.task_id).where(
        Todo.assignment_id == assignment_id, Todo.closed_at.is_(None)
    )
    task_id = session.scalars(wanted).one()
    assignments.acknowledge(session, actor_of(session, handler), task_id, "某某")


def appoint(session: Session, unit: Unit, role: Role) -> int:
    """Give a unit somebody of a role."""
    post = Post(unit_id=unit.id, name=role.value, role=role)
    person = Person(name="某某", login=f"{role.value}{unit.id}", password="-")
    session.add_all([post, person])
    session.flush()
    session.add(Holding(post_id=post.id, person_id=person.id, since=date(2019, 1, 1)))
    return person.id
