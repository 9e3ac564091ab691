"""Secret rows are struck out of a workbook before anything of it is kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import xlsxwriter

from workflows.imports.cells import is_secret
from workflows.imports.sheets import Cell, RawSheet

MARK = "涉密"
"""What is left of a secret row, in the cell that gave it away."""

FORMATS = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd", time: "hh:mm:ss"}
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def redacted(sheets: Sequence[RawSheet]) -> list[RawSheet] | None:
    """Return the sheets without what their secret rows say, or None if no row is secret."""
    struck = [replace(sheet, cells=[_struck(row) for row in sheet.cells]) for sheet in sheets]
    return None if struck == list(sheets) else struck


def written(sheets: Sequence[RawSheet]) -> bytes:
    """Return sheets as a workbook: their cells and which of them are merged, and nothing else."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        formats = {kind: book.add_format({"num_format": how}) for kind, how in FORMATS.items()}
        plain = book.add_format()
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for (top, left), (bottom, right) in sheet.merged:
                page.merge_range(top, left, bottom, right, "", plain)
            for place, row in enumerate(sheet.cells):
                _write(page, place, row, formats)
    return file.getvalue()


def _struck(row: list[Cell]) -> list[Cell]:
    """Return a row as it may be kept: only the place of its mark, if it has one."""
    given_away = [place for place, cell in enumerate(row) if is_secret(str(cell))]
    if not given_away:
        return row
    return [MARK if place == given_away[0] else "" for place in range(len(row))]


def _write(page: Any, place: int, row: list[Cell], formats: dict[type, Any]) -> None:  # noqa: ANN401 (xlsxwriter has no types)
    for column, cell in enumerate(row):
        match cell:
            case "":
                continue
            case str():
                page.write_string(place, column, cell)
            case bool():
                page.write_boolean(place, column, cell)
            case int() | float():
                page.write_number(place, column, cell)
            case timedelta():
                page.write_string(place, column, str(cell))
            case _:
                page.write_datetime(place, column, cell, formats[type(cell)])
