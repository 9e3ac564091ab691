"""The way to a state in the diagram's own words: what was done, and what was chosen."""

from collections.abc import Iterable, Iterator
from typing import Final

from engine.diagrams.model import Kind
from engine.diagrams.soundness.moves import Does, Edge
from engine.diagrams.soundness.search import Search

ARROW: Final = " → "
BOTH: Final = " + "
LISTED: Final = ", "
LONGEST: Final = 12
"""A way with more steps than this is told from its end."""


class Paths:
    """Tells how a state was reached."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._net = search.net

    def names(self, places: Iterable[int]) -> str:
        """Name elements as a person would look for them."""
        return LISTED.join(dict.fromkeys(self._name(place) for place in places))

    def to(self, state: int) -> str:
        """Tell how a state was reached."""
        return self._told(self._edges(state))

    def by(self, edge: Edge) -> str:
        """Tell how a step was reached, and the step."""
        return self._told([*self._edges(edge.source), edge])

    def has_ended(self, state: int, scope: str) -> bool:
        """Tell whether an end of a scope was reached on the way to a state."""
        return any(
            node.kind is Kind.END and node.scope == scope
            for edge in self._edges(state)
            for node in (self._net.nodes[place] for place, _ in edge.trail)
        )

    def _edges(self, state: int) -> list[Edge]:
        found: list[Edge] = []
        edge = self._search.came.get(state)
        while edge is not None:
            found.append(edge)
            edge = self._search.came.get(edge.source)
        return found[::-1]

    def _told(self, edges: list[Edge]) -> str:
        steps = [step for edge in edges for step in self._steps(edge)]
        more = ["…"] if len(steps) > LONGEST else []
        return ARROW.join([*more, *steps[-LONGEST:]])

    def _steps(self, edge: Edge) -> Iterator[str]:
        move = edge.move
        if move.does is not Does.GOES:
            yield self._name(move.place)
        elif move.way:
            targets = [self._net.targets[flow] for flow in move.way if flow >= 0]
            yield BOTH.join(self._name(target) for target in targets) or self._name(move.place)

    def _name(self, place: int) -> str:
        node = self._net.nodes[place]
        return node.name or node.id
