"""Tells the type of an expression before anything runs, or refuses what can't be computed."""

from collections.abc import Iterator, Mapping
from typing import Final

from engine.decisions.compare import ORDER
from engine.decisions.compute import Types
from engine.decisions.kinds import ORDERED, WRITTEN_AS_TEXT, Type, type_of
from engine.decisions.refusals import CellRefused
from engine.decisions.syntax import (
    Arithmetic,
    Compared,
    Comparison,
    Equal,
    Expression,
    Interval,
    Literal,
    Name,
    Negation,
    Test,
    UnaryTests,
)

LENGTHS: Final = (Type.DAYS, Type.MONTHS)
DATES: Final = (Type.DATE, Type.DATE_TIME)
NULL: Final = Literal(None)
COMPUTED: Final[Mapping[tuple[str, Type, Type], Type]] = {
    **{(sign, Type.NUMBER, Type.NUMBER): Type.NUMBER for sign in "+-*/"},
    **{(sign, length, length): length for sign in "+-" for length in LENGTHS},
    **{(sign, day, length): day for sign in "+-" for day in DATES for length in LENGTHS},
    **{("+", length, day): day for day in DATES for length in LENGTHS},
    **{("-", day, day): Type.DAYS for day in DATES},
    ("+", Type.STRING, Type.STRING): Type.STRING,
}
"""What comes of two values; all else gives nothing."""


def inferred(node: Expression, types: Types) -> Type | None:
    """Return the type of an expression, as far as the types of its names tell."""
    match node:
        case Literal(value):
            return type_of(value)
        case Name():
            return types.get(node.text)
        case Negation(operand):
            return _negated(inferred(operand, types))
        case Arithmetic(sign, left, right):
            return _computed(sign, inferred(left, types), inferred(right, types))
        case Comparison(sign, left, right):
            kinds = inferred(left, types), inferred(right, types)
            _must_compare(sign, *kinds)
            if None in kinds and not {left, right} & {NULL}:
                _must_be_plain(kinds[0] or kinds[1])
            return Type.BOOLEAN


def check_result(node: Expression, types: Types, wanted: Type | None) -> None:
    """Refuse an expression that doesn't give values of its column's type."""
    found = inferred(node, types)
    if found is not None and wanted is not None and found is not wanted:
        raise CellRefused("type_differs", found=found.value, wanted=wanted.value)


def check_tests(cell: UnaryTests, types: Types, wanted: Type | None) -> None:
    """Refuse a cell that can't be compared with values of its column's type."""
    for test in cell.tests:
        for sign, endpoint in endpoints_of(test):
            found = inferred(endpoint, types)
            _must_compare(sign, wanted, found)
            if wanted is None and not isinstance(endpoint, Name):
                _must_be_known(found)
            if found is None and not isinstance(endpoint, Name | Literal):
                _must_be_plain(wanted)


def endpoints_of(test: Test) -> Iterator[tuple[str, Expression]]:
    """Return what a test compares with, and how."""
    match test:
        case Equal(value):
            yield "=", value
        case Compared(sign, endpoint):
            yield sign, endpoint
        case Interval(low, high):
            yield ">=", low
            yield "<=", high


def _negated(kind: Type | None) -> Type | None:
    if kind is not None and kind not in {Type.NUMBER, *LENGTHS}:
        raise CellRefused("type_uncomputed", left="", sign="-", right=kind.value)
    return kind


def _computed(sign: str, left: Type | None, right: Type | None) -> Type | None:
    if left is None or right is None:
        _must_be_plain(left or right)
        return None
    found = COMPUTED.get((sign, left, right))
    if found is None:
        raise CellRefused("type_uncomputed", left=left.value, sign=sign, right=right.value)
    return found


def _must_compare(sign: str, left: Type | None, right: Type | None) -> None:
    if left is not None and right is not None and left is not right:
        raise CellRefused("type_differs", found=right.value, wanted=left.value)
    kind = left or right
    if sign in ORDER and kind is not None and kind not in ORDERED:
        raise CellRefused("type_unordered", type=kind.value)


def _must_be_plain(kind: Type | None) -> None:
    """Refuse to compute a date with what has no type: the data would bring a text."""
    if kind is not None and kind in WRITTEN_AS_TEXT:
        raise CellRefused("operand_untyped", type=kind.value)


def _must_be_known(kind: Type | None) -> None:
    """Refuse a date in a column without a type: the data would bring a text."""
    if kind is not None and kind in WRITTEN_AS_TEXT:
        raise CellRefused("type_missing", found=kind.value)
