"""Working time in SQL: the hours of working days, whatever the hour.

Between Friday at 18:00 and Monday at 6:00 lies half a working day: six hours of Friday and six
of Monday. A moment is turned into the seconds that the office's calendar has counted up to it:
the working days before its day, and the time of day if that day is one. The calendar goes along
as a table of days, so that the database does the counting.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Integer,
    SQLColumnExpression,
    cast,
    func,
    literal_column,
    text,
)

from engine import Session
from workflows.calendar import BEIJING, calendar_of

DAY = 86_400
HOURS = int((BEIJING.utcoffset(None) or timedelta()).total_seconds()) // 3600


def days(session: Session, first: date, last: date) -> CTE:
    """Return the days of a time as a table: each with the working seconds before it.

    The rows stand in the statement itself: some years of days as parameters take the
    compiler ten seconds. They are numbers and days of our own, nothing that was typed.
    """
    kind = "" if _is_sqlite(session) else "DATE "
    rows = ", ".join(
        f"({kind}'{day.isoformat()}', {before}, {int(works)})"
        for day, before, works in _counted(session, first, last)
    )
    columns = "column1 AS day, column2 AS before, column3 AS works"
    table = text(f"SELECT {columns} FROM (VALUES {rows}) AS each_day")  # noqa: S608 (see above)
    return table.columns(day=Date, before=Integer, works=Integer).cte("days")


def _counted(session: Session, first: date, last: date) -> Iterator[tuple[date, int, bool]]:
    calendar, before = calendar_of(session), 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        works = calendar.is_working(day)
        yield day, before * DAY, works
        before += works


def office_date(session: Session, moment: SQLColumnExpression[Any]) -> ColumnElement[date]:
    """Return the day of a moment in the office."""
    if _is_sqlite(session):
        return func.date(moment, f"+{HOURS} hours", type_=Date)
    return cast(_local(moment), Date)


def counted(
    session: Session, moment: SQLColumnExpression[Any], day: FromClause
) -> ColumnElement[float]:
    """Return the working seconds up to a moment, whose day in the calendar this is."""
    if _is_sqlite(session):
        local = func.julianday(moment, f"+{HOURS} hours")
        of_day = func.round((local - func.julianday(day.c.day)) * DAY, 3)
    else:
        of_day = func.date_part("epoch", _local(moment) - cast(day.c.day, DateTime))
    return day.c.before + day.c.works * of_day


def _local(moment: SQLColumnExpression[Any]) -> ColumnElement[datetime]:
    hours: ColumnElement[timedelta] = literal_column(f"INTERVAL '{HOURS} hours'")
    return func.timezone(hours, moment, type_=DateTime)


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
