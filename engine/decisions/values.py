"""Between the data of a case, which is JSON, and the values that a table compares."""

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from engine.decisions.durations import (
    Months,
    read_day,
    read_duration,
    read_moment,
    written_duration,
)
from engine.decisions.kinds import WRITTEN_AS_TEXT, Type, Value, type_of
from engine.decisions.numbers import number
from engine.errors import Fault
from engine.values import LARGEST

FAULT: Final = "decision"
DEEP: Final = 20
READERS: Final[Mapping[Type, Callable[[str], Value]]] = {
    Type.DATE: read_day,
    Type.DATE_TIME: read_moment,
    Type.DAYS: read_duration,
    Type.MONTHS: read_duration,
}


def taken(value: object) -> Value:
    """Return a value of the data as tables compute with it: a number is decimal."""
    kind = type(value)
    if kind is int:
        return number(str(value))
    if kind is float:
        if not math.isfinite(value):  # type: ignore[arg-type]
            raise Fault(FAULT, f"{value} is not a number")
        return number(repr(value))
    return value


def fitted(value: object, wanted: Type | None, name: str) -> Value:
    """Return a value of the wanted type, or fail as a rule of the diagram fails."""
    own = taken(value)
    if own is None or wanted is None or type_of(own) is wanted:
        return own
    if wanted in WRITTEN_AS_TEXT and isinstance(own, str):
        try:
            read = READERS[wanted](own)
        except (ValueError, OverflowError):
            read = None
        if read is not None and type_of(read) is wanted:
            return read
    raise Fault(FAULT, f"{name!r} holds {own!r}, which is not a {wanted.value}")


def written(value: Value, depth: int = 0) -> Any:  # noqa: ANN401 (whatever JSON knows)
    """Return a value as JSON keeps it: dates and durations as ISO texts."""
    if depth > DEEP:
        raise Fault(FAULT, "the result is too deep")
    match value:
        case Decimal():
            return _plain(value)
        case datetime() | date():
            return value.isoformat()
        case timedelta() | Months():
            return written_duration(value)
        case dict():
            return {key: written(each, depth + 1) for key, each in value.items()}
        case list():
            return [written(each, depth + 1) for each in value]
        case _:
            return value


def _plain(value: Decimal) -> int | float:
    """Return a whole number as one, if it is one that JSON gives back exactly."""
    if value == value.to_integral_value() and abs(value) <= LARGEST:
        return int(value)
    near = float(value)
    if not math.isfinite(near):
        raise Fault(FAULT, f"{value} is too large")
    return near
