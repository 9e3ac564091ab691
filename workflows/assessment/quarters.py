"""Quarters, and which version of the rules holds in each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select

import engine
from engine import DecisionVersion, Session
from workflows import rule_tables
from workflows.assessment.table import SHAPE, Scoring, default_table, scoring_in, scoring_of
from workflows.calendar import instant_of, today
from workflows.errors import QuarterUnknown
from workflows.tables import Assessment, AssessmentState

MONTHS = 3
QUARTERS = 4
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One quarter of a year."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, (self.number - 1) * MONTHS + 1, 1)

    @property
    def last(self) -> date:
        """Return its last day."""
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> "Quarter":
        """Return the quarter after it."""
        if self.number == QUARTERS:
            return Quarter(self.year + 1, 1)
        return Quarter(self.year, self.number + 1)

    @property
    def before(self) -> "Quarter":
        """Return the quarter before it."""
        if self.number == 1:
            return Quarter(self.year - 1, QUARTERS)
        return Quarter(self.year, self.number - 1)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Return its first instant, and the first one after it."""
        return instant_of(self.first), instant_of(self.following.first)


def quarter_of(day: date) -> Quarter:
    """Return the quarter that a day lies in."""
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)


def known_quarter(session: Session, year: int, number: int) -> Quarter:
    """Return a quarter that has begun; any other is refused."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= number <= QUARTERS:
        raise QuarterUnknown(year, number)
    quarter = Quarter(year, number)
    if quarter.first > today(session):
        raise QuarterUnknown(year, number)
    return quarter


def quarters_of(session: Session, year: int) -> list[Quarter]:
    """Return the quarters of a year that have begun; a year of another age is refused."""
    if not FIRST_YEAR <= year <= LAST_YEAR + 1:  # a page looks ahead by one
        raise QuarterUnknown(year, 1)
    day = today(session)
    every = (Quarter(year, number) for number in range(1, QUARTERS + 1))
    return [quarter for quarter in every if quarter.first <= day]


# -- the row ------------------------------------------------------------------------------


def row_of(session: Session, quarter: Quarter) -> Assessment | None:
    """Return what was decided about a quarter, if anything was."""
    return session.scalars(_wanted(quarter)).one_or_none()


def row_to_change(session: Session, quarter: Quarter) -> Assessment:
    """Return a quarter's row locked for the rest of the transaction, written now if need be."""
    rule_tables.my_turn(session, SHAPE)
    locked = _wanted(quarter).with_for_update().execution_options(populate_existing=True)
    row = session.scalars(locked).one_or_none()
    if row is None:
        row = Assessment(year=quarter.year, quarter=quarter.number, state=AssessmentState.RUNNING)
        session.add(row)
        session.flush()
    return row


def state_of(row: Assessment | None) -> AssessmentState:
    """Return how far a quarter is; one that nothing was decided about just runs."""
    return AssessmentState.RUNNING if row is None else row.state


def _wanted(quarter: Quarter) -> Select[Assessment]:
    return select(Assessment).where(
        Assessment.year == quarter.year, Assessment.quarter == quarter.number
    )


# -- its rules ----------------------------------------------------------------------------


def scoring(session: Session, quarter: Quarter, row: Assessment | None = None) -> Scoring:
    """Return the rules of a quarter: those in force when it began, or those chosen for it."""
    deployed = table_of(session, quarter, row or row_of(session, quarter))
    return scoring_in(deployed.xml) if deployed else scoring_of(default_table())


def table_of(session: Session, quarter: Quarter, row: Assessment | None) -> DecisionVersion | None:
    """Return the version of the table that holds in a quarter."""
    if row is not None and row.table_id is not None:
        return engine.decision(session, row.table_id)
    known = engine.decision_versions(session, SHAPE.name)
    began = quarter.span[0]
    return next(_before(known, began), known[-1] if known else None)


def _before(known: Sequence[DecisionVersion], moment: datetime) -> Iterator[DecisionVersion]:
    return (each for each in known if each.deployed_at <= moment)
