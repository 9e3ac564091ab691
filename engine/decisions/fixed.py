"""The quick way: tests whose endpoints are written down, of types that always compare."""

import operator
from collections.abc import Callable
from datetime import datetime
from typing import Final

from engine.decisions.compare import ORDER, SORTED
from engine.decisions.compute import constant
from engine.decisions.kinds import Value
from engine.decisions.syntax import Compared, Equal, Interval, Literal, Test, names_in

Quick = Callable[[Value, object], bool | None]

FEW: Final = 3
PLAIN: Final = SORTED - {datetime}
"""Types whose values all compare; moments with and without a zone don't."""


def quick_test(test: Test) -> Quick | None:
    """Return what tests a value without looking at the data, if the test allows it."""
    if names_in(test):
        return None
    match test:
        case Equal(value):
            return _same(constant(value))
        case Compared(sign, endpoint):
            return _beside(sign, constant(endpoint))
        case Interval(low, high):
            return _between(test, constant(low), constant(high))


def quick_list(tests: tuple[Test, ...]) -> Quick | None:
    """Look up a long list of written values at once."""
    written = [
        t.value.value for t in tests if isinstance(t, Equal) and isinstance(t.value, Literal)
    ]
    kinds = {type(value) for value in written}
    if len(written) != len(tests) or len(tests) < FEW or len(kinds) > 1 or not kinds <= PLAIN:
        return None
    known, kind = frozenset(written), type(written[0])

    def listed(value: Value, _scope: object) -> bool | None:
        if type(value) is kind:
            return value in known
        return False if value is None else None

    return listed


def _same(fixed: Value) -> Quick | None:
    kind = type(fixed)
    if kind not in PLAIN:
        return None

    def same(value: Value, _scope: object) -> bool | None:
        if type(value) is kind:
            return bool(value == fixed)
        return False if value is None else None

    return same


def _beside(sign: str, fixed: Value) -> Quick | None:
    kind, compare = type(fixed), ORDER[sign]
    if kind not in PLAIN:
        return None
    return lambda value, _scope: compare(value, fixed) if type(value) is kind else None


def _between(test: Interval, low: Value, high: Value) -> Quick | None:
    kind = type(low)
    if kind not in PLAIN or kind is not type(high):
        return None
    above = operator.le if test.low_closed else operator.lt
    below = operator.le if test.high_closed else operator.lt

    def between(value: Value, _scope: object) -> bool | None:
        return above(low, value) and below(value, high) if type(value) is kind else None

    return between
