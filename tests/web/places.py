"""Places in the house that a right is tried at: items brought to a step, for one unit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select

import engine
from engine import Database, Session
from tests.web import decision_places, project_places, proposal_places
from tests.web.rewinding import Stops, stop
from workflows import (
    assignments,
    changes,
    items,
    ladder,
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
from workflows.blanks import BLANK
from workflows.calendar import office_day
from workflows.imports import batches
from workflows.items import Registration
from workflows.reports import ReportText
from workflows.reviews import Judgement
from workflows.revisits import Finding
from workflows.tables import (
    Assignment,
    Escalation,
    Item,
    Notice,
    Person,
    Rung,
    RungState,
    Source,
    Suggestion,
    Unit,
    Urgency,
    Verdict,
)
from workflows.workbooks import workbook

T = TypeVar("T")
Ids = Mapping[str, Any]

REGISTRATION = Registration(
    source=Source.CITY_INSTRUCTION,
    basis="市长批示",
    title="城区公交站台改造",
    urgency=Urgency.NORMAL,
    secret=False,
    revisit_asked=True,
)
EVIDENCE = ladder.Evidence("市交通运输局", "", "提前办结")
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
    stops: Stops | None = None

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
            todos = store.open_todos(session, actor(session, "liwen"), self.item_id)
            return next(todo.task_id for todo in todos if todo.step == step)

    def part(self) -> int:
        """Return the unit's part of the item."""
        with self.database.read() as session:
            return session.get_one(Item, self.item_id).assignments[0].id

    def unit_id(self) -> int:
        """Return the unit's number."""
        with self.database.read() as session:
            return session.scalars(select(Unit.id).where(Unit.name == self.unit)).one()

    def on_the_ladder(self) -> Ids:
        """Return the numbers of the latest rung and suggestion about the unit's part."""
        with self.database.read() as session:
            return {
                name: session.scalar(
                    select(func.max(kind.id)).where(kind.assignment_id == self.part())
                )
                for name, kind in (("rung_id", Escalation), ("suggestion_id", Suggestion))
            }

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

    @stop
    def approved(self) -> None:
        """Have it approved: the assignment waits."""
        self.registered()
        self.step("zhangming", "approve", items.approve_item, "approve")

    @stop
    def assigned(self) -> None:
        """Hand it to the unit: the acknowledgement waits."""
        self.approved()
        self.step("liwen", "assign", assignments.assign_item, UnitTask(self.unit_id()))

    def objected(self) -> None:
        """Have the unit object: the office's decision waits."""
        self.assigned()
        self.step(self.handler, "acknowledge", assignments.object_to, "不属本单位")

    @stop
    def acknowledged(self) -> None:
        """Have the unit acknowledge: its report waits."""
        self.assigned()
        self.step(self.handler, "acknowledge", assignments.acknowledge)

    @stop
    def asked(self) -> None:
        """Have the unit ask for an extension: its head's signature waits."""
        self.acknowledged()
        part_id = self.part()
        later = self.database.clock.now().date() + timedelta(days=20)
        wish = changes.Wish("extend", "汛期", "已完成一半。", later)
        self.write(
            lambda session: changes.ask_change(session, actor(session, self.handler), part_id, wish)
        )

    @stop
    def change_signed(self) -> None:
        """Have the head sign the request: the office's advice waits."""
        self.asked()
        self.step(self.unit_head, "endorse_change", changes.endorse_change, endorse=True)

    def passed_on(self) -> None:
        """Have the office pass the request on: the leader's consent waits."""
        self.change_signed()
        advise = changes.advise_change
        self.step("liwen", "advise_change", advise, pass_on=True, opinion="建议同意")

    @stop
    def reported(self) -> None:
        """Have the unit report: its head's signature waits."""
        self.acknowledged()
        self.step(self.handler, "report", reports.submit_report, FINAL)

    @stop
    def confirmed(self) -> None:
        """Have the head sign: the review waits."""
        self.reported()
        self.step(self.unit_head, "confirm", reports.confirm_report, sign=True)

    @stop
    def accepted(self) -> None:
        """Have the report accepted: the leader's word waits."""
        self.confirmed()
        sound = Judgement(Verdict.ACCEPTED, **CHECKS)
        self.step("liwen", "review", reviews.review_report, sound)

    @stop
    def instructed(self) -> None:
        """Have the leader say nothing new: the revisit waits."""
        self.accepted()
        self.step("luyuan", "instruct", results.record_instruction, new_instruction=False)

    def revisited(self) -> None:
        """Have it revisited: closing it waits."""
        self.instructed()
        self.step("liwen", "revisit", revisits.record_revisit, PUT_RIGHT)

    # -- the ladder, and what it suggests

    def slipped(self, *climbed: Rung) -> None:
        """Let the unit be late, so that the next rung above those climbed waits."""
        self.acknowledged()
        part_id = self.part()

        def late(session: Session) -> None:
            part = session.get_one(Assignment, part_id)
            moment = self.database.clock.now()
            due_on = moment.date() - timedelta(days=60)
            part.due_on = due_on
            for rung in climbed or tuple(Rung)[:2]:
                session.add(
                    Escalation(
                        assignment_id=part_id,
                        rung=rung,
                        days_overdue=1,
                        rule={"due_on": due_on.isoformat(), "days_overdue": 1, "times_before": 0},
                        at=moment,
                        state=RungState.DELIVERED,
                        delivered_at=moment,
                    )
                )
            session.flush()
            data = {"assignment": part_id}
            engine.start(session, "escalation", data, key=str(self.item_id), by="test")

        self.write(late)

    def to_be_interviewed(self) -> None:
        """Have an interview approved: it waits to be held."""
        self.slipped(*tuple(Rung)[:5])
        self.step("zhangming", "approve_rung", ladder.approve_rung, ladder.Word(approve=True))

    @stop
    def suggested(self) -> None:
        """Have praise suggested: its evidence waits."""
        self.acknowledged()
        part_id = self.part()
        self.write(
            lambda session: ladder.suggest(session, actor(session, "liwen"), part_id, "praise")
        )

    def shown(self) -> None:
        """Have the evidence given: the director's word waits."""
        self.suggested()
        self.step("liwen", "evidence", ladder.submit_evidence, EVIDENCE)

    @stop
    def endorsed(self) -> None:
        """Have it endorsed: the leader's word waits."""
        self.shown()
        self.step("zhangming", "endorse_suggestion", ladder.endorse_suggestion, "approve")

    @stop
    def agreed(self) -> None:
        """Have the leader approve: the hand-over waits."""
        self.endorsed()
        self.step("luyuan", "approve_suggestion", ladder.approve_suggestion, approve=True)

    def handed_over(self) -> None:
        """Have it handed over: the outcome waits."""
        self.agreed()
        on = office_day(self.database.clock.now())
        self.step("liwen", "hand_over", ladder.hand_over, ladder.Handing("市政府办公室", "函", on))


WAITING: Mapping[str, Callable[[Place], None]] = {
    "approve_rung": Place.slipped,
    "hold_interview": Place.to_be_interviewed,
    "evidence": Place.suggested,
    "endorse_suggestion": Place.shown,
    "approve_suggestion": Place.endorsed,
    "hand_over": Place.agreed,
    "record_outcome": Place.handed_over,
    "register": Place.returned,
    "approve": Place.registered,
    "assign": Place.approved,
    "acknowledge": Place.assigned,
    "objection": Place.objected,
    "report": Place.acknowledged,
    "endorse_change": Place.asked,
    "advise_change": Place.change_signed,
    "consent": Place.passed_on,
    "confirm": Place.reported,
    "review": Place.confirmed,
    "instruct": Place.accepted,
    "revisit": Place.instructed,
    "close": Place.revisited,
    "form": Place.revisited,
    **project_places.WAITING,
    **proposal_places.WAITING,
    **decision_places.WAITING,
}
"""How an item is brought to where a type of step waits."""


def actor(session: Session, login: str) -> Actor:
    """Return somebody by the login."""
    person = session.scalars(select(Person).where(Person.login == login)).one()
    return people.actor_of(session, person.id)


def bring(place: Place, step: str) -> Ids:
    """Bring an item to a step, and return the numbers that lead there."""
    WAITING[step](place)
    waits = {**project_places.STEPS, **proposal_places.STEPS}.get(step, step)
    ids: dict[str, Any] = {"item_id": place.item_id, "task_id": place.task(waits)}
    if step in project_places.WAITING:
        ids |= project_places.ids_of(place)
    if step in proposal_places.WAITING:
        ids |= proposal_places.ids_of(place)
    if step in decision_places.WAITING:
        ids["leader_id"] = decision_places.row(place).sponsor_post_id
    elif step not in {"register", "approve", "assign", "proposal"}:
        ids["assignment_id"] = place.part()
    if step in store.OF_THE_LADDER:
        ids |= place.on_the_ladder()
    return ids


def keep_paper(place: Place) -> UUID:
    """Keep a file with the item."""
    checked = papers.check(place.database, "照片.pdf", BytesIO(BLANK))
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
