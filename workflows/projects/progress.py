"""The arithmetic of a project: what should have been done by a day, what was, and how far behind.

Everything is exact; only a page rounds. A month's plan is spread evenly over its days. Without
plans by month the year's is spread over the days of the year on which the project runs.
"""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

FULL = Decimal(100)
NOTHING = Decimal(0)
MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Month:
    """What was planned for a month, and what was completed in it; None is not said."""

    planned: Decimal | None = None
    done: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a project; ``first`` and ``last`` are the days of it on which it runs."""

    year: int
    planned: Decimal
    first: date
    last: date
    carried: Decimal = NOTHING
    months: Mapping[int, Month] = field(default_factory=dict)

    @property
    def done(self) -> Decimal:
        """Return what was completed in the year."""
        return self.carried + total(month.done for month in self.months.values())

    @property
    def by_month(self) -> bool:
        """Say whether the year's plan is given month by month."""
        return any(month.planned is not None for month in self.months.values())

    def planned_by(self, day: date) -> Decimal:
        """Return what should be completed by the end of a day."""
        if day.year != self.year:
            return NOTHING if day.year < self.year else self.planned
        if self.by_month:
            whole = total(self._planned(month) for month in range(1, day.month))
            days = monthrange(day.year, day.month)[1]
            return whole + self._planned(day.month) * day.day / days
        if day < self.first:
            return NOTHING
        gone = (min(day, self.last) - self.first).days + 1
        return self.planned * gone / ((self.last - self.first).days + 1)

    def _planned(self, month: int) -> Decimal:
        return self.months.get(month, Month()).planned or NOTHING

    def share(self, amount: Decimal) -> Decimal:
        """Return an amount in percent of the year's plan; of no plan there is no share."""
        return amount * FULL / self.planned if self.planned else NOTHING

    def behind_on(self, day: date) -> Decimal:
        """Return by how many points the year is behind its plan; a negative number is ahead."""
        return self.share(self.planned_by(day) - self.done)


@dataclass(frozen=True, slots=True)
class Row:
    """One month of the table and the chart: plan and done, in the month and up to it."""

    month: int
    planned: Decimal | None
    done: Decimal | None
    planned_so_far: Decimal
    done_so_far: Decimal


@dataclass(frozen=True, slots=True)
class Turns:
    """The days from which something is yellow and red; None is never."""

    yellow: date | None = None
    red: date | None = None


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many points behind yellow, above how many red, and how long a node may be missed."""

    yellow: int
    red: int
    grace: int


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """Add up what was said."""
    return sum((amount for amount in amounts if amount is not None), NOTHING)


def measured(years: Sequence[Year], day: date) -> Year | None:
    """Return the year that a project is measured by: the last that has a plan and has begun."""
    begun = [year for year in years if year.year <= day.year]
    return max(begun, key=lambda year: year.year, default=None)


def rows(year: Year) -> list[Row]:
    """Return a year month by month; what was carried in stands before January."""
    found, planned, done = [], NOTHING, year.carried
    for number in MONTHS:
        month = year.months.get(number, Month())
        plan = month.planned if year.by_month else _even(year, number)
        planned += plan or NOTHING
        done += month.done or NOTHING
        found.append(Row(number, plan, month.done, planned, done))
    return found


def _even(year: Year, number: int) -> Decimal:
    """Return a month's part of a plan that is given for the year only."""
    before = date(year.year, number, 1) - timedelta(days=1)
    until = date(year.year, number, monthrange(year.year, number)[1])
    return year.planned_by(until) - year.planned_by(before)


def turns_of_money(year: Year | None, thresholds: Thresholds) -> Turns:
    """Return from which days a year's money turns the light, if nothing more is completed."""
    if year is None or not year.planned:
        return Turns()
    return Turns(
        _first_day(year, lambda behind: behind >= thresholds.yellow),
        _first_day(year, lambda behind: behind > thresholds.red),
    )


def _first_day(year: Year, holds: Callable[[Decimal], bool]) -> date | None:
    """Return the first day of a year on which something holds; once it does it goes on."""
    first = date(year.year, 1, 1)
    days = range((date(year.year + 1, 1, 1) - first).days)
    found = bisect_left(
        days, x=True, key=lambda number: holds(year.behind_on(first + timedelta(days=number)))
    )
    return first + timedelta(days=found) if found < len(days) else None


def turns_of_nodes(open_until: Iterable[date], thresholds: Thresholds) -> Turns:
    """Return from which days milestones that aren't reached turn the light."""
    first = min(open_until, default=None)
    if first is None:
        return Turns()
    return Turns(first + timedelta(days=1), first + timedelta(days=1 + thresholds.grace))


def sooner(*turns: Turns) -> Turns:
    """Return the earlier days of several turns."""
    return Turns(
        min((turn.yellow for turn in turns if turn.yellow), default=None),
        min((turn.red for turn in turns if turn.red), default=None),
    )


def dated(shares: Sequence[int], first: date, last: date) -> list[date]:
    """Return the day of each share of a period, in percent."""
    length = (last - first).days
    return [first + timedelta(days=round(length * share / FULL)) for share in shares]


def dated_from(shares: Sequence[int], current: int, day: date, last: date) -> list[date]:
    """Return the days of what is left of a period, from the share before ``current`` on.

    A project that comes in while it runs has its next milestones ahead, whenever it began.
    """
    behind = shares[current - 1] if current else 0
    left = [(share - behind) * 100 // max(1, 100 - behind) for share in shares[current:]]
    return dated(left, min(day, last), last)
