"""Timers: what a diagram writes, and the moments that follow from it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.errors import Fault

DURATION: Final = re.compile(
    r"P(?!$)(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?"
    r"(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?(?:(?P<seconds>\d{1,9})S)?)?"
)
KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,60}")
DUE: Final = re.compile(r"due\.([A-Za-z][A-Za-z0-9_]{0,60})")
CYCLE: Final = re.compile(r"R(\d{0,4})(?:/([^/]+))?/([^/]+)")

DueLookup = Callable[[str], datetime | None]


class TimerRefused(ValueError):
    """A timer isn't written as one."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A distance in time; months end on the last day that a month has.

    Months and days are counted on a calendar, hours and less by the clock: where a zone
    changes its time, a day later is the same hour of the next day (ISO 8601, 5.5.2).
    """

    months: int
    days: int
    rest: timedelta

    @property
    def longest(self) -> timedelta:
        """Return a distance in time that it never exceeds by much."""
        return timedelta(days=31 * self.months + self.days) + self.rest

    def after(self, start: datetime, times: int = 1, zone: tzinfo = UTC) -> datetime:
        """Return the moment so many times the distance later, by the calendar of a zone."""
        if not self.months and not self.days:
            return start + times * self.rest
        local = start.astimezone(zone)
        count = local.year * 12 + local.month - 1 + times * self.months
        year, month = divmod(count, 12)
        first_of_next = datetime(year + (month + 1) // 12, (month + 1) % 12 + 1, 1, tzinfo=UTC)
        last = (first_of_next - timedelta(days=1)).day
        day = local.replace(year=year, month=month + 1, day=min(local.day, last), tzinfo=None)
        later = (day + timedelta(days=times * self.days)).replace(tzinfo=zone)
        return later.astimezone(UTC) + times * self.rest


@dataclass(frozen=True, slots=True)
class Armed:
    """What a waiting timer remembers: when it was armed, last fired, and how often it still may."""

    since: datetime
    fired: datetime | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One timer as drawn: a duration, a date, or a cycle with its first moment and its step."""

    kind: str
    text: str
    at: datetime | None = None
    due: str | None = None
    step: Duration | None = None
    step_key: str | None = None
    repeats: int | None = None
    zone: tzinfo = UTC
    """By whose calendar days and months are counted."""

    @property
    def cycles(self) -> bool:
        """Tell whether it may fire more than once."""
        return self.kind == "cycle"

    def next(self, armed: Armed, data: Mapping[str, Any], due: DueLookup) -> datetime | None:
        """Return when it fires next; ``None`` while it has no date, or when it is spent.

        Firings that were missed are one: after the last firing the next moment is
        the first of its row that still lies ahead.
        """
        if not self.cycles:
            after = armed.since
            return self.step.after(after, zone=self.zone) if self.step else self._first(due)
        start = self._start(armed, data, due)
        if start is None or armed.fired is None or start > armed.fired:
            return start
        return _ahead(start, self._step(data), armed.fired, self.zone)

    def _start(self, armed: Armed, data: Mapping[str, Any], due: DueLookup) -> datetime | None:
        if self.due or self.at:
            return self._first(due)
        return self._step(data).after(armed.since, zone=self.zone)

    def _first(self, due: DueLookup) -> datetime | None:
        return due(self.due) if self.due else self.at

    def _step(self, data: Mapping[str, Any]) -> Duration:
        if self.step is not None:
            return self.step
        text = data.get(self.step_key or "")
        try:
            return duration(str(text))
        except TimerRefused as error:
            raise Fault("timer", f"{self.step_key!r} holds {text!r}: {error}") from error


def _ahead(start: datetime, step: Duration, after: datetime, zone: tzinfo) -> datetime:
    """Return the first moment of the row that lies after the given one."""
    times = max(0, (after - start) // step.longest - 1)
    while (moment := step.after(start, times, zone)) <= after:
        times += 1
    return moment


def duration(text: str) -> Duration:
    """Read an ISO 8601 duration, longer than nothing."""
    match = DURATION.fullmatch(text.strip())
    if match is None:
        message = "isn't an ISO 8601 duration such as PT1H or P5D"
        raise TimerRefused(message)
    part = {name: int(value or 0) for name, value in match.groupdict().items()}
    months = 12 * part.pop("years") + part.pop("months")
    days = 7 * part.pop("weeks") + part.pop("days")
    rest = timedelta(**part)
    if not months and not days and not rest:
        message = "is a duration of nothing"
        raise TimerRefused(message)
    return Duration(months, days, rest)


def zone_of(name: str) -> tzinfo:
    """Return a time zone by its name in the tz database, such as ``Asia/Shanghai``."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        message = "isn't a time zone such as Asia/Shanghai"
        raise TimerRefused(message) from error


def read_duration(text: str, zone: tzinfo | None = None) -> Rule:
    """Read a ``timeDuration``."""
    return Rule("duration", text, step=duration(text), zone=zone or UTC)


def read_date(text: str, zone: tzinfo | None = None) -> Rule:
    """Read a ``timeDate``: an ISO moment with its offset or in a named zone, or ``due.NAME``."""
    text = text.strip()
    if match := DUE.fullmatch(text):
        return Rule("date", text, due=match[1])
    return Rule("date", text, at=_moment(text, zone))


def read_cycle(text: str, zone: tzinfo | None = None) -> Rule:
    """Read a ``timeCycle``: ``R[n]/[first/]step``."""
    text = text.strip()
    match = CYCLE.fullmatch(text)
    if match is None:
        message = "isn't a cycle such as R3/PT1H or R/due.overdue/P1D"
        raise TimerRefused(message)
    count, first, step = match.groups()
    if count and int(count) == 0:
        message = "is a cycle that never fires"
        raise TimerRefused(message)
    start = read_date(first, zone) if first else None
    key = step if KEY.fullmatch(step) and not DURATION.fullmatch(step) else None
    return Rule(
        "cycle",
        text,
        at=start.at if start else None,
        due=start.due if start else None,
        step=None if key else duration(step),
        step_key=key,
        repeats=int(count) if count else None,
        zone=zone or UTC,
    )


def _moment(text: str, zone: tzinfo | None) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        message = "isn't a moment such as 2020-03-02T09:00:00+08:00, nor due.NAME"
        raise TimerRefused(message) from error
    if moment.tzinfo is None and zone is not None:
        moment = moment.replace(tzinfo=zone)
    if moment.tzinfo is None:
        message = "is a moment without its time zone"
        raise TimerRefused(message)
    return moment.astimezone(UTC)
