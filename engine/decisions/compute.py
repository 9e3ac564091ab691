"""Turns a simple expression into a function over the data."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, DecimalException
from typing import Any, Final

from engine.decisions.compare import equal, lies
from engine.decisions.durations import Months
from engine.decisions.kinds import Type, Value
from engine.decisions.numbers import EXACT
from engine.decisions.syntax import (
    Arithmetic,
    Comparison,
    Expression,
    Literal,
    Name,
    Negation,
)
from engine.decisions.values import FAULT, fitted
from engine.errors import Fault

Scope = Mapping[str, Any]
Work = Callable[[Scope], Value]
Types = Mapping[str, Type | None]

NUMBERS: Final[Mapping[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": EXACT.add,
    "-": EXACT.subtract,
    "*": EXACT.multiply,
    "/": EXACT.divide,
}
LENGTHS: Final = {timedelta, Months}


def computed(node: Expression, types: Types, wanted: Type | None = None) -> Work:
    """Return what computes an expression; names have these types, or else the wanted one."""
    match node:
        case Literal(value):
            return lambda _scope: value
        case Name():
            return _looked_up(node, types.get(node.text) or wanted)
        case Negation(operand):
            inner = computed(operand, types)
            return lambda scope: _negative(inner(scope))
        case Arithmetic(sign, left, right):
            return _joined(computed(left, types), computed(right, types), _arithmetic(sign))
        case Comparison(sign, left, right):
            return _joined(computed(left, types), computed(right, types), _comparison(sign))


def constant(node: Expression) -> Value:
    """Return the value of an expression that reads nothing."""
    return computed(node, {})({})


def _joined(left: Work, right: Work, join: Callable[[Value, Value], Value]) -> Work:
    return lambda scope: join(left(scope), right(scope))


def _looked_up(name: Name, wanted: Type | None) -> Work:
    first, *rest = name.parts

    def look(scope: Scope) -> Value:
        if first not in scope:
            raise Fault(FAULT, f"the data has no {first!r}")
        value = scope[first]
        for part in rest:
            value = value.get(part) if isinstance(value, Mapping) else None
        return fitted(value, wanted, name.text)

    return look


def _negative(value: Value) -> Value:
    if isinstance(value, Decimal | timedelta | Months):
        return -value
    return None


def _comparison(sign: str) -> Callable[[Value, Value], bool | None]:
    if sign == "=":
        return equal
    if sign == "!=":
        return _unequal
    return lies(sign)


def _unequal(left: Value, right: Value) -> bool | None:
    same = equal(left, right)
    return None if same is None else not same


def _arithmetic(sign: str) -> Callable[[Value, Value], Value]:
    """Return what computes with numbers, and adds or subtracts days, months and texts."""
    numbers = NUMBERS[sign]

    def work(left: Value, right: Value) -> Value:
        try:
            if type(left) is Decimal and type(right) is Decimal:
                return numbers(left, right)
            if sign == "+":
                return _plus(left, right)
            if sign == "-":
                return _minus(left, right)
        except (DecimalException, OverflowError, ValueError):
            return None  # the standard: what has no result is nothing
        except TypeError as error:
            raise Fault(FAULT, f"of {left} and {right}, only one has a time zone") from error
        return None

    return work


def _plus(left: Value, right: Value) -> Value:
    if isinstance(left, date):
        return _moved(left, right)
    if isinstance(right, date):
        return _moved(right, left)
    if type(left) is type(right) and (type(left) in LENGTHS or isinstance(left, str)):
        return left + right
    return None


def _minus(left: Value, right: Value) -> Value:
    if type(left) is type(right) and (type(left) in LENGTHS or isinstance(left, date)):
        return left - right
    return _moved(left, -right) if isinstance(left, date) and type(right) in LENGTHS else None


def _moved(start: date | datetime, length: Value) -> Value:
    """Return the day or the moment so much later; hours of a day's way are cut off."""
    if isinstance(length, Months):
        return length.after(start)
    if not isinstance(length, timedelta):
        return None
    if isinstance(start, datetime):
        return start + length
    return (datetime(start.year, start.month, start.day) + length).date()  # noqa: DTZ001 (a day)
