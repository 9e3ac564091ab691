"""Two versions of a decision table side by side: which rows came, went, or say something else."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from engine import DecisionTable, TableColumn, TableRow
from workflows.rule_tables import INPUT


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that says something else: the texts before and after."""

    column: TableColumn
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that came, went or changed; ``row`` is its place in the newer table, or the older."""

    what: str
    row: int
    key: Sequence[tuple[TableColumn, str]]
    cells: Sequence[CellChange]
    old_note: str = ""
    new_note: str = ""


ADDED, REMOVED, CHANGED = "added", "removed", "changed"


def differences(old: DecisionTable, new: DecisionTable) -> list[RowChange]:
    """Return every row that differs; a row is known by what it tests, then by its place."""
    before, after = _keyed(old), _keyed(new)
    found = [_changed(new, after[key], before[key][1]) for key in after if key in before]
    found += [_whole(ADDED, new, after[key]) for key in after if key not in before]
    found += [_whole(REMOVED, old, before[key]) for key in before if key not in after]
    return sorted((each for each in found if each is not None), key=lambda each: each.row)


def _keyed(table: DecisionTable) -> dict[Hashable, tuple[int, TableRow]]:
    """Return the rows by what they test; several that test the same also by what they give."""
    keyed: dict[Hashable, tuple[int, TableRow]] = {}
    tests = sum(column.side == INPUT for column in table.columns)
    for place, row in enumerate(table.rows):
        own = tests + (table.policy != "UNIQUE")
        key = tuple(cell.text for cell in row.cells[:own])
        number = 0
        while (key, number) in keyed:
            number += 1
        keyed[key, number] = (place, row)
    return keyed


def _changed(new: DecisionTable, found: tuple[int, TableRow], before: TableRow) -> RowChange | None:
    place, after = found
    cells = [
        CellChange(column, old.text, own.text)
        for column, old, own in zip(new.columns, before.cells, after.cells, strict=True)
        if old.text != own.text
    ]
    if not cells and before.note == after.note:
        return None
    return RowChange(CHANGED, place, _key(new, after), cells, before.note, after.note)


def _whole(what: str, table: DecisionTable, found: tuple[int, TableRow]) -> RowChange:
    place, row = found
    cells = [
        CellChange(column, "" if what == ADDED else cell.text, cell.text if what == ADDED else "")
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.side != INPUT and cell.text
    ]
    return RowChange(what, place, _key(table, row), cells)


def _key(table: DecisionTable, row: TableRow) -> list[tuple[TableColumn, str]]:
    return [
        (column, cell.text)
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.side == INPUT
    ]
