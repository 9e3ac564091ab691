"""Items brought to a step through the real verbs, and a browser without scripts to go on."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine import Database, Session
from tests.web.forms import token
from workflows import assignments, items, people, reports, reviews
from workflows.actors import Actor, actor_of
from workflows.assignments import UnitTask
from workflows.items import Registration
from workflows.reports import ReportText
from workflows.reviews import Judgement
from workflows.tables import Assignment, Item, Source, Todo, Unit, Urgency

TITLE = "高铁站服务环境提升"
TRANSPORT, CITY, EAST = "市交通运输局", "市城管局", "东城区政府"
HANDLERS = {TRANSPORT: "qianjin", CITY: "yangfan"}
HEADS = {TRANSPORT: "zhouju", CITY: "luojing"}


class Scenes:
    """Brings items to where a test begins; every step is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def act(self, login: str, verb: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Let somebody do something."""
        return self.database.write(
            lambda session: verb(session, actor(session, login), *args, **named)
        )

    def rows(self, query: Any) -> list[Any]:
        """Return rows as they lie in the database."""
        with self.database.read() as session:
            return list(session.scalars(query))

    def unit(self, name: str) -> int:
        """Return a unit's number."""
        (number,) = self.rows(select(Unit.id).where(Unit.name == name))
        return number

    def task(self, item_id: int, step: str, unit: str | None = None) -> UUID:
        """Return the one open task of a step."""
        wanted = select(Todo.task_id).where(
            Todo.item_id == item_id, Todo.step == step, Todo.closed_at.is_(None)
        )
        if unit:
            of_unit = select(Assignment.id).where(Assignment.unit_id == self.unit(unit))
            wanted = wanted.where(Todo.assignment_id.in_(of_unit))
        (task_id,) = self.rows(wanted)
        return task_id

    def path(self, item_id: int, step: str, unit: str | None = None) -> str:
        """Return where the open task of a step is."""
        return f"/tasks/{self.task(item_id, step, unit)}"

    def part(self, item_id: int, unit: str) -> Assignment:
        """Return a unit's latest part of an item."""
        wanted = select(Assignment).where(
            Assignment.item_id == item_id, Assignment.unit_id == self.unit(unit)
        )
        return self.rows(wanted.order_by(Assignment.id))[-1]

    def item(self, item_id: int) -> Item:
        """Return an item as it is now."""
        (item,) = self.rows(select(Item).where(Item.id == item_id))
        return item

    def leader_post(self) -> int:
        """Return the leader's post."""
        with self.database.read() as session:
            return people.leaders(session)[0].id

    # -- the usual way ------------------------------------------------------------------

    def registered(self, **changed: Any) -> int:
        """Return an item that waits for the director."""
        usual: dict[str, Any] = {
            "source": Source.CITY_INSTRUCTION,
            "basis": "市长批示：请抓紧办理。",
            "title": TITLE,
            "urgency": Urgency.NORMAL,
            "secret": False,
            "instructing_post_id": self.leader_post(),
            "sponsor_post_id": self.leader_post(),
        }
        return self.act("liwen", items.register_item, Registration(**{**usual, **changed})).id

    def approved(self, **changed: Any) -> int:
        """Return an item that waits to be handed out."""
        item_id = self.registered(**changed)
        self.act("zhangming", items.approve_item, self.task(item_id, "approve"), "approve")
        return item_id

    def assigned(
        self, *co: str, lead: str = TRANSPORT, due_on: date | None = None, **changed: Any
    ) -> int:
        """Return an item that waits for its units to sign for it."""
        item_id = self.approved(**changed)
        first, *others = (UnitTask(self.unit(name), due_on) for name in (lead, *co))
        task = self.task(item_id, "assign")
        self.act("liwen", assignments.assign_item, task, first, others)
        return item_id

    def received(self, *co: str, **changed: Any) -> int:
        """Return an item that its units handle."""
        item_id = self.assigned(*co, **changed)
        for unit in (TRANSPORT, *co):
            task = self.task(item_id, "acknowledge", unit)
            self.act(HANDLERS[unit], assignments.acknowledge, task, "某某")
        return item_id

    def reported(self, item_id: int, unit: str = TRANSPORT, *, final: bool = True) -> None:
        """Let a unit report."""
        text = ReportText(
            final=final, progress="停车场改造完成。", problems="无", next_steps="", percent=90
        )
        self.act(HANDLERS[unit], reports.submit_report, self.task(item_id, "report", unit), text)

    def signed(self, item_id: int, unit: str = TRANSPORT) -> None:
        """Let a unit's head sign."""
        task = self.task(item_id, "confirm", unit)
        self.act(HEADS[unit], reports.confirm_report, task, sign=True)

    def under_review(self, *, final: bool = True, **changed: Any) -> int:
        """Return an item whose report waits for the office."""
        item_id = self.received(**changed)
        self.reported(item_id, final=final)
        self.signed(item_id)
        return item_id

    def accepted(self, **changed: Any) -> int:
        """Return an item whose result waits for the leader."""
        item_id = self.under_review(**changed)
        checks = ("measures_done", "problem_solved", "target_reached")
        judgement = Judgement("accepted", **dict.fromkeys(checks, True))
        self.act("liwen", reviews.review_report, self.task(item_id, "review"), judgement)
        return item_id


def actor(session: Session, login: str) -> Actor:
    """Return somebody of the cast."""
    (person,) = [each for each in people.persons(session) if each.login == login]
    return actor_of(session, person.id)


def send(client: FlaskClient, path: str, **fields: Any) -> TestResponse:
    """Send a form as its page would."""
    return client.post(path, data={"csrf_token": token(client, "/me"), **fields})


def words(answer: TestResponse) -> str:
    """Return what a page says, without its markup."""
    plain = re.sub(r"<(script|style|svg|head)\b.*?</\1>|<[^>]+>", " ", answer.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", plain)
