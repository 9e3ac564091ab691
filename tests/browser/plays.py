"""Scenes that a test begins with: items brought to a step through the real verbs."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from engine import Session
from tests.browser.stage import Stage
from workflows import inbox, items, people, reports, reviews
from workflows.assignments import UnitTask, acknowledge, assign_item
from workflows.items import Registration
from workflows.people import Actor
from workflows.reports import ReportText
from workflows.reviews import Judgement
from workflows.tables import Post, Role, Setting, Source, Todo, Urgency, Verdict

T = TypeVar("T")

SOUND = Judgement(Verdict.ACCEPTED, measures_done=True, problem_solved=True, target_reached=True)


def act(stage: Stage, login: str, verb: Callable[..., T], *args: object, **named: object) -> T:
    """Have somebody of the cast do something."""
    work: Any = lambda session: verb(session, actor(session, login), *args, **named)  # noqa: E731
    done: T = stage.database.write(work)
    return done


def do(
    stage: Stage, login: str, item_id: int, verb: Callable[..., T], *args: object, **named: object
) -> T:
    """Have somebody do the one step that waits for them about an item."""

    def step(session: Session, who: Actor) -> T:
        return verb(session, who, task_of(session, who, item_id), *args, **named)

    return act(stage, login, step)


def actor(session: Session, login: str) -> Actor:
    """Return somebody of the cast."""
    (person,) = [each for each in people.persons(session) if each.login == login]
    return people.actor_of(session, person.id)


def register(stage: Stage, title: str, urgency: Urgency = Urgency.NORMAL) -> int:
    """Have the supervisor register an item; a top urgent one needs no approval."""
    registration = Registration(
        source=Source.CITY_INSTRUCTION,
        basis="请督查室跟踪督办，按时报告结果。",
        title=title,
        urgency=urgency,
        secret=False,
    )
    return register_as(stage, registration)


def register_as(stage: Stage, registration: Registration) -> int:
    """Have the supervisor register what a test wrote."""

    def work(session: Session, office: Actor) -> int:
        return items.register_item(session, office, registration).id

    return act(stage, "liwen", work)


def approve(stage: Stage, item_id: int) -> None:
    """Have the director approve it."""
    do(stage, "zhangming", item_id, items.approve_item, "approve")


def assign(stage: Stage, item_id: int, unit: str, due_on: date | None = None) -> None:
    """Have the supervisor hand it to one unit."""
    do(stage, "liwen", item_id, assign_item, UnitTask(unit_id(stage, unit), due_on))


def take_up(stage: Stage, item_id: int, login: str) -> None:
    """Have a unit's handler acknowledge it."""
    do(stage, login, item_id, acknowledge, "钱进")


def accept(stage: Stage, item_id: int, head: str) -> None:
    """Have a unit's head sign its report, and the office accept it by all three checks."""
    do(stage, head, item_id, reports.confirm_report, sign=True)
    do(stage, "liwen", item_id, reviews.review_report, SOUND)


def finish(stage: Stage, item_id: int, handler: str, head: str) -> None:
    """Have a unit report for good and be accepted."""
    said = ReportText(final=True, progress="已全部完成。", problems="", next_steps="", percent=100)
    do(stage, handler, item_id, reports.submit_report, said)
    accept(stage, item_id, head)


def waiting(stage: Stage) -> list[str]:
    """Return the steps that wait for anybody about anything."""
    with stage.database.read() as session:
        return list(session.scalars(select(Todo.step).where(Todo.closed_at.is_(None))))


def unit_id(stage: Stage, name: str) -> int:
    """Return a unit's number."""
    with stage.database.read() as session:
        (found,) = [node.unit.id for node in people.units(session) if node.unit.name == name]
    return found


def leader(stage: Stage) -> int:
    """Return the number of the leader's post."""
    with stage.database.read() as session:
        return session.scalars(select(Post.id).where(Post.role == Role.LEADER)).one()


def revisit(stage: Stage, chance: int) -> None:
    """Let the lot fall so often of a hundred times."""
    name = "revisit.chance"
    stage.database.write(lambda session: session.merge(Setting(name=name, value=str(chance))))


def task_of(session: Session, who: Actor, item_id: int, step: str | None = None) -> UUID:
    """Return the one thing that waits for somebody about an item, of one kind if that is told."""
    todos = [row.todo for row in inbox.mine(session, who) if row.item.id == item_id]
    (todo,) = [todo for todo in todos if step in (None, todo.step)]
    return todo.task_id
