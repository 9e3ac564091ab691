"""Walks through all states of a diagram, up to a cap."""

import time
from collections import deque
from dataclasses import dataclass
from typing import Final

from engine.diagrams.soundness.forms import DONE, Forms
from engine.diagrams.soundness.growth import grows
from engine.diagrams.soundness.moves import Does, Edge, Move, make, moves
from engine.diagrams.soundness.net import Net
from engine.diagrams.soundness.world import World

CROWD: Final = 4
"""So many tokens at the same place, and it is asked whether they grow without bound."""


@dataclass(frozen=True, slots=True)
class Cap:
    """How far a search goes at most."""

    states: int
    seconds: float
    """Of work, not by the clock: others may keep the machine busy."""


class Search:
    """The states of a diagram that were found, and how each leads to others."""

    def __init__(self, net: Net, cap: Cap) -> None:
        self.net = net
        self.forms = Forms(net)
        self.edges: dict[int, list[Edge]] = {}
        """The ways on from each state that was looked at; the other states weren't."""
        self.came: dict[int, Edge | None] = {}
        """How each state was reached first."""
        self.cuts: dict[int, tuple[Edge, frozenset[int]]] = {}
        self.runaways: dict[int, Edge] = {}
        self.grown: dict[int, int] = {}
        self.meets: dict[int, int] = {}
        self.capped = False
        self._cap = cap
        self._todo: deque[int] = deque()
        self._walk()

    def _walk(self) -> None:
        deadline = time.thread_time() + self._cap.seconds
        for place in self.net.starts:
            world = World(self.net)
            world.begin(place)
            self._arrive(world, DONE, Move(Does.BEGINS, place), [])
        while self._todo and not self.capped:
            state = self._todo.popleft()
            edges: list[Edge] = []
            for move in moves(self.forms.thaw(state)):
                world = self.forms.thaw(state)
                make(world, move)
                self._arrive(world, state, move, edges)
                self.capped = len(self.came) > self._cap.states or time.thread_time() > deadline
                if self.capped:
                    break
            else:
                self.edges[state] = edges

    def _arrive(self, world: World, source: int, move: Move, edges: list[Edge]) -> None:
        """Move on from one choice to the next, or to where all rest."""
        rests = world.go()
        target = self.forms.freeze(world) if rests else DONE
        edge = Edge(source, target, move, tuple(world.trail))
        edges.append(edge)
        for place, others in world.cut:
            self.cuts.setdefault(place, (edge, others))
        if not rests:
            self.runaways.setdefault(move.place, edge)
        if target != DONE and target not in self.came:
            self.came[target] = edge
            self._look_at(target)

    def _look_at(self, state: int) -> None:
        for place in self.forms.met.keys() - self.meets.keys():
            self.meets[place] = state
        if self.forms.crowd(state) >= CROWD:
            growing = grows(self.forms, self.came, state)
            if growing is not None:
                self.grown.setdefault(growing, state)
                return
        self._todo.append(state)
