"""Checks that a decision can be computed: names, types, hit policy, allowed values."""

from collections.abc import Iterator
from datetime import datetime

from engine.decisions.compare import lies
from engine.decisions.compute import constant
from engine.decisions.infer import check_result, check_tests
from engine.decisions.kinds import ORDERED, Type
from engine.decisions.model import (
    Aggregation,
    Decision,
    Definitions,
    HitPolicy,
    Input,
    Output,
    Rule,
    Table,
)
from engine.decisions.names import Names, names_of
from engine.decisions.notes import Notes
from engine.decisions.ordering import cycle_in
from engine.decisions.plan import listed
from engine.decisions.refusals import CellRefused
from engine.decisions.syntax import (
    Expression,
    Interval,
    Literal,
    UnaryTests,
    names_in,
    parts_of,
)
from engine.decisions.unary import passing
from engine.errors import Fault

RANKED = frozenset({HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER})


def check_file(file: Definitions, notes: Notes) -> None:
    """Note what can't be computed in any decision of a file."""
    ring = cycle_in(file.decisions)
    if ring:
        names = ", ".join(file.decisions[each].name or each for each in ring)
        notes.note_at("decision_cycle", ring[0], decisions=names)
    for decision in file.decisions.values():
        _check_requirements(decision, file, notes)
        if decision.table is not None:
            _Checker(decision, decision.table, names_of(decision, file), notes).check()


def _check_requirements(decision: Decision, file: Definitions, notes: Notes) -> None:
    """Note what is required but isn't there, and names that could mean two things."""
    where = (decision.id, decision.name or decision.id)
    decisions = [each for each in decision.required_decisions if each in file.decisions]
    inputs = [each for each in decision.required_inputs if each in file.inputs]
    for each in decision.required_decisions + decision.required_inputs:
        if each not in {*decisions, *inputs}:
            notes.note_at("requirement_unknown", *where, reference=each)
    names = [name for each in dict.fromkeys(decisions) for name in file.decisions[each].called]
    names += [file.inputs[each].name for each in dict.fromkeys(inputs)]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        notes.note_at("requirement_twice", *where, name=name)


class _Checker:
    """Checks one table."""

    def __init__(self, decision: Decision, table: Table, names: Names, notes: Notes) -> None:
        self._name = decision.name or decision.id
        self._table = table
        self._names = names
        self._notes = notes

    def check(self) -> None:
        """Note all that is wrong with the table."""
        self._check_policy()
        self._check_outputs()
        if not self._table.rules:
            self._note("rule_missing", self._table.id)
        for place, column in enumerate(self._table.inputs):
            self._check_input(column)
            self._check_zones(place, column)
        for output in self._table.outputs:
            self._check_output(output)
        for row, rule in enumerate(self._table.rules, 1):
            self._check_rule(row, rule)

    def _note(self, code: str, element_id: str, *where: object, **facts: object) -> None:
        self._notes.note_at(code, element_id, self._name, *where, **facts)

    def _check_input(self, column: Input) -> None:
        if column.expression is not None:
            self._check_names(column.expression, column.id, column.label)
            self._check_expression(column.expression, column.type, column.id, column.label)
        if column.allowed is not None:
            self._check_tests(column.allowed, column.type, column.id, column.label)

    def _check_rule(self, row: int, rule: Rule) -> None:
        for cell, column in zip(rule.tests, self._table.inputs, strict=False):
            if cell is not None:
                self._check_names(cell, rule.id, row, column.label)
                self._check_tests(cell, column.type, rule.id, row, column.label)
        for result, output in zip(rule.results, self._table.outputs, strict=False):
            if result is not None:
                self._check_result(result, output, rule.id, row, output.label)

    def _check_policy(self) -> None:
        table, aggregation = self._table, self._table.aggregation
        if aggregation and table.hit_policy is not HitPolicy.COLLECT:
            self._note("aggregation_misplaced", table.id)
        elif aggregation and len(table.outputs) != 1:
            self._note("aggregation_outputs", table.id)
        elif aggregation and aggregation is not Aggregation.COUNT:
            kind = table.outputs[0].type
            fit = {Type.NUMBER} if aggregation is Aggregation.SUM else ORDERED
            if kind is not None and kind not in fit:
                self._note(
                    "aggregation_type", table.id, aggregation=aggregation.value, type=kind.value
                )
        if table.hit_policy in RANKED and not any(listed(o.allowed) for o in table.outputs):
            self._note("priority_missing", table.id, policy=table.hit_policy.value)

    def _check_outputs(self) -> None:
        names = [output.name for output in self._table.outputs]
        if not names:
            self._note("output_missing", self._table.id)
        if len(names) > 1 and "" in names:
            self._note("output_unnamed", self._table.id)
        for name in {name for name in names if name and names.count(name) > 1}:
            self._note("output_twice", self._table.id, name=name)

    def _check_output(self, output: Output) -> None:
        if output.allowed is not None:
            self._check_tests(output.allowed, output.type, output.id, output.label)
        if output.default is not None:
            self._check_result(output.default, output, output.id, output.label)

    def _check_names(self, node: Expression | UnaryTests, element_id: str, *where: object) -> None:
        """Note names that nothing has."""
        for name in sorted(names_in(node), key=lambda each: each.text):
            if not self._names.has(name):
                self._note("name_unknown", element_id, *where, name=name.text)

    def _check_expression(
        self, node: Expression, wanted: Type | None, element_id: str, *where: object
    ) -> bool:
        try:
            check_result(node, self._names.types, wanted)
        except CellRefused as error:
            self._note(error.code, element_id, *where, **error.about)
            return False
        return True

    def _check_tests(
        self, cell: UnaryTests, wanted: Type | None, element_id: str, *where: object
    ) -> None:
        try:
            check_tests(cell, self._names.types, wanted)
        except CellRefused as error:
            self._note(error.code, element_id, *where, **error.about)
            return
        for test in cell.tests:
            if isinstance(test, Interval) and not names_in(test) and _is_backwards(test):
                self._note("range_backwards", element_id, *where)

    def _check_result(
        self, node: Expression, output: Output, element_id: str, *where: object
    ) -> None:
        self._check_names(node, element_id, *where)
        fits = self._check_expression(node, output.type, element_id, *where)
        if not fits or output.allowed is None or names_in(node):
            return
        value = constant(node)
        passes = passing(output.allowed, {}, output.type)
        if value is not None and passes and not passes(value, {}):
            self._note("value_not_allowed", element_id, *where, value=str(value))

    def _check_zones(self, place: int, column: Input) -> None:
        """Note moments that can't be compared with each other."""
        cells = [rule.tests[place] for rule in self._table.rules if rule.tests]
        zones = {value.tzinfo is None for cell in cells if cell for value in _moments(cell)}
        if len(zones) > 1:
            self._note("zone_mixed", column.id, column.label)


def _is_backwards(test: Interval) -> bool:
    low, high = constant(test.low), constant(test.high)
    try:
        return bool(lies(">")(low, high))
    except Fault:  # moments with and without a zone: told for the whole column
        return False


def _moments(cell: UnaryTests) -> Iterator[datetime]:
    for part in parts_of(cell):
        if isinstance(part, Literal) and isinstance(part.value, datetime):
            yield part.value
