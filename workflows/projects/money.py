"""Money 投资: the plan by year and month, and what the lead unit's reports say was completed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from engine import Session
from workflows import rules, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import FiguresMissing, ItemUnknown, NodesOpen, NotYours, ProjectRefused
from workflows.projects import progress
from workflows.projects.lights import relight
from workflows.projects.registering import must_be_money
from workflows.story import Happened
from workflows.tables import (
    Assignment,
    Item,
    Kind,
    MilestoneState,
    Part,
    Project,
    ProjectMonth,
    ProjectReport,
    ProjectYear,
    Report,
    Role,
)

EARLIEST = 2000


@dataclass(frozen=True, slots=True)
class Figures:
    """What a report says of its project: the month, what was completed in it, the present node."""

    year: int
    month: int
    done: Decimal
    milestone_id: int | None = None


def project_of(session: Session, actor: Actor, item_id: int) -> Project:
    """Return the project of an item that the actor may see."""
    item = store.visible_item(session, actor, item_id)
    project = session.get(Project, item.id)
    if project is None:
        raise ItemUnknown(item_id)
    return project


def plan(
    session: Session,
    actor: Actor,
    item_id: int,
    year: int,
    planned: Decimal,
    months: Mapping[int, Decimal],
) -> Project:
    """Write down what is to be invested in a year, in all and by month; the office does.

    The months add up to the year, or none is given.
    """
    project = project_of(session, actor, item_id)
    rules.must_have(actor, Role.SUPERVISOR, Role.DIRECTOR)
    rules.must_be_alive(project.item, "plan")
    _must_add_up(project, year, planned, months)
    known = {row.year: row for row in project.years}
    old = known[year].planned if year in known else None
    if year not in known:
        project.years.append(ProjectYear(year=year, planned=planned, carried=Decimal(0)))
    else:
        known[year].planned = planned
    for number in progress.MONTHS:
        _month(project, year, number).planned = months.get(number)
    session.flush()
    relight(session, project)
    facts = {"year": year, "old": str(old or ""), "planned": str(planned)}
    story.tell(session, project.item_id, Happened.PROJECT_PLANNED, actor, facts)
    return project


def _must_add_up(
    project: Project, year: int, planned: Decimal, months: Mapping[int, Decimal]
) -> None:
    if not EARLIEST <= year <= project.ends_on.year + 10:
        raise ProjectRefused("year", year=year)
    must_be_money("planned", planned)
    for number, amount in months.items():
        if number not in progress.MONTHS:
            raise ProjectRefused("month", month=number)
        must_be_money(f"month-{number}", amount)
    if planned > project.investment:
        raise ProjectRefused("plan_above_investment", investment=project.investment)
    if months and progress.total(months.values()) != planned:
        raise ProjectRefused(
            "months_uneven", planned=planned, months=progress.total(months.values())
        )


def _month(project: Project, year: int, number: int) -> ProjectMonth:
    for row in project.months:
        if (row.year, row.month) == (year, number):
            return row
    row = ProjectMonth(year=year, month=number)
    project.months.append(row)
    return row


# -- what reports say --------------------------------------------------------------------


def note(session: Session, part: Assignment, report: Report, figures: Figures | None) -> None:
    """Keep what a report says of its project; only the lead unit's report has to."""
    project = _led(session, part)
    if project is None:
        return
    if figures is None:
        raise FiguresMissing
    _must_be_sound(project, figures, today(session))
    if report.final:
        must_have_reached_all(project)
    session.flush()
    session.add(
        ProjectReport(
            report_id=report.id,
            year=figures.year,
            month=figures.month,
            done=figures.done,
            milestone_id=figures.milestone_id,
        )
    )


def _led(session: Session, part: Assignment) -> Project | None:
    """Return the project that a part leads, if it is one."""
    if part.part is not Part.LEAD:
        return None
    kind, _ = store.kind_and_whole(session, part.item_id)
    return session.get(Project, part.item_id) if kind is Kind.KEY_PROJECT else None


def _must_be_sound(project: Project, figures: Figures, day: date) -> None:
    must_be_money("done", figures.done)
    if figures.month not in progress.MONTHS:
        raise ProjectRefused("month", month=figures.month)
    if not (EARLIEST, 1) <= (figures.year, figures.month) <= (day.year, day.month):
        raise ProjectRefused("month_ahead", year=figures.year, month=figures.month)
    known = {node.id for node in project.milestones}
    if figures.milestone_id is not None and figures.milestone_id not in known:
        raise ProjectRefused("node_unknown", milestone_id=figures.milestone_id)


def must_have_reached_all(project: Project) -> None:
    """Refuse a final report while milestones wait to be reached."""
    waiting = [node.name for node in project.milestones if node.state is MilestoneState.OPEN]
    if waiting:
        raise NodesOpen(waiting)


def recount(session: Session, part: Assignment) -> None:
    """Let the months be what the signed reports say, the latest about each month; relight."""
    project = session.get(Project, part.item_id)
    if project is None:
        return
    session.flush()
    signed = (
        select(ProjectReport)
        .join(Report, Report.id == ProjectReport.report_id)
        .where(
            Report.item_id == project.item_id,
            Report.confirmed_at.is_not(None),
            Report.withdrawn_at.is_(None),
        )
        .order_by(Report.confirmed_at, Report.id)
    )
    said = {(row.year, row.month): row.done for row in session.scalars(signed)}
    for row in project.months:
        row.done = said.get((row.year, row.month))
    for (year, number), done in said.items():
        _month(project, year, number).done = done
    session.flush()
    relight(session, project)


def must_be_the_lead(session: Session, actor: Actor, item: Item) -> None:
    """Refuse whoever doesn't speak for the unit that leads the item."""
    unit_id = store.lead_unit_id(session, item)
    if unit_id is None:
        raise NotYours(Role.HANDLER.value)
    rules.must_speak_for(actor, unit_id)
