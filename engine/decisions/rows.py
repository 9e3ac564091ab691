"""A decision file with one table, as rows of cells: read for people, and written again."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from lxml import etree

from engine.decisions.compute import constant
from engine.decisions.parse import expression, unary_tests
from engine.decisions.plan import listed
from engine.decisions.refusals import CellRefused
from engine.decisions.syntax import names_in
from engine.decisions.values import written
from engine.decisions.vocabulary import NAMESPACES, child, children, text_of
from engine.diagrams.xml import root_of
from engine.errors import Fault, Problem, Refused
from engine.records import DecisionTable, TableCell, TableColumn, TableRow

DMN: Final = NAMESPACES[0]
DRAWN: Final = frozenset(
    {
        "https://www.omg.org/spec/DMN/20191111/DMNDI/",
        "http://www.omg.org/spec/DMN/20180521/DMNDI/",
        "http://www.omg.org/spec/DMN/20180521/DI/",
        "http://www.omg.org/spec/DMN/20180521/DC/",
    }
)
"""The namespaces of the picture of a decision."""
INPUT, OUTPUT = "input", "output"
ANYTHING: Final = "-"


def read_table(xml: bytes) -> DecisionTable:
    """Read the only table of a file; cells that can't be understood keep their text."""
    problems: list[Problem] = []
    root = root_of(xml, lambda code, **facts: problems.append(Problem(code, None, None, facts)))
    if root is not None and root.tag not in {f"{{{space}}}definitions" for space in NAMESPACES}:
        problems.append(Problem("not_dmn", None, None, {}))
    if problems or root is None:
        raise Refused(problems)
    decisions = list(children(root, "decision"))
    table = child(decisions[0], "decisionTable") if len(decisions) == 1 else None
    if table is None:
        raise Refused([Problem("table_single", None, None, {"count": len(decisions)})])
    columns = [_input(each) for each in children(table, INPUT)]
    columns += [_output(each) for each in children(table, OUTPUT)]
    return DecisionTable(
        root.get("id", ""),
        decisions[0].get("id", ""),
        root.get("name", ""),
        table.get("hitPolicy", "UNIQUE"),
        tuple(columns),
        tuple(_row(each) for each in children(table, "rule")),
    )


def lost_of(xml: bytes) -> list[str]:
    """Name what of a file would be lost if its table were read and written again.

    How it is laid out isn't told: a table has no picture.
    """
    again = Counter(_names(write_table(read_table(xml))))
    lost = Counter(_names(xml)) - again
    return [name if count == 1 else f"{name} ({count})" for name, count in sorted(lost.items())]


def _names(xml: bytes) -> Iterator[str]:
    """Yield the names of the elements of a file; another tool's with its prefix."""
    root = root_of(xml, lambda _code, **_facts: None)
    for each in () if root is None else root.iter("*"):
        name = etree.QName(each)
        if name.namespace in NAMESPACES:
            yield name.localname
        elif name.namespace not in DRAWN:
            yield f"{each.prefix}:{name.localname}" if each.prefix else name.localname


def cell_of(text: str, side: str) -> TableCell:
    """Return a cell with the values that are written in it, if it holds nothing but values."""
    try:
        return TableCell(text, _tested(text) if side == INPUT else _given(text))
    except (CellRefused, Fault):
        return TableCell(text, None, plain=False)


def _tested(text: str) -> tuple[object, ...] | None:
    tests = unary_tests(text)
    if tests.anything:
        return None
    values = listed(tests)
    if not values:
        raise CellRefused("cell_unreadable", text=text)
    return tuple(written(value) for value in values)


def _given(text: str) -> tuple[object, ...] | None:
    if not text:
        return None
    node = expression(text)
    if names_in(node):
        raise CellRefused("cell_unreadable", text=text)
    return (written(constant(node)),)


def _input(element: etree._Element) -> TableColumn:
    asked = child(element, "inputExpression")
    return TableColumn(
        INPUT,
        " ".join(text_of(asked).split()),
        element.get("label", ""),
        "" if asked is None else asked.get("typeRef", ""),
        _allowed(child(element, "inputValues")),
    )


def _output(element: etree._Element) -> TableColumn:
    return TableColumn(
        OUTPUT,
        element.get("name", ""),
        element.get("label", ""),
        element.get("typeRef", ""),
        _allowed(child(element, "outputValues")),
    )


def _allowed(element: etree._Element | None) -> tuple[str, ...]:
    try:
        values = listed(unary_tests(text_of(element))) if text_of(element) else []
    except CellRefused:
        return ()
    return tuple(str(value) for value in values)


def _row(element: etree._Element) -> TableRow:
    cells = [
        *(cell_of(text_of(each), INPUT) for each in children(element, "inputEntry")),
        *(cell_of(text_of(each), OUTPUT) for each in children(element, "outputEntry")),
    ]
    said = child(element, "description")
    note = "" if said is None else (said.text or "").strip()
    return TableRow(element.get("id", ""), tuple(cells), note)


def write_table(table: DecisionTable) -> bytes:
    """Write a table as a DMN 1.3 file; the same table always gives the same bytes."""
    root = etree.Element(f"{{{DMN}}}definitions", nsmap={None: DMN})
    root.set("id", table.file)
    root.set("name", table.name)
    root.set("namespace", "urn:duban:dmn:1")
    decision = _below(root, "decision", id=table.decision, name=table.name)
    grid = _below(decision, "decisionTable", id=f"{table.decision}_table", hitPolicy=table.policy)
    for place, column in enumerate(table.columns):
        _write_column(grid, f"{table.decision}_{place}", column)
    for row in table.rows:
        _write_row(grid, row, table.columns)
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _write_column(grid: etree._Element, id_: str, column: TableColumn) -> None:
    if column.side == INPUT:
        element = _below(grid, INPUT, id=id_, label=column.label)
        asked = _below(element, "inputExpression", id=f"{id_}_of", typeRef=column.type)
        _text(asked, column.name)
        values = "inputValues"
    else:
        element = _below(
            grid, OUTPUT, id=id_, name=column.name, label=column.label, typeRef=column.type
        )
        values = "outputValues"
    if column.allowed:
        quoted = ", ".join(f'"{value}"' for value in column.allowed)
        _text(_below(element, values, id=f"{id_}_values"), quoted)


def _write_row(grid: etree._Element, row: TableRow, columns: tuple[TableColumn, ...]) -> None:
    rule = _below(grid, "rule", id=row.id)
    if row.note:
        _below(rule, "description").text = row.note
    for place, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
        name = "inputEntry" if column.side == INPUT else "outputEntry"
        _text(_below(rule, name, id=f"{row.id}_{place}"), cell.text)


def _below(parent: etree._Element, tag: str, /, **said: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{DMN}}}{tag}")
    for key, value in said.items():
        element.set(key, value)
    return element


def _text(parent: etree._Element, text: str) -> None:
    _below(parent, "text").text = text
