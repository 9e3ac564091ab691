"""Reads the XML of a decision file into records, noting whatever can't be understood."""

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from lxml import etree

from engine.decisions.kinds import SPELLINGS, Type
from engine.decisions.model import (
    Aggregation,
    Decision,
    Definitions,
    HitPolicy,
    Input,
    InputData,
    Output,
    Rule,
    Table,
)
from engine.decisions.notes import Notes
from engine.decisions.parse import expression, unary_tests
from engine.decisions.refusals import CellRefused
from engine.decisions.syntax import UnaryTests, names_in
from engine.decisions.vocabulary import child, children, text_of

T = TypeVar("T")
Choice = TypeVar("Choice", bound=Enum)


def read(root: etree._Element, notes: Notes) -> Definitions:
    """Read one file into records."""
    reader = _Reader(notes)
    decisions = [reader.decision(each) for each in children(root, "decision")]
    inputs = [reader.input_data(each) for each in children(root, "inputData")]
    return Definitions(
        root.get("id", ""),
        root.get("name", ""),
        {each.id: each for each in decisions},
        {each.id: each for each in inputs},
    )


class _Reader:
    """Reads the parts of a file; what is wrong goes to the notes."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def decision(self, element: etree._Element) -> Decision:
        """Read one decision."""
        table = child(element, "decisionTable")
        if table is None and child(element, "literalExpression") is None:
            self._notes.note("logic_missing", element)
        variable = child(element, "variable")
        return Decision(
            element.get("id", ""),
            element.get("name", ""),
            "" if variable is None else variable.get("name", ""),
            None if table is None else self._table(table),
            _required(element, "requiredDecision"),
            _required(element, "requiredInput"),
        )

    def input_data(self, element: etree._Element) -> InputData:
        """Read what comes from outside."""
        variable = child(element, "variable")
        name = element.get("name", "")
        if variable is None:
            return InputData(element.get("id", ""), name)
        kind = self._type(variable)
        return InputData(element.get("id", ""), variable.get("name") or name, kind)

    def _table(self, element: etree._Element) -> Table:
        aggregation = element.get("aggregation")
        table = Table(
            element.get("id", ""),
            self._choice(HitPolicy, element, "policy_unknown", policy=element.get("hitPolicy"))
            or HitPolicy.UNIQUE,
            self._choice(Aggregation, element, "aggregation_unknown", aggregation=aggregation),
            tuple(self._input(each) for each in children(element, "input")),
            tuple(self._output(each) for each in children(element, "output")),
            (),
        )
        rules = enumerate(children(element, "rule"), 1)
        return Table(
            table.id,
            table.hit_policy,
            table.aggregation,
            table.inputs,
            table.outputs,
            tuple(self._rule(each, row, table) for row, each in rules),
        )

    def _choice(
        self, choices: type[Choice], element: etree._Element, code: str, **written: str | None
    ) -> Choice | None:
        """Return what was chosen; nothing was, or nothing that is known."""
        (value,) = written.values()
        if value is None:
            return None
        try:
            return choices(value)
        except ValueError:
            self._notes.note(code, element, **written)
            return None

    def _input(self, element: etree._Element) -> Input:
        asked = child(element, "inputExpression")
        text = text_of(asked)
        where = element.get("label") or text
        if asked is None or not text:
            self._notes.note("input_empty", element, where)
        return Input(
            element.get("id", ""),
            where,
            self._read(expression, asked, where) if asked is not None and text else None,
            " ".join(text.split()),
            None if asked is None else self._type(asked),
            self._allowed(child(element, "inputValues"), where),
        )

    def _output(self, element: etree._Element) -> Output:
        default = child(element, "defaultOutputEntry")
        name = element.get("name") or ""
        where = element.get("label") or name
        return Output(
            element.get("id", ""),
            name,
            where,
            self._type(element),
            self._allowed(child(element, "outputValues"), where),
            self._read(expression, default, where) if text_of(default) else None,
        )

    def _rule(self, element: etree._Element, row: int, table: Table) -> Rule:
        tests = list(children(element, "inputEntry"))
        results = list(children(element, "outputEntry"))
        if len(tests) != len(table.inputs) or len(results) != len(table.outputs):
            self._notes.note("rule_uneven", element, row)
            return Rule(element.get("id", ""), (), ())
        return Rule(
            element.get("id", "") or str(row),
            tuple(
                self._read(unary_tests, cell, row, column.label)
                for cell, column in zip(tests, table.inputs, strict=True)
            ),
            tuple(
                self._read(expression, cell, row, output.label) if text_of(cell) else None
                for cell, output in zip(results, table.outputs, strict=True)
            ),
        )

    def _allowed(self, element: etree._Element | None, where: str) -> UnaryTests | None:
        if element is None or not text_of(element):
            return None
        allowed = self._read(unary_tests, element, where)
        for name in names_in(allowed) if allowed else ():
            self._notes.note("name_in_allowed", element, where, name=name.text)
            return None
        return allowed

    def _read(
        self, read: Callable[[str], T], element: etree._Element | None, *where: object
    ) -> T | None:
        if element is None:
            return None
        try:
            return read(text_of(element))
        except CellRefused as error:
            self._notes.refused(error, element, *where)
            return None

    def _type(self, element: etree._Element) -> Type | None:
        written = element.get("typeRef", "")
        if written not in SPELLINGS:
            self._notes.note("type_unknown", element, type=written)
            return None
        return SPELLINGS[written]


def _required(element: etree._Element, name: str) -> tuple[str, ...]:
    """Return the ids of what a decision requires, by kind."""
    return tuple(
        reference.get("href", "").removeprefix("#")
        for requirement in children(element, "informationRequirement")
        for reference in children(requirement, name)
    )
