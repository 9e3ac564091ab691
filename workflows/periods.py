"""Interim reports 续报: how often they are due, and when the next one is."""

from collections.abc import Mapping
from datetime import date, timedelta

from engine import Session
from workflows import kinds, limits
from workflows.reckoning import Span, add_months
from workflows.tables import Item, Kind, LimitUnit, Period

RULES: Mapping[Period, str] = {
    Period.WEEKLY: "interim.weekly",
    Period.MONTHLY: "interim.monthly",
    Period.QUARTERLY: "interim.quarterly",
}
"""The rule that says how long a turn of each rhythm is."""
UNUSED = "P7D"


def step_of(session: Session, period: Period | None) -> str:
    """Return a period as a diagram's cycle reads it; without one the timer isn't armed."""
    if period is None:
        return UNUSED
    turn = limits.span_of(session, RULES[period])
    return f"P{turn.number}{'M' if turn.unit is LimitUnit.MONTHS else 'D'}"


def first_report_on(session: Session, item: Item, day: date) -> date | None:
    """Return when a unit reports first: on what a meeting decided within a few working days."""
    if item.kind is Kind.DECISION and item.source in kinds.MEETINGS:
        return limits.due_date(session, day, "decision.first_report").on
    return next_report_on(session, item.reporting_period, day, day)


def due_after_report(
    session: Session, period: Period | None, first: date, due_on: date, day: date
) -> date | None:
    """Return when the next report is due once one has come in on this day.

    A report in time answers for the turn that it comes before; a late one for those missed.
    One that was due before the first turn, as a meeting's first report is, answers for itself.
    """
    if period is None:
        return None
    turn = limits.span_of(session, RULES[period])
    if day > due_on or due_on < _turn(turn, first, 1):
        return _next(turn, first, max(day, due_on))
    return _next(turn, first, _next(turn, first, day - timedelta(days=1)))


def next_report_on(
    session: Session, period: Period | None, first: date, after: date
) -> date | None:
    """Return the first day of the rhythm that began on ``first`` and lies past ``after``."""
    return None if period is None else _next(limits.span_of(session, RULES[period]), first, after)


def _next(turn: Span, first: date, after: date) -> date:
    number = 1
    while (day := _turn(turn, first, number)) <= after:
        number += 1
    return day


def _turn(turn: Span, first: date, number: int) -> date:
    """Return the last day of a rhythm's turn, counted from its beginning."""
    if turn.unit is LimitUnit.MONTHS:
        return add_months(first, turn.number * number)
    return first + timedelta(days=turn.number * number)
