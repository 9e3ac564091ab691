"""Where a token can go in a diagram, into sub-processes and out of them, over events too."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final

from engine import Diagram, Kind, Node

OUT: Final = "\n"
"""Marks the way out of a sub-process; no id has it."""

Way = dict[str, set[str]]
Stop = Callable[[Node], bool]


class Paths:
    """What can be reached from where; the conditions of the flows aren't weighed."""

    def __init__(self, drawn: Diagram) -> None:
        self._drawn = drawn
        self._next: Way = defaultdict(set)
        for node in drawn.nodes.values():
            self._walk(node)

    def _walk(self, node: Node) -> None:
        leaves = node.id
        if node.kind is Kind.SUB:
            leaves += OUT
            starts = (one for one in self._drawn.within(node.id) if one.kind is Kind.START)
            self._next[node.id].update(one.id for one in starts)
        if node.kind is Kind.END:
            self._next[node.id].add(node.scope + OUT)
        if node.triggered:  # it happens while the scope that it stands in goes on
            self._next[node.scope].add(node.id)
        self._next[leaves].update(flow.target for flow in node.outgoing)
        self._next[node.id].update(event.id for event in node.events)

    def behind(self, node: Node, stops: Stop | None = None) -> list[Node]:
        """Return what can come after an element is done, not going on from where it ``stops``."""
        return self._reached((flow.target for flow in node.outgoing), stops)

    def after(self, node: Node, stops: Stop | None = None) -> list[Node]:
        """Return what can come once an element is reached, over the events on it too."""
        return self._reached(self._next[node.id], stops)

    def _reached(self, begin: Iterable[str], stops: Stop | None) -> list[Node]:
        todo, seen = list(begin), set[str]()
        while todo:
            place = todo.pop()
            if place in seen:
                continue
            seen.add(place)
            node = self._drawn.nodes.get(place)
            if node is None or stops is None or not stops(node):
                todo += self._next.get(place, ())
        return [node for node in self._drawn.nodes.values() if node.id in seen]

    def around(self, node: Node) -> list[Node]:
        """Return the sub-processes that an element stands in, the innermost first."""
        found = []
        scope = self._drawn.nodes.get(node.scope)
        while scope is not None:
            found.append(scope)
            scope = self._drawn.nodes.get(scope.scope)
        return found
