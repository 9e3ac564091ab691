"""Rows of a breakdown pasted from a spreadsheet: cells between tabs, one row a line."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from types import MappingProxyType

from engine import Session
from workflows import units
from workflows.actors import leaders
from workflows.calendar import today
from workflows.imports import cells
from workflows.imports.cells import CellUnread
from workflows.units import plain_name

MOST = 200
ORDER = (
    "title", "target", "sponsor_post_id", "lead_unit_id", "co_unit_ids", "responsible_person",
    "due_on", "weight",
)  # fmt: skip
"""The columns of a table without a head, in their order; also the fields of a row."""

LOOKED_UP = ("sponsor_post_id", "lead_unit_id", "due_on")

HEADS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "responsible_person": ("责任人", "经办人", "联系人"),
        "sponsor_post_id": ("牵头领导", "分管领导", "市领导", "领导"),
        "co_unit_ids": ("协办", "配合", "会办", "参与"),
        "lead_unit_id": ("单位", "部门", "主办", "牵头"),
        "due_on": ("时限", "期限", "时间", "日期"),
        "weight": ("权重", "比重"),
        "target": ("目标", "标准", "要求"),
        "title": ("任务", "事项", "内容", "工作", "措施"),
    }
)
"""Words by which a head is known; what comes first is looked for first."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that says something nobody knows; its field stays empty."""

    row: int
    field: str
    text: str


@dataclass(slots=True)
class Pasted:
    """Rows as the form has them, by the names of :data:`ORDER`, and what couldn't be read."""

    rows: list[dict[str, str]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def paste(session: Session, text: str, before: int = 0) -> Pasted:
    """Read pasted cells; names become numbers of posts and units, days are written out."""
    found = csv.reader(StringIO(text), delimiter="\t")
    lines = [line for line in found if any(map(str.strip, line))]
    columns = _head(lines[0]) if lines else None
    table = lines[1:] if columns else lines
    reading = _Reader(session)
    pasted = Pasted()
    for place, line in enumerate(table[:MOST], start=before + 1):
        told = dict(zip(columns or _plain(line), (cell.strip() for cell in line), strict=False))
        told.pop("", None)
        row, unread = reading.read(told)
        pasted.rows.append(row)
        pasted.unread += [Unread(place, name, told[name]) for name in unread]
    return pasted


def _head(line: Sequence[str]) -> list[str] | None:
    """Return the fields that a head's cells name, or nothing if it is no head."""
    named = [_field(cell) for cell in line]
    found = [name for name in named if name]
    return named if len(found) > 1 and "title" in found else None


def _field(cell: str) -> str:
    short = cell.strip()
    if len(short) > max(map(len, HEADS["title"])) * 5:
        return ""
    return next((name for name, words in HEADS.items() if any(w in short for w in words)), "")


def _plain(line: Sequence[str]) -> Sequence[str]:
    """Return the fields of a table without a head; a first cell that only counts is left out."""
    return ("", *ORDER) if line[0].strip().isdigit() else ORDER


class _Reader:
    """Knows the office's units, leaders and calendar while a table is read."""

    def __init__(self, session: Session) -> None:
        self._units = {name: str(unit.id) for name, unit in units.names(session).items()}
        posts = reversed(leaders(session))
        self._leaders = {plain_name(post.name): str(post.id) for post in posts}
        self._today = today(session)

    def read(self, told: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
        """Return a row of the form, and the fields whose cells nobody can read."""
        row = {name: told.get(name, "") for name in ORDER}
        row["sponsor_post_id"] = self._leaders.get(plain_name(row["sponsor_post_id"]), "")
        row["lead_unit_id"] = self._units.get(plain_name(row["lead_unit_id"]), "")
        row["due_on"] = self._day(row["due_on"])
        return row, [name for name in LOOKED_UP if told.get(name) and not row[name]]

    def _day(self, text: str) -> str:
        try:
            return cells.day(text, self._today)[0].isoformat() if text else ""
        except CellUnread:
            return ""


def co_units(session: Session, text: str) -> tuple[list[int], list[str]]:
    """Return the units that a cell names, and the names that nobody knows."""
    known = units.names(session)
    names = cells.unit_names(text) if text.strip() else []
    found = {name: known.get(plain_name(name)) for name in names}
    ids = [unit.id for unit in found.values() if unit is not None]
    return ids, [name for name, unit in found.items() if unit is None]
