"""Reads a row of a session's list of proposals 建议提案: who asked, who replies, how far it is."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from workflows.imports import cells
from workflows.imports import reading as fields
from workflows.imports.cells import CellUnread, LimitCell
from workflows.imports.knowledge import Knowledge
from workflows.imports.matching import Field
from workflows.imports.reading import NOBODY, Answers, Candidate, Reading, Stage
from workflows.imports.sheets import Cell
from workflows.proposals.reach import Signatory, signatory_in_brackets
from workflows.tables import (
    ContactWay,
    Handling,
    Kind,
    ReplyClass,
    Satisfaction,
    Source,
    Urgency,
)

CLOSED = re.compile("已办结|已销号|办结销号|结案")
TOGETHER = re.compile(r"等?(\d+|[一二三四五六七八九十]+)[人名位]$|等$")
MET = re.compile(r"(走访|上门|登门|座谈|当面|面商|电话|书面|信函|网络|网上)")
WAYS = {
    "走访": ContactWay.VISIT,
    "上门": ContactWay.VISIT,
    "登门": ContactWay.VISIT,
    "座谈": ContactWay.TALK,
    "当面": ContactWay.TALK,
    "面商": ContactWay.TALK,
    "电话": ContactWay.PHONE,
    "书面": ContactWay.LETTER,
    "信函": ContactWay.LETTER,
    "网络": ContactWay.ONLINE,
    "网上": ContactWay.ONLINE,
}
HANDLINGS = {"分办": Handling.SEPARATE, "独办": Handling.SINGLE, "主办": Handling.LEAD_CO,
             "会办": Handling.LEAD_CO, "单办": Handling.SINGLE}  # fmt: skip
SATISFACTIONS = (
    ("不满意", Satisfaction.DISSATISFIED),
    ("基本满意", Satisfaction.BASICALLY),
    ("满意", Satisfaction.SATISFIED),
    ("未反馈", Satisfaction.NO_ANSWER),
    ("未评价", Satisfaction.NO_ANSWER),
)
HIDDEN = re.compile(r"(?:不予?公开|不宜公开|不公开)[(（:：]?([^)）]*)")


class How(StrEnum):
    """How far a proposal has come: each state has all those before it behind it."""

    WAITING = "waiting"
    ASSIGNED = "assigned"
    CONTACTED = "contacted"
    REPLIED = "replied"
    RATED = "rated"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """What a row tells of a proposal beside an item's own fields."""

    session: str
    number: str
    proposers: tuple[Signatory, ...]
    handling: Handling
    how: How
    met: tuple[ContactWay, date] | None = None
    document_number: str = ""
    reply_class: ReplyClass | None = None
    satisfaction: Satisfaction | None = None
    disclosed: bool = False
    hidden_because: str = ""

    @property
    def kind(self) -> Kind:
        """Return the kind of item that the list's rows are."""
        return Kind.PROPOSAL

    @property
    def key(self) -> object:
        """Return what tells a proposal apart."""
        return self.session, self.number

    @property
    def replied(self) -> bool:
        """Say whether its reply has gone out."""
        return self.how in (How.REPLIED, How.RATED, How.CLOSED)


def candidate(reading: Reading, known: Knowledge, answers: Answers) -> Candidate | None:
    """Read every field; what is missing, unreadable or contradicts another becomes a question."""
    title = fields.title(reading)
    session, number = _named(reading)
    source = _source(reading)
    start = fields.assigned_on(reading, known)
    told = _row(reading, known, start, session, number)
    units = _units(reading, known, answers, told)
    row = _fitting(reading, told, units)
    limit = _limit(reading, known, start, answers)
    if reading.problems or row is None or limit is None or source is None:
        return None
    _tell(reading, row)
    texts = fields.texts(reading)
    return Candidate(
        row=reading.row.number,
        title=title,
        source=source,
        basis=reading.text(Field.BASIS) or f"{session}{number}",
        target=reading.text(Field.TARGET),
        urgency=Urgency.NORMAL,
        stage=Stage.CLOSED if row.how is How.CLOSED else Stage.HANDLING,
        lead_id=units[0] if units else NOBODY,
        co_ids=tuple(units[1:]),
        assigned_on=start,
        number=None,
        limit=limit,
        percent=0,
        revisit_asked=False,
        texts={**texts, Field.REMARKS.value: _remarks(reading, row, texts)},
        details=row,
    )


# -- what names it ----------------------------------------------------------------------


def _named(reading: Reading) -> tuple[str, str]:
    """Return the session and the number in it; a proposal has both."""
    session, number = reading.text(Field.SESSION), cells.plain(reading.text(Field.NUMBER))
    if not session:
        reading.ask("session_missing", Field.SESSION)
    if not number:
        reading.ask("proposal_number_missing", Field.NUMBER)
    return session, number


def _source(reading: Reading) -> Source | None:
    for wanted in (Field.TYPE, Field.NUMBER, Field.TITLE):
        try:
            found = cells.source(reading.text(wanted))
        except CellUnread:
            continue
        if found in (Source.NPC_BILL, Source.NPC_SUGGESTION, Source.CPPCC_PROPOSAL):
            return found
    reading.ask("source_unknown", Field.TYPE, text=reading.text(Field.TYPE))
    return None


def _proposers(reading: Reading) -> tuple[Signatory, ...]:
    """Read 侯委员（13800000000）、苗委员: names, in brackets a mail address or mobile number."""
    text = reading.text(Field.PROPOSERS)
    names = [name for each in cells.unit_names(text) if (name := TOGETHER.sub("", each).strip())]
    if not names:
        reading.ask("proposers_missing", Field.PROPOSERS)
    if TOGETHER.search(text):
        reading.tell("others_unnamed", Field.PROPOSERS, text=text, name=names[0] if names else "")
    return tuple(signatory_in_brackets(name) for name in names)


# -- how far it is ----------------------------------------------------------------------


def _row(reading: Reading, known: Knowledge, start: date, session: str, number: str) -> ProposalRow:
    disclosed, because = _disclosure(reading)
    return ProposalRow(
        session=session,
        number=number,
        proposers=_proposers(reading),
        handling=Handling.LEAD_CO,
        how=How.WAITING,
        met=_met(reading, known, start),
        document_number=reading.text(Field.REPLY_NUMBER),
        reply_class=_class(reading),
        satisfaction=_satisfaction(reading),
        disclosed=disclosed,
        hidden_because=because,
    )


def _met(reading: Reading, known: Knowledge, start: date) -> tuple[ContactWay, date] | None:
    """Read 走访 2019.4.20: how they talked, and when."""
    found = reading.read(Field.MET, lambda cell: _way_and_day(cell, start))
    if found is not None and found[1] > known.today:
        reading.ask("met_ahead", Field.MET, text=reading.text(Field.MET))
    return found


def _way_and_day(cell: Cell, start: date) -> tuple[ContactWay, date]:
    text = cells.plain(cell)
    way = MET.search(text)
    try:
        on, _guessed = cells.day(MET.sub("", text), start)
    except CellUnread as error:
        raise CellUnread("not_a_contact") from error
    if way is None:
        raise CellUnread("not_a_contact")
    return WAYS[way.group(1)], on


def _class(reading: Reading) -> ReplyClass | None:
    def read(cell: Cell) -> ReplyClass:
        found = re.search("[A-Da-d]", cells.plain(cell))
        if found is None:
            raise CellUnread("class_unknown")
        return ReplyClass(found.group(0).lower())

    return reading.read(Field.REPLY_CLASS, read)


def _satisfaction(reading: Reading) -> Satisfaction | None:
    def read(cell: Cell) -> Satisfaction:
        text = cells.plain(cell)
        for word, found in SATISFACTIONS:
            if word in text:
                return found
        raise CellUnread("satisfaction_unknown")

    return reading.read(Field.SATISFACTION, read)


def _disclosure(reading: Reading) -> tuple[bool, str]:
    """Return whether all may read the reply, and why not; what isn't told is kept back."""
    text = reading.text(Field.DISCLOSURE)
    hidden = HIDDEN.search(text)
    if hidden:
        return False, hidden.group(1).strip() or UNTOLD
    return ("公开" in text), ("" if "公开" in text else UNTOLD)


UNTOLD = "原台账未载明"
"""Why an imported reply isn't public, where the old ledger doesn't say."""


def _fitting(reading: Reading, row: ProposalRow, units: list[int]) -> ProposalRow | None:
    """Return the row with how it is handled and how far it is, or ask about what contradicts."""
    handling = _handling(reading, len(units))
    if row.satisfaction is not None and not row.document_number:
        reading.ask("rated_without_reply", Field.SATISFACTION)
    if row.document_number and row.reply_class is None:
        reading.ask("class_missing", Field.REPLY_CLASS)
    if handling is None:
        return None
    return replace(row, handling=handling, how=_how(reading, row, units))


def _how(reading: Reading, row: ProposalRow, units: list[int]) -> How:
    said = f"{reading.text(Field.PROGRESS)}\n{reading.text(Field.REMARKS)}"
    if row.satisfaction is not None and CLOSED.search(said):
        return How.CLOSED
    if row.satisfaction is not None:
        return How.RATED
    if row.document_number:
        return How.REPLIED
    if not units:
        return How.WAITING
    return How.CONTACTED if row.met else How.ASSIGNED


def _handling(reading: Reading, units: int) -> Handling | None:
    text = cells.plain(reading.text(Field.HANDLING))
    if not text:
        return Handling.LEAD_CO if units != 1 else Handling.SINGLE
    found = next((handling for word, handling in HANDLINGS.items() if word in text), None)
    if found is None:
        reading.ask("handling_unknown", Field.HANDLING, text=text)
    elif units and not _asked(reading) and (found is Handling.SINGLE) != (units == 1):
        reading.ask("handling_unfit", Field.HANDLING, text=text, count=units)
    return found


def _asked(reading: Reading) -> bool:
    """Say whether a unit is asked about, so that nobody knows how many there are."""
    return any(note.code == "unit_unknown" for note in reading.problems)


# -- units and limit --------------------------------------------------------------------


def _units(reading: Reading, known: Knowledge, answers: Answers, row: ProposalRow) -> list[int]:
    """Return the units, the leading one first; a list from before the hand-over names none."""
    named = any(reading.text(each) for each in (Field.LEAD, Field.UNITS, Field.CO))
    answered = reading.row.number in answers.leads
    if not named and not answered and not row.document_number and row.met is None:
        return []
    return fields.units(reading, known, answers)


def _limit(reading: Reading, known: Knowledge, start: date, answers: Answers) -> LimitCell | None:
    """Return the limit of the reply; without one the rule for proposals counts."""
    if not reading.text(Field.LIMIT) and reading.row.number not in answers.limits:
        return LimitCell()
    return fields.limit(reading, known, start, answers)


# -- what is told -----------------------------------------------------------------------


def _tell(reading: Reading, row: ProposalRow) -> None:
    reading.tell(f"how_{row.how.value}", Field.NUMBER)
    if row.reply_class is not None and not row.replied:
        reading.tell("class_without_reply", Field.REPLY_CLASS, text=row.reply_class.value.upper())
    if row.replied and row.met is None:
        reading.tell("reply_without_contact", Field.MET)
    if row.replied and row.hidden_because == UNTOLD:
        reading.tell("disclosure_untold", Field.DISCLOSURE)
    if row.replied and row.handling is Handling.SEPARATE:
        reading.tell("one_reply_told", Field.HANDLING)
    if row.met is not None:
        way, on = reading.text(Field.MET), row.met[1].isoformat()
        if on not in way:
            reading.tell("met_read", Field.MET, text=way, on=on)


def _remarks(reading: Reading, row: ProposalRow, texts: dict[str, str]) -> str:
    """Keep what the diagram has no place for: nothing of a row is lost."""
    kept = [texts[Field.REMARKS.value]]
    if row.reply_class is not None and not row.replied:
        kept.append(f"办理结果分类：{reading.text(Field.REPLY_CLASS)}")
    if TOGETHER.search(reading.text(Field.PROPOSERS)):
        kept.append(f"提出人：{reading.text(Field.PROPOSERS)}")
    return "\n".join(line for line in kept if line)
