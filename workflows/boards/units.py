"""Where it is late: the overdue items by the unit that leads them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from engine import Session
from workflows import ledger
from workflows.actors import Actor
from workflows.boards.asked import Board
from workflows.boards.numbers import Number
from workflows.calendar import working_days_between
from workflows.happenings import NOBODY
from workflows.ledger import By
from workflows.ledger_filter import LedgerFilter
from workflows.lights import Light
from workflows.tables import Unit


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit's overdue items, and for how many working days the oldest is; no unit has no name.

    ``units`` is how many units a line stands for: the last one may sum up several.
    """

    name: str
    late: Number
    longest: int | None
    units: int = 1


def late_units(
    session: Session, actor: Actor, board: Board, most: int | None = None
) -> list[LateUnit]:
    """Return the units that lead overdue items, the most, then the latest first.

    The rest stand in one line.
    """
    red = replace(board.base, lights=(Light.RED,))
    counts = {key[0]: number for key, number in _by_lead(session, actor, red).items()}
    oldest = ledger.longest_due(session, actor, red)
    longest = {
        unit: -working_days_between(session, board.day, due_on)
        for unit, due_on in oldest.items()
        if due_on < board.day
    }
    units = session.scalars(select(Unit).where(Unit.id.in_(counts)))
    known = {unit.id: unit for unit in units}

    def rank(unit: int) -> tuple[int, ...]:
        position = known[unit].position if unit in known else 0
        return -counts[unit], -longest.get(unit, 0), position, unit

    ranked = sorted(counts, key=rank)
    shown = ranked if most is None or len(ranked) <= most + 1 else ranked[:most]
    lines = [
        LateUnit(
            known[unit].name if unit != NOBODY else "",
            Number(counts[unit], replace(red, leads=(unit,))),
            longest.get(unit),
        )
        for unit in shown
    ]
    return [*lines, *_rest(red, ranked[len(shown) :], counts, longest)]


def _by_lead(session: Session, actor: Actor, red: LedgerFilter) -> dict[tuple[int, ...], int]:
    return dict(ledger.counted_by(session, actor, red, By.LEAD))


def _rest(
    red: LedgerFilter,
    others: Sequence[int],
    counts: dict[int, int],
    longest: dict[int, int],
) -> list[LateUnit]:
    if not others:
        return []
    rows = replace(red, leads=tuple(sorted(others)))
    number = sum(counts[unit] for unit in others)
    late = [longest[unit] for unit in others if unit in longest]
    return [LateUnit("", Number(number, rows), max(late, default=None), len(others))]
