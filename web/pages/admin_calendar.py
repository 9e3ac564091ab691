"""The working-day calendar: a year as twelve months, and the import of an official table."""

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry
from web.moments import space, today
from web.transaction import reading, writing
from web.words.calendar import calendar_problem, festival, month_name, narrow_weekday
from workflows import calendar, holiday_notice, moves, rules
from workflows.calendar import FIRST_YEAR, LAST_YEAR, SpecialDay, WorkCalendar, YearDays
from workflows.errors import CalendarRefused, MovesUnseen
from workflows.holiday_notice import Reading
from workflows.tables import Role

blueprint = Blueprint("admin_calendar", __name__, url_prefix="/admin/calendar")

WEEKS = Calendar()
MONTHS = range(1, 13)
REFUSED = 422


@dataclass(frozen=True, slots=True)
class Cell:
    """A day as the table shows it; ``mark`` is holiday, makeup, weekend or plain."""

    day: date
    mark: str
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """What the import would make of a day: new, changed, the same, or gone."""

    day: date
    before: SpecialDay | None
    after: SpecialDay | None

    @property
    def kind(self) -> str:
        """Return which of the four it is."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        return "same" if self.before == self.after else "changed"


@blueprint.get("/")
def show() -> str:
    """Show a year with its holidays and make-up days."""
    year = request.args.get("year", today().year, type=int)
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    with reading() as session:
        rules.must_have(g.actor, Role.ADMINISTRATOR)
        table = calendar.year_table(session, year)
        days = calendar.calendar_of(session)
        return render_template(
            "admin/calendar.html",
            table=table,
            months=[_month(days, year, month) for month in MONTHS],
            working=_count_working(days, year),
            years=_years(session, year),
            festival=festival,
            month_name=month_name,
            narrow_weekday=narrow_weekday,
        )


@blueprint.get("/import")
def ask() -> ResponseReturnValue:
    """Ask for the official table of a year."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)
    year = request.args.get("year", today().year + 1, type=int)
    return _asked(Entry(values=MultiDict({"year": str(year)})))


@blueprint.post("/preview")
def preview() -> ResponseReturnValue:
    """Show what was understood, before anything is changed."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)
    typed = MultiDict(request.form)
    sourceless = _sourceless(typed)
    try:
        year, read = _read(typed)
    except CalendarRefused as refusal:
        return _asked(_refused(typed, refusal, sourceless))
    if sourceless:
        return _asked(Entry(values=typed, errors=sourceless, status=REFUSED, typed=True))
    return _understood(year, typed, read)


def _understood(
    year: int, typed: MultiDict[str, str], read: Reading, *, stale: bool = False
) -> ResponseReturnValue:
    """Show what was understood, and every due date that it would move."""
    problems = read.problems or calendar.table_problems(year, read.days, typed["source"])
    with reading() as session:
        changes = _changes(calendar.year_table(session, year), read.days)
        found = moves.of_calendar(session, g.actor, year, read.days, typed["source"])
    page = render_template(
        "admin/calendar_preview.html",
        year=year,
        source=typed["source"].strip(),
        read=read,
        rows=_rows(read.days),
        changes=changes,
        problems=[calendar_problem(problem) for problem in problems],
        festival=festival,
        moves=found,
        stale=stale,
    )
    return page, 409 if stale else 200


@blueprint.post("/import")
def take_in() -> ResponseReturnValue:
    """Take in the days that were shown, and move what was shown to move."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)
    typed = MultiDict(request.form)
    try:
        year, read = _read(typed)
    except CalendarRefused as refusal:
        return _asked(_refused(typed, refusal, {}))
    try:
        days = writing(
            lambda session: moves.change_calendar(
                session,
                current_actor(session),
                year,
                read.days,
                typed.get("source", ""),
                typed.get("seal"),
            )
        )
    except CalendarRefused as refusal:
        return _asked(_refused(typed, refusal, {}))
    except MovesUnseen:
        return _understood(year, typed, read, stale=True)
    toasts.say(_("The table of %(year)s is in.", year=days.year))
    return redirect(url_for("admin_calendar.show", year=days.year), 303)


def _asked(entry: Entry) -> ResponseReturnValue:
    return render_template("admin/calendar_import.html", entry=entry), entry.status


def _sourceless(typed: MultiDict[str, str]) -> dict[str, str]:
    """Say so where nobody wrote where the table comes from."""
    if typed.get("source", "").strip():
        return {}
    return {"source": calendar_problem({"code": "source"})}


def _refused(
    typed: MultiDict[str, str], refusal: CalendarRefused, others: Mapping[str, str]
) -> Entry:
    """Name every field that is wrong: the year, the source, the days."""
    problems: Sequence[dict[str, str]] = refusal.facts["problems"]
    field = "year" if problems[0]["code"] == "year" else "rows"
    words = space().join(calendar_problem(problem) for problem in problems)
    mistakes = {**others, field: words}
    return Entry(values=typed, errors=mistakes, status=REFUSED, typed=True)


def _read(typed: MultiDict[str, str]) -> tuple[int, Reading]:
    """Read what was pasted or sent for a year."""
    year = typed.get("year", 0, type=int)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CalendarRefused([{"code": "year", "year": typed.get("year", "")}])
    file = request.files.get("file")
    if file is not None and file.filename:
        read = holiday_notice.read_sheet(year, file.stream)
    else:
        read = holiday_notice.read_text(year, typed.get("rows", ""))
    if not read.days and not read.problems:
        raise CalendarRefused([{"code": "empty"}])
    return year, read


def _rows(days: Sequence[SpecialDay]) -> str:
    """Write days as rows that are read the same way again."""
    lines = (f"{day.day}\t{day.name}\t{'上班' if day.working else '放假'}" for day in days)
    return "\n".join(lines)


def _changes(table: YearDays, days: Sequence[SpecialDay]) -> list[Change]:
    wanted = {day.day: day for day in days}
    kept = {day for day in table.special if day.month != calendar.DECEMBER}
    every = sorted(kept | set(wanted))
    return [Change(day, table.special.get(day), wanted.get(day)) for day in every]


def _month(days: WorkCalendar, year: int, month: int) -> list[list[Cell | None]]:
    """Return a month's weeks, from Monday to Sunday."""
    return [
        [_cell(days, day) if day.month == month else None for day in week]
        for week in WEEKS.monthdatescalendar(year, month)
    ]


def _cell(days: WorkCalendar, day: date) -> Cell:
    special = days.special(day)
    if special is None:
        return Cell(day, "plain" if days.is_working(day) else "weekend", "")
    return Cell(day, "makeup" if special.working else "holiday", special.name)


def _count_working(days: WorkCalendar, year: int) -> int:
    return days.between(date(year - 1, calendar.DECEMBER, 31), date(year, calendar.DECEMBER, 31))


def _years(session: Session, year: int) -> list[int]:
    """Return the years around the one shown that can be gone to."""
    known = {row.year for row in calendar.known_years(session)}
    newest = max(known, default=year)
    return sorted(
        {*range(year - 2, year + 3), newest, newest + 1} & set(range(FIRST_YEAR, LAST_YEAR))
    )
