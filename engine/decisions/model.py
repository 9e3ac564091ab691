"""What a decision file says, as plain records; the names are the standard's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from engine.decisions.kinds import Type
from engine.decisions.syntax import Expression, UnaryTests


class HitPolicy(Enum):
    """What happens when several rules match."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    ANY = "ANY"
    PRIORITY = "PRIORITY"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"
    COLLECT = "COLLECT"


class Aggregation(Enum):
    """What COLLECT makes of all that it collects."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


@dataclass(frozen=True, slots=True)
class Input:
    """One column of conditions: what it looks at, and which values may come."""

    id: str
    label: str
    expression: Expression | None
    text: str
    type: Type | None = None
    allowed: UnaryTests | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """One column of results; the order of its allowed values is their priority."""

    id: str
    name: str
    label: str
    type: Type | None = None
    allowed: UnaryTests | None = None
    default: Expression | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row; a cell that couldn't be read is nothing."""

    id: str
    tests: tuple[UnaryTests | None, ...]
    results: tuple[Expression | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table."""

    id: str
    hit_policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]

    @property
    def lists(self) -> bool:
        """Tell whether it gives a list of results."""
        several = {HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT}
        return self.hit_policy in several and self.aggregation is None


@dataclass(frozen=True, slots=True)
class InputData:
    """What comes from outside, as drawn."""

    id: str
    name: str
    type: Type | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: its table, and what it requires to be known first."""

    id: str
    name: str
    variable: str
    table: Table | None
    required_decisions: tuple[str, ...] = ()
    required_inputs: tuple[str, ...] = ()

    @property
    def called(self) -> tuple[str, ...]:
        """Return the names by which others read its result."""
        return tuple(dict.fromkeys(name for name in (self.variable, self.name) if name))


@dataclass(frozen=True, slots=True)
class Definitions:
    """One file of decisions."""

    id: str
    name: str
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    inputs: Mapping[str, InputData] = field(default_factory=dict)
