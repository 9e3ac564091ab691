"""Interim reports 续报: how often they are due, and when the next one is."""

from collections.abc import Mapping
from datetime import date, timedelta

from engine import Session
from workflows import kinds, limits
from workflows.reckoning import add_months
from workflows.tables import Item, Kind, Period

MONTHS: Mapping[Period, int] = {Period.MONTHLY: 1, Period.QUARTERLY: 3}
STEPS: Mapping[Period, str] = {
    Period.WEEKLY: "P7D",
    Period.MONTHLY: "P1M",
    Period.QUARTERLY: "P3M",
}
UNUSED = STEPS[Period.WEEKLY]


def step_of(period: Period | None) -> str:
    """Return a period as a diagram's cycle reads it; without one the timer isn't armed."""
    return UNUSED if period is None else STEPS[period]


def first_report_on(session: Session, item: Item, day: date) -> date | None:
    """Return when a unit reports first: on what a meeting decided within a few working days."""
    if item.kind is Kind.DECISION and item.source in kinds.MEETINGS:
        return limits.due_date(session, day, "decision.first_report").on
    return next_report_on(item.reporting_period, day, day)


def due_after_report(period: Period | None, first: date, due_on: date, day: date) -> date | None:
    """Return when the next report is due once one has come in on this day.

    A report in time answers for the turn that it comes before; a late one for those missed.
    One that was due before the first turn, as a meeting's first report is, answers for itself.
    """
    if period is None:
        return None
    if day > due_on or due_on < _turn(period, first, 1):
        return next_report_on(period, first, max(day, due_on))
    answered = next_report_on(period, first, day - timedelta(days=1))
    return None if answered is None else next_report_on(period, first, answered)


def next_report_on(period: Period | None, first: date, after: date) -> date | None:
    """Return the first day of the rhythm that began on ``first`` and lies past ``after``."""
    if period is None:
        return None
    turn = 1
    while (day := _turn(period, first, turn)) <= after:
        turn += 1
    return day


def _turn(period: Period, first: date, turn: int) -> date:
    if period is Period.WEEKLY:
        return first + timedelta(weeks=turn)
    return add_months(first, MONTHS[period] * turn)
