"""What surely still comes, and what may still come, after a token at an element.

Surely is said of the normal course: no event interrupts. Events, and what they set
off, only may come.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from engine.diagrams import Diagram, EventKind, Kind, Node
from engine.machine import Run
from engine.migration.nets import ways_out
from engine.migration.standing import place_of, walkers

Elements = frozenset[str]
Step = Callable[[Node, Mapping[str, Elements]], Elements]

NOTHING: Final[Elements] = frozenset()
WORK: Final = frozenset(
    {Kind.USER, Kind.SERVICE, Kind.RULE, Kind.SEND, Kind.RECEIVE, Kind.CALL, Kind.CATCH}
)


class Courses:
    """The courses of one diagram."""

    def __init__(self, diagram: Diagram) -> None:
        self._diagram = diagram
        self._starts: dict[str, list[str]] = {}
        for node in diagram.nodes.values():
            if node.kind is Kind.START:
                self._starts.setdefault(node.scope, []).append(node.id)
        everything = frozenset(diagram.nodes)
        self._surely = self._fixed(dict.fromkeys(everything, everything), self._sure)
        self._maybe = self._fixed(dict.fromkeys(everything, NOTHING), self._may)

    def surely_after(self, element: str) -> Elements:
        """Return what surely comes once a token has left an element."""
        return self._sure_next(self._diagram.nodes[element], self._surely)

    def maybe_after(self, element: str) -> Elements:
        """Return what may come while a token stands at an element, and after."""
        return self._may_next(self._diagram.nodes[element], self._maybe)

    def set_off(self, scope: str, known: Mapping[str, Elements] | None = None) -> Elements:
        """Return what the event sub-processes directly in an open scope may set off."""
        subs = (node for node in self._diagram.within(scope) if node.triggered)
        return NOTHING.union(*((known or self._maybe)[node.id] for node in subs))

    def ahead(self, run: Run, to: Mapping[str, str]) -> tuple[Elements, Elements]:
        """Return what surely comes and what may come for a run that stands like another."""
        surely, maybe = NOTHING, NOTHING
        for scope in run.scopes:
            maybe |= self.set_off(to[scope.spec.name])
            for token in walkers(scope):
                element = to[place_of(run.plan, token)[0]]
                surely |= self.surely_after(element)
                maybe |= self.maybe_after(element)
        return surely, maybe

    def _fixed(self, known: dict[str, Elements], step: Step) -> dict[str, Elements]:
        changed = True
        while changed:
            changed = False
            for node in self._diagram.nodes.values():
                found = step(node, known)
                if found != known[node.id]:
                    known[node.id], changed = found, True
        return known

    def _sure(self, node: Node, known: Mapping[str, Elements]) -> Elements:
        inside = [known[start] for start in self._starts.get(node.id, ())]
        return frozenset({node.id}) | _common(inside) | self._sure_next(node, known)

    @staticmethod
    def _sure_next(node: Node, known: Mapping[str, Elements]) -> Elements:
        ways = ways_out(node)
        return _common([NOTHING.union(*(known[f.target] for f in flows)) for flows in ways])

    def _may(self, node: Node, known: Mapping[str, Elements]) -> Elements:
        inside = [known[start] for start in self._starts.get(node.id, ())]
        listening = self.set_off(node.id, known)
        return frozenset({node.id}).union(listening, self._may_next(node, known), *inside)

    def _may_next(self, node: Node, known: Mapping[str, Elements]) -> Elements:
        ways = [known[flow.target] for flow in node.outgoing]
        beside = [known[event.id] for event in node.events]
        again = [known[one] for one in self._starts.get(node.id, ())] if node.loop else []
        return NOTHING.union(*ways, *beside, *again)


def works(node: Node) -> bool:
    """Tell whether something is done at an element that had better not be left out."""
    throws = node.kind in {Kind.THROW, Kind.END}
    said = throws and node.event.kind not in {EventKind.NONE, EventKind.LINK, EventKind.TERMINATE}
    return node.kind in WORK or said


def _common(ways: Iterable[Elements]) -> Elements:
    found = list(ways)
    return NOTHING if not found else found[0].intersection(*found[1:])
