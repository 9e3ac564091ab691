"""The days of replies: until when a rating is waited for, when a promise comes back."""

from datetime import date, timedelta

from engine import Session, now
from workflows import limits, settings
from workflows.calendar import office_day, today
from workflows.proposals import queries
from workflows.reckoning import add_months
from workflows.tables import Assignment, Reply

MONTHS_A_YEAR = 12


def comes_back(session: Session, promised_on: date | None) -> date:
    """Return when a promise comes back: on its day, or some days before the next session."""
    month = settings.number(session, "proposal.session_month")
    ahead = timedelta(days=settings.number(session, "proposal.promise_ahead"))
    day = today(session)
    opening = date(day.year, month, 1)
    while opening - ahead <= day:
        opening = add_months(opening, MONTHS_A_YEAR)
    return max(min(promised_on or opening, opening - ahead), day)


def rating_until(session: Session, reply: Reply) -> date:
    """Return the last day on which proposers are waited for."""
    issued = office_day(reply.issued_at or now(session))
    return limits.due_date(session, issued, "rating").on


def rating_over(session: Session, part: Assignment) -> date | None:
    """Return the last day for the ratings of the reply that a part issued last."""
    reply = queries.issued_reply(session, part)
    return None if reply is None else rating_until(session, reply)


def promise_back_on(session: Session, part: Assignment) -> date | None:
    """Return the day on which what a part promised comes back."""
    reply = queries.issued_reply(session, part)
    return None if reply is None else reply.back_on
