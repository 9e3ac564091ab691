"""A project of the town: registered, handed to the parks, reported on week by week."""

from base64 import b64decode
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tests.workflows.town import HANDLERS, Town, text
from workflows import papers, reports
from workflows.papers import inspect
from workflows.projects import milestones
from workflows.projects.money import Figures
from workflows.projects.registering import ProjectDetails
from workflows.tables import (
    Milestone,
    MilestoneTemplate,
    Project,
    ProjectType,
    Source,
    Urgency,
)

PNG = b64decode(
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one dot."""


def template(town: Town, name: str = "招商项目") -> int:
    """Return a shipped template's number."""
    (number,) = town.rows(select(MilestoneTemplate.id).where(MilestoneTemplate.name == name))
    return number


def details(town: Town, **changed: Any) -> ProjectDetails:
    """Return a sound project of three milestones, but for what a test changes."""
    usual: dict[str, Any] = {
        "type": ProjectType.NEW,
        "investment": Decimal(3000),
        "year": 2020,
        "planned": Decimal(1000),
        "starts_on": date(2020, 3, 2),
        "ends_on": date(2020, 12, 31),
        "template_id": template(town),
    }
    return ProjectDetails(**{**usual, **changed})


def project(town: Town, *co: str, **changed: Any) -> int:
    """Return the item of a project that its units handle."""
    return town.handled(
        *co,
        source=Source.KEY_PROJECT,
        title="滨江公园二期",
        urgency=Urgency.NORMAL,
        instructing_post_id=None,
        details=details(town, **changed),
    )


def row(town: Town, item_id: int) -> Project:
    """Return a project as it lies in the database, with all that hangs on it."""
    with town.database.read() as session:
        found = session.get_one(Project, item_id)
        for part in (found.years, found.months, found.milestones, found.item.assignments):
            list(part)
        return found


def node(town: Town, item_id: int, name: str) -> Milestone:
    """Return one of a project's milestones."""
    (found,) = [each for each in row(town, item_id).milestones if each.name == name]
    return found


def picture(town: Town, item_id: int, name: str = "现场.png") -> UUID:
    """Keep a picture with an item."""
    checked = inspect(name, BytesIO(PNG))
    return town.act("chu", papers.keep_paper, item_id, checked).id


def claim(town: Town, item_id: int, name: str, day: date) -> int:
    """Let the lead unit show that a milestone is reached."""
    number = node(town, item_id, name).id
    town.act("chu", milestones.claim, number, day, [picture(town, item_id)])
    return number


def reach(town: Town, item_id: int, name: str, day: date) -> None:
    """Let a milestone be shown and found to be reached."""
    number = claim(town, item_id, name, day)
    town.act("li", milestones.review, number, accepted=True)


def report(
    town: Town,
    item_id: int,
    month: int,
    done: int,
    unit: str = "parks",
    year: int = 2020,
    **said: Any,
) -> None:
    """Let the lead unit report a month's money for the week."""
    figures = Figures(year, month, Decimal(done)) if unit == "parks" else None
    usual = {"final": False, "percent": 10, "progress": "进展顺利", **said}
    task = town.task(item_id, "report", unit)
    town.act(HANDLERS[unit], reports.submit_report, task, text(**usual), (), figures)


def weekly(town: Town, item_id: int, month: int, done: int, **said: Any) -> None:
    """Let a week's report be made, signed and accepted."""
    report(town, item_id, month, done, **said)
    town.sign(item_id)
    town.review(item_id)
