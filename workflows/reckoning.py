"""The arithmetic of the legal clock: until which day, and why that day. Nothing but days.

Counting starts the day after the starting event 次日起算. Working days skip weekends and
holidays and count make-up days; natural days and months count everything, and an end on
a non-working day isn't moved unless the office has decided so. A month without the day
ends on its last one. While a clock stands still no day counts: its limit moves by the days
of the stop, working days if it is counted in those.

A due date's ``why`` is a list of parts, the log of its clock. ``web/words/whys.py`` turns them
into sentences, and :meth:`Reckoner.again` plays them again on another calendar. Days are
ISO strings:

``limit``        name (or ""), number, unit
``start``        on (the event), first (the first day that counts), event
``holiday``      name, first, last, days: not counted
``makeup``       days: worked although on a weekend
``end``          on, count, unit, working; holiday (its name, or "")
``clamped``      wanted (day of the month), on
``stopped``      cause, from, to, days, unit; on (the new day), working
``moved``        from, to: rolled to the next working day
``chosen``       on, working: a date that somebody set
``interim``      on: the day of an interim report; name, number, unit, since: its rhythm
``doubled``      from, first, on: a limit can be extended by as long as it was at first
``added``        days, on: days on which a clock stood still don't count against that
``extended``     asked, decided, from, to: consented to
``reassigned``   on: handed to another unit
``recounted``    on, from, to, because: the calendar or the rule changed
``provisional``  years without an official calendar
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any, TypeAlias

from workflows.calendar import SATURDAY, SpecialDay, WorkCalendar
from workflows.tables import LimitUnit, StartEvent

MONTHS_A_YEAR = 12

Part: TypeAlias = dict[str, Any]
Why: TypeAlias = list[Part]

FIXED = frozenset({"chosen", "interim", "extended"})
"""Parts that say the day itself: no calendar and no rule moves it."""
DERIVED = frozenset({"holiday", "makeup", "end", "clamped", "moved", "provisional"})
"""Parts that follow from the others, and are reckoned anew."""


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time; ``name`` tells which rule it comes from, if any."""

    number: int
    unit: LimitUnit
    name: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A time in which a clock stood still: the days after ``since`` up to ``until``."""

    cause: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Due:
    """A last day, the reason for it, and the days on which to warn before it."""

    on: date
    why: Why
    provisional: bool
    warn_on: date
    warn_again_on: date


@dataclass(slots=True)
class _Run:
    """A clock while it is played: the day reached, how it counts, what was said so far."""

    on: date
    unit: LimitUnit
    roll: bool
    said: Why = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reckoner:
    """Reckons due dates on one calendar, as the office counts and warns."""

    calendar: WorkCalendar
    roll: bool
    warn_at: int
    warn_again_at: int

    def due(self, start: date, span: Span, event: StartEvent | None = None) -> Due:
        """Return the last day of a limit that the event of ``start`` set running."""
        run = self._counted(start, span, event, roll=self.roll)
        return self._finished(run, start)

    def chosen(self, start: date, on: date) -> Due:
        """Return a due date that somebody set by hand, with its warnings."""
        said = [{"kind": "chosen", "on": on.isoformat(), "working": self.calendar.is_working(on)}]
        return self._finished(_Run(on, LimitUnit.NATURAL_DAYS, roll=False, said=said), start)

    def again(
        self,
        why: Iterable[Part],
        began: date,
        *,
        spans: Mapping[str, Span] | None = None,
        starts: Mapping[str, tuple[date, StartEvent]] | None = None,
    ) -> Due | None:
        """Play a clock's log again: on this calendar, and with these rules instead of its own.

        A day that was set, or consented to, stays; stops after it count anew. A log that
        doesn't tell how its day came about can't be played.
        """
        log = list(why)
        run = self._begun(log, spans or {}, starts or {})
        if run is None:
            return None
        start = next((_day(part["on"]) for part in run.said if part["kind"] == "start"), began)
        for part in _after(log):
            run.said.append(self._shifted(run, part) if part["kind"] == "stopped" else part)
        return self._finished(run, start)

    def stopped(self, why: Iterable[Part], began: date, on: date, stop: Stop) -> Due:
        """Return a due date moved by the days of a stop that has ended."""
        log = [*why, _stop_part(stop)]
        known = self.again(log, began)
        if known is not None:
            return known
        run = _Run(on, LimitUnit.NATURAL_DAYS, roll=False, said=log[:-1])
        run.said.append(self._shifted(run, log[-1]))
        return self._finished(run, began)

    # -- the run ------------------------------------------------------------------------

    def _counted(self, start: date, span: Span, event: StartEvent | None, *, roll: bool) -> _Run:
        first = start if span.unit is LimitUnit.SAME_DAY else start + timedelta(days=1)
        begins: Part = {"kind": "start", "on": start.isoformat(), "first": first.isoformat()}
        if event is not None:
            begins["event"] = event.value
        limit = {
            "kind": "limit", "name": span.name, "number": span.number, "unit": span.unit.value
        }  # fmt: skip
        end, parts = self._counting(start, span)
        rolls = roll and span.unit in (LimitUnit.NATURAL_DAYS, LimitUnit.MONTHS)
        return _Run(end, span.unit, rolls, [limit, begins, *parts])

    def _counting(self, start: date, span: Span) -> tuple[date, Why]:
        match span.unit:
            case LimitUnit.SAME_DAY:
                return start, [self._end(start, span)]
            case LimitUnit.WORKING_DAYS:
                end = self.calendar.add(start, span.number)
                return end, [*self._skipped(start, end), self._end(end, span)]
            case LimitUnit.NATURAL_DAYS:
                end = start + timedelta(days=span.number)
                return end, [self._end(end, span)]
            case LimitUnit.MONTHS:
                end = add_months(start, span.number)
                return end, [*_clamped(start, end), self._end(end, span)]

    def _begun(
        self,
        log: Why,
        spans: Mapping[str, Span],
        starts: Mapping[str, tuple[date, StartEvent]],
    ) -> _Run | None:
        """Return a clock at the last day that was set, or at the end of its first count."""
        place = _fixed_at(log)
        if place is not None:
            fixed = log[place]
            kept = [part for part in log[: place + 1] if part["kind"] != "provisional"]
            return _Run(_day(fixed.get("to") or fixed["on"]), _unit(kept), roll=False, said=kept)
        limit, begins = (_first(log, kind) for kind in ("limit", "start"))
        if limit is None or begins is None:
            return None
        name = limit["name"]
        span = spans.get(name) or Span(limit["number"], LimitUnit(limit["unit"]), name)
        event = StartEvent(begins["event"]) if begins.get("event") else None
        start, event = starts.get(name, (_day(begins["on"]), event))
        return self._counted(start, span, event, roll=self._rolls(log))

    def _rolls(self, log: Why) -> bool:
        """Say whether a day off moved this limit when it was set; a later setting doesn't."""
        if _first(log, "moved") is not None:
            return True
        said = (part for part in reversed(log) if part["kind"] in {"stopped", "end"})
        end = next((part for part in said if "working" in part), None)
        return self.roll if end is None or end["working"] else False

    def _shifted(self, run: _Run, part: Part) -> Part:
        """Move a run by the days of a stop that none before has stopped; say so.

        A clock that is stopped on its last day has that day left when it goes on; one that
        has run out before isn't stopped.
        """
        stop, working = _since(run.said, _stop(part)), run.unit is LimitUnit.WORKING_DAYS
        days = 0
        if stop.since <= run.on:
            others = [_stop(said) for said in run.said if said.get("days") and "cause" in said]
            days = stopped_days(self.calendar, run.unit, stop, others)
            days += stop.since == run.on < stop.until
            run.on = self.calendar.add(run.on, days) if working else run.on + timedelta(days=days)
        return {
            **part,
            "days": days,
            "unit": (run.unit if working else LimitUnit.NATURAL_DAYS).value,
            "on": run.on.isoformat(),
            "working": self.calendar.is_working(run.on),
        }

    def _finished(self, run: _Run, start: date) -> Due:
        """Roll a run where that is decided, and say which years are only guessed."""
        why, on = run.said, run.on
        if run.roll and not self.calendar.is_working(on):
            on = self.calendar.on_or_after(on)
            why = [*why, {"kind": "moved", "from": run.on.isoformat(), "to": on.isoformat()}]
        years = [y for y in range(start.year, on.year + 1) if self.calendar.year(y).provisional]
        if years:
            why = [*why, {"kind": "provisional", "years": years}]
        warn_on, warn_again_on = (
            warning_day(self.calendar, start, on, percent)
            for percent in (self.warn_at, self.warn_again_at)
        )
        return Due(on, why, bool(years), warn_on, warn_again_on)

    def _end(self, end: date, span: Span) -> Part:
        special = self.calendar.special(end)
        return {
            "kind": "end",
            "on": end.isoformat(),
            "count": span.number,
            "unit": span.unit.value,
            "working": self.calendar.is_working(end),
            "holiday": special.name if special and not special.working else "",
        }

    def _skipped(self, start: date, end: date) -> Why:
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        specials = [special for day in days if (special := self.calendar.special(day))]
        parts = list(_holiday_parts(special for special in specials if not special.working))
        makeup = [special.day.isoformat() for special in specials if special.working]
        if makeup:
            parts.append({"kind": "makeup", "days": makeup})
        return parts


def stopped_days(
    calendar: WorkCalendar, unit: LimitUnit, stop: Stop, others: Iterable[Stop] = ()
) -> int:
    """Count the days of a stop that no other one has stopped already, as its limit counts."""
    taken = {day for other in others for day in _days_of(other)}
    days = [day for day in _days_of(stop) if day not in taken]
    if unit is LimitUnit.WORKING_DAYS:
        return sum(map(calendar.is_working, days))
    return len(days)


def _stop_part(stop: Stop) -> Part:
    return {
        "kind": "stopped",
        "cause": stop.cause,
        "from": stop.since.isoformat(),
        "to": stop.until.isoformat(),
    }


def _stop(part: Part) -> Stop:
    return Stop(part["cause"], _day(part["from"]), _day(part["to"]))


def _since(log: Why, stop: Stop) -> Stop:
    """Return a stop without its days before an extension: who consented knew of them."""
    decided = [_day(part["decided"]) for part in log if part["kind"] == "extended"]
    since = min(max([stop.since, *decided]), stop.until)
    return Stop(stop.cause, since, stop.until)


def stopped_in_all(why: Iterable[Part]) -> int:
    """Count the days on which a clock stood still."""
    stops = [_stop(part) for part in why if part["kind"] == "stopped"]
    return len({day for stop in stops for day in _days_of(stop)})


def is_fixed(why: Iterable[Part]) -> bool:
    """Say whether a day was set or consented to, so that no rule moves it."""
    return _fixed_at(list(why)) is not None


def add_months(day: date, number: int) -> date:
    """Return the same day some months later, or that month's last day."""
    years, month = divmod(day.month - 1 + number, MONTHS_A_YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def warning_day(calendar: WorkCalendar, start: date, on: date, percent: int) -> date:
    """Return the working day on which this share of the time is left, not before the start."""
    left = timedelta(days=(on - start).days * percent // 100)
    day = calendar.on_or_before(on - left)
    return max(day, min(start, on))


def _days_of(stop: Stop) -> Iterator[date]:
    for distance in range(1, (stop.until - stop.since).days + 1):
        yield stop.since + timedelta(days=distance)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _first(log: Why, kind: str) -> Part | None:
    return next((part for part in log if part["kind"] == kind), None)


def _fixed_at(log: Why) -> int | None:
    places = [place for place, part in enumerate(log) if part["kind"] in FIXED]
    return places[-1] if places else None


def _after(log: Why) -> Why:
    """Return what was said after the day that a clock begins with, but for what follows anew."""
    place = _fixed_at(log)
    rest = log if place is None else log[place + 1 :]
    return [part for part in rest if part["kind"] not in DERIVED | {"limit", "start"}]


def _unit(log: Why) -> LimitUnit:
    """Return how a clock counts: a day that was set by hand is moved by natural days."""
    limit = _first(log, "limit")
    if limit is None or _fixed_at(log) is not None:
        return LimitUnit.NATURAL_DAYS
    return LimitUnit(limit["unit"])


def _clamped(start: date, end: date) -> Why:
    if start.day == end.day:
        return []
    return [{"kind": "clamped", "wanted": start.day, "on": end.isoformat()}]


def _holiday_parts(specials: Iterable[SpecialDay]) -> Iterator[Part]:
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
