"""Reads a row of the general ledger: instructions, decisions, whatever its source names."""

import re

from workflows.imports import cells
from workflows.imports import reading as fields
from workflows.imports.knowledge import Knowledge
from workflows.imports.matching import Field
from workflows.imports.reading import Answers, Candidate, Reading, Stage
from workflows.tables import Source, Urgency

CLOSED = re.compile("已办结|已销号|办结销号")
TO_CLOSE = re.compile("拟销号|待销号|申请销号")
REVISIT = re.compile("回头看|回访")


def candidate(reading: Reading, known: Knowledge, answers: Answers) -> Candidate | None:
    """Read every field; what is missing or unreadable becomes a question."""
    title = fields.title(reading)
    assigned_on = fields.assigned_on(reading, known)
    units = fields.units(reading, known, answers)
    limit = fields.limit(reading, known, assigned_on, answers)
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
        texts=fields.texts(reading),
        sponsor_id=_sponsor(reading, known),
        instructing_id=known.leader_at_start(basis),
    )


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
