"""A decision file made ready: compiled once, decided often."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.decisions.compute import Scope, Types, Work, computed
from engine.decisions.kinds import ANY, Type, Value
from engine.decisions.model import Decision, Definitions, HitPolicy, Input, Output, Rule, Table
from engine.decisions.names import names_of, names_read
from engine.decisions.ordering import before
from engine.decisions.policies import Hit, Ranks, aggregated, chosen
from engine.decisions.syntax import Equal, Literal, UnaryTests
from engine.decisions.unary import Passes, passing
from engine.decisions.values import FAULT, fitted, written
from engine.errors import Fault


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a decision gave, and the rules that led to it, by decision."""

    result: Any
    rules: Mapping[str, tuple[str, ...]]


class Plan:
    """The decisions of one file; deciding changes nothing in it."""

    def __init__(self, file: Definitions) -> None:
        self.file = file
        self._tables = {each.id: _Table(each, file) for each in file.decisions.values()}
        self._orders = {each: before(each, file.decisions) for each in file.decisions}

    def decide(self, decision_id: str, inputs: Mapping[str, Any]) -> Verdict:
        """Decide what a decision requires, and then the decision itself."""
        results: dict[str, Value] = {}
        rules: dict[str, tuple[str, ...]] = {}
        for each in self._orders[decision_id]:
            decision = self.file.decisions[each]
            scope = dict(inputs)
            for required in decision.required_decisions:
                names = self.file.decisions[required].called
                scope |= dict.fromkeys(names, results[required])
            results[each], rules[each] = self._tables[each].decide(scope)
        return Verdict(written(results[decision_id]), rules)

    def inputs(self, decision_id: str) -> Mapping[str, str]:
        """Return the data that a decision and all that it requires read, with their types."""
        read: dict[str, str] = {}
        for each in self._orders[decision_id]:
            found = self.file.decisions[each]
            required = {n for r in found.required_decisions for n in self.file.decisions[r].called}
            types = names_of(found, self.file).types
            for name in names_read(found):
                if name.parts[0] not in required:
                    kind = types.get(name.text) if len(name.parts) == 1 else None
                    read.setdefault(name.parts[0], kind.value if kind else ANY)
        return read


class _Table:
    """One table, its cells made into functions."""

    def __init__(self, decision: Decision, file: Definitions) -> None:
        if decision.table is None:  # the gate lets no such decision through
            raise Fault(FAULT, f"{decision.id!r} has no table")
        self._table = decision.table
        types = names_of(decision, file).types
        self._columns = [_Column(each, types) for each in self._table.inputs]
        self._results = [_Result(each, types) for each in self._table.outputs]
        self._ranks: Ranks = [each.ranks for each in self._results]
        self._rules = [
            _Row(row, rule, self._table, types) for row, rule in enumerate(self._table.rules, 1)
        ]

    def decide(self, scope: Scope) -> tuple[Value, tuple[str, ...]]:
        """Return the result of the table, and the ids of the rules that gave it."""
        values = [column.value(scope) for column in self._columns]
        hits = []
        for rule in self._rules:
            if rule.matches(values, scope):
                results = zip(rule.results, self._results, strict=True)
                given = tuple(result.value(work, scope) for work, result in results)
                hits.append(Hit(rule.row, rule.id, given))
                if self._table.hit_policy is HitPolicy.FIRST:
                    break
        counted = chosen(self._table.hit_policy, hits, self._ranks)
        return self._result(counted, scope), tuple(hit.rule for hit in counted)

    def _result(self, hits: list[Hit], scope: Scope) -> Value:
        if not hits and any(each.default for each in self._results):
            default = self._one(tuple(each.value(each.default, scope) for each in self._results))
            return [default] if self._table.lists else default
        if self._table.aggregation:
            return aggregated(self._table.aggregation, [hit.results[0] for hit in hits])
        if self._table.lists:
            return [self._one(hit.results) for hit in hits]
        return self._one(hits[0].results) if hits else None

    def _one(self, results: tuple[Value, ...]) -> Value:
        """Return a single output as it is, and several by their names."""
        if len(results) == 1:
            return results[0]
        names = (output.name for output in self._table.outputs)
        return dict(zip(names, results, strict=True))


class _Column:
    """One input, ready to be looked at."""

    def __init__(self, column: Input, types: Types) -> None:
        self._label, self._type = column.label, column.type
        self._work = computed(column.expression, types, column.type) if column.expression else None
        self._allowed = _allowed(column.allowed, column.type)

    def value(self, scope: Scope) -> Value:
        """Return what the column sees, if it may."""
        seen = fitted(self._work(scope) if self._work else None, self._type, self._label)
        if self._allowed and seen is not None and not self._allowed(seen, scope):
            raise Fault(FAULT, f"{self._label!r} holds {seen}, which is not allowed")
        return seen


class _Result:
    """One output, ready to be given."""

    def __init__(self, output: Output, types: Types) -> None:
        self._name, self._type = output.label, output.type
        self._allowed = _allowed(output.allowed, output.type)
        self.default = computed(output.default, types, output.type) if output.default else None
        self.ranks = ranks_of(output.allowed)

    def value(self, work: Work | None, scope: Scope) -> Value:
        """Return what a cell gives, if it may."""
        given = fitted(work(scope) if work else None, self._type, self._name)
        if self._allowed and given is not None and not self._allowed(given, scope):
            raise Fault(FAULT, f"{self._name!r} would be {given}, which is not allowed")
        return given


class _Row:
    """One rule; only its cells that test something are kept."""

    def __init__(self, row: int, rule: Rule, table: Table, types: Types) -> None:
        self.row, self.id = row, rule.id
        self._tests: list[tuple[int, Passes]] = []
        for place, (cell, column) in enumerate(zip(rule.tests, table.inputs, strict=True)):
            passes = passing(cell or UnaryTests(), types, column.type)
            if passes is not None:
                self._tests.append((place, passes))
        self.results = [
            computed(cell, types, output.type) if cell else None
            for cell, output in zip(rule.results, table.outputs, strict=True)
        ]

    def matches(self, values: list[Value], scope: Scope) -> bool:
        """Tell whether every test lets its value through."""
        for place, passes in self._tests:  # noqa: SIM110 (`all` would cost as much as the tests)
            if not passes(values[place], scope):
                return False
        return True


def _allowed(cell: UnaryTests | None, wanted: Type | None) -> Passes | None:
    return None if cell is None else passing(cell, {}, wanted)


def ranks_of(allowed: UnaryTests | None) -> Mapping[tuple[type, Value], int] | None:
    """Return the place of each value in a plain list of values."""
    values = listed(allowed)
    return {(type(v), v): place for place, v in reversed(list(enumerate(values)))} or None


def listed(allowed: UnaryTests | None) -> list[Value]:
    """Return the allowed values in their order, if they are a plain list."""
    tests = allowed.tests if allowed and not allowed.negated else ()
    found = [t.value.value for t in tests if isinstance(t, Equal) and isinstance(t.value, Literal)]
    return found if len(found) == len(tests) else []
