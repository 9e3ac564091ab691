"""What the search asks of a diagram again and again, worked out once."""

from collections.abc import Iterator
from itertools import chain, combinations
from typing import Final

from engine.diagrams.model import Diagram, EventKind, Flow, Kind, Node

OUTSIDE: Final = frozenset(
    {EventKind.MESSAGE, EventKind.TIMER, EventKind.SIGNAL, EventKind.CONDITION}
)
"""What may happen at any moment, as far as a diagram tells."""
ROOT: Final = -1
"""Stands for the process where the place of a sub-process may stand."""


class Net:
    """A diagram by numbers: elements and flows have the place where they are drawn."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.nodes = list(diagram.nodes.values())
        self.number = {node.id: place for place, node in enumerate(self.nodes)}
        drawn = [flow for node in self.nodes for flow in node.outgoing]
        self.flows = drawn
        numbers = {id(flow): number for number, flow in enumerate(drawn)}
        self.targets = [self.number[flow.target] for flow in drawn]
        self.incoming = [
            frozenset(numbers[id(flow)] for flow in node.incoming) for node in self.nodes
        ]
        self.events = [tuple(self.number[event.id] for event in n.events) for n in self.nodes]
        self._sorted = [_sorted(node, numbers) for node in self.nodes]
        self.inside = {ROOT: self._in(diagram.process_id)}
        for place, node in enumerate(self.nodes):
            if node.kind is Kind.SUB:
                self.inside[place] = self._in(node.id)
        self.first = {sub: _first(self.nodes, inside) for sub, inside in self.inside.items()}
        self.listeners = {
            owner: [place for place in inside if self.nodes[place].triggered]
            for owner, inside in self.inside.items()
        }
        self.joins = {
            owner: [place for place in inside if _waits(self.nodes[place])]
            for owner, inside in self.inside.items()
        }
        """The inclusive gateways of each scope that may have to wait."""
        self.before = {
            numbers[id(flow)]: _before(flow, node, self)
            for node in self.nodes
            if node.kind is Kind.INCLUSIVE
            for flow in node.incoming
        }
        self.codes = {
            kind: sorted({n.event.name or "" for n in self.nodes if _catches(n, kind)})
            for kind in (EventKind.ERROR, EventKind.ESCALATION)
        }
        """The codes that somebody catches; an empty one stands for all others."""

    @property
    def starts(self) -> list[int]:
        """Return where the process may begin."""
        inside = self.inside[ROOT]
        return [place for place in inside if self.nodes[place].kind is Kind.START]

    def _in(self, scope: str) -> list[int]:
        return [self.number[node.id] for node in self.diagram.within(scope)]

    def ways(self, place: int) -> Iterator[tuple[int, ...]]:
        """Yield every set of flows by which a token may go on from an element."""
        routes, plain, otherwise = self._sorted[place]
        if not routes:
            yield plain or otherwise
            return
        if self.nodes[place].kind is Kind.CHOICE:
            yield from ((route,) for route in routes)
            if otherwise or plain:
                yield otherwise or plain
            return
        sizes = range(1, len(routes) + 1)
        for taken in chain.from_iterable(combinations(routes, size) for size in sizes):
            yield plain + taken
        if plain or otherwise:
            yield plain + otherwise

    def again(self, event: int) -> bool:
        """Tell whether an event that interrupts nothing may happen more than once."""
        timer = self.nodes[event].timer
        return timer is None or (timer.cycles and timer.repeats != 1)


def _first(nodes: list[Node], inside: list[int]) -> int:
    """Return where a scope begins by itself."""
    starts = [place for place in inside if nodes[place].kind is Kind.START]
    plain = [place for place in starts if nodes[place].event.kind is EventKind.NONE]
    return (plain or starts)[0]


def _waits(node: Node) -> bool:
    return node.kind is Kind.INCLUSIVE and len(node.incoming) > 1


def _sorted(node: Node, numbers: dict[int, int]) -> tuple[tuple[int, ...], ...]:
    """Return the flows with conditions, those always taken, and the default."""
    found: tuple[list[int], list[int], list[int]] = ([], [], [])
    for flow in node.outgoing:
        default = flow.id == node.default
        found[2 if default else flow.condition is None].append(numbers[id(flow)])
    return tuple(tuple(flows) for flows in found)


def _catches(node: Node, kind: EventKind) -> bool:
    return node.kind in {Kind.BOUNDARY, Kind.START} and node.event.kind is kind


def _before(flow: Flow, gateway: Node, net: Net) -> frozenset[int]:
    """Return from where a flow into a gateway can be reached, not passing the gateway."""
    seen: set[int] = set()
    todo = [flow.source]
    while todo:
        place = net.number[todo.pop()]
        node = net.nodes[place]
        if node is gateway or place in seen:
            continue
        seen.add(place)
        todo += [incoming.source for incoming in node.incoming]
        if node.host:
            todo.append(node.host)
    return frozenset(seen)
