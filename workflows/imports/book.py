"""Reads a workbook: its sheets, where each one's header is, and the rows below it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO

from workflows.archives import must_be_harmless
from workflows.errors import SheetRefused
from workflows.imports.columns import Column
from workflows.imports.matching import Field, field_of
from workflows.imports.sheets import Cell, Merged, RawSheet, read_sheets

MOST_BYTES = 20 * 1024 * 1024
HEADER_WITHIN = 15
KNOWN_COLUMNS = 3
"""A row is a header once so many of its cells are names of ledger columns."""
ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header, with its number in the sheet."""

    number: int
    cells: tuple[Cell, ...]

    def text(self, place: int) -> str:
        """Return a cell as text; a missing one is empty."""
        return as_text(self.cells[place]) if place < len(self.cells) else ""

    @property
    def empty(self) -> bool:
        """Say whether nothing stands in the row."""
        return not any(as_text(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with a header: what stands above it, its columns and its rows."""

    name: str
    above: tuple[str, ...]
    header: tuple[int, int]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook; without a header there is no table in it."""

    name: str
    table: Table | None
    rows: int


def read_book(content: bytes) -> list[Sheet]:
    """Read every sheet of a workbook, with its table if it has one."""
    return tables(read_cells(content))


def tables(sheets: Iterable[RawSheet]) -> list[Sheet]:
    """Find the table of each sheet."""
    return [_sheet(sheet) for sheet in sheets]


def read_cells(content: bytes) -> list[RawSheet]:
    """Read the cells of a file, or refuse it: only plain xlsx workbooks come in."""
    if len(content) > MOST_BYTES:
        raise SheetRefused("too_large", most=MOST_BYTES)
    if not content.startswith(ZIP):
        raise SheetRefused("not_xlsx")
    names = must_be_harmless(BytesIO(content))
    if "xl/workbook.xml" not in names:
        raise SheetRefused("not_xlsx")
    return read_sheets(content)


def must_have_table(sheet: Sheet) -> Table:
    """Return a sheet's table, or refuse a sheet without a header."""
    if sheet.table is None:
        raise SheetRefused("no_header", sheet=sheet.name)
    return sheet.table


def as_text(cell: Cell) -> str:
    """Return a cell as somebody would read it; whole numbers have no point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell).strip()


def _sheet(sheet: RawSheet) -> Sheet:
    cells = sheet.cells
    spread = [row[:] for row in cells]
    for (top, left), (bottom, right) in sheet.merged:
        _spread(spread, (top, left), (bottom, right))
    found = _header(spread, sheet.merged)
    if found is None:
        return Sheet(sheet.name, None, len(cells))
    return Sheet(sheet.name, _table(sheet.name, cells, spread, found), len(cells) - found[1] - 1)


def _spread(cells: list[list[Cell]], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Write a merged cell's content into every cell that it covers."""
    if start[0] >= len(cells):
        return
    for row in cells[start[0] : end[0] + 1]:
        row[start[1] : end[1] + 1] = [cells[start[0]][start[1]]] * (end[1] + 1 - start[1])


def _header(cells: list[list[Cell]], merged: Merged) -> tuple[int, int] | None:
    """Return the first and the last row of the header: the first that names columns."""
    for number, row in enumerate(cells[:HEADER_WITHIN]):
        known = {field_of(as_text(cell)) for cell in row} - {None}
        if len(known) >= KNOWN_COLUMNS and Field.TITLE in known:
            covers = [end[0] for start, end in merged if start[0] == number]
            return number, max([number, *(last for last in covers if last <= number + 2)])
    return None


def _table(
    name: str, cells: list[list[Cell]], spread: list[list[Cell]], header: tuple[int, int]
) -> Table:
    first, last = header
    body = cells[last + 1 :]
    rows = tuple(Row(last + 2 + place, tuple(row)) for place, row in enumerate(body))
    above = tuple(text for row in cells[:first] if (text := as_text(row[0])))
    columns = [
        Column(place, title, _example(rows, place))
        for place in range(len(spread[first]))
        if (title := _title(spread[first : last + 1], place))
    ]
    return Table(name, above, header, tuple(columns), rows)


def _title(header: Sequence[Sequence[Cell]], place: int) -> str:
    """Return a column's heading; two different levels stand one behind the other."""
    levels = [as_text(row[place]).replace("\n", "") for row in header]
    return " › ".join(dict.fromkeys(level for level in levels if level))


def _example(rows: Sequence[Row], place: int) -> str:
    return next((text for row in rows if (text := row.text(place))), "")
