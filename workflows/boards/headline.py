"""What a board says first: how many are open and late, what is due this week, what was closed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from engine import Session
from workflows import ledger
from workflows.actors import Actor
from workflows.boards.asked import Board
from workflows.boards.numbers import Number, named
from workflows.calendar import is_working
from workflows.ledger import By
from workflows.lights import Light

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
SHADES = (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE)


@dataclass(frozen=True, slots=True)
class Headline:
    """The figures of the first sentence, the lights of what is open, and when last week ended."""

    open: Number
    lights: Mapping[Light, Number]
    long_late: Number
    late_before: Number
    due: Number
    reported: Number
    closed: Number
    closed_this_year: Number
    visited: Number
    unsolved: Number
    last_sunday: date

    @property
    def fewer_late(self) -> int:
        """Return by how many fewer are late than when last week ended."""
        return self.late_before.value - self.lights[Light.RED].value


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day of this week, what is due on it, and what of that was reported or has ended."""

    on: date
    due: Number
    reported: Number
    working: bool


def headline(session: Session, actor: Actor, board: Board) -> Headline:
    """Return what the board says first."""
    base, every, day = board.base, board.every, board.day
    monday = first_of_week(day)
    week = replace(every, due_from=monday, due_to=monday + 6 * DAY)
    lights = ledger.counted_by(session, actor, base, By.LIGHT)
    shown = {
        shade: Number(lights.get((shade.value,), 0), replace(base, lights=(shade,)))
        for shade in SHADES
    }
    found = named(
        session,
        actor,
        {
            "long_late": replace(base, lights=(Light.RED,), due_to=month_before(day) - DAY),
            "late_before": replace(every, late_on=monday - DAY),
            "due": week,
            "reported": replace(week, reported=True),
            "closed": replace(every, closed_from=monday, closed_to=day),
            "closed_this_year": replace(every, closed_from=date(day.year, 1, 1), closed_to=day),
            "visited": replace(every, visited_from=monday, visited_to=day),
            "unsolved": replace(every, visited_from=monday, visited_to=day, unsolved=True),
        },
    )
    everything = Number(sum(number.value for number in shown.values()), base)
    return Headline(open=everything, lights=shown, last_sunday=monday - DAY, **found)


def due(session: Session, actor: Actor, board: Board) -> list[DueDay]:
    """Return the days of this week; days off show only if something is due on them."""
    monday = first_of_week(board.day)
    week = replace(board.every, due_from=monday, due_to=monday + 6 * DAY)
    found = ledger.counted_by(session, actor, week, By.DUE_ON, By.REPORTED)
    return list(_days(session, board, monday, found))


def _days(
    session: Session, board: Board, monday: date, found: Mapping[tuple[object, ...], int]
) -> Iterator[DueDay]:
    for ahead in range(7):
        on = monday + ahead * DAY
        of_day = {bool(key[1]): count for key, count in found.items() if key[0] == on}
        number, working = sum(of_day.values()), is_working(session, on)
        if number or working:
            rows = replace(board.every, due_from=on, due_to=on)
            reported = Number(of_day.get(True, 0), replace(rows, reported=True))
            yield DueDay(on, Number(number, rows), reported, working)


def first_of_week(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def month_before(day: date) -> date:
    """Return the same day of the month before, or that month's last one."""
    last = day.replace(day=1) - DAY
    return last.replace(day=min(day.day, last.day))
