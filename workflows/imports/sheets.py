"""The cells of a workbook, read by another process: a hostile file only kills that one."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from workflows.errors import SheetRefused

Cell: TypeAlias = str | float | int | bool | date | datetime | time | timedelta
Merged: TypeAlias = Sequence[tuple[tuple[int, int], tuple[int, int]]]

READER = Path(__file__).with_name("reader.py")
MOST_ROWS = 5_000
MOST_COLUMNS = 100
PATIENCE = 30


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it stands in the file."""

    name: str
    cells: list[list[Cell]]
    merged: Merged


def read_sheets(content: bytes) -> list[RawSheet]:
    """Return every sheet of a workbook, or refuse one that can't be read within the limits."""
    try:
        done = subprocess.run(  # noqa: S603 (our own program; the file is only its input)
            [sys.executable, "-I", str(READER), str(MOST_ROWS), str(MOST_COLUMNS)],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SheetRefused("too_heavy") from error
    if done.returncode != 0:
        raise SheetRefused("too_heavy")
    told = json.loads(done.stdout, object_hook=_dated)
    if "broken" in told:
        raise SheetRefused("broken")
    return [_sheet(sheet) for sheet in told["sheets"]]


def _sheet(told: Mapping[str, Any]) -> RawSheet:
    if told["cells"] is None:
        raise SheetRefused("too_many_rows", sheet=told["name"], most=MOST_ROWS)
    return RawSheet(told["name"], told["cells"], told["merged"])


def _dated(told: dict[str, Any]) -> Any:  # noqa: ANN401 (a cell, or what holds cells)
    match told:
        case {"datetime": text}:
            return datetime.fromisoformat(text)
        case {"date": text}:
            return date.fromisoformat(text)
        case {"time": text}:
            return time.fromisoformat(text)
        case {"seconds": seconds}:
            return timedelta(seconds=seconds)
        case _:
            return told
