"""The path of a target to the end of its year: where it should be on a day, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from workflows.tables import Direction, Path

NOTHING = Decimal(0)
WHOLE, HUNDREDTH = Decimal(1), Decimal("0.01")
QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


class Standing(StrEnum):
    """How a target stands: reached, on its path, behind it, missed, or not to be told."""

    REACHED = "reached"
    ON_PATH = "on_path"
    BEHIND = "behind"
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Course:
    """An amount and the way to it: ``marks`` are the first three quarters' where it has them.

    ``step`` is the least that makes a difference: nothing closes a hundredth of an item.
    """

    year: int
    direction: Direction
    amount: Decimal
    path: Path
    marks: tuple[Decimal, ...] = ()
    step: Decimal = HUNDREDTH

    @property
    def first(self) -> date:
        """Return the year's first day."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """Return the year's last day."""
        return date(self.year, 12, 31)

    def expected(self, day: date) -> Decimal:
        """Return where the target should be at the end of a day."""
        if self.path is Path.LEVEL:
            return self.amount
        if day < self.first:
            return NOTHING
        at = day.toordinal()
        for (since, low), (until, high) in pairwise(self._points()):
            if at <= until:
                share = Decimal(at - since) / (until - since)
                return self._rounded(low + (high - low) * share)
        return self.amount

    def stands(self, day: date, value: Decimal | None) -> Standing:
        """Say how a target stands with a value on a day."""
        if value is None or day < self.first:
            return Standing.UNKNOWN
        more = self.direction is Direction.AT_LEAST
        met = value >= self.amount if more else value <= self.amount
        if day >= self.last:
            return Standing.REACHED if met else Standing.MISSED
        if self.path is not Path.LEVEL and met is more:  # what was counted doesn't go away
            return Standing.REACHED if more else Standing.MISSED
        expected = self.expected(day)
        on_path = value >= expected if more else value <= expected
        return Standing.ON_PATH if on_path else Standing.BEHIND

    def forecast(self, day: date, value: Decimal | None) -> Decimal | None:
        """Return what the year would come to if it went on as until a day; a level has none."""
        if value is None or self.path is Path.LEVEL or not self.first <= day <= self.last:
            return None
        whole = self.last.toordinal() - self.first.toordinal() + 1
        gone = day.toordinal() - self.first.toordinal() + 1
        return self._rounded(value * whole / gone)

    def line(self) -> Sequence[tuple[date, Decimal]]:
        """Return the path at the end of each month."""
        ends = [date(self.year, month, 1) - timedelta(days=1) for month in range(2, 13)]
        return [(day, self.expected(day)) for day in (*ends, self.last)]

    def _points(self) -> list[tuple[int, Decimal]]:
        """Return the corners of the path, by days: the eve of the year, and each mark."""
        eve = (self.first.toordinal() - 1, NOTHING)
        if self.path is Path.STRAIGHT:
            return [eve, (self.last.toordinal(), self.amount)]
        ends = [date(self.year, *end).toordinal() for end in QUARTER_ENDS]
        marks = zip(ends, (*self.marks, self.amount), strict=True)
        return [eve, *marks]

    def _rounded(self, value: Decimal) -> Decimal:
        return value.quantize(self.step, ROUND_HALF_UP)


def lead_up(marks: Sequence[Decimal], amount: Decimal) -> bool:
    """Say whether marks lead up to an amount, one by one."""
    way = [NOTHING, *marks, amount]
    return all(low <= high for low, high in pairwise(way))
