"""Timers: what a diagram writes, and the moments that follow from it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

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
    """A distance in time; months end on the last day that a month has."""

    months: int
    rest: timedelta

    def after(self, start: datetime, times: int = 1) -> datetime:
        """Return the moment so many times the distance later."""
        if not self.months:
            return start + times * self.rest
        count = start.year * 12 + start.month - 1 + times * self.months
        year, month = divmod(count, 12)
        first_of_next = datetime(year + (month + 1) // 12, (month + 1) % 12 + 1, 1, tzinfo=UTC)
        last = (first_of_next - timedelta(days=1)).day
        return start.replace(year=year, month=month + 1, day=min(start.day, last)) + (
            times * self.rest
        )


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
            return self.step.after(armed.since) if self.step else self._first(due)
        start = self._first(due) if self.due or self.at else self._step(data).after(armed.since)
        if start is None or armed.fired is None or start > armed.fired:
            return start
        return _ahead(start, self._step(data), armed.fired)

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


def _ahead(start: datetime, step: Duration, after: datetime) -> datetime:
    """Return the first moment of the row that lies after the given one."""
    longest = step.months * timedelta(days=31) + step.rest
    times = max(0, (after - start) // longest)
    while (moment := step.after(start, times)) <= after:
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
    rest = timedelta(**part)
    if not months and not rest:
        message = "is a duration of nothing"
        raise TimerRefused(message)
    return Duration(months, rest)


def read_duration(text: str) -> Rule:
    """Read a ``timeDuration``."""
    return Rule("duration", text, step=duration(text))


def read_date(text: str) -> Rule:
    """Read a ``timeDate``: an ISO moment with its zone, or ``due.NAME``."""
    text = text.strip()
    if match := DUE.fullmatch(text):
        return Rule("date", text, due=match[1])
    return Rule("date", text, at=_moment(text))


def read_cycle(text: str) -> Rule:
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
    start = read_date(first) if first else None
    key = step if KEY.fullmatch(step) and not DURATION.fullmatch(step) else None
    return Rule(
        "cycle",
        text,
        at=start.at if start else None,
        due=start.due if start else None,
        step=None if key else duration(step),
        step_key=key,
        repeats=int(count) if count else None,
    )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        message = "isn't a moment such as 2020-03-02T09:00:00+08:00, nor due.NAME"
        raise TimerRefused(message) from error
    if moment.tzinfo is None:
        message = "is a moment without its time zone"
        raise TimerRefused(message)
    return moment.astimezone(UTC)
