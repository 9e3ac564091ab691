"""Asking the ledger how far a target has come, with the rows that say so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from engine import Session
from workflows import figures, rules
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import TargetRefused
from workflows.figures import Counted, Reckoned, Row, Span, WhyNot
from workflows.projects.lights import years_of
from workflows.tables import (
    Item,
    Measure,
    Milestone,
    MilestoneState,
    Project,
    Role,
    Snapshot,
    Target,
    TargetReading,
    TargetState,
)
from workflows.targets.setting import EARLIEST

NOT_BEGUN, NOT_PLANNED = "not_begun", "not_planned"


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a target had come on a day."""

    day: date
    counted: Counted


def day_of(year: int, day: date) -> date:
    """Return the day on which a year's targets are measured: today, or the year's last."""
    return min(day, date(year, 12, 31))


def reached(session: Session, actor: Actor, target: Target) -> Reached:
    """Measure a target now, or at the end of its year if that has gone by."""
    day = day_of(target.year, today(session))
    if day.year < target.year:
        return Reached(day, Counted(None, (), why_not=NOT_BEGUN))
    if target.measure is Measure.FIGURE:
        span = Span(date(target.year, 1, 1), day)
        counted = figures.measure(session, actor, target.figure, span, target.unit_id)
        return Reached(day, counted)
    return Reached(day, OF_ITEMS[target.measure](session, target, day))


def prepare(session: Session, actor: Actor, year: int) -> Reckoned:
    """Count the ledger that a year's targets are read from, before anything is written."""
    rules.must_have(actor, Role.SUPERVISOR, Role.DIRECTOR)
    if not EARLIEST <= year <= (last := today(session).year):
        raise TargetRefused("year", first=EARLIEST, last=last)
    span = Span(date(year, 1, 1), day_of(year, today(session)))
    return figures.prepare(session, actor, span, _purpose(year))


def freeze(session: Session, actor: Actor, year: int, counted: Reckoned | None = None) -> Snapshot:
    """Freeze the ledger and note how far every target of the year had come in it."""
    rules.must_have(actor, Role.SUPERVISOR, Role.DIRECTOR)
    found = counted or prepare(session, actor, year)
    day = found.span.last
    snapshot = figures.take_prepared(session, actor, found, _purpose(year))
    stands = select(Target).where(Target.year == year, Target.state == TargetState.IN_FORCE)
    for target in session.scalars(stands):
        told = reached(session, actor, target).counted
        if target.measure is Measure.FIGURE:
            then = figures.frozen(session, actor, snapshot.id, target.unit_id)[target.figure]
            told = Counted(then.value, (), then.of, then.why_not)
        reading = TargetReading(
            target_id=target.id,
            snapshot_id=snapshot.id,
            on=day,
            value=told.value,
            of=told.of,
            why_not=told.why_not or ("" if told.value is not None else WhyNot.NOT_KEPT.value),
        )
        session.add(reading)
    session.flush()
    return snapshot


def _purpose(year: int) -> str:
    return f"目标{year}"


def _percent(session: Session, target: Target, day: date) -> Counted:
    item = session.get_one(Item, target.item_id)
    return Counted(Decimal(item.percent), (_row(item, day, f"{item.percent}%"),))


def _milestones(session: Session, target: Target, day: date) -> Counted:
    """Count the milestones that were reached in the year and found to be."""
    wanted = select(Milestone).where(
        Milestone.project_id == target.item_id, Milestone.state == MilestoneState.DONE
    )
    first = date(target.year, 1, 1)
    item = session.get_one(Item, target.item_id)
    nodes = session.scalars(wanted.order_by(Milestone.done_on, Milestone.id)).all()
    rows = [
        _row(item, node.done_on, node.name)
        for node in nodes
        if node.done_on is not None and first <= node.done_on <= day
    ]
    return Counted(Decimal(len(rows)), tuple(rows))


def _investment(session: Session, target: Target, day: date) -> Counted:
    """Add up what the project completed in the year, month by month."""
    project = session.get_one(Project, target.item_id)
    item = session.get_one(Item, target.item_id)
    year = next((each for each in years_of(project) if each.year == target.year), None)
    if year is None:
        return Counted(None, (), why_not=NOT_PLANNED)
    rows = [
        _row(item, date(target.year, number, 1), f"{month.done} 万元")
        for number, month in sorted(year.months.items())
        if month.done is not None and date(target.year, number, 1) <= day
    ]
    return Counted(year.done, tuple(rows))


OF_ITEMS: Mapping[Measure, Callable[[Session, Target, date], Counted]] = {
    Measure.PERCENT: _percent,
    Measure.MILESTONES: _milestones,
    Measure.INVESTMENT: _investment,
}


def _row(item: Item, on: date | None, note: str) -> Row:
    return Row("item", str(item.id), item.number, item.title, "", on, note)


def readings_of(session: Session, ids: Sequence[int]) -> Mapping[int, list[TargetReading]]:
    """Return how far targets had come when the ledger was frozen, the oldest first."""
    wanted = select(TargetReading).where(TargetReading.target_id.in_(list(ids)))
    found: dict[int, list[TargetReading]] = {each: [] for each in ids}
    for reading in session.scalars(wanted.order_by(TargetReading.on, TargetReading.id)):
        found[reading.target_id].append(reading)
    return found
