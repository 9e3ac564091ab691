"""Hit policies: what a table makes of the rules that match."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import reduce
from typing import Final

from engine.decisions.compare import SORTED
from engine.decisions.kinds import Value
from engine.decisions.model import Aggregation, HitPolicy
from engine.decisions.numbers import EXACT, number
from engine.decisions.values import FAULT
from engine.errors import Fault

Ranks = Sequence[Mapping[tuple[type, Value], int] | None]
"""The place of each allowed value of an output, for outputs that list theirs."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matches: its number in the table, its id, and what it gives."""

    row: int
    rule: str
    results: tuple[Value, ...]


def chosen(policy: HitPolicy, hits: list[Hit], ranks: Ranks) -> list[Hit]:
    """Return the hits that count, in the order in which they count."""
    return CHOICES[policy](hits, ranks)


def aggregated(aggregation: Aggregation, values: list[Value]) -> Value:
    """Return what COLLECT makes of its values; of nothing come nothing and a count of 0."""
    if aggregation is Aggregation.COUNT:
        return number(str(len(values)))
    if not values or None in values:
        return None
    kinds = {type(value) for value in values}
    fit = {Decimal} if aggregation is Aggregation.SUM else SORTED
    if len(kinds) > 1 or not kinds <= fit or len({_zoned(value) for value in values}) > 1:
        raise Fault(FAULT, f"the values have no {aggregation.value}")
    return REDUCED[aggregation](values)


def rank(results: tuple[Value, ...], ranks: Ranks) -> tuple[int, ...]:
    """Return how important a result is: the smaller, the more; nothing comes last."""
    places = zip(results, ranks, strict=True)
    return tuple(row.get((type(value), value), len(row)) for value, row in places if row)


def _unique(hits: list[Hit], _ranks: Ranks) -> list[Hit]:
    if len(hits) > 1:
        raise Fault(FAULT, f"the rules {_rules(hits)} match at once, but the table is UNIQUE")
    return hits


def _first(hits: list[Hit], _ranks: Ranks) -> list[Hit]:
    return hits[:1]


def _any(hits: list[Hit], _ranks: Ranks) -> list[Hit]:
    if any(hit.results != hits[0].results for hit in hits):
        raise Fault(FAULT, f"the rules {_rules(hits)} differ, but the table is ANY")
    return hits


def _priority(hits: list[Hit], ranks: Ranks) -> list[Hit]:
    return [min(hits, key=lambda hit: rank(hit.results, ranks))] if hits else []


def _all(hits: list[Hit], _ranks: Ranks) -> list[Hit]:
    return hits


def _output_order(hits: list[Hit], ranks: Ranks) -> list[Hit]:
    return sorted(hits, key=lambda hit: rank(hit.results, ranks))


def _rules(hits: list[Hit]) -> str:
    return ", ".join(str(hit.row) for hit in hits)


def _zoned(value: Value) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None


def _sum(values: list[Value]) -> Value:
    return reduce(EXACT.add, values)


CHOICES: Final[Mapping[HitPolicy, Callable[[list[Hit], Ranks], list[Hit]]]] = {
    HitPolicy.UNIQUE: _unique,
    HitPolicy.FIRST: _first,
    HitPolicy.ANY: _any,
    HitPolicy.PRIORITY: _priority,
    HitPolicy.RULE_ORDER: _all,
    HitPolicy.OUTPUT_ORDER: _output_order,
    HitPolicy.COLLECT: _all,
}
REDUCED: Final[Mapping[Aggregation, Callable[[list[Value]], Value]]] = {
    Aggregation.SUM: _sum,
    Aggregation.MIN: min,
    Aggregation.MAX: max,
}
