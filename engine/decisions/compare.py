"""How two values compare: true, false, or nothing when they can't be compared."""

import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from engine.decisions.durations import Months
from engine.decisions.kinds import Value
from engine.decisions.values import FAULT
from engine.errors import Fault

SORTED: Final = frozenset({Decimal, str, date, datetime, timedelta, Months})
ORDER: Final[Mapping[str, Callable[[Value, Value], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def equal(left: Value, right: Value) -> bool | None:
    """Tell whether two values are equal; only nothing equals nothing."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return None
    if kind is datetime:
        _must_share_zones(left, right)
    same: bool = left == right
    return same


def lies(sign: str) -> Callable[[Value, Value], bool | None]:
    """Return the comparison that one of ``< <= > >=`` stands for."""
    test = ORDER[sign]

    def compare(left: Value, right: Value) -> bool | None:
        kind = type(left)
        if kind is not type(right) or kind not in SORTED:
            return None
        if kind is datetime:
            _must_share_zones(left, right)
        return test(left, right)

    return compare


def _must_share_zones(left: datetime, right: datetime) -> None:
    """Refuse to guess the zone of a moment that has none."""
    if (left.tzinfo is None) is not (right.tzinfo is None):
        raise Fault(FAULT, f"of {left} and {right}, only one has a time zone")
