"""The boards in words: each card as a table, and where the rows behind a number are listed."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from engine import Session
from web.ledger_wishes import Wish
from web.moments import day_words, iso_day, today, weekday
from web.words import word
from web.words.heat import share, spot_name, working_days
from workflows import boards
from workflows.actors import Actor
from workflows.boards import (
    AlikeRows,
    AskRows,
    Board,
    BurdenLine,
    DueDay,
    LateUnit,
    Number,
    Rows,
    SourceLine,
    Stretch,
    UrgeRows,
    VisitLine,
    Week,
    Whose,
)
from workflows.ledger_filter import LedgerFilter
from workflows.lights import Light
from workflows.story import Happened
from workflows.tables import Kind

SHADES: Mapping[Light, LazyString] = {
    Light.RED: _l("Overdue"),
    Light.YELLOW: _l("Near or behind"),
    Light.GREEN: _l("On plan"),
    Light.BLUE: _l("Not begun"),
}
WHOSE: Mapping[Whose, LazyString] = {
    Whose.WHOLE: _l("The whole city"),
    Whose.SPONSORED: _l("In my charge"),
    Whose.INSTRUCTED: _l("Instructed by me"),
    Whose.OWN: _l("My unit's"),
}
ASKED: Mapping[str, LazyString] = {
    Happened.ASSIGNED.value: _l("handed over"),
    Happened.INTERIM_DUE.value: _l("interim report asked for"),
    Happened.REMINDED.value: _l("reminded of the limit"),
    Happened.URGED.value: _l("urged"),
}
ANSWERS: Mapping[str, LazyString] = {
    "different": _l("The office said: not the same"),
    "linked": _l("The office said: linked"),
}


class Cell(NamedTuple):
    """What stands in a cell; a number opens its rows, another figure may have an address."""

    words: str
    number: Number | None = None
    href: str | None = None


class Table(NamedTuple):
    """A card as a table."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


class Card(NamedTuple):
    """A card's title, what it counts, and how its table is made."""

    title: LazyString
    says: LazyString
    table: Callable[[Session, Actor, Board, str], Table]


def address(rows: Rows) -> str:
    """Return where exactly the rows that a number counts are listed."""
    match rows:
        case LedgerFilter():
            return f"{url_for('ledger.show')}?{urlencode(Wish(rows).query())}"
        case AskRows(unit_id, since, until):
            return url_for("boards.asks", unit=unit_id, since=since, until=until)
        case UrgeRows(unit_id, since, until):
            return url_for("urged.unit", unit_id=unit_id, since=since, until=until)
        case AlikeRows(unit_id):
            return url_for("boards.alike", unit=unit_id)


def visits_address(stretch: Stretch) -> str:
    """Return where the visits at a step are listed."""
    asked = stretch.asked
    return url_for(
        "heat.visits",
        process_id=asked.process_id,
        element_id=stretch.spot.id,
        figure="ended",
        first=asked.first,
        last=asked.last,
    )


def unit_words(line: LateUnit) -> str:
    """Name who leads: a unit, several others, or nobody."""
    if line.units > 1:
        return _("%(num)d other units", num=line.units)
    return line.name or _("no unit")


def due_words(day: DueDay) -> str:
    """Write a day of this week: 周三 18日, or today."""
    name = _("Today") if day.on == today() else weekday(day.on)
    return _("%(weekday)s %(day)s", weekday=name, day=day.on.day)


def source_words(line: SourceLine) -> str:
    """Name a source, or the kind that stands for several."""
    return word(line.source or line.kind)


def percent(part: int | None) -> str:
    """Write a share; without anything to share there is none."""
    return "—" if part is None else f"{part}%"


def days_late(line: LateUnit) -> str:
    """Write for how many working days the oldest has been late; behind its plan only, none."""
    return "—" if line.longest is None else str(line.longest)


def a_week(line: BurdenLine) -> str:
    """Write how often a unit is asked in a week."""
    return f"{line.a_week:.1f}"


# -- the tables ---------------------------------------------------------------------------


def _due(session: Session, actor: Actor, board: Board, _process: str) -> Table:
    days = boards.due(session, actor, board)
    return Table(
        [_("Day"), _("Due"), _("Reported or ended")],
        [[Cell(day_words(day.on)), _cell(day.due), _cell(day.reported)] for day in days],
    )


def _late(session: Session, actor: Actor, board: Board, _process: str) -> Table:
    lines = boards.late_units(session, actor, board)
    return Table(
        [_("Lead unit"), _("Overdue items"), _("Longest (working days)")],
        [[Cell(unit_words(line)), _cell(line.late), Cell(days_late(line))] for line in lines],
    )


def _trend(session: Session, actor: Actor, board: Board, _process: str) -> Table:
    return trend_table(boards.trend(session, actor, board))


def trend_table(weeks: Sequence[Week]) -> Table:
    """Return the twelve weeks as a table."""
    return Table(
        [_("Week"), _("Overdue at its end"), _("Newly registered"), _("Closed")],
        [
            [
                Cell(f"{iso_day(week.first)} – {iso_day(week.last)}"),
                _cell(week.late),
                _cell(week.registered),
                _cell(week.closed),
            ]
            for week in weeks
        ],
    )


def _burden(session: Session, actor: Actor, board: Board, _process: str) -> Table:
    lines = boards.burdens(session, actor, board)
    return Table(
        [
            _("Unit"),
            _("Asked in four weeks"),
            _("Times a week"),
            _("In hand"),
            _("Urged"),
            _("Look alike"),
        ],
        [
            [
                Cell(line.unit.name),
                _cell(line.asked),
                Cell(a_week(line)),
                _cell(line.open),
                _cell(line.urged),
                _cell(line.alike),
            ]
            for line in lines
        ],
    )


def _sources(session: Session, actor: Actor, board: Board, _process: str) -> Table:
    return sources_table(boards.sources(session, actor, board))


def sources_table(lines: Sequence[SourceLine]) -> Table:
    """Return kinds and sources as a table."""
    return Table(
        [
            _("Kind and source"),
            _("Under way"),
            *(str(SHADES[shade]) for shade in SHADES),
            _("Closed this year"),
            _("Closing rate"),
        ],
        [
            [
                Cell(f"{'　' if line.source else ''}{source_words(line)}"),
                _cell(line.open),
                *(_cell(line.lights[shade]) for shade in SHADES),
                _cell(line.closed),
                Cell(percent(line.rate)),
            ]
            for line in lines
        ],
    )


def _steps(session: Session, actor: Actor, board: Board, process: str) -> Table:
    return steps_table(boards.stretches(session, actor, board, process))


def steps_table(lines: Sequence[Stretch]) -> Table:
    """Return the time by step as a table."""
    return Table(
        [_("Step"), _("Passed"), _("Median"), _("90 % within"), _("Done late"), _("Share")],
        [
            [
                Cell(spot_name(line.spot)),
                Cell(str(line.spot.heat.ended), href=visits_address(line)),
                Cell(working_days(line.spot.heat.median)),
                Cell(working_days(line.spot.heat.p90)),
                Cell(share(line.spot.heat.late_share)),
                Cell(share(line.spot.share)),
            ]
            for line in lines
        ],
    )


def _visits(session: Session, actor: Actor, board: Board, _process: str) -> Table:
    return visits_table(boards.visits(session, actor, board))


def visits_table(lines: Sequence[VisitLine]) -> Table:
    """Return the revisits of the last months as a table."""
    return Table(
        [_("Month"), _("Revisited"), _("Not really solved")],
        [
            [Cell(iso_day(line.first)[:7]), _cell(line.visited), _cell(line.unsolved)]
            for line in lines
        ],
    )


def _cell(number: Number) -> Cell:
    return Cell(str(number.value), number)


CARDS: Mapping[str, Card] = {
    "due": Card(_l("Due this week"), _l("Items by the day of their limit"), _due),
    "late": Card(_l("Overdue by unit"), _l("Overdue items by the unit that leads"), _late),
    "trend": Card(
        _l("Twelve weeks"),
        _l("Overdue as the week ended, by limits and closings as they were then"),
        _trend,
    ),
    "burden": Card(
        _l("Who is asked most"),
        _l("Hand-overs, reports asked for, reminders and urges in four weeks"),
        _burden,
    ),
    "sources": Card(
        _l("Kinds and sources"),
        _l("The closing rate is what was closed this year of that and what is open"),
        _sources,
    ),
    "steps": Card(_l("Time by step"), _l("What passed in twelve weeks, in working days"), _steps),
    "visits": Card(
        _l("Revisits"), _l("Items revisited, and those found not really solved"), _visits
    ),
}
"""Every card that has a table of its own."""
WHOLE_ONLY = frozenset({"burden", "steps"})
"""The cards of a board about the whole city that don't narrow to a leader's own items."""


def cards_of(board: Board) -> list[str]:
    """Return which cards a board has."""
    narrowed = board.whose in (Whose.SPONSORED, Whose.INSTRUCTED)
    return [name for name in CARDS if not (narrowed and name in WHOLE_ONLY)]


def kinds() -> list[tuple[str, str]]:
    """Return the processes whose steps can be shown."""
    return [(kind.value, word(kind)) for kind in Kind]


def brief_late(fewer: int) -> str:
    """Say how what is late has changed since last week ended."""
    if fewer > 0:
        return ngettext("one fewer than then", "%(num)d fewer than then", fewer)
    if fewer < 0:
        return ngettext("one more than then", "%(num)d more than then", -fewer)
    return _("as many as then")
