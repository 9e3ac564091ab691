"""Time by step: how long items wait at each step of a process, from the heat map's figures."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from engine import Session
from workflows import heat
from workflows.actors import Actor
from workflows.boards.asked import Board, whole
from workflows.heat import Asked, Spot

DAYS = timedelta(days=83)
"""Twelve weeks back, as far as the trend shows."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A step with its figures; the asked-for is by what the heat map lists its visits."""

    spot: Spot
    asked: Asked


def stretches(
    session: Session, actor: Actor, board: Board, process_id: str, most: int | None = None
) -> list[Stretch]:
    """Return the steps of a process at which most time went by in twelve weeks; a unit's own.

    What a unit does lies mostly in the processes that this one calls.
    """
    asked = Asked(process_id, first=since(board), last=board.day)
    if whole(actor):
        found = [Stretch(spot, asked) for spot in heat.heat_map(session, actor, asked).spots]
    else:
        inside = (replace(asked, process_id=each) for each in heat.called(session, process_id))
        found = [
            Stretch(spot, each)
            for each in (asked, *inside)
            for spot in heat.own_spots(session, actor, each)
        ]
        found.sort(key=lambda each: -each.spot.heat.seconds)
    return [each for each in found if each.spot.heat.ended and each.spot.step][:most]


def since(board: Board) -> date:
    """Return the first day that is counted."""
    return board.day - DAYS
