"""One scope of a diagram as a net: where tokens may stand together, and how they move.

Data are left out: what a condition may choose may happen. Elements that nobody waits
at are passed at once, as the machine does, which keeps the markings few. A sub-process
is one place here; what is open inside it is a marking of its own net.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

from engine.diagrams import EventKind, Flow, Kind, Node
from engine.machine import Plan

Place = tuple[str, str]
"""An element, and for a token at a join also the flow that it came by."""
Marking = tuple[Place, ...]
Move = tuple[Marking, int]
"""A marking that may come next, and whether something new began beside the rest."""

AT_ONCE: Final = frozenset(
    {Kind.START, Kind.END, Kind.THROW, Kind.CHOICE, Kind.FORK, Kind.INCLUSIVE}
)
JOINS: Final = frozenset({Kind.FORK, Kind.INCLUSIVE})
MANY: Final = 6
"""The most conditional flows whose combinations are all looked at."""
DONE: Final[Marking] = ()


class TooMany(Exception):
    """There are more markings, or more choices, than will be looked at."""


@dataclass(frozen=True)
class Net:
    """The process itself, or one of its sub-processes."""

    plan: Plan
    scope: str

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Return the elements that stand directly in it."""
        return {node.id: node for node in self.plan.diagram.within(self.scope)}

    @cached_property
    def starts(self) -> list[Marking]:
        """Return the markings that it may begin with."""
        return [((node.id, ""),) for node in self.nodes.values() if node.kind is Kind.START]

    @cached_property
    def listeners(self) -> list[Node]:
        """Return its event sub-processes."""
        return [node for node in self.nodes.values() if node.triggered]

    @cached_property
    def joins(self) -> bool:
        """Tell whether a token may have to wait for another one in it."""
        return any(node.kind in JOINS and len(node.incoming) > 1 for node in self.nodes.values())

    def moves(self, marking: Marking) -> list[Move]:
        """Return what may come next; what the machine does at once comes alone."""
        tokens = Counter(marking)
        for element, flow in tokens:
            if not flow and self.nodes[element].kind in AT_ONCE:
                return [(one, 0) for one in self._passed(tokens, self.nodes[element])]
        joined = next(self._joined(tokens), None)
        if joined is not None:
            return [(joined, 0)]
        settled = list(self._settled(tokens))
        if settled:
            return [(one, 0) for one in settled]
        return [*self._left(tokens), *self._interrupted(tokens)]

    def _passed(self, tokens: Counter[Place], node: Node) -> Iterator[Marking]:
        if node.kind is Kind.END and node.event.kind in {EventKind.TERMINATE, EventKind.ERROR}:
            yield DONE
            return
        for ways in ways_out(node):
            yield self._after(tokens, [(node.id, "")], ways)

    def _joined(self, tokens: Counter[Place]) -> Iterator[Marking]:
        for node in self.nodes.values():
            came = [(node.id, flow.id) for flow in node.incoming]
            if node.kind is Kind.FORK and len(came) > 1 and all(tokens[one] for one in came):
                yield self._after(tokens, came, node.outgoing)

    def _settled(self, tokens: Counter[Place]) -> Iterator[Marking]:
        """Yield what inclusive gateways do that need wait for nobody; see the machine's own."""
        for part in self.plan.specs[self.scope].inclusive:
            node = part.node
            full = [flow for flow in node.incoming if tokens[node.id, flow.id]]
            if not full:
                continue
            empty = [flow for flow in node.incoming if flow not in full]
            others = {element for element, _ in tokens if element != node.id}
            if not any(
                any(one in part.before[flow.id] for flow in empty)
                and not any(one in part.before[flow.id] for flow in full)
                for one in others
            ):
                came = [(node.id, flow.id) for flow in full]
                for ways in ways_out(node):
                    yield self._after(tokens, came, ways)

    def _left(self, tokens: Counter[Place]) -> Iterator[Move]:
        for place in tokens:
            node = self.nodes[place[0]]
            if place[1]:
                continue
            for ways in ways_out(node):
                yield self._after(tokens, [place], ways), 0
            for event in node.events:
                gone = [place] if event.interrupting else []
                for ways in ways_out(event):
                    yield self._after(tokens, gone, ways), int(not event.interrupting)

    def _interrupted(self, tokens: Counter[Place]) -> Iterator[Move]:
        places = [self.nodes[element] for element, _ in tokens]
        if not tokens or any(node.triggered and node.interrupting for node in places):
            return
        for node in self.listeners:
            rest = Counter[Place]() if node.interrupting else tokens
            yield self._with(rest, [(node.id, "")]), int(not node.interrupting)

    def _after(self, tokens: Counter[Place], gone: list[Place], ways: list[Flow]) -> Marking:
        left = tokens.copy()
        left.subtract(gone)
        return self._with(left, [self._entered(flow) for flow in ways])

    def _entered(self, flow: Flow) -> Place:
        node = self.nodes[flow.target]
        waits = node.kind in JOINS and len(node.incoming) > 1
        return node.id, flow.id if waits else ""

    @staticmethod
    def _with(tokens: Counter[Place], come: list[Place]) -> Marking:
        return tuple(sorted([*tokens.elements(), *come]))


def ways_out(node: Node) -> list[list[Flow]]:
    """Return each set of flows by which a token may leave an element."""
    if node.kind in {Kind.CHOICE, Kind.RACE}:
        return [[flow] for flow in node.outgoing]
    default = [flow for flow in node.outgoing if flow.id == node.default]
    routes = [f for f in node.outgoing if f.condition is not None and f not in default]
    plain = [flow for flow in node.outgoing if flow not in routes and flow not in default]
    if not routes:
        return [plain]
    if len(routes) > MANY:
        raise TooMany
    chosen = [list(some) for size in range(len(routes)) for some in combinations(routes, size + 1)]
    rest = [plain] if plain else [default] if default else []
    return [*([*plain, *some] for some in chosen), *rest]
