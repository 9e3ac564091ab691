"""Judges each row of a ledger: an item, a question, a refusal, or no item at all."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from workflows import rules
from workflows.imports import cells
from workflows.imports.book import Row, Table, as_text, letter_of
from workflows.imports.cells import CellUnread, LimitCell
from workflows.imports.knowledge import Knowledge
from workflows.imports.matching import Field, Matching
from workflows.tables import Period, Source, Urgency

T = TypeVar("T")
SUBTOTAL = re.compile("^(小计|合计|总计|共计|累计)")
CLOSED = re.compile("已办结|已销号|办结销号")
TO_CLOSE = re.compile("拟销号|待销号|申请销号")
REVISIT = re.compile("回头看|回访")
NO_LIMIT = "none"
LEFT_OUT = 0
TITLE, NAME = 200, 80


class Verdict(StrEnum):
    """What becomes of a row."""

    READY = "ready"
    ASK = "ask"
    REFUSED = "refused"
    NOT_ITEM = "not_item"


class Stage(StrEnum):
    """How far a row's matter has come: with its units, about to close, or closed."""

    HANDLING = "handling"
    TO_CLOSE = "to_close"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say about a row: ``code`` and ``facts``, and the cell that it is about."""

    code: str
    cell: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


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
    sponsor_id: int | None
    instructing_id: int | None


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
        self.problems.append(Note(code, self.cell(wanted), facts))

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


def judge(
    table: Table, matching: Matching, known: Knowledge, answers: Answers | None = None
) -> list[Judged]:
    """Judge every row of a table against what the office knows already."""
    places = {wanted: place for place, wanted in matching.items()}
    seen: dict[object, int] = {}
    return [_judge(row, places, known, answers or Answers(), seen) for row in table.rows]


def _judge(
    row: Row,
    places: Mapping[Field, int],
    known: Knowledge,
    answers: Answers,
    seen: dict[object, int],
) -> Judged:
    reading = Reading(row, places)
    other = _not_an_item(reading) or _secret(reading)
    if other is not None:
        return other
    candidate = _candidate(reading, known, answers)
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
    key = number or (title, reading.text(Field.ASSIGNED))
    if title and key in seen:
        return Note("double", reading.cell(Field.NUMBER), {"row": seen[key]})
    seen[key] = reading.row.number
    if number is not None and number in known.numbers:
        same = known.numbers[number] == title
        facts = {"title": known.numbers[number]}
        return Note("on_ledger" if same else "number_taken", reading.cell(Field.NUMBER), facts)
    dated = reading.text(Field.ASSIGNED)
    if candidate and number is None and known.has(title, candidate.assigned_on if dated else None):
        return Note("on_ledger", reading.cell(Field.TITLE), {"title": title})
    return None


def _number(reading: Reading) -> tuple[int, int] | None:
    """Return the number of a row that is asked about anyway; what is wrong with it is told."""
    try:
        return cells.number(reading.text(Field.NUMBER))
    except CellUnread:
        return None


def _candidate(reading: Reading, known: Knowledge, answers: Answers) -> Candidate | None:
    """Read every field; what is missing or unreadable becomes a question."""
    title = reading.text(Field.TITLE)
    if not title:
        reading.ask("title_missing", Field.TITLE)
    elif len(title) > TITLE:
        reading.ask("title_too_long", Field.TITLE, most=TITLE)
    assigned_on = _assigned_on(reading, known)
    units = _units(reading, known, answers)
    limit = _limit(reading, known, assigned_on, answers)
    number = reading.read(Field.NUMBER, cells.number)
    basis = reading.text(Field.BASIS) or reading.text(Field.SOURCE) or title
    source = _source(reading, basis)
    urgency = reading.read(Field.URGENCY, cells.urgency) or Urgency.NORMAL
    percent = reading.read(Field.PERCENT, cells.percent)
    if reading.problems or not units or limit is None or source is None:
        return None
    _tell_percent(reading, percent)
    said = f"{reading.text(Field.PROGRESS)}\n{reading.text(Field.REMARKS)}"
    stage = _stage(said)
    if stage is not Stage.HANDLING:
        reading.tell(f"stage_{stage.value}", Field.REMARKS)
    return Candidate(
        row=reading.row.number,
        title=title,
        source=source,
        basis=basis,
        target=reading.text(Field.TARGET),
        urgency=urgency,
        stage=stage,
        lead_id=units[0],
        co_ids=tuple(units[1:]),
        assigned_on=assigned_on,
        number=number,
        limit=limit,
        percent=percent or 0,
        revisit_asked=bool(REVISIT.search(said)),
        texts=_texts(reading),
        sponsor_id=_sponsor(reading, known),
        instructing_id=known.leader_at_start(basis),
    )


def _assigned_on(reading: Reading, known: Knowledge) -> date:
    found = reading.read(Field.ASSIGNED, lambda cell: cells.day(cell, known.year_start)[0])
    if found is not None and found > known.today:
        reading.ask("assigned_ahead", Field.ASSIGNED, text=reading.text(Field.ASSIGNED))
    if found is None:
        reading.tell("assigned_today", Field.ASSIGNED)
    return found or known.today


def _limit(
    reading: Reading, known: Knowledge, assigned_on: date, answers: Answers
) -> LimitCell | None:
    given = answers.limits.get(reading.row.number)
    if given == NO_LIMIT:
        return LimitCell(period=Period.WEEKLY)
    if given:
        return _answered_limit(reading, given, assigned_on)
    if not reading.text(Field.LIMIT):
        reading.ask("limit_missing", Field.LIMIT)
        return None
    found = reading.read(Field.LIMIT, lambda cell: cells.limit(cell, assigned_on))
    if found is None:
        return None
    if found.on is not None and not _is_sound(reading, found.on, assigned_on):
        return None
    _tell_limit(reading, known, found, assigned_on)
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


def _tell_percent(reading: Reading, percent: int | None) -> None:
    """Tell of a share that was rounded or stood in full width; 0.85 is 85 % to everybody."""
    text = reading.text(Field.PERCENT)
    plain = isinstance(reading.row.cells[reading.places[Field.PERCENT]], float) if text else True
    if percent is not None and not plain and text != f"{percent}%":
        reading.tell("percent_read", Field.PERCENT, text=text, percent=percent)


def _source(reading: Reading, basis: str) -> Source | None:
    if not reading.text(Field.SOURCE):
        return Source.CITY_INSTRUCTION
    return reading.read(Field.SOURCE, lambda cell: cells.source(cell, basis))


def _units(reading: Reading, known: Knowledge, answers: Answers) -> list[int]:
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


def _sponsor(reading: Reading, known: Knowledge) -> int | None:
    text = reading.text(Field.SPONSOR)
    found = known.leader(text)
    if text and found is None:
        reading.tell("sponsor_unknown", Field.SPONSOR, text=text)
    return found


def _stage(said: str) -> Stage:
    if CLOSED.search(said):
        return Stage.CLOSED
    return Stage.TO_CLOSE if TO_CLOSE.search(said) else Stage.HANDLING


def _texts(reading: Reading) -> dict[str, str]:
    kept = (
        Field.RESPONSIBLE, Field.CONTACT, Field.PROGRESS, Field.PROBLEMS, Field.NEXT_STEPS,
        Field.LIGHT, Field.REMARKS, Field.SPONSOR,
    )  # fmt: skip
    return {wanted.value: reading.text(wanted) for wanted in kept}


def ready(rows: Iterable[Judged]) -> Sequence[Candidate]:
    """Return the items among judged rows."""
    return [judged.candidate for judged in rows if judged.candidate is not None]
