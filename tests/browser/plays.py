"""Scenes that a test begins with: items brought to a step through the real verbs."""

from datetime import date
from uuid import UUID

from engine import Session
from tests.browser.stage import Stage
from workflows import inbox, items, people
from workflows.assignments import UnitTask, acknowledge, assign_item
from workflows.items import Registration
from workflows.people import Actor
from workflows.tables import Source, Urgency


def actor(session: Session, login: str) -> Actor:
    """Return somebody of the cast."""
    (person,) = [each for each in people.persons(session) if each.login == login]
    return people.actor_of(session, person.id)


def register(stage: Stage, title: str, urgency: Urgency = Urgency.NORMAL) -> int:
    """Have the supervisor register an item; a top urgent one needs no approval."""

    def work(session: Session) -> int:
        registration = Registration(
            source=Source.CITY_INSTRUCTION,
            basis="请督查室跟踪督办，按时报告结果。",
            title=title,
            urgency=urgency,
            secret=False,
        )
        return items.register_item(session, actor(session, "liwen"), registration).id

    return stage.database.write(work)


def approve(stage: Stage, item_id: int) -> None:
    """Have the director approve it."""

    def work(session: Session) -> None:
        director = actor(session, "zhangming")
        task_id = task_of(session, director, item_id)
        items.approve_item(session, director, task_id, "approve")

    stage.database.write(work)


def assign(stage: Stage, item_id: int, unit: str, due_on: date | None = None) -> None:
    """Have the supervisor hand it to one unit."""

    def work(session: Session) -> None:
        supervisor = actor(session, "liwen")
        (unit_id,) = [node.unit.id for node in people.units(session) if node.unit.name == unit]
        task_id = task_of(session, supervisor, item_id)
        assign_item(session, supervisor, task_id, UnitTask(unit_id, due_on))

    stage.database.write(work)


def take_up(stage: Stage, item_id: int, login: str) -> None:
    """Have a unit's handler acknowledge it."""

    def work(session: Session) -> None:
        handler = actor(session, login)
        acknowledge(session, handler, task_of(session, handler, item_id), "钱进")

    stage.database.write(work)


def task_of(session: Session, who: Actor, item_id: int) -> UUID:
    """Return what waits for somebody about an item."""
    (row,) = [row for row in inbox.mine(session, who) if row.item.id == item_id]
    return row.todo.task_id
