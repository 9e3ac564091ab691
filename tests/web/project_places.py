"""Projects brought to where their rights are tried."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

import engine
from engine import Database, Session
from workflows import assignments, items, people, reports, reviews
from workflows.actors import Actor
from workflows.assignments import UnitTask
from workflows.items import Registration
from workflows.papers import inspect
from workflows.projects import meetings, milestones, photographs
from workflows.projects.meetings import DecisionEntry
from workflows.projects.money import Figures
from workflows.projects.registering import OwnNode, ProjectDetails
from workflows.reports import ReportText
from workflows.reviews import Judgement
from workflows.tables import Milestone, Person, ProjectType, Source, Urgency

if TYPE_CHECKING:
    from tests.web.places import Place

DAY = date(2020, 3, 2)
DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one dot."""
REGISTRATION = Registration(
    source=Source.KEY_PROJECT,
    basis="重点项目计划",
    title="滨江公园二期",
    urgency=Urgency.NORMAL,
    secret=False,
    details=ProjectDetails(
        ProjectType.NEW,
        Decimal(3000),
        2020,
        Decimal(1000),
        date(2020, 12, 31),
        nodes=(OwnNode("清表", DAY), OwnNode("桩基", date(2020, 5, 6))),
    ),
)
FINAL = ReportText(final=True, progress="已完成。", problems="", next_steps="", percent=100)
CHECKS = {"measures_done": True, "problem_solved": True, "target_reached": True}


def building(place: Place) -> None:
    """Have the unit handle a project."""
    register = items.register_item
    item = place.write(lambda session: register(session, actor(session, "liwen"), REGISTRATION))
    place.item_id = item.id
    place.step("zhangming", "approve", items.approve_item, "approve")
    hand_out = assignments.assign_item
    place.step("liwen", "assign", hand_out, UnitTask(place.unit_id()))
    place.step(place.handler, "acknowledge", assignments.acknowledge)


def claimed(place: Place) -> None:
    """Have the unit say that every milestone is reached."""
    building(place)
    for number in nodes(place):
        paper_id = picture(place)
        place.write(
            lambda session, number=number, paper_id=paper_id: milestones.claim(
                session, actor(session, place.handler), number, DAY, [paper_id]
            )
        )


def week_over(place: Place) -> None:
    """Let a week go by: the supervisor has to go and see."""
    building(place)
    clock = place.database.clock
    monday = clock.now()
    clock.set(monday + timedelta(days=8))
    while place.write(engine.wake_due):
        pass
    clock.set(monday)


def finished(place: Place) -> None:
    """Have the unit's final report accepted: the project is to be accepted."""
    claimed(place)
    figures = Figures(2020, 3, Decimal(1000))
    place.step(place.handler, "report", reports.submit_report, FINAL, (), figures)
    place.step(place.unit_head, "confirm", reports.confirm_report, sign=True)
    accepted = Judgement("accepted", **CHECKS)
    place.step("liwen", "review", reviews.review_report, accepted)


WAITING: Mapping[str, Callable[[Place], None]] = {
    "project": building,
    "claimed": claimed,
    "supervise": week_over,
    "acceptance": finished,
}
STEPS = {"project": "report", "claimed": "report"}
"""The step at which the place of another name waits."""


def ids_of(place: Place) -> dict[str, Any]:
    """Return the numbers of a project's milestone, photograph and task of a meeting."""
    entry = DecisionEntry("月底前清表", place.unit_id(), "某某", date(2020, 3, 31), place.item_id)
    held = meeting(place.database)
    decided = place.write(
        lambda session: meetings.decide(session, actor(session, "liwen"), held, entry).id
    )
    return {
        "milestone_id": nodes(place)[0],
        "paper_id": picture(place),
        "decision_id": decided,
        "meeting_id": held,
    }


def meeting(database: Database) -> int:
    """Return a meeting."""
    return database.write(
        lambda session: meetings.hold_meeting(session, actor(session, "liwen"), DAY).id
    )


def nodes(place: Place) -> list[int]:
    """Return the numbers of a project's milestones."""
    with place.database.read() as session:
        wanted = select(Milestone.id).where(Milestone.project_id == place.item_id)
        return list(session.scalars(wanted.order_by(Milestone.due_on)))


def picture(place: Place) -> Any:
    """Keep a photograph of the site."""
    checked = inspect("现场.png", BytesIO(DOT))
    keep = photographs.keep_photograph
    return place.write(
        lambda session: (
            keep(session, actor(session, place.handler), place.item_id, checked, DAY).paper_id
        )
    )


def photograph() -> Mapping[str, Any]:
    """Return a photograph as a form sends it."""
    return {"photographs": (BytesIO(DOT), "现场.png")}


def actor(session: Session, login: str) -> Actor:
    """Return somebody by the login."""
    person = session.scalars(select(Person).where(Person.login == login)).one()
    return people.actor_of(session, person.id)
