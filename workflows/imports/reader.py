"""Reads a workbook in a process of its own, which may die of it; run as a script.

The bytes come in on standard input, what stands in them goes out as JSON. It imports nothing
of the house, so that it starts at once.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

MEMORY = 1024 * 1024 * 1024
SECONDS = 20


def main(most_rows: int, most_columns: int) -> None:
    """Read the workbook within narrow limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    told: dict[str, Any]
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        told = {"sheets": [read(sheet, most_rows, most_columns) for sheet in sheets]}
    except CalamineError as error:
        told = {"broken": str(error)}
    sys.stdout.write(json.dumps(told, default=dated))


def read(sheet: CalamineSheet, most_rows: int, most_columns: int) -> dict[str, Any]:
    """Return a sheet's cells and which of them are merged; one that is too large has none."""
    if sheet.height > most_rows or sheet.width > most_columns:
        return {"name": sheet.name, "cells": None, "merged": []}
    cells = sheet.to_python(skip_empty_area=False)
    return {"name": sheet.name, "cells": cells, "merged": sheet.merged_cell_ranges or []}


def dated(cell: object) -> dict[str, Any]:
    """Return a date, a time or a span as JSON can hold it."""
    match cell:
        case datetime():
            return {"datetime": cell.isoformat()}
        case date():
            return {"date": cell.isoformat()}
        case time():
            return {"time": cell.isoformat()}
        case timedelta():
            return {"seconds": cell.total_seconds()}
        case _:
            raise TypeError(type(cell).__name__)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
