"""Interim reports 续报: how often they are due, and when the next one is.

How often is a table by source that an administrator edits; what is urgent in the long term has
a row of its own. How long a turn of each rhythm is, says a rule of the legal clock.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from sqlalchemy import select

from engine import Session
from workflows import kinds, limits, rules
from workflows.errors import LimitRefused
from workflows.reckoning import Due, Span, Why, add_months
from workflows.rules import Acting
from workflows.tables import Item, Kind, LimitUnit, Period, ReportingRule, Role, Source, Urgency

RULES: Mapping[Period, str] = {
    Period.WEEKLY: "interim.weekly",
    Period.MONTHLY: "interim.monthly",
    Period.QUARTERLY: "interim.quarterly",
}
"""The rule that says how long a turn of each rhythm is."""
FIRST_REPORT = "decision.first_report"
UNUSED = "P7D"

LONG_TERM = Urgency.LONG_TERM.value

DEFAULTS: Mapping[str, Period | None] = MappingProxyType(
    {
        LONG_TERM: Period.WEEKLY,
        **dict.fromkeys(kinds.SOURCES[Kind.INSTRUCTION]),
        **dict.fromkeys(kinds.SOURCES[Kind.PROPOSAL]),
        **dict.fromkeys(kinds.SOURCES[Kind.KEY_PROJECT], Period.WEEKLY),
        **dict.fromkeys(kinds.SOURCES[Kind.DECISION], Period.MONTHLY),
        Source.INCENTIVES.value: Period.QUARTERLY,
    }
)
"""How often units report where the office hasn't said otherwise (domain section 5, the seed)."""


# -- how often --------------------------------------------------------------------------


def table(session: Session) -> dict[str, Period | None]:
    """Return how often units report, by source, and in the long term."""
    kept = {row.name: row.period for row in session.scalars(select(ReportingRule))}
    return {str(name): kept.get(name, period) for name, period in DEFAULTS.items()}


def period_of(session: Session, source: Source, urgency: Urgency) -> Period | None:
    """Return how often units report about an item, unless somebody says otherwise."""
    return usual(table(session), source, urgency)


def usual(rows: Mapping[str, Period | None], source: Source, urgency: Urgency) -> Period | None:
    """Return what a table says of a source; its row for the long term comes first."""
    long_term = rows[LONG_TERM] if urgency is Urgency.LONG_TERM else None
    return long_term or rows[source.value]


def change_table(session: Session, actor: Acting, wanted: Mapping[str, Period | None]) -> None:
    """Say how often units report from now on; a name that isn't there keeps its period."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    must_be_known(wanted)
    for name, period in wanted.items():
        row = session.get(ReportingRule, name)
        if row is None:
            session.add(ReportingRule(name=name, period=period))
        else:
            row.period = period
    session.flush()


def must_be_known(wanted: Mapping[str, Period | None]) -> None:
    """Refuse a row that no item could follow."""
    for name in wanted:
        if name not in DEFAULTS:
            raise LimitRefused(why="unknown", name=name)


# -- when -------------------------------------------------------------------------------


def turn_of(session: Session, period: Period) -> Span:
    """Return how long a turn of a rhythm is."""
    return limits.span_of(session, RULES[period])


def step_of(session: Session, period: Period | None) -> str:
    """Return a period as a diagram's cycle reads it; without one the timer isn't armed."""
    if period is None:
        return UNUSED
    turn = turn_of(session, period)
    return f"P{turn.number}{'M' if turn.unit is LimitUnit.MONTHS else 'D'}"


def first_report_on(session: Session, item: Item, day: date) -> date | None:
    """Return when a unit reports first: on what a meeting decided within a few working days."""
    due = meeting_report(session, item, day)
    return due.on if due else next_report_on(session, item.reporting_period, day, day)


def meeting_report(session: Session, item: Item, day: date) -> Due | None:
    """Return until when a unit reports first on what a meeting decided; on nothing else."""
    if item.kind is Kind.DECISION and item.source in kinds.MEETINGS:
        return limits.due_date(session, day, FIRST_REPORT)
    return None


def due_after_report(
    session: Session, period: Period | None, first: date, due_on: date, day: date
) -> date | None:
    """Return when the next report is due once one has come in on this day.

    A report in time answers for the turn that it comes before; a late one for those missed.
    One that was due before the first turn, as a meeting's first report is, answers for itself.
    """
    if period is None:
        return None
    turn = turn_of(session, period)
    if day > due_on or due_on < _turn(turn, first, 1):
        return next_turn(turn, first, max(day, due_on))
    return next_turn(turn, first, next_turn(turn, first, day - timedelta(days=1)))


def next_report_on(
    session: Session, period: Period | None, first: date, after: date
) -> date | None:
    """Return the first day of the rhythm that began on ``first`` and lies past ``after``."""
    return None if period is None else next_turn(turn_of(session, period), first, after)


def next_turn(turn: Span, first: date, after: date) -> date:
    """Return the end of the first turn past a day."""
    number = 1
    while (day := _turn(turn, first, number)) <= after:
        number += 1
    return day


def reason(session: Session, item: Item, first: date, on: date) -> Why:
    """Tell why a report on an item that was handed over on ``first`` is due on a day."""
    due = meeting_report(session, item, first)
    if due is not None and due.on == on:
        return due.why
    if item.reporting_period is None:
        return [{"kind": "interim", "on": on.isoformat()}]
    return rhythm(turn_of(session, item.reporting_period), first, on)


def rhythm(turn: Span, first: date, on: date) -> Why:
    """Tell that a report is due on a day by the rhythm that began with the hand-over."""
    return [
        {
            "kind": "interim",
            "on": on.isoformat(),
            "name": turn.name,
            "number": turn.number,
            "unit": turn.unit.value,
            "since": first.isoformat(),
        }
    ]


def _turn(turn: Span, first: date, number: int) -> date:
    """Return the last day of a rhythm's turn, counted from its beginning."""
    if turn.unit is LimitUnit.MONTHS:
        return add_months(first, turn.number * number)
    return first + timedelta(days=turn.number * number)
