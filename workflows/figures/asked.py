"""What is asked of the ledger, and what is answered: a span of days, rows, and what they make."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from workflows.calendar import instant_of
from workflows.tables import Kind, Source

MONTHS_A_YEAR, MONTHS_A_QUARTER = 12, 3
TENTH = Decimal("0.1")


class SpanKind(StrEnum):
    """The spans that an office sums up by itself."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date

    @classmethod
    def month(cls, year: int, month: int) -> "Span":
        """Return a month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Span":
        """Return a quarter, from 1 to 4."""
        last = quarter * MONTHS_A_QUARTER
        return cls(cls.month(year, last - MONTHS_A_QUARTER + 1).first, cls.month(year, last).last)

    @classmethod
    def year(cls, year: int) -> "Span":
        """Return a year."""
        return cls(date(year, 1, 1), date(year, MONTHS_A_YEAR, 31))

    @property
    def kind(self) -> SpanKind | None:
        """Say whether this is a month, a quarter or a year; other spans are none of them."""
        year, month = self.first.year, self.first.month
        whole = {
            Span.month(year, month): SpanKind.MONTH,
            Span.quarter(year, quarter_of(self.first)): SpanKind.QUARTER,
            Span.year(year): SpanKind.YEAR,
        }
        return whole.get(self)

    @property
    def begin(self) -> datetime:
        """Return the moment at which its first day begins."""
        return instant_of(self.first)

    @property
    def end(self) -> datetime:
        """Return the moment at which its last day is over."""
        return instant_of(self.last + timedelta(days=1))

    def holds(self, day: date | None) -> bool:
        """Say whether a day lies in it; no day doesn't."""
        return day is not None and self.first <= day <= self.last


def quarter_of(day: date) -> int:
    """Return the quarter that a day lies in."""
    return (day.month - 1) // MONTHS_A_QUARTER + 1


class Measured(StrEnum):
    """What a figure counts; a percentage is a share of its rows, the rest are sums of them."""

    ITEMS = "items"
    TIMES = "times"
    PERCENT = "percent"
    ISSUES = "issues"
    MONTHS = "months"
    PERSONS = "persons"
    PROBLEMS = "problems"


class WhyNot(StrEnum):
    """Why a figure can't be computed."""

    NOT_KEPT = "not_kept"
    NOTHING_TO_COUNT = "nothing_to_count"
    CLOSINGS_NOT_KEPT = "closings_not_kept"
    LIGHTS_NOT_KEPT = "lights_not_kept"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that makes a figure, as it was.

    ``units`` are those to whom it counts, ``item_id`` is the item that it is about. In a rate
    ``counts`` says whether the row is one of those that are asked for; elsewhere ``amount`` is
    what it adds.
    """

    subject: str
    ref: str
    number: str
    title: str
    unit: str
    on: date | None
    note: str = ""
    units: tuple[int, ...] = ()
    counts: bool = True
    amount: int = 1
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure's value with the rows that made it, what a rate is out of, or why there is none."""

    value: Decimal | None
    rows: tuple[Row, ...]
    of: int | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the ledger: some units with those below them, kinds and sources; empty is any."""

    unit_ids: tuple[int, ...] = ()
    kinds: tuple[Kind, ...] = ()
    sources: tuple[Source, ...] = ()


WHOLE = Part()
"""The whole ledger."""


def summed(measured: Measured, rows: Sequence[Row]) -> Counted:
    """Return what rows make: a share where the figure is a percentage, else their sum."""
    if measured is not Measured.PERCENT:
        return Counted(Decimal(sum(row.amount for row in rows)), tuple(rows))
    if not rows:
        return Counted(None, (), 0, WhyNot.NOTHING_TO_COUNT.value)
    share = Decimal(100 * sum(row.counts for row in rows)) / len(rows)
    return Counted(share.quantize(TENTH, ROUND_HALF_UP), tuple(rows), len(rows))
