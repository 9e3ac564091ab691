"""Judges each row of a ledger: an item, a question, a refusal, or no item at all."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from workflows.imports import cells, matters, project_rows, proposals
from workflows.imports.book import Table, as_text
from workflows.imports.cells import CellUnread
from workflows.imports.columns import letter_of
from workflows.imports.knowledge import Knowledge
from workflows.imports.matching import Field, Matching, kind_of
from workflows.imports.reading import (
    NO_LIMIT,
    Answers,
    Candidate,
    Judged,
    Note,
    Reading,
    Stage,
    Verdict,
)
from workflows.tables import Kind

__all__ = [
    "NO_LIMIT",
    "Answers",
    "Candidate",
    "Judged",
    "Note",
    "Stage",
    "Verdict",
    "judge",
    "ready",
]

SUBTOTAL = re.compile("^(小计|合计|总计|共计|累计)")

Reader: TypeAlias = Callable[[Reading, Knowledge, Answers], Candidate | None]

READERS: Mapping[Kind, Reader] = MappingProxyType(
    {
        Kind.PROPOSAL: proposals.candidate,
        Kind.KEY_PROJECT: project_rows.candidate,
    }
)
"""How the rows of a sheet for one kind of items are read; any other sheet is a general ledger."""


def judge(
    table: Table, matching: Matching, known: Knowledge, answers: Answers | None = None
) -> list[Judged]:
    """Judge every row of a table against what the office knows already."""
    places = {wanted: place for place, wanted in matching.items()}
    kind = kind_of(places)
    reader = READERS.get(kind, matters.candidate) if kind else matters.candidate
    seen: dict[object, int] = {}
    return [
        _judge(Reading(row, places), reader, known, answers or Answers(), seen)
        for row in table.rows
    ]


def _judge(
    reading: Reading,
    reader: Reader,
    known: Knowledge,
    answers: Answers,
    seen: dict[object, int],
) -> Judged:
    row = reading.row
    other = _not_an_item(reading) or _secret(reading)
    if other is not None:
        return other
    candidate = reader(reading, known, answers)
    title, number = reading.text(Field.TITLE), reading.text(Field.NUMBER)
    double = _double(reading, candidate, known, seen)
    if double is not None:
        return Judged(row.number, Verdict.REFUSED, title, number, (double,))
    problems, notes = tuple(reading.problems), tuple(reading.notes)
    if candidate is None or problems:
        return Judged(row.number, Verdict.ASK, title, number, problems, notes)
    return Judged(row.number, Verdict.READY, title, number, (), notes, candidate)


def _not_an_item(reading: Reading) -> Judged | None:
    row = reading.row
    if row.empty:
        return Judged(row.number, Verdict.NOT_ITEM, notes=(Note("blank"),))
    first = next(text for cell in row.cells if (text := as_text(cell)))
    if SUBTOTAL.match(first):
        return Judged(row.number, Verdict.NOT_ITEM, first, notes=(Note("subtotal"),))
    return None


def _secret(reading: Reading) -> Judged | None:
    """Refuse a secret row at the door: nothing of it is kept, not even its title."""
    for place, cell in enumerate(reading.row.cells):
        if cells.is_secret(as_text(cell)):
            address = f"{letter_of(place)}{reading.row.number}"
            return Judged(reading.row.number, Verdict.REFUSED, problems=(Note("secret", address),))
    return None


def _double(
    reading: Reading, candidate: Candidate | None, known: Knowledge, seen: dict[object, int]
) -> Note | None:
    """Say whether the same matter stands further up, or on the ledger already."""
    number = _number(reading) if candidate is None else candidate.number
    title = reading.text(Field.TITLE)
    own = candidate.details.key if candidate and candidate.details else None
    key = own or number or (title, reading.text(Field.ASSIGNED))
    if title and key in seen:
        return Note("double", reading.cell(Field.NUMBER), {"row": seen[key]})
    seen[key] = reading.row.number
    if own is not None and own in known.keys:
        return Note("on_ledger", reading.cell(Field.NUMBER), {"title": title})
    if number is not None and number in known.numbers:
        same = known.numbers[number] == title
        facts = {"title": known.numbers[number]}
        return Note("on_ledger" if same else "number_taken", reading.cell(Field.NUMBER), facts)
    dated = reading.text(Field.ASSIGNED)
    day = candidate.assigned_on if candidate and dated else None
    if candidate and not (own or number) and known.has(title, day):
        return Note("on_ledger", reading.cell(Field.TITLE), {"title": title})
    return None


def _number(reading: Reading) -> tuple[int, int] | None:
    """Return the number of a row that is asked about anyway; what is wrong with it is told."""
    try:
        return cells.number(reading.text(Field.NUMBER))
    except CellUnread:
        return None


def ready(rows: Iterable[Judged]) -> Sequence[Candidate]:
    """Return the items among judged rows."""
    return [judged.candidate for judged in rows if judged.candidate is not None]
