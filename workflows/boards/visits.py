"""Revisits that found something not really solved, month by month."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from engine import Session
from workflows.actors import Actor
from workflows.boards.asked import Board
from workflows.boards.numbers import Number, counted

MONTHS = 6
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A month: the items that were revisited in it, and those found not really solved."""

    first: date
    last: date
    visited: Number
    unsolved: Number


def visits(session: Session, actor: Actor, board: Board) -> list[VisitLine]:
    """Return the last months, the present one first and up to today."""
    spans, last = [], board.day
    for _ in range(MONTHS):
        spans.append((last.replace(day=1), last))
        last = last.replace(day=1) - DAY
    rows = [replace(board.every, visited_from=first, visited_to=last) for first, last in spans]
    done = counted(session, actor, rows)
    failed = counted(session, actor, [replace(each, unsolved=True) for each in rows])
    return [
        VisitLine(first, last, visited, unsolved)
        for (first, last), visited, unsolved in zip(spans, done, failed, strict=True)
    ]
