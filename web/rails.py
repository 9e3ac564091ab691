"""The limit rail 期限尺: hand-over, limits, reports and today on one scale."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from flask_babel import gettext as _
from markupsafe import Markup

from web.moments import short_day

LONGEST = 94.0  # percent; what is left of the rail says that time goes on
NARROWEST = 440  # pixels that the rail has on a wide screen at least
TAGS = re.compile(r"<[^>]+>")
SIGN, LETTER, GAP = 12.5, 6.5, 8.0  # pixels
LEFT, RIGHT = 8.0, 82.0

Part: TypeAlias = tuple[float, float, str]
Mark: TypeAlias = tuple[float, str]
Label: TypeAlias = tuple[float, str, Markup]
At: TypeAlias = Callable[[date], float]


@dataclass(frozen=True, slots=True)
class Reported:
    """A report as the rail shows it: the day, and what became of it."""

    on: date
    returned: bool


@dataclass(frozen=True, slots=True)
class Course:
    """The days of one unit's part that the rail is drawn from."""

    began: date
    due_on: date
    today: date
    original: date | None = None
    warn_on: date | None = None
    ended: date | None = None
    reports: Sequence[Reported] = ()
    late_words: str = ""

    @property
    def until(self) -> date:
        """Return the day on which the rail's hand stands: today, or the day it was done."""
        return self.ended or self.today

    @property
    def late(self) -> bool:
        """Say whether the limit was missed."""
        return self.until > self.due_on


@dataclass(slots=True)
class Rail:
    """What the rail's macro draws: bands, marks and labels in percent, and it all in words."""

    parts: list[Part] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    words: str = ""
    _taken: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def label(self, at: float, row: str, words: str, more: str = "", *, optional: bool) -> None:
        """Write a label where there is room; an optional one gives way."""
        side = " first" if at < LEFT else " last" if at > RIGHT else ""
        room = _room(at, side, max(_width(words), _width(more)))
        taken = self._taken.setdefault(row[:2], [])
        if optional and any(room[0] < end and start < room[1] for start, end in taken):
            return
        taken.append(room)
        text = Markup("{}<br>{}").format(words, more) if more else Markup("{}").format(words)
        self.labels.append((at, f"{row}{side}{' opt' if optional else ''}", text))


def _room(at: float, side: str, width: float) -> tuple[float, float]:
    """Return from where to where a label reaches, in percent of the rail."""
    if side == " first":
        return at, at + width
    return (at - width, at) if side else (at - width / 2, at + width / 2)


def _width(words: str) -> float:
    """Estimate how wide words are, in percent of the narrowest rail."""
    plain = TAGS.sub("", words)
    pixels = sum(LETTER if sign.isascii() else SIGN for sign in plain) + GAP
    return pixels * 100 / NARROWEST


def rail_of(course: Course) -> Rail:
    """Draw a part's time as a rail."""
    last = max(course.due_on, course.until, course.original or course.due_on)
    whole = max((last - course.began).days, 1)

    def at(day: date) -> float:
        return round(max(0, (day - course.began).days) / whole * LONGEST, 1)

    rail = Rail(words=_words(course))
    rail.parts = _bands(course, at(course.due_on), at(course.until), at)
    _mark_limits(rail, course, at)
    _mark_today(rail, course, at(course.until))
    for report in course.reports:
        rail.marks.append((at(report.on), "p"))
        more = _("report, returned") if report.returned else _("report")
        rail.label(at(report.on), "dn", short_day(report.on), more, optional=True)
    return rail


def _bands(course: Course, due: float, until: float, at: At) -> list[Part]:
    """Colour the time that has gone: as planned, extended, close to the limit, past it."""
    bands: list[Part] = []
    first = at(course.original) if course.original else due
    bands.append((0.0, min(first, until), "went"))
    if course.original and course.original < course.due_on and until > first:
        bands.append((first, min(due, until), "ext"))
    if course.warn_on and not course.ended and course.warn_on < course.until <= course.due_on:
        bands.append((max(at(course.warn_on), 0.0), until, "warn"))
    if until > due:
        bands.append((due, until, "late"))
    return bands


def _mark_limits(rail: Rail, course: Course, at: At) -> None:
    due = at(course.due_on)
    rail.marks.append((due, "m lim" if course.late else "m goal"))
    limit = Markup("<b>{}</b>").format(_("limit %(day)s", day=short_day(course.due_on)))
    rail.label(due, "up lim" if course.late else "up goal", limit, optional=False)
    if course.original and course.original != course.due_on:
        words = _("first limit %(day)s", day=short_day(course.original))
        rail.marks.append((at(course.original), "m"))
        rail.label(at(course.original), "up", words, optional=True)


def _mark_today(rail: Rail, course: Course, until: float) -> None:
    hand = _("done %(day)s") if course.ended else _("today %(day)s")
    words = Markup("<b>{}</b>").format(hand % {"day": short_day(course.until)})
    rail.marks.append((until, "m now"))
    began = course.began == course.until
    rail.label(
        until,
        "dn now",
        words,
        course.late_words or (_("assigned") if began else ""),
        optional=False,
    )
    rail.label(0.0, "dn", short_day(course.began), _("assigned"), optional=True)


def _words(course: Course) -> str:
    told = [_("Assigned on %(day)s", day=short_day(course.began))]
    if course.original and course.original != course.due_on:
        told.append(_("first limit %(day)s", day=short_day(course.original)))
    told.append(_("limit %(day)s", day=short_day(course.due_on)))
    hand = _("done %(day)s") if course.ended else _("today %(day)s")
    told.append(hand % {"day": short_day(course.until)})
    return _(", ").join([*told, course.late_words] if course.late_words else told)
