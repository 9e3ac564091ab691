"""Cuts the values of a column into atoms: within one, every cell says the same of all values."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Context, Decimal
from typing import Final

from engine.decisions.compute import constant
from engine.decisions.durations import Months
from engine.decisions.infer import endpoints_of
from engine.decisions.kinds import Type, Value, type_of
from engine.decisions.syntax import UnaryTests

WIDE: Final = Context(prec=6_300)
"""Enough digits to find a number between any two of decimal128."""
ONE: Final = {date: timedelta(days=1), Months: Months(1), timedelta: timedelta(microseconds=1)}


@dataclass(frozen=True, slots=True)
class Atom:
    """A single value, or all values between two neighbours; one value stands for them."""

    sample: Value
    low: Value = None
    high: Value = None
    single: bool = False

    @property
    def bounds(self) -> tuple[Value, Value]:
        """Return its ends; nothing is an end that isn't there."""
        return (self.sample, self.sample) if self.single else (self.low, self.high)


@dataclass(frozen=True, slots=True)
class Axis:
    """All values of a column; ordered, or a list of values and one atom for all others."""

    atoms: tuple[Atom, ...]
    ordered: bool


NOTHING: Final = Atom(None, single=True)
"""A value that isn't there."""
TRUTHS: Final = Axis(
    (Atom(sample=True, single=True), Atom(sample=False, single=True)), ordered=False
)
ORIGINS: Final[Mapping[Type, Value]] = {
    Type.STRING: "",
    Type.NUMBER: Decimal(0),
    Type.DATE: date(2020, 1, 1),
    Type.DATE_TIME: datetime(2020, 1, 1, tzinfo=UTC),
    Type.DAYS: timedelta(),
    Type.MONTHS: Months(0),
}
"""A point for columns that compare with nothing."""


def axis_of(cells: Iterable[UnaryTests], kind: Type | None) -> Axis:
    """Return the atoms that the cells of a column make, in their order, without nothing."""
    found = [
        (sign, constant(endpoint))
        for cell in cells
        for test in cell.tests
        for sign, endpoint in endpoints_of(test)
    ]
    values = {(type(value).__name__, value): value for _, value in found if value is not None}
    points = [values[key] for key in sorted(values)]
    kinds = {kind or type_of(value) for value in points or [None]}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is Type.BOOLEAN:
        return TRUTHS
    if kind is None or (kind is Type.STRING and all(sign == "=" for sign, _ in found)):
        singles = (Atom(value, single=True) for value in points)
        return Axis((*singles, Atom(_other(points))), ordered=False)
    return Axis(tuple(_line(points or [ORIGINS[kind]])), ordered=True)


def _other(points: list[Value]) -> str:
    """Return a text that is none of these."""
    return max((value for value in points if isinstance(value, str)), default="") + "…"


def _line(points: list[Value]) -> list[Atom]:
    """Return the points of an ordered type, and what lies before, between and behind."""
    ends = ENDS[type(points[0])]
    atoms = []
    for low, high in zip([None, *points], [*points, None], strict=True):
        sample = ends(low, high)
        if sample is not None:
            atoms.append(Atom(sample, low, high))
        if high is not None:
            atoms.append(Atom(high, single=True))
    return atoms


def _number(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    if low is None or high is None:
        near = low if high is None else high
        return WIDE.add(near or Decimal(0), Decimal(1) if high is None else Decimal(-1))
    return WIDE.divide(WIDE.add(low, high), Decimal(2))


def _text(low: str | None, high: str | None) -> str | None:
    """Return a text between two: the smallest that is larger than the lower one."""
    sample = "" if low is None else low + "\0"
    return None if sample == high else sample


def _step(low: Value, high: Value) -> Value:
    """Return the next day or month, unless it is the neighbour itself."""
    try:
        sample = high - ONE[type(high)] if low is None else low + ONE[type(low)]
    except OverflowError:
        return None
    return None if sample == high else sample


def _moment(low: datetime | None, high: datetime | None) -> datetime | None:
    tick = timedelta(microseconds=1)
    try:
        sample = low + tick if low is not None else None if high is None else high - tick
    except OverflowError:
        return None
    return None if sample == high else sample


ENDS: Final[Mapping[type, Callable[[Value, Value], Value]]] = {
    Decimal: _number,
    str: _text,
    date: _step,
    Months: _step,
    timedelta: _step,
    datetime: _moment,
}
