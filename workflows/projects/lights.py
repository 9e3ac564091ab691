"""The light of a project's own plan: worked out as facts come in, for the days to come.

With nothing more completed a project only falls further behind, so the days on which its light
turns are known beforehand. They stand on the item: the ledger sorts and filters by them, and
no job has to run at midnight.
"""

from datetime import date

from sqlalchemy import select

from engine import Session
from workflows import rules, settings, store, switches
from workflows.actors import Actor
from workflows.calendar import office_day, today
from workflows.errors import ProjectRefused
from workflows.projects import progress
from workflows.projects.progress import Month, Thresholds, Turns, Year
from workflows.tables import MilestoneState, Project, Role

YELLOW, RED, GRACE = "project.behind_yellow", "project.behind_red", "project.node_grace"


def thresholds(session: Session) -> Thresholds:
    """Return the numbers by which a project's light turns."""
    return Thresholds(*(settings.number(session, name) for name in (YELLOW, RED, GRACE)))


def change_thresholds(session: Session, actor: Actor, wanted: dict[str, str]) -> None:
    """Change the numbers, and the lights of every project with them."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    for name in (YELLOW, RED, GRACE):
        switches.change(session, actor, name, wanted.get(name, ""))
    told = thresholds(session)
    if told.yellow > told.red:
        raise ProjectRefused("thresholds", yellow=told.yellow, red=told.red)
    for project in session.scalars(select(Project)):
        relight(session, project)


def years_of(project: Project) -> list[Year]:
    """Return a project's planned years with their months."""
    return [
        Year(
            year=row.year,
            planned=row.planned,
            first=_first(project, row.year),
            last=_last(project, row.year),
            carried=row.carried,
            months={
                month.month: Month(month.planned, month.done)
                for month in project.months
                if month.year == row.year
            },
        )
        for row in project.years
    ]


def _first(project: Project, year: int) -> date:
    first = date(year, 1, 1)
    began = project.starts_on
    return began if began is not None and began.year == year else first


def _last(project: Project, year: int) -> date:
    return project.ends_on if project.ends_on.year == year else date(year, 12, 31)


def turns_of(project: Project, day: date, told: Thresholds) -> Turns:
    """Return from which days a project's plan turns its light."""
    year = progress.measured(years_of(project), day)
    waiting = [node.due_on for node in project.milestones if node.state is MilestoneState.OPEN]
    return progress.sooner(
        progress.turns_of_money(year, told), progress.turns_of_nodes(waiting, told)
    )


def relight(session: Session, project: Project) -> None:
    """Write down from which days the item's light turns by its plan, as things stand now."""
    turns = turns_of(project, today(session), thresholds(session))
    store.note(session, project.item_id, plan_yellow_on=turns.yellow, plan_red_on=turns.red)


def first_day(project: Project) -> date:
    """Return the day from which a project's milestones are counted."""
    return project.starts_on or office_day(project.item.registered_at)
