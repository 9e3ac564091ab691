"""The office's calendar: which days are worked, and which years are only guessed.

The table is data. It is seeded from the library ``chinesecalendar`` for the years that
it really has; an administrator imports the official table on the day it is published.
A year without a row in ``calendar_year`` is provisional: weekends only.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone

from chinese_calendar.constants import Holiday, holidays, workdays
from sqlalchemy import delete, select

from engine import Session, now
from workflows import rules
from workflows.errors import CalendarRefused
from workflows.rules import Acting
from workflows.tables import CalendarDay, CalendarYear, Role

BEIJING = timezone(timedelta(hours=8), "CST")
"""China keeps one time without summer time, so no time zone database is needed."""

SATURDAY = 5
NOVEMBER, DECEMBER = 11, 12
FIRST_YEAR, LAST_YEAR = 1990, 2100
LIBRARY = "chinesecalendar"


def office_day(instant: datetime) -> date:
    """Return the day that an instant falls on in the office."""
    return instant.astimezone(BEIJING).date()


def today(session: Session) -> date:
    """Return the office's today by the database's clock."""
    return office_day(now(session))


def instant_of(day: date, at: time = time(0, 0)) -> datetime:
    """Return the instant at which the office's clock shows this day and time."""
    return datetime.combine(day, at, BEIJING).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that isn't what its weekday says, and the festival that made it so."""

    day: date
    working: bool
    name: str


@dataclass(frozen=True, slots=True)
class YearDays:
    """The special days of one year; provisional while no official table is known."""

    year: int
    special: Mapping[date, SpecialDay]
    source: str = ""
    version: int = 0

    @property
    def provisional(self) -> bool:
        """Say whether only weekends are known."""
        return not self.version


@dataclass(slots=True)
class WorkCalendar:
    """The pure arithmetic of working days over the years that it can look up."""

    look_up: Callable[[int], YearDays]
    years: dict[int, YearDays] = field(default_factory=dict)

    def year(self, year: int) -> YearDays:
        """Return a year's special days, looked up once."""
        if year not in self.years:
            self.years[year] = self.look_up(year)
        return self.years[year]

    def special(self, day: date) -> SpecialDay | None:
        """Return what makes this day special, if anything does."""
        return self.year(day.year).special.get(day)

    def is_working(self, day: date) -> bool:
        """Say whether the office works on this day."""
        special = self.special(day)
        return special.working if special else day.weekday() < SATURDAY

    def is_provisional(self, day: date) -> bool:
        """Say whether this day's year has no official table yet."""
        return self.year(day.year).provisional

    def after(self, day: date) -> Iterator[date]:
        """Yield the working days after this day, without end."""
        while True:
            day += timedelta(days=1)
            if self.is_working(day):
                yield day

    def add(self, day: date, number: int) -> date:
        """Return the working day ``number`` working days after (or before) a day."""
        step = timedelta(days=1 if number >= 0 else -1)
        left = abs(number)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Count the working days after ``first`` up to ``last``; negative if it lies before."""
        if last < first:
            return -self.between(last, first)
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(map(self.is_working, days))

    def on_or_before(self, day: date) -> date:
        """Return this day, or the last working day before it."""
        return day if self.is_working(day) else self.add(day, -1)

    def on_or_after(self, day: date) -> date:
        """Return this day, or the first working day after it."""
        return day if self.is_working(day) else self.add(day, 1)


@dataclass(frozen=True, slots=True)
class Years:
    """Looks years up in the database for a :class:`WorkCalendar`."""

    session: Session

    def __call__(self, year: int) -> YearDays:
        """Read one year's special days."""
        rows = self.session.scalars(
            select(CalendarDay).where(CalendarDay.day.between(*_ends(year)))
        )
        special = {row.day: SpecialDay(row.day, row.working, row.name) for row in rows}
        known = self.session.get(CalendarYear, year)
        if known is None:
            return YearDays(year, special)
        return YearDays(year, special, known.source, known.version)


def calendar_of(session: Session) -> WorkCalendar:
    """Return the calendar of this session; each year is read once."""
    kept = session.info.get(WorkCalendar)
    if not isinstance(kept, WorkCalendar):
        kept = session.info[WorkCalendar] = WorkCalendar(Years(session))
    return kept


def is_working(session: Session, day: date) -> bool:
    """Say whether the office works on this day."""
    return calendar_of(session).is_working(day)


def working_days_between(session: Session, first: date, last: date) -> int:
    """Count the working days after ``first`` up to and with ``last``."""
    return calendar_of(session).between(first, last)


def add_working_days(session: Session, day: date, number: int) -> date:
    """Return the working day that lies ``number`` working days after a day."""
    return calendar_of(session).add(day, number)


def year_table(session: Session, year: int) -> YearDays:
    """Return one year's special days for the page that shows it."""
    return calendar_of(session).year(year)


def known_years(session: Session) -> Sequence[CalendarYear]:
    """Return the years with an official table, the newest first."""
    return session.scalars(select(CalendarYear).order_by(CalendarYear.year.desc())).all()


def import_year(
    session: Session, actor: Acting, year: int, days: Iterable[SpecialDay], source: str
) -> YearDays:
    """Replace a year's table by the official one.

    The notice for a year may name days of the December before (New Year's make-up days),
    never holidays of its own December; those come with the next year's notice.
    """
    rules.must_have(actor, Role.ADMINISTRATOR)
    wanted = list(days)
    problems = table_problems(year, wanted, source)
    if problems:
        raise CalendarRefused(problems)

    session.execute(delete(CalendarDay).where(CalendarDay.day.between(*_covered(year))))
    for special in wanted:
        session.merge(CalendarDay(day=special.day, working=special.working, name=special.name))
    _note_year(session, year, source)
    session.flush()
    session.info.pop(WorkCalendar, None)
    return year_table(session, year)


def with_year(session: Session, year: int, days: Iterable[SpecialDay], source: str) -> WorkCalendar:
    """Return the calendar as it would be with this table of a year; nothing is changed."""
    known, wanted = Years(session), {day.day: day for day in days}
    first, last = _covered(year)

    def look_up(asked: int) -> YearDays:
        found = known(asked)
        kept = {day: each for day, each in found.special.items() if not first <= day <= last}
        added = {day: each for day, each in wanted.items() if day.year == asked}
        special = {**kept, **added}
        if asked != year:
            return YearDays(asked, special, found.source, found.version)
        return YearDays(asked, special, source, found.version + 1)

    return WorkCalendar(look_up)


def seed_calendar(session: Session) -> None:
    """Fill an empty calendar with the years that the library really has."""
    if session.scalars(select(CalendarYear.year).limit(1)).first() is not None:
        return
    for working, table in ((False, holidays), (True, workdays)):
        for day, name in table.items():
            session.add(CalendarDay(day=day, working=working, name=_in_chinese(name)))
    for year in sorted({day.year for day in holidays}):
        session.add(CalendarYear(year=year, source=LIBRARY))
    session.flush()
    session.info.pop(WorkCalendar, None)


def _note_year(session: Session, year: int, source: str) -> None:
    known = session.get(CalendarYear, year)
    if known is None:
        session.add(CalendarYear(year=year, source=source))
    else:
        known.source = source


def table_problems(year: int, days: Sequence[SpecialDay], source: str) -> list[dict[str, str]]:
    """Return everything that is wrong with a year's table."""
    problems: list[dict[str, str]] = []
    if not FIRST_YEAR <= year <= LAST_YEAR:
        problems.append({"code": "year", "year": str(year)})
    if not source.strip():
        problems.append({"code": "source"})
    if not days:
        problems.append({"code": "empty"})
    seen: set[date] = set()
    for special in days:
        problems.extend(_problems_of(year, special, seen))
        seen.add(special.day)
    return problems


def _problems_of(year: int, special: SpecialDay, seen: set[date]) -> Iterator[dict[str, str]]:
    day = special.day
    if day in seen:
        yield {"code": "twice", "day": day.isoformat()}
    if not date(year - 1, DECEMBER, 1) <= day <= date(year, DECEMBER, 31):
        yield {"code": "other_year", "day": day.isoformat(), "year": str(year)}
    if special.working and day.weekday() < SATURDAY:
        yield {"code": "works_anyway", "day": day.isoformat()}


def _covered(year: int) -> tuple[date, date]:
    """Return the days that a year's notice speaks of, from the December before on."""
    return date(year - 1, DECEMBER, 1), date(year, NOVEMBER, 30)


def _ends(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, DECEMBER, 31)


def _in_chinese(name: str) -> str:
    festivals = {
        Holiday.tomb_sweeping_day: "清明节",
        Holiday.dragon_boat_festival: "端午节",
        Holiday.mid_autumn_festival: "中秋节",
    }
    holiday = Holiday(name)
    return festivals.get(holiday, str(holiday.chinese))
