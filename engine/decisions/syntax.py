"""What a cell can say, as a tree: S-FEEL's simple expressions and unary tests."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.decisions.kinds import Value


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that is written down."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the data, or a way into a context."""

    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the name as it is written."""
        return ".".join(self.parts)


@dataclass(frozen=True, slots=True)
class Negation:
    """The negative of a number or a duration."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two values and one of ``+ - * /``."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values and one of ``= != < <= > >=``."""

    operator: str
    left: "Expression"
    right: "Expression"


Expression = Literal | Name | Negation | Arithmetic | Comparison


@dataclass(frozen=True, slots=True)
class Equal:
    """The input equals this value."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Compared:
    """The input lies on this side of the endpoint."""

    operator: str
    endpoint: Expression


@dataclass(frozen=True, slots=True)
class Interval:
    """The input lies between two endpoints, each in or out."""

    low: Expression
    high: Expression
    low_closed: bool
    high_closed: bool


Test = Equal | Compared | Interval


@dataclass(frozen=True, slots=True)
class UnaryTests:
    """One cell: any of its tests, or none of them; without tests it is ``-``."""

    tests: tuple[Test, ...] = ()
    negated: bool = False

    @property
    def anything(self) -> bool:
        """Tell whether it lets every value through."""
        return not self.tests


Node = Expression | Test | UnaryTests


def parts_of(node: Node) -> Iterator[Expression]:
    """Walk through every expression in a tree."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Expression):
            yield here
        for slot in here.__slots__:
            held = getattr(here, slot)
            parts = held if slot == "tests" else (held,)
            waiting.extend(part for part in parts if isinstance(part, Node))


def names_in(node: Node) -> frozenset[Name]:
    """Return the names that a tree reads."""
    return frozenset(part for part in parts_of(node) if isinstance(part, Name))


def is_fixed(node: UnaryTests) -> bool:
    """Tell whether a cell compares with written values only."""
    return not names_in(node)
