"""Rules that administrators keep as decision tables: DMN files in the engine's store.

A shape says which columns a table has; its rows are data. What reads a table gets them as
records, what changes one writes the next version of its file.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import engine
from engine import DecisionTable, DecisionVersion, Session, TableColumn, TableRow
from workflows.rules import Acting
from workflows.tables import TableNote
from workflows.turns import wait_for_turn

INPUT, OUTPUT = "input", "output"
ANYTHING = "-"
UNIQUE, COLLECT = "UNIQUE", "COLLECT"

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a table looks like: its id, its Chinese name, its columns, and which may be empty."""

    name: str
    title: str
    policy: str
    columns: tuple[TableColumn, ...]
    optional: frozenset[str] = frozenset()

    @property
    def file(self) -> str:
        """Return the id of the file that holds the table."""
        return f"duban_{self.name}"

    @property
    def names(self) -> list[str]:
        """Return the names of the columns in their order."""
        return [column.name for column in self.columns]


@dataclass(frozen=True, slots=True)
class Record:
    """One row: what each of its columns says.

    An input says which values it holds for, or nothing if it holds for any; an output says
    its value, or nothing. ``row`` is its place, from nought on.
    """

    row: int
    id: str
    says: Values
    note: str = ""


def asks(name: str, label: str, allowed: Iterable[str] = ()) -> TableColumn:
    """Return a column that the rows are found by."""
    return TableColumn(INPUT, name, label, "string", tuple(allowed))


def gives(name: str, label: str, type_: str = "string", allowed: Iterable[str] = ()) -> TableColumn:
    """Return a column that says something."""
    return TableColumn(OUTPUT, name, label, type_, tuple(allowed))


# -- reading ------------------------------------------------------------------------------


def newest(session: Session, shape: Shape) -> DecisionTable | None:
    """Return the version that holds now; before the first one there is none."""
    try:
        return engine.decision_table(session, shape.name)
    except engine.DecisionUnknown:
        return None


def records(table: DecisionTable) -> list[Record]:
    """Return what the rows say; a cell that isn't plain says nothing."""
    return [Record(place, row.id, dict(_said(table, row)), row.note)
            for place, row in enumerate(table.rows)]  # fmt: skip


def _said(table: DecisionTable, row: TableRow) -> Iterator[tuple[str, Any]]:
    for column, cell in zip(table.columns, row.cells, strict=False):
        values = cell.values
        yield column.name, values[0] if values and column.side == OUTPUT else values


# -- writing ------------------------------------------------------------------------------


def table_of(shape: Shape, rows: Iterable[tuple[Values, str]]) -> DecisionTable:
    """Return the rows, each with its note, as a table of this shape."""
    written = (
        TableRow(
            f"{shape.name}_row_{place}",
            tuple(engine.table_cell(feel(column, says), column.side) for column in shape.columns),
            note,
        )
        for place, (says, note) in enumerate(rows, 1)
    )
    return DecisionTable(
        shape.file, shape.name, shape.title, shape.policy, shape.columns, tuple(written)
    )


def feel(column: TableColumn, says: Values) -> str:
    """Write what a column says as the text of its cell."""
    value = says.get(column.name)
    if value is None:
        return ANYTHING if column.side == INPUT else ""
    several = value if isinstance(value, (tuple, list)) else (value,)
    return ", ".join(json.dumps(each, ensure_ascii=False) for each in several)


def keep(
    session: Session,
    by: Acting | None,
    table: DecisionTable,
    note: str,
    *,
    back_to: int | None = None,
    reviewed_by: int | None = None,
) -> DecisionVersion:
    """Make a table the newest version of its file, and say why; nobody is the house itself."""
    who = "" if by is None else f"person:{by.person_id}"
    deployed = engine.deploy_decision(session, engine.write_decision_table(table), by=who)
    if session.get(TableNote, deployed.id) is None and (note or back_to):
        kept = TableNote(definition_id=deployed.id, note=note, back_to=back_to)
        kept.reviewed_by_id = reviewed_by
        session.add(kept)
        session.flush()
    return deployed


def my_turn(session: Session, shape: Shape) -> None:
    """Wait until nobody else changes this table; then read it, and change it."""
    wait_for_turn(session, f"rule_table.{shape.name}")


def with_columns(table: DecisionTable, shape: Shape) -> DecisionTable:
    """Return the rows under the very columns and names of a shape."""
    rows = tuple(
        row if row.id else replace(row, id=f"{shape.name}_new_{place}")
        for place, row in enumerate(table.rows, 1)
    )
    return replace(
        table,
        file=shape.file,
        decision=shape.name,
        name=shape.title,
        policy=shape.policy,
        columns=shape.columns,
        rows=rows,
    )


def fits(table: DecisionTable, shape: Shape) -> bool:
    """Tell whether a table has the columns of a shape, in their order."""
    return _sides(table.columns) == _sides(shape.columns) and all(
        len(row.cells) == len(shape.columns) for row in table.rows
    )


def _sides(columns: Sequence[TableColumn]) -> list[tuple[str, str]]:
    return [(column.side, column.name) for column in columns]
