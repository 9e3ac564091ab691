"""The legal clock: how long something may take, until which day, and why that day.

Counting starts the day after the starting event 次日起算. Working days skip weekends and
holidays and count make-up days; natural days and months count everything, and an end on
a non-working day isn't moved unless the setting ``limit.roll`` says so. A month without
the day ends on its last one.

A due date's ``why`` is a list of parts that ``web/words.py`` turns into sentences; days
are ISO strings:

``limit``        name (or ""), number, unit
``start``        on (the event), first (the first day that counts)
``holiday``      name, first, last, days: not counted
``makeup``       days: worked although on a weekend
``end``          on, count, unit, working; holiday (its name, or "")
``moved``        from, to: rolled to the next working day
``clamped``      wanted (day of the month), on
``chosen``       on, working: a date that somebody set
``provisional``  years without an official calendar
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import Any, TypeAlias

from sqlalchemy import delete, select

from engine import Session
from workflows import rules, settings
from workflows.calendar import SATURDAY, SpecialDay, WorkCalendar, calendar_of
from workflows.errors import LimitRefused
from workflows.rules import Acting
from workflows.tables import LadderRule, Limit, LimitUnit, Role, Rung, Urgency

MONTHS_A_YEAR = 12
LONGEST = rules.FURTHEST.days

Why: TypeAlias = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time; ``name`` tells which rule it comes from, if any."""

    number: int
    unit: LimitUnit
    name: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A last day, the reason for it, and the days on which to warn before it."""

    on: date
    why: Why
    provisional: bool
    warn_on: date
    warn_again_on: date


def _working(number: int) -> tuple[int, LimitUnit]:
    return number, LimitUnit.WORKING_DAYS


def _natural(number: int) -> tuple[int, LimitUnit]:
    return number, LimitUnit.NATURAL_DAYS


def _months(number: int) -> tuple[int, LimitUnit]:
    return number, LimitUnit.MONTHS


DEFAULTS: Mapping[str, tuple[int, LimitUnit]] = MappingProxyType(
    {
        "instruction.flash": (0, LimitUnit.SAME_DAY),
        "instruction.urgent": _working(3),
        "instruction.pressing": _natural(5),
        "instruction.normal": _natural(15),
        "instruction.complex": _natural(30),
        "instruction.long_term": _months(12),
        "interim.weekly": _natural(7),
        "interim.monthly": _months(1),
        "interim.quarterly": _months(3),
        "document": _natural(30),
        "minutes": _natural(20),
        "decision.first_report": _working(5),
        "proposal": _months(3),
        "proposal.co_opinion": _months(1),
        "proposal.longest": _months(6),
        "register": _working(1),
        "approve": _working(1),
        "assign": _working(1),
        "acknowledge": _working(1),
        "object": _working(2),
        "object.proposal": _natural(10),
        "objection": _working(1),
        "report": _natural(15),
        "confirm": _working(1),
        "review": _working(2),
        "consent": _working(2),
        "extension": _working(2),
        "instruct": _working(3),
        "revisit": _natural(30),
        "close": _working(2),
        "form": _working(3),
    }
)
"""The limits of domain section 5 and the office's own steps; an administrator edits them."""

LADDER: tuple[tuple[Rung, Urgency | None, int, int], ...] = (
    (Rung.REMINDER, None, 1, 0),
    (Rung.URGE, None, 2, 0),
    (Rung.NOTICE_BLUE, None, 3, 1),
    (Rung.NOTICE_YELLOW, None, 5, 1),
    (Rung.NOTICE_RED, None, 10, 2),
    (Rung.INTERVIEW, None, 15, 2),
    (Rung.CRITICISM, None, 20, 3),
    (Rung.ACCOUNTABILITY, None, 30, 3),
    (Rung.URGE, Urgency.FLASH, 1, 0),
    (Rung.NOTICE_YELLOW, Urgency.FLASH, 2, 0),
    (Rung.NOTICE_RED, Urgency.FLASH, 3, 1),
    (Rung.INTERVIEW, Urgency.FLASH, 5, 1),
)
"""Rung, urgency (None: any), working days overdue, escalations before."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the ladder as an administrator types it."""

    rung: Rung
    urgency: Urgency | None
    days_overdue: int
    times_before: int


def due_date(session: Session, start: date, limit: str | Span | Limit) -> Due:
    """Return the last day of a limit that the event of ``start`` set running."""
    span = span_of(session, limit) if isinstance(limit, str) else limit
    calendar = calendar_of(session)
    roll = settings.is_on(session, "limit.roll")

    end, parts = _last_day(calendar, start, span, roll=roll)
    why = [_limit_part(span), _start_part(start, span), *parts]
    return _due(session, calendar, start, end, why)


def chosen_date(session: Session, start: date, on: date) -> Due:
    """Return a due date that somebody set by hand, with its warnings."""
    calendar = calendar_of(session)
    why = [{"kind": "chosen", "on": on.isoformat(), "working": calendar.is_working(on)}]
    return _due(session, calendar, start, on, why)


def span_of(session: Session, name: str) -> Span:
    """Return the limit of this name, or refuse a name that nobody defined."""
    row = session.get(Limit, name)
    if row is not None:
        return Span(row.number, row.unit, name)
    if name not in DEFAULTS:
        raise LimitRefused(why="unknown", name=name)
    return Span(*DEFAULTS[name], name)


def limits(session: Session) -> Sequence[Limit]:
    """Return every limit in the order of the defaults."""
    order = {name: place for place, name in enumerate(DEFAULTS)}
    rows = session.scalars(select(Limit)).all()
    return sorted(rows, key=lambda row: (order.get(row.name, len(order)), row.name))


def change_limit(session: Session, actor: Acting, name: str, span: Span) -> Limit:
    """Set a limit's number and unit; what already runs keeps its due date."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    if name not in DEFAULTS:
        raise LimitRefused(why="unknown", name=name)
    least = 0 if span.unit is LimitUnit.SAME_DAY else 1
    if not least <= span.number <= LONGEST:
        raise LimitRefused(why="number", name=name)

    row = session.get(Limit, name)
    if row is None:
        row = Limit(name=name, number=span.number, unit=span.unit)
        session.add(row)
    row.number, row.unit = span.number, span.unit
    session.flush()
    return row


def ladder(session: Session) -> Sequence[LadderRule]:
    """Return the ladder's rules, by urgency and rung."""
    order = list(Rung)
    rows = session.scalars(select(LadderRule)).all()
    return sorted(rows, key=lambda row: (row.urgency or "", order.index(row.rung)))


def change_ladder(session: Session, actor: Acting, lines: Iterable[Rule]) -> None:
    """Replace the ladder; a higher rung never comes on an earlier day than a lower one."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    wanted = sorted(lines, key=lambda line: (line.urgency or "", list(Rung).index(line.rung)))
    _must_climb(wanted)
    session.execute(delete(LadderRule))
    _add_ladder(session, wanted)


def seed_limits(session: Session) -> None:
    """Write the default limits and ladder where they are missing."""
    known = set(session.scalars(select(Limit.name)))
    for name, (number, unit) in DEFAULTS.items():
        if name not in known:
            session.add(Limit(name=name, number=number, unit=unit))
    if session.scalars(select(LadderRule.id).limit(1)).first() is None:
        _add_ladder(session, [Rule(*line) for line in LADDER])
    session.flush()


def _add_ladder(session: Session, lines: Iterable[Rule]) -> None:
    for line in lines:
        row = LadderRule(
            rung=line.rung,
            urgency=line.urgency,
            days_overdue=line.days_overdue,
            times_before=line.times_before,
        )
        session.add(row)
    session.flush()


def _must_climb(lines: list[Rule]) -> None:
    if not lines:
        raise LimitRefused(why="empty_ladder", name="")
    for line in lines:
        if not 1 <= line.days_overdue <= LONGEST or line.times_before < 0:
            raise LimitRefused(why="number", name=line.rung)
    for _, group in groupby(lines, key=lambda line: line.urgency):
        rungs = list(group)
        for lower, higher in pairwise(rungs):
            if lower.rung is higher.rung:
                raise LimitRefused(why="rung_twice", name=higher.rung)
            if higher.days_overdue < lower.days_overdue:
                raise LimitRefused(why="goes_down", name=higher.rung)


def _last_day(
    calendar: WorkCalendar, start: date, span: Span | Limit, *, roll: bool
) -> tuple[date, Why]:
    match span.unit:
        case LimitUnit.SAME_DAY:
            return start, [_end_part(calendar, start, span)]
        case LimitUnit.WORKING_DAYS:
            end = calendar.add(start, span.number)
            return end, [*_skipped(calendar, start, end), _end_part(calendar, end, span)]
        case LimitUnit.NATURAL_DAYS:
            end = start + timedelta(days=span.number)
            return _maybe_moved(calendar, end, span, roll=roll)
        case LimitUnit.MONTHS:
            end = add_months(start, span.number)
            last, parts = _maybe_moved(calendar, end, span, roll=roll)
            return last, [*_clamped(start, end), *parts]


def add_months(day: date, number: int) -> date:
    """Return the same day some months later, or that month's last day."""
    years, month = divmod(day.month - 1 + number, MONTHS_A_YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _maybe_moved(
    calendar: WorkCalendar, end: date, span: Span | Limit, *, roll: bool
) -> tuple[date, Why]:
    parts = [_end_part(calendar, end, span)]
    last = calendar.on_or_after(end) if roll else end
    if last != end:
        parts.append({"kind": "moved", "from": end.isoformat(), "to": last.isoformat()})
    return last, parts


def _due(session: Session, calendar: WorkCalendar, start: date, on: date, why: Why) -> Due:
    years = [y for y in range(start.year, on.year + 1) if calendar.year(y).provisional]
    if years:
        why = [*why, {"kind": "provisional", "years": years}]
    warn_on, warn_again_on = (
        warning_day(calendar, start, on, settings.number(session, name))
        for name in ("limit.warn_at", "limit.warn_again_at")
    )
    return Due(on, why, bool(years), warn_on, warn_again_on)


def warning_day(calendar: WorkCalendar, start: date, on: date, percent: int) -> date:
    """Return the working day on which this share of the time is left, not before the start."""
    left = timedelta(days=(on - start).days * percent // 100)
    day = calendar.on_or_before(on - left)
    return max(day, min(start, on))


def _limit_part(span: Span | Limit) -> dict[str, Any]:
    return {"kind": "limit", "name": span.name, "number": span.number, "unit": span.unit.value}


def _start_part(start: date, span: Span | Limit) -> dict[str, Any]:
    counts = timedelta(days=0 if span.unit is LimitUnit.SAME_DAY else 1)
    return {"kind": "start", "on": start.isoformat(), "first": (start + counts).isoformat()}


def _end_part(calendar: WorkCalendar, end: date, span: Span | Limit) -> dict[str, Any]:
    special = calendar.special(end)
    return {
        "kind": "end",
        "on": end.isoformat(),
        "count": span.number,
        "unit": span.unit.value,
        "working": calendar.is_working(end),
        "holiday": special.name if special and not special.working else "",
    }


def _clamped(start: date, end: date) -> Why:
    if start.day == end.day:
        return []
    return [{"kind": "clamped", "wanted": start.day, "on": end.isoformat()}]


def _skipped(calendar: WorkCalendar, start: date, end: date) -> Why:
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    specials = [special for day in days if (special := calendar.special(day))]
    parts = list(_holiday_parts(special for special in specials if not special.working))
    makeup = [special.day.isoformat() for special in specials if special.working]
    if makeup:
        parts.append({"kind": "makeup", "days": makeup})
    return parts


def _holiday_parts(specials: Iterable[SpecialDay]) -> Iterator[dict[str, Any]]:
    """Join the days of one festival, without the weekend before or after its days off."""
    for (name, _), group in groupby(specials, key=lambda each: (each.name, each.day.year)):
        days = [each.day for each in group]
        weekdays = [day for day in days if day.weekday() < SATURDAY]
        if weekdays:
            first, last = weekdays[0], weekdays[-1]
            yield {
                "kind": "holiday",
                "name": name,
                "first": first.isoformat(),
                "last": last.isoformat(),
                "days": (last - first).days + 1,
            }
