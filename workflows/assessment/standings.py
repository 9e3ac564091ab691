"""Scores and ranks: of a quarter, and of a year. Ties share a rank; without tasks there is none."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import Protocol

from sqlalchemy import ColumnElement, func, select

from engine import Session
from workflows.actors import Actor
from workflows.assessment import quarters, sight
from workflows.assessment.entries import Entry, entries
from workflows.assessment.groups import grouped
from workflows.assessment.quarters import Quarter, known_quarter, quarters_of
from workflows.assessment.table import Scoring
from workflows.errors import UnitUnknown
from workflows.tables import (
    Assessment,
    AssessmentState,
    Assignment,
    AssignmentState,
    Item,
    Part,
    Ranking,
    Unit,
    UnitGroup,
)
from workflows.units import unit_of

KNOWN = (AssessmentState.PUBLISHED, AssessmentState.FINAL)


@dataclass(frozen=True, slots=True)
class Tasks:
    """How many parts a unit had, how many that it led fell due, and how many of these are done."""

    had: int = 0
    due: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A part behind these counts: whether it was held in the quarter, fell due in it, is done."""

    part: Assignment
    had: bool
    due: bool
    done: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands in a quarter: its score is the base and the sum of its entries."""

    unit: Unit
    group: UnitGroup
    base: Decimal
    score: Decimal
    rank: int | None
    tasks: Tasks
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class YearStanding:
    """Where a unit stands in a year: the sum of its quarters."""

    unit: Unit
    group: UnitGroup
    total: Decimal
    rank: int | None
    quarters: Mapping[int, Standing]


def standing(session: Session, actor: Actor, year: int, quarter: int) -> Sequence[Standing]:
    """Return the scores and ranks of a quarter that the actor may see, group by group.

    A unit sees its own score as it comes, and its rank once the quarter is published.
    """
    seen = sight.scope(session, actor)
    asked = known_quarter(session, year, quarter)
    row = quarters.row_of(session, asked)
    found = standings(session, asked, row)
    if seen is None:
        return found
    own = [each for each in found if each.unit.id in seen]
    if quarters.state_of(row) in KNOWN:
        return own
    return [replace(each, rank=None) for each in own]


def standing_of(session: Session, actor: Actor, year: int, quarter: int, unit_id: int) -> Standing:
    """Return one unit's standing that the actor may see; any other doesn't exist for them."""
    for each in standing(session, actor, year, quarter):
        if each.unit.id == unit_id:
            return each
    raise UnitUnknown(unit_id)


def parts_of(
    session: Session, actor: Actor, year: int, quarter: int, unit_id: int
) -> Sequence[Held]:
    """Return the parts that a unit's counts are made of, as the ledger has them now."""
    seen = sight.scope(session, actor)
    if seen is not None and unit_id not in seen:
        raise UnitUnknown(unit_id)
    unit_of(session, unit_id)
    asked = known_quarter(session, year, quarter)
    had, due, done = _conditions(asked)
    wanted = select(Assignment, had, due, due & done).join(Assignment.item)
    mine = wanted.where(Assignment.unit_id == unit_id, had | due)
    rows = session.execute(mine.order_by(Assignment.due_on, Assignment.id))
    return [Held(part, *map(bool, counts)) for part, *counts in rows]


class About(Protocol):
    """An entry, reckoned or kept."""

    @property
    def item_id(self) -> int | None:
        """The number of its item, if it is about one."""


def matters(session: Session, entries: Iterable[About]) -> Mapping[int, Item]:
    """Return the items that entries are about."""
    wanted = select(Item).where(Item.id.in_({each.item_id for each in entries} - {None}))
    return {item.id: item for item in session.scalars(wanted)}


def year(session: Session, actor: Actor, year: int) -> Sequence[YearStanding]:
    """Return the year's totals and ranks that the actor may see.

    A unit sees its own; no rank that a quarter tells which isn't published.
    """
    seen = sight.scope(session, actor)
    found = year_standings(session, year)
    if seen is None:
        return found
    begun = quarters_of(session, year)
    hidden = {
        each.number
        for each in begun
        if quarters.state_of(quarters.row_of(session, each)) not in KNOWN
    }
    return [_without_ranks(each, hidden) for each in found if each.unit.id in seen]


def _without_ranks(each: YearStanding, hidden: AbstractSet[int]) -> YearStanding:
    parts = {
        number: replace(part, rank=None) if number in hidden else part
        for number, part in each.quarters.items()
    }
    return replace(each, rank=None if hidden else each.rank, quarters=parts)


def standings(
    session: Session, quarter: Quarter, row: Assessment | None, rules: Scoring | None = None
) -> list[Standing]:
    """Return every unit's standing in a quarter, by its own rules or by others on trial."""
    frozen = row is not None and quarters.state_of(row) is not AssessmentState.RUNNING
    kept = row.base if rules is None and row is not None else None
    base = kept if kept is not None else (rules or quarters.scoring(session, quarter, row)).base
    counted: dict[int, list[Entry]] = {}
    for entry in entries(session, quarter, row, rules):
        counted.setdefault(entry.unit_id, []).append(entry)
    if frozen and row is not None:
        members = _frozen_members(session, row)
    else:
        tasks = _tasks(session, quarter)
        members = [
            (unit, group, tasks.get(unit.id, Tasks())) for unit, group in grouped(session).values()
        ]
    return ranked(
        Standing(
            unit,
            group,
            base,
            base + sum((each.points for each in counted.get(unit.id, ())), Decimal(0)),
            None,
            had,
            tuple(counted.get(unit.id, ())),
        )
        for unit, group, had in members
    )


def ranked(found: Iterable[Standing]) -> list[Standing]:
    """Rank units inside their groups; ties share a rank, those without tasks come last."""
    ordered = sorted(
        found,
        key=lambda each: (
            each.group.position,
            each.group.id,
            not each.tasks.had,
            -each.score,
            each.unit.position,
            each.unit.id,
        ),
    )
    result: list[Standing] = []
    for _group, members in groupby(ordered, key=lambda each: each.group.id):
        rank, last = 0, None
        for place, each in enumerate(members, 1):
            if each.score != last:
                rank, last = place, each.score
            result.append(replace(each, rank=rank if each.tasks.had else None))
    return result


def year_standings(session: Session, year: int) -> list[YearStanding]:
    """Return every unit's year: the quarters that have begun, and their sum."""
    by_unit: dict[int, dict[int, Standing]] = {}
    for quarter in quarters_of(session, year):
        for each in standings(session, quarter, quarters.row_of(session, quarter)):
            by_unit.setdefault(each.unit.id, {})[quarter.number] = each
    found = []
    for parts in by_unit.values():
        last = parts[max(parts)]
        had = sum(each.tasks.had for each in parts.values())
        total = sum((each.score for each in parts.values()), Decimal(0))
        found.append((replace(last, score=total, tasks=Tasks(had)), parts))
    places = {each.unit.id: each for each in ranked(whole for whole, _parts in found)}
    rows = {whole.unit.id: parts for whole, parts in found}
    return [
        YearStanding(each.unit, each.group, each.score, each.rank, rows[unit_id])
        for unit_id, each in places.items()
    ]


def _frozen_members(session: Session, row: Assessment) -> list[tuple[Unit, UnitGroup, Tasks]]:
    wanted = (
        select(Ranking, Unit, UnitGroup)
        .join(Unit, Unit.id == Ranking.unit_id)
        .join(UnitGroup, UnitGroup.id == Ranking.group_id)
        .where(Ranking.assessment_id == row.id, Ranking.final.is_(False))
    )
    return [
        (unit, group, Tasks(kept.tasks, kept.due, kept.done))
        for kept, unit, group in session.execute(wanted)
    ]


def _conditions(quarter: Quarter) -> tuple[ColumnElement[bool], ...]:
    """Say what a unit had in a quarter, what of it fell due, and what was done by its end.

    Co-units have no completion of their own.
    """
    began, ended = quarter.span
    mine = (Assignment.state != AssignmentState.RELEASED) & (Assignment.assigned_at < ended)
    had = mine & (Assignment.finished_at.is_(None) | (Assignment.finished_at >= began))
    due = Assignment.due_on.between(quarter.first, quarter.last) & (Assignment.part != Part.CO)
    done = Assignment.finished_at.is_not(None) & (Assignment.finished_at < ended)
    return had, mine & due, done


def _tasks(session: Session, quarter: Quarter) -> Mapping[int, Tasks]:
    """Count the parts that units had in a quarter."""
    had, due, done = _conditions(quarter)
    counted = select(Assignment.unit_id, func.count()).group_by(Assignment.unit_id)
    counts = [dict(session.execute(counted.where(each)).all()) for each in (had, due, due & done)]
    units = {unit_id for each in counts for unit_id in each}
    return {unit_id: Tasks(*(each.get(unit_id, 0) for each in counts)) for unit_id in units}
