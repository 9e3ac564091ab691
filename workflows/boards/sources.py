"""Where items come from: what is open of each source by light, and how much of it was closed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from engine import Session
from workflows import ledger
from workflows.actors import Actor
from workflows.boards.asked import Board
from workflows.boards.headline import SHADES
from workflows.boards.numbers import Number
from workflows.kinds import SOURCES
from workflows.ledger import By
from workflows.ledger_filter import LedgerFilter
from workflows.lights import Light
from workflows.tables import Kind, Source


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A kind, or one of its sources: what is open by light, and what was closed this year."""

    kind: Kind
    source: Source | None
    open: Number
    lights: Mapping[Light, Number]
    closed: Number

    @property
    def rate(self) -> int | None:
        """Return what was closed this year of that and what is open, in percent."""
        of = self.closed.value + self.open.value
        return round(100 * self.closed.value / of) if of else None


def sources(session: Session, actor: Actor, board: Board) -> list[SourceLine]:
    """Return each kind with its sources below it; those without any items are left out."""
    found = ledger.counted_by(session, actor, board.base, By.SOURCE, By.LIGHT)
    year = date(board.day.year, 1, 1)
    groups = [
        (kind, source, (source,) if source else SOURCES[kind])
        for kind in Kind
        for source in (None, *SOURCES[kind])
    ]
    over = replace(board.every, closed_from=year, closed_to=board.day)
    closed = ledger.counted_by(session, actor, over, By.SOURCE)
    lines = [
        _line(board, kind, source, members, found, _closed(over, members, closed))
        for kind, source, members in groups
    ]
    return [line for line in lines if line.open.value or line.closed.value]


def _line(
    board: Board,
    kind: Kind,
    source: Source | None,
    members: tuple[Source, ...],
    found: Mapping[tuple[object, ...], int],
    closed: Number,
) -> SourceLine:
    rows = replace(board.base, sources=members)
    lights = {
        shade: Number(
            sum(found.get((each, shade.value), 0) for each in members),
            replace(rows, lights=(shade,)),
        )
        for shade in SHADES
    }
    number = sum(each.value for each in lights.values())
    return SourceLine(kind, source, Number(number, rows), lights, closed)


def _closed(
    over: LedgerFilter, members: tuple[Source, ...], found: Mapping[tuple[object, ...], int]
) -> Number:
    number = sum(found.get((each,), 0) for each in members)
    return Number(number, replace(over, sources=members))
