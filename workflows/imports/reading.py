"""One row of a ledger being read: its fields, what is asked about it, what was worked out."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from workflows import rules
from workflows.imports import cells
from workflows.imports.book import Row
from workflows.imports.cells import CellUnread, LimitCell
from workflows.imports.columns import letter_of
from workflows.imports.knowledge import Knowledge
from workflows.imports.matching import Field
from workflows.tables import Kind, Period, Source, Urgency

T = TypeVar("T")
NO_LIMIT = "none"
NOBODY = 0
"""The lead unit of what isn't handed over yet."""
LEFT_OUT = 0
TITLE = 200


class Verdict(StrEnum):
    """What becomes of a row."""

    READY = "ready"
    ASK = "ask"
    REFUSED = "refused"
    NOT_ITEM = "not_item"


class Details(Protocol):
    """What a row of one kind of sheet tells beside an item's own fields."""

    @property
    def kind(self) -> Kind:
        """The kind of item that the sheet's rows are."""

    @property
    def key(self) -> object:
        """What tells a row apart from every other, on the ledger too; None: its number does."""


class Stage(StrEnum):
    """How far a row's matter has come: with its units, about to close, or closed."""

    HANDLING = "handling"
    TO_CLOSE = "to_close"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say about a row: ``code`` and ``facts``, and the cell that it is about.

    It has no cell where no column means the field that is ``lacking``.
    """

    code: str
    cell: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    lacking: Field | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item as its row tells it, with every name found and every date worked out."""

    row: int
    title: str
    source: Source
    basis: str
    target: str
    urgency: Urgency
    stage: Stage
    lead_id: int
    co_ids: tuple[int, ...]
    assigned_on: date
    number: tuple[int, int] | None
    limit: LimitCell
    percent: int
    revisit_asked: bool
    texts: Mapping[str, str]
    sponsor_id: int | None = None
    instructing_id: int | None = None
    details: Details | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with its verdict and the reasons for it."""

    row: int
    verdict: Verdict
    title: str = ""
    number: str = ""
    problems: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    candidate: Candidate | None = None

    def plain(self) -> dict[str, Any]:
        """Return the row as a page shows it; the candidate is worked out anew each time."""
        return {
            "row": self.row,
            "verdict": self.verdict.value,
            "title": self.title,
            "number": self.number,
            "problems": [asdict(note) for note in self.problems],
            "notes": [asdict(note) for note in self.notes],
        }


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person decided: units by the name in the sheet, and lead and limit by row."""

    units: Mapping[str, int] = field(default_factory=dict)
    leads: Mapping[int, int] = field(default_factory=dict)
    limits: Mapping[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """One row being read: what was found wrong and what had to be worked out."""

    row: Row
    places: Mapping[Field, int]
    problems: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def text(self, wanted: Field) -> str:
        """Return a field's text; a column that isn't matched is empty."""
        place = self.places.get(wanted)
        return "" if place is None else self.row.text(place)

    def cell(self, wanted: Field) -> str:
        """Return a field's cell address such as M21."""
        place = self.places.get(wanted)
        return "" if place is None else f"{letter_of(place)}{self.row.number}"

    def ask(self, code: str, wanted: Field, **facts: object) -> None:
        """Note something that only a person can decide."""
        cell = self.cell(wanted)
        self.problems.append(Note(code, cell, facts, None if cell else wanted))

    def tell(self, code: str, wanted: Field, **facts: object) -> None:
        """Note something that was worked out."""
        self.notes.append(Note(code, self.cell(wanted), facts))

    def read(self, wanted: Field, reader: Callable[[Any], T]) -> T | None:
        """Read a field's cell; an empty one is nothing, an unreadable one is a problem."""
        if not self.text(wanted):
            return None
        try:
            return reader(self.row.cells[self.places[wanted]])
        except CellUnread as error:
            self.ask(error.code, wanted, text=self.text(wanted))
            return None


def assigned_on(reading: Reading, known: Knowledge) -> date:
    """Return the day of the hand-over; without one, today counts."""
    found = reading.read(Field.ASSIGNED, lambda cell: cells.day(cell, known.year_start)[0])
    if found is not None and found > known.today:
        reading.ask("assigned_ahead", Field.ASSIGNED, text=reading.text(Field.ASSIGNED))
    if found is None:
        reading.tell("assigned_today", Field.ASSIGNED)
    return found or known.today


def limit(reading: Reading, known: Knowledge, start: date, answers: Answers) -> LimitCell | None:
    """Return what the limit is: as it was answered, or as its cell says; or ask about it."""
    given = answers.limits.get(reading.row.number)
    if given == NO_LIMIT:
        return LimitCell(period=Period.WEEKLY)
    if given:
        return _answered_limit(reading, given, start)
    if not reading.text(Field.LIMIT):
        reading.ask("limit_missing", Field.LIMIT)
        return None
    found = reading.read(Field.LIMIT, lambda cell: cells.limit(cell, start))
    if found is None:
        return None
    if found.on is not None and not _is_sound(reading, found.on, start):
        return None
    _tell_limit(reading, known, found, start)
    return replace(found, period=found.period or cells.rhythm(reading.text(Field.REMARKS)))


def _answered_limit(reading: Reading, given: str, assigned_on: date) -> LimitCell | None:
    try:
        on, _ = cells.day(given, assigned_on)
    except CellUnread as error:
        reading.ask(error.code, Field.LIMIT, text=given)
        return None
    return LimitCell(on=on) if _is_sound(reading, on, assigned_on) else None


def _is_sound(reading: Reading, on: date, assigned_on: date) -> bool:
    """Say whether a limit lies after the hand-over, and not further off than any can be."""
    facts = {"limit": on.isoformat(), "assigned": assigned_on.isoformat()}
    if on < assigned_on:
        reading.ask("limit_before_start", Field.LIMIT, **facts)
        return False
    if on > assigned_on + rules.FURTHEST:
        reading.ask("limit_too_far", Field.LIMIT, **facts)
        return False
    return True


def _tell_limit(reading: Reading, known: Knowledge, found: LimitCell, assigned_on: date) -> None:
    text = reading.text(Field.LIMIT)
    if found.on is not None and text != found.on.isoformat():
        reading.tell("limit_read", Field.LIMIT, text=text, on=found.on.isoformat())
    if found.span is not None:
        on = known.due(assigned_on, found.span).isoformat()
        start = assigned_on.isoformat()
        reading.tell("limit_counted", Field.LIMIT, text=text, on=on, start=start)
    if found.period is not None:
        reading.tell("limit_open", Field.LIMIT, text=text, period=found.period.value)


def title(reading: Reading) -> str:
    """Return the matter; a row without one, or with an overlong one, is asked about."""
    found = reading.text(Field.TITLE)
    if not found:
        reading.ask("title_missing", Field.TITLE)
    elif len(found) > TITLE:
        reading.ask("title_too_long", Field.TITLE, most=TITLE)
    return found


def units(reading: Reading, known: Knowledge, answers: Answers) -> list[int]:
    """Return the lead unit's number and then the co-units'; the first of one column leads."""
    chosen = answers.leads.get(reading.row.number)
    lead = [chosen] if chosen else _named(reading, Field.LEAD, known, answers)
    rest = _named(reading, Field.CO, known, answers)
    both = _named(reading, Field.UNITS, known, answers)
    if not lead and both:
        reading.tell("first_leads", Field.UNITS, unit=known.names[both[0]])
    found = list(dict.fromkeys([*lead, *both, *rest]))
    asked = any(note.code == "unit_unknown" for note in reading.problems)
    if not (lead or both) and not asked:
        reading.ask("lead_missing", Field.LEAD if Field.LEAD in reading.places else Field.UNITS)
    return found


def _named(reading: Reading, wanted: Field, known: Knowledge, answers: Answers) -> list[int]:
    place = reading.places.get(wanted)
    if place is None or place >= len(reading.row.cells):
        return []
    found: list[int] = []
    for name in cells.unit_names(reading.row.cells[place]):
        ids = _answered(name, answers) or known.units_of(name)
        if ids is None:
            reading.ask("unit_unknown", wanted, name=name)
        elif len(ids) > 1:
            reading.tell("group", wanted, name=name, count=len(ids))
        found += ids or []
    return found


def _answered(name: str, answers: Answers) -> list[int] | None:
    chosen = answers.units.get(name)
    return None if chosen is None else [] if chosen == LEFT_OUT else [chosen]


def texts(reading: Reading) -> dict[str, str]:
    """Return the texts that an item keeps as they stand."""
    kept = (
        Field.RESPONSIBLE, Field.CONTACT, Field.PROGRESS, Field.PROBLEMS, Field.NEXT_STEPS,
        Field.LIGHT, Field.REMARKS, Field.SPONSOR,
    )  # fmt: skip
    return {wanted.value: reading.text(wanted) for wanted in kept}
