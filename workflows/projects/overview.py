"""What the pages read of projects: one with its money and milestones, and the ledger of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from engine import Session
from workflows import rules, store
from workflows.actors import Actor
from workflows.calendar import today
from workflows.casefile import light_of_item
from workflows.lights import Light
from workflows.projects import progress
from workflows.projects.lights import thresholds, turns_of, years_of
from workflows.projects.photographs import Week, weeks_of
from workflows.projects.progress import Row, Thresholds, Turns, Year
from workflows.tables import (
    Assignment,
    AssignmentState,
    Item,
    Milestone,
    MilestoneState,
    Part,
    Project,
    Unit,
    WeeklyFinding,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a project stands on a day."""

    project: Project
    day: date
    year: Year | None
    turns: Turns
    light: Light

    @property
    def planned(self) -> Decimal:
        """Return the year's plan."""
        return self.year.planned if self.year else progress.NOTHING

    @property
    def done(self) -> Decimal:
        """Return what was completed in the year."""
        return self.year.done if self.year else progress.NOTHING

    @property
    def share(self) -> Decimal:
        """Return what was completed, in percent of the year's plan."""
        return self.year.share(self.done) if self.year else progress.NOTHING

    @property
    def planned_share(self) -> Decimal:
        """Return what should have been completed by the day, in percent of the year's plan."""
        return self.year.share(self.year.planned_by(self.day)) if self.year else progress.NOTHING

    @property
    def behind(self) -> Decimal:
        """Return by how many points it is behind; ahead is no less than nothing."""
        return max(progress.NOTHING, self.planned_share - self.share)

    @property
    def done_in_all(self) -> Decimal:
        """Return what was completed over all years."""
        years = years_of(self.project)
        return self.project.done_before + progress.total(year.done for year in years)

    @property
    def share_in_all(self) -> Decimal:
        """Return what was completed over all years, in percent of the investment."""
        return self.done_in_all * progress.FULL / self.project.investment

    @property
    def current(self) -> Milestone | None:
        """Return the milestone that is next to be reached, or waits to be reviewed."""
        waiting = (
            node for node in self.project.milestones if node.state is not MilestoneState.DONE
        )
        return next(waiting, None)

    @property
    def missed(self) -> list[Milestone]:
        """Return the milestones whose day has passed."""
        return [node for node in self.project.milestones if is_missed(node, self.day)]


class Sort(StrEnum):
    """What the ledger of projects can be sorted by."""

    LIGHT = "light"
    NUMBER = "number"
    PLANNED = "planned"
    DONE = "done"
    SHARE = "share"
    BEHIND = "behind"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One line of the ledger of projects."""

    item: Item
    unit: Unit | None
    standing: Standing

    @property
    def project(self) -> Project:
        """Return the project itself."""
        return self.standing.project


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """Everything that an item's page shows of its project."""

    standing: Standing
    years: Sequence[Year]
    shown: Year | None
    rows: Sequence[Row]
    weeks: Sequence[Week]
    findings: Sequence[WeeklyFinding]
    thresholds: Thresholds


def is_missed(node: Milestone, day: date) -> bool:
    """Say whether a milestone's day has passed without anybody saying that it was reached."""
    return node.state is MilestoneState.OPEN and node.due_on < day


def standing_of(project: Project, day: date, told: Thresholds) -> Standing:
    """Return where a project stands on a day."""
    return Standing(
        project=project,
        day=day,
        year=progress.measured(years_of(project), day),
        turns=turns_of(project, day, told),
        light=light_of_item(project.item, day),
    )


def led_by(session: Session, part: Assignment) -> ProjectFile | None:
    """Return the file of the project that a part leads; another part has none."""
    if part.part is not Part.LEAD:
        return None
    return file_of_item(session, session.get_one(Item, part.item_id))


def file_of(
    session: Session, actor: Actor, item_id: int, year: int | None = None
) -> ProjectFile | None:
    """Return the file of the project of an item that the actor may see."""
    return file_of_item(session, store.visible_item(session, actor, item_id), year)


def file_of_item(session: Session, item: Item, year: int | None = None) -> ProjectFile | None:
    """Return the file of an item's project; an item of another kind has none."""
    project = session.get(Project, item.id)
    if project is None:
        return None
    told, day = thresholds(session), today(session)
    standing = standing_of(project, day, told)
    years = years_of(project)
    asked = next((each for each in years if each.year == year), None)
    shown = asked or standing.year or next(iter(years), None)
    findings = select(WeeklyFinding).where(WeeklyFinding.item_id == item.id)
    return ProjectFile(
        standing=standing,
        years=years,
        shown=shown,
        rows=progress.rows(shown) if shown else (),
        weeks=weeks_of(session, item.id),
        findings=session.scalars(findings.order_by(WeeklyFinding.id.desc())).all(),
        thresholds=told,
    )


def ledger(
    session: Session,
    actor: Actor,
    sort: Sort = Sort.LIGHT,
    *,
    descending: bool = False,
    ended: bool = False,
) -> list[ProjectLine]:
    """Return the projects that the actor may see, those under way or those that have ended."""
    state = Item.state.not_in(rules.ALIVE) if ended else Item.state.in_(rules.ALIVE)
    wanted = (
        select(Project)
        .join(Item, Item.id == Project.item_id)
        .where(store.visible_to(actor), state)
        .options(
            joinedload(Project.item).selectinload(Item.assignments).joinedload(Assignment.unit),
            selectinload(Project.years),
            selectinload(Project.months),
            selectinload(Project.milestones),
        )
    )
    told, day = thresholds(session), today(session)
    lines = [
        ProjectLine(project.item, lead_unit(project.item), standing_of(project, day, told))
        for project in session.scalars(wanted)
    ]
    lines.sort(key=lambda line: (line.item.year or 0, line.item.serial or 0, line.item.id))
    return sorted(lines, key=lambda line: _key(line, sort), reverse=descending)


ORDER = (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE, Light.DONE)


def _key(line: ProjectLine, sort: Sort) -> tuple[Decimal, ...]:
    standing, item = line.standing, line.item
    keys = {
        Sort.LIGHT: (Decimal(ORDER.index(standing.light)), -standing.behind),
        Sort.NUMBER: (Decimal(item.year or 0), Decimal(item.serial or 0)),
        Sort.PLANNED: (standing.planned,),
        Sort.DONE: (standing.done,),
        Sort.SHARE: (standing.share,),
        Sort.BEHIND: (standing.behind,),
        Sort.ENDS: (Decimal(line.project.ends_on.toordinal()),),
    }
    return keys[sort]


def lead_unit(item: Item) -> Unit | None:
    """Return the unit that leads an item now."""
    parts = [
        part
        for part in item.assignments
        if part.part is Part.LEAD
        and part.round == item.round
        and part.state is not AssignmentState.RELEASED
    ]
    return parts[-1].unit if parts else None
