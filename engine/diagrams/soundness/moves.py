"""What may happen while all tokens rest, from outside or in what isn't drawn."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from engine.diagrams.model import EventKind, Kind
from engine.diagrams.soundness.catching import opaque, waiting
from engine.diagrams.soundness.net import OUTSIDE
from engine.diagrams.soundness.tokens import LISTENS, OPEN, WAITS, Token
from engine.diagrams.soundness.world import WORK, World

THROWN: Final = {
    Kind.CALL: (EventKind.ERROR, EventKind.ESCALATION),
    Kind.SERVICE: (EventKind.ERROR,),
}
"""What may come out of work whose inside isn't drawn."""


class Does(StrEnum):
    """What kind of thing happens."""

    BEGINS = "begins"
    GOES = "goes"
    ENDS = "ends"
    FIRES = "fires"
    THROWS = "throws"


class Move(NamedTuple):
    """One thing that may happen: where, and what; ``way`` is what a token chooses."""

    does: Does
    place: int
    token: int = 0
    """Which token of the scope and of those inside it, in the order of ``Scope.every``."""
    catcher: int = 0
    way: tuple[int, ...] = ()
    rescues: bool = False
    """Whether it only ends, from outside, what could not go on by itself."""


class Edge(NamedTuple):
    """From one state to another: by what, and which elements were done on the way."""

    source: int
    target: int
    move: Move
    trail: tuple[tuple[int, tuple[int, ...]], ...]


def moves(world: World) -> Iterator[Move]:
    """Yield all that may happen next."""
    if world.queue:
        place = world.queue[0].place
        yield from (Move(Does.GOES, place, way=way) for way in world.ways())
        return
    for number, token in enumerate(world.root.every()):
        yield from _at(world, token, number)


def make(world: World, move: Move) -> None:
    """Let it happen."""
    if move.does is Does.GOES:
        world.step(move.way)
        return
    token = next(t for number, t in enumerate(world.root.every()) if number == move.token)
    if move.does is Does.ENDS:
        world.finish(token)
    elif move.does is Does.FIRES:
        world.fire(token, move.place)
    else:
        kinds = THROWN[world.net.nodes[token.place].kind]
        found = [each for kind in kinds for each in opaque(world.net, token, kind)]
        world.throw(found[move.catcher])


def _at(world: World, token: Token, number: int) -> Iterator[Move]:
    kind = world.net.nodes[token.place].kind
    if token.mode == WAITS and kind in WORK - {Kind.RECEIVE}:
        yield Move(Does.ENDS, token.place, number)
        kinds = THROWN.get(kind, ())
        found = [each for one in kinds for each in opaque(world.net, token, one)]
        for catcher, each in enumerate(found):
            if world.may_fire(*each):
                yield Move(Does.THROWS, each[1], number, catcher)
    for event in waiting(world.net, token):
        node = world.net.nodes[event]
        if node.awaited.event.kind in OUTSIDE and world.may_fire(token, event):
            rescues = node.interrupting and token.mode in {LISTENS, OPEN}
            yield Move(Does.FIRES, event, number, rescues=rescues)
