"""Reads the text of a cell into a tree: simple expressions and unary tests.

The grammar is S-FEEL's, with three things of full FEEL that mean there what they mean
here: parentheses, ``null``, and endpoints that are computed.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from engine.decisions.durations import read_day, read_duration, read_moment
from engine.decisions.kinds import Value
from engine.decisions.numbers import number
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
from engine.decisions.tokens import END, Token, tokens_of
from engine.values import SURROGATES

DEEP: Final = 20
PARTS: Final = 100
WORDS: Final = {"true": True, "false": False, "null": None}
FUNCTIONS: Final[dict[str, Callable[[str], Value]]] = {
    "date": read_day,
    "date and time": read_moment,
    "duration": read_duration,
}
SIDES: Final = frozenset({"<", "<=", ">", ">="})
EQUALITIES: Final = frozenset({"=", "!="})
ESCAPE: Final = re.compile(r"\\(?![\"\\/bfnrt]|u[0-9a-fA-F]{4})")


def unary_tests(text: str) -> UnaryTests:
    """Read the cell of an input."""
    reader = _Reader(text)
    tests = reader.unary_tests()
    reader.must_not_compare()
    reader.must_be_done()
    return tests


def expression(text: str) -> Expression:
    """Read the cell of an output, or what an input column looks at."""
    reader = _Reader(text)
    read = reader.comparison()
    reader.must_be_done()
    return read


class _Reader:
    """Reads by descent; the words still to come stand in reverse."""

    def __init__(self, text: str) -> None:
        self._rest = tokens_of(text)[::-1]
        self._depth = 0
        self._parts = 0

    def unary_tests(self) -> UnaryTests:
        """Read ``-``, a list of tests, or ``not(…)``."""
        if not self._rest or (len(self._rest) == 1 and self._next().text == "-"):
            self._rest.clear()
            return UnaryTests()
        if self._next() == Token("function", "not"):
            self._take()
            self._must("(")
            tests = self._tests()
            self._must(")")
            return UnaryTests(tests, negated=True)
        return UnaryTests(self._tests())

    def comparison(self) -> Expression:
        """Read a simple expression."""
        left = self._sum()
        if self._next().text in SIDES | EQUALITIES and self._next().kind == "sign":
            return Comparison(self._take().text, left, self._sum())
        return left

    def must_not_compare(self) -> None:
        """Refuse ``age > 18``: a cell is compared with its column anyway."""
        if self._next().text in SIDES | EQUALITIES:
            raise CellRefused("comparison_misplaced", sign=self._next().text)

    def must_be_done(self) -> None:
        """Refuse whatever stands behind the end."""
        if self._rest:
            raise self._unexpected()

    def _tests(self) -> tuple[Test, ...]:
        found = [self._test()]
        while self._is(","):
            self._take()
            found.append(self._test())
        return tuple(found)

    def _test(self) -> Test:
        self._parts = 0
        if self._next().kind == "sign":
            if self._next().text in SIDES:
                return Compared(self._take().text, self._sum())
            if self._next().text in EQUALITIES:
                raise CellRefused("equals_needless", sign=self._next().text)
            if self._next().text in {"[", "]"} or self._begins_interval():
                return self._interval()
        return Equal(self._sum())

    def _begins_interval(self) -> bool:
        """Tell ``(1..2)`` from ``(1+2)``: an interval has dots before its parenthesis closes."""
        depth = 0
        for token in reversed(self._rest):
            if token.kind != "sign":
                continue
            depth += {"(": 1, ")": -1, "]": -1, "[": -1}.get(token.text, 0)
            if token.text == ".." and depth == 1:
                return True
            if depth == 0:
                break
        return False

    def _interval(self) -> Interval:
        begin = self._take().text
        low = self._sum()
        self._must("..")
        high = self._sum()
        if not (self._is(")") or self._is("]") or self._is("[")):
            raise self._unexpected()
        return Interval(low, high, begin == "[", self._take().text == "]")

    def _sum(self) -> Expression:
        left = self._product()
        while self._is("+") or self._is("-"):
            left = Arithmetic(self._take().text, left, self._product())
        return left

    def _product(self) -> Expression:
        left = self._factor()
        while self._is("*") or self._is("/"):
            left = Arithmetic(self._take().text, left, self._factor())
        return left

    def _factor(self) -> Expression:
        self._parts += 1
        if self._parts > PARTS:
            raise CellRefused("cell_parts", most=PARTS)
        if self._is("-"):
            self._take()
            return self._deeper(self._negative)
        if self._is("("):
            self._take()
            inside = self._deeper(self.comparison)
            self._must(")")
            return inside
        return self._value(self._take())

    def _negative(self) -> Expression:
        operand = self._factor()
        if isinstance(operand, Literal) and isinstance(operand.value, Decimal):
            return Literal(-operand.value)
        return Negation(operand)

    def _deeper(self, read: Callable[[], Expression]) -> Expression:
        self._depth += 1
        if self._depth > DEEP:
            raise CellRefused("cell_parts", most=DEEP)
        found = read()
        self._depth -= 1
        return found

    def _value(self, token: Token) -> Expression:
        match token.kind:
            case "number":
                return Literal(number(token.text))
            case "string":
                return Literal(_text(token.text))
            case "function":
                return self._dated(token.text)
            case "name" if token.text in WORDS:
                return Literal(WORDS[token.text])
            case "name":
                return self._name(token.text)
        self._rest.append(token)
        raise self._unexpected()

    def _name(self, first: str) -> Name:
        parts = [first]
        while self._is("."):
            self._take()
            if self._next().kind != "name":
                raise self._unexpected()
            parts.append(self._take().text)
        if self._is("("):
            raise CellRefused("feel_unsupported", word=f"{first}(…)")
        return Name(tuple(parts))

    def _dated(self, function: str) -> Literal:
        read = FUNCTIONS.get(function)
        if read is None:
            raise CellRefused("feel_unsupported", word=f"{function}(…)")
        self._must("(")
        token = self._take()
        if token.kind != "string":
            raise CellRefused("feel_unsupported", word=f"{function}(…)")
        self._must(")")
        text = _text(token.text)
        try:
            return Literal(read(text))
        except (ValueError, OverflowError) as error:
            raise CellRefused("literal_unreadable", function=function, text=text) from error

    def _next(self) -> Token:
        return self._rest[-1] if self._rest else END

    def _take(self) -> Token:
        return self._rest.pop() if self._rest else END

    def _is(self, sign: str) -> bool:
        token = self._next()
        return token.kind == "sign" and token.text == sign

    def _must(self, sign: str) -> None:
        if not self._is(sign):
            raise self._unexpected()
        self._take()

    def _unexpected(self) -> CellRefused:
        token = self._next()
        if token is END:
            return CellRefused("cell_unfinished")
        return CellRefused("cell_unreadable", text=token.text[:40])


def _text(quoted: str) -> str:
    """Read a text with the escapes that FEEL and JSON share."""
    if ESCAPE.search(quoted.replace("\\\\", "")):
        raise CellRefused("text_unclosed", text=quoted[:40])
    read: str = json.loads(quoted, strict=False)
    if SURROGATES.search(read):
        raise CellRefused("text_unclosed", text=quoted[:40])
    return read
