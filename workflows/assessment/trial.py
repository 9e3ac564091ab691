"""A changed table of scores tried on a quarter: whose score and rank would have been others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine import DecisionTable, Session
from workflows.assessment import quarters
from workflows.assessment.entries import Entry
from workflows.assessment.quarters import Quarter
from workflows.assessment.standings import Standing, standings
from workflows.assessment.table import scoring_of
from workflows.tables import Unit

Result = tuple[Decimal, int | None]
"""A score and a rank."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An event that would have come to other points."""

    entry: Entry
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Tried:
    """A unit by the old table and by the new one, and the events that make the difference."""

    unit: Unit
    before: Result
    after: Result
    differences: Sequence[Difference]


def try_scores(
    session: Session, quarter: Quarter, old: DecisionTable, new: DecisionTable
) -> Iterator[Tried]:
    """Yield every unit's score and rank by either table; nothing is written."""
    row = quarters.row_of(session, quarter)
    before, after = (
        {each.unit.id: each for each in standings(session, quarter, row, scoring_of(table))}
        for table in (old, new)
    )
    for unit_id, was in before.items():
        now = after[unit_id]
        yield Tried(was.unit, (was.score, was.rank), (now.score, now.rank), _differences(was, now))


def _differences(was: Standing, now: Standing) -> Sequence[Difference]:
    old = {each.cause: each for each in was.entries}
    new = {each.cause: each for each in now.entries}
    found = []
    for cause in {**old, **new}:
        entry = old.get(cause) or new[cause]
        before, after = (each[cause].points if cause in each else Decimal(0) for each in (old, new))
        if before != after:
            found.append(Difference(entry, before, after))
    return found
