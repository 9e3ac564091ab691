"""Places in the house that a right is tried at: items brought to a step, for one unit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

import engine
from engine import Database, Session
from workflows import (
    assignments,
    changes,
    items,
    ledger,
    notices,
    papers,
    people,
    processes,
    reports,
    results,
    reviews,
    revisits,
    store,
)
from workflows.actors import Actor
from workflows.assignments import UnitTask
from workflows.imports import batches
from workflows.items import Registration
from workflows.reports import ReportText
from workflows.reviews import Judgement
from workflows.revisits import Finding
from workflows.tables import Item, Notice, Person, Source, Unit, Urgency, Verdict
from workflows.workbooks import workbook

T = TypeVar("T")
Ids = Mapping[str, Any]

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
REGISTRATION = Registration(
    source=Source.CITY_INSTRUCTION,
    basis="市长批示",
    title="城区公交站台改造",
    urgency=Urgency.NORMAL,
    secret=False,
    revisit_asked=True,
)
FINAL = ReportText(final=True, progress="已完成。", problems="", next_steps="", percent=100)

LEDGER = batches.read(
    workbook("台账", ["编号", "督查事项", "责任单位"], [["督字1号", "修路", "市城管局"]])
)
PUT_RIGHT = Finding("on_site", "属实", solved=True)
URGED = {"method": "telephone", "text": "请抓紧办理。"}
CHECKS = {"measures_done": True, "problem_solved": True, "target_reached": True}


@dataclass
class Place:
    """One item on its way, with the unit that handles it and whoever acts there."""

    database: Database
    unit: str
    handler: str
    unit_head: str
    item_id: int = 0

    def write(self, work: Callable[[Session], T]) -> T:
        """Do something in a transaction of its own."""
        return self.database.write(work)

    def step(
        self, login: str, step: str, verb: Callable[..., object], *sent: object, **named: object
    ) -> None:
        """Have somebody do the step of a type that waits."""
        task_id = self.task(step)
        self.write(lambda session: verb(session, actor(session, login), task_id, *sent, **named))

    def task(self, step: str) -> UUID:
        """Return the task of a type of step that waits."""
        with self.database.read() as session:
            todos = store.open_todos(session, self.item_id)
            return next(todo.task_id for todo in todos if todo.step == step)

    def part(self) -> int:
        """Return the unit's part of the item."""
        with self.database.read() as session:
            return session.get_one(Item, self.item_id).assignments[0].id

    def unit_id(self) -> int:
        """Return the unit's number."""
        with self.database.read() as session:
            return session.scalars(select(Unit.id).where(Unit.name == self.unit)).one()

    # -- the way of an item, step by step

    def registered(self) -> None:
        """Register the item: the director's approval waits."""
        registering = items.register_item
        item = self.write(
            lambda session: registering(session, actor(session, "liwen"), REGISTRATION)
        )
        self.item_id = item.id

    def returned(self) -> None:
        """Have the registration returned: it waits to be written again."""
        self.registered()
        self.step("zhangming", "approve", items.approve_item, "return", "依据不清")

    def approved(self) -> None:
        """Have it approved: the assignment waits."""
        self.registered()
        self.step("zhangming", "approve", items.approve_item, "approve")

    def assigned(self) -> None:
        """Hand it to the unit: the acknowledgement waits."""
        self.approved()
        self.step("liwen", "assign", assignments.assign_item, UnitTask(self.unit_id()))

    def objected(self) -> None:
        """Have the unit object: the office's decision waits."""
        self.assigned()
        self.step(self.handler, "acknowledge", assignments.object_to, "不属本单位")

    def acknowledged(self) -> None:
        """Have the unit acknowledge: its report waits."""
        self.assigned()
        self.step(self.handler, "acknowledge", assignments.acknowledge)

    def asked(self) -> None:
        """Have the unit ask for an extension: the leader's consent waits."""
        self.acknowledged()
        part_id = self.part()
        later = self.database.clock.now().date().replace(month=12)
        self.write(
            lambda session: changes.ask_extension(
                session, actor(session, self.handler), part_id, later, "汛期"
            )
        )

    def reported(self) -> None:
        """Have the unit report: its head's signature waits."""
        self.acknowledged()
        self.step(self.handler, "report", reports.submit_report, FINAL)

    def confirmed(self) -> None:
        """Have the head sign: the review waits."""
        self.reported()
        self.step(self.unit_head, "confirm", reports.confirm_report, sign=True)

    def accepted(self) -> None:
        """Have the report accepted: the leader's word waits."""
        self.confirmed()
        sound = Judgement(Verdict.ACCEPTED, **CHECKS)
        self.step("liwen", "review", reviews.review_report, sound)

    def instructed(self) -> None:
        """Have the leader say nothing new: the revisit waits."""
        self.accepted()
        self.step("luyuan", "instruct", results.record_instruction, new_instruction=False)

    def revisited(self) -> None:
        """Have it revisited: closing it waits."""
        self.instructed()
        self.step("liwen", "revisit", revisits.record_revisit, PUT_RIGHT)


WAITING: Mapping[str, Callable[[Place], None]] = {
    "register": Place.returned,
    "approve": Place.registered,
    "assign": Place.approved,
    "acknowledge": Place.assigned,
    "objection": Place.objected,
    "report": Place.acknowledged,
    "consent": Place.asked,
    "confirm": Place.reported,
    "review": Place.confirmed,
    "instruct": Place.accepted,
    "revisit": Place.instructed,
    "close": Place.revisited,
    "form": Place.revisited,
}
"""How an item is brought to where a type of step waits."""


def actor(session: Session, login: str) -> Actor:
    """Return somebody by the login."""
    person = session.scalars(select(Person).where(Person.login == login)).one()
    return people.actor_of(session, person.id)


def bring(place: Place, step: str) -> Ids:
    """Bring an item to a step, and return the numbers that lead there."""
    WAITING[step](place)
    ids: dict[str, Any] = {"item_id": place.item_id, "task_id": place.task(step)}
    if step not in {"register", "approve", "assign"}:
        ids["assignment_id"] = place.part()
    return ids


def keep_paper(place: Place) -> UUID:
    """Keep a file with the item."""
    checked = papers.check(place.database, "照片.pdf", BytesIO(PDF))
    kept = papers.keep_paper
    return place.write(
        lambda session: kept(session, actor(session, place.handler), place.item_id, checked).id
    )


def notify(database: Database, login: str) -> int:
    """Leave somebody a notice."""

    def work(session: Session) -> Notice:
        person = session.scalars(select(Person).where(Person.login == login)).one()
        return notices.notify(session, [person], "urged", facts=URGED)[0]

    return database.write(work).id


def keep_view(database: Database, login: str) -> int:
    """Keep a view of the ledger for somebody."""
    keep = ledger.keep_view
    return database.write(lambda session: keep(session, actor(session, login), "逾期", "").id)


def upload(database: Database) -> int:
    """Send a ledger to be imported."""
    return database.write(
        lambda session: batches.upload(session, actor(session, "liwen"), "台账.xlsx", LEDGER).id
    )


def deploy_last(database: Database, step: str) -> None:
    """Let the last step of new items be closing, as shipped, or a form."""
    xml = (processes.DIAGRAMS / "instruction.bpmn").read_bytes()
    if step == "form":
        xml = xml.replace(b'duban:step="close"', b'duban:step="form"')
    database.write(lambda session: engine.deploy(session, xml, by="test"))
