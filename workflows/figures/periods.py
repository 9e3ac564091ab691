"""The snapshots that nobody has to take: at the end of each month, quarter and year.

The worker looks at each midnight. What it froze within the hour stands as the ledger stood then;
after a longer pause the ended period is reckoned from dates, as one of long ago is.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

import engine
from engine import Attempt, Database, Session
from workflows.actors import Actor
from workflows.calendar import instant_of, today
from workflows.figures.asked import Span, SpanKind, quarter_of
from workflows.figures.freezing import Reckoned, freeze, keep, prepare, reckon, take_prepared
from workflows.tables import Item, Snapshot

JOB = "figures.periods"
"""The job that freezes the periods that have ended, once a day."""
A_DAY = timedelta(days=1)
PERIODS = (SpanKind.MONTH, SpanKind.QUARTER, SpanKind.YEAR)


def ask_to_freeze(session: Session) -> None:
    """Let the worker look at midnight; however often it is asked, once."""
    day = today(session) + A_DAY
    engine.enqueue(session, JOB, {}, run_at=instant_of(day), job_key=f"{JOB}:{day}")


def freeze_daily(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Freeze what has ended, and look again at the next midnight.

    It is counted before anything is written: nobody waits for a ledger of ten years.
    """
    del payload, attempt
    with database.read() as session:
        found = [(name, reckon(session, span, just_over=True)) for name, span in _not_kept(session)]
    for name, reckoned in found:
        database.write(partial(_keep, name=name, found=reckoned))
    database.write(ask_to_freeze)


def freeze_ended(session: Session) -> list[Snapshot]:
    """Freeze the last month, quarter and year to end, unless it was done or nothing was there."""
    return [freeze(session, span, name, period=name) for name, span in _not_kept(session)]


def _not_kept(session: Session) -> list[tuple[str, Span]]:
    kept = set(session.scalars(select(Snapshot.period).where(Snapshot.period.is_not(None))))
    return [
        (name, span)
        for name, span in ended_before(today(session))
        if name not in kept and _had_items(session, span)
    ]


def _keep(session: Session, name: str, found: Reckoned) -> None:
    if session.scalars(select(Snapshot.id).where(Snapshot.period == name)).first() is None:
        keep(session, found, name, period=name)


def of_period(session: Session, span: Span) -> Snapshot | None:
    """Return what was frozen of the whole ledger as a month, quarter or year ended."""
    if span.kind not in PERIODS:
        return None
    name = name_of(span.kind, span.first)
    return session.scalars(select(Snapshot).where(Snapshot.period == name)).one_or_none()


def count_for(
    session: Session, actor: Actor, span: Span, purpose: str, *, anew: bool = False
) -> Reckoned | None:
    """Count the ledger that a paper is going to rest on; nothing if it was kept as it ended.

    Before anything is written: meanwhile nobody waits.
    """
    if not anew and of_period(session, span):
        return None
    return prepare(session, actor, span, purpose)


def ledger_for(
    session: Session, actor: Actor, span: Span, purpose: str, found: Reckoned | None = None
) -> Snapshot:
    """Return the ledger that a paper rests on: as counted, as it was kept, or counted now."""
    kept = None if found else of_period(session, span)
    if kept is not None:
        return kept
    found = found or prepare(session, actor, span, purpose)
    return take_prepared(session, actor, found, purpose)


def ended_before(day: date) -> Iterator[tuple[str, Span]]:
    """Yield the month, the quarter and the year that ended last, each with its name."""
    last = day.replace(day=1) - A_DAY
    yield name_of(SpanKind.MONTH, last), Span.month(last.year, last.month)
    last = Span.quarter(day.year, quarter_of(day)).first - A_DAY
    yield name_of(SpanKind.QUARTER, last), Span.quarter(last.year, quarter_of(last))
    yield name_of(SpanKind.YEAR, date(day.year - 1, 1, 1)), Span.year(day.year - 1)


def name_of(kind: SpanKind, day: date) -> str:
    """Return what the period is called that a day lies in: 2019-08, 2019-Q3, 2019."""
    if kind is SpanKind.YEAR:
        return f"{day.year}"
    if kind is SpanKind.QUARTER:
        return f"{day.year}-Q{quarter_of(day)}"
    return f"{day.year}-{day.month:02}"


def _had_items(session: Session, span: Span) -> bool:
    wanted = select(Item.id).where(Item.registered_at < span.end).limit(1)
    return session.scalars(wanted).first() is not None
