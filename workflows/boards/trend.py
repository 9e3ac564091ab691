"""Twelve weeks: what was overdue as each ended, what was registered and closed in it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from engine import Session
from workflows.actors import Actor
from workflows.boards.asked import Board
from workflows.boards.headline import first_of_week
from workflows.boards.numbers import Number, counted

WEEKS = 12
SIX = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Week:
    """A week up to its Sunday, the present one up to today."""

    first: date
    last: date
    late: Number
    registered: Number
    closed: Number


def trend(session: Session, actor: Actor, board: Board) -> list[Week]:
    """Return the last twelve weeks, the present one as far as it has come."""
    monday = first_of_week(board.day)
    spans = [monday - timedelta(weeks=ago) for ago in reversed(range(WEEKS))]
    days = [(first, min(first + SIX, board.day)) for first in spans]
    every = board.every
    late = counted(session, actor, [replace(every, late_on=last) for _, last in days])
    registered = counted(
        session,
        actor,
        [replace(every, registered_from=first, registered_to=last) for first, last in days],
    )
    closed = counted(
        session, actor, [replace(every, closed_from=first, closed_to=last) for first, last in days]
    )
    return [
        Week(first, last, *numbers)
        for (first, last), *numbers in zip(days, late, registered, closed, strict=True)
    ]
