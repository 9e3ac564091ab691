"""What surely still comes, and what may still come, after a token at an element.

Surely is said of the normal course: no event interrupts. What may come is said of this
round only: a way back to where the token has been before doesn't count, for what comes
after it comes in the next round, and this one would have gone without.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from engine.diagrams import Diagram, EventKind, Kind, Node
from engine.machine import Run
from engine.migration.nets import ways_out
from engine.migration.rounds import ways_back
from engine.migration.standing import place_of, walkers

Elements = frozenset[str]
Step = Callable[[Node, Mapping[str, Elements]], Elements]

NOTHING: Final[Elements] = frozenset()
WORK: Final = frozenset(
    {Kind.USER, Kind.SERVICE, Kind.RULE, Kind.SEND, Kind.RECEIVE, Kind.CALL, Kind.CATCH}
)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What comes for the tokens of one open scope."""

    surely: Elements
    maybe: Elements
    """On the normal course, without events."""
    anyhow: Elements
    """With all that events may set off."""


class Courses:
    """The courses of one diagram."""

    def __init__(self, diagram: Diagram) -> None:
        self._diagram = diagram
        self._back = ways_back(diagram)
        self._starts: dict[str, list[str]] = {}
        for node in diagram.nodes.values():
            if node.kind is Kind.START:
                self._starts.setdefault(node.scope, []).append(node.id)
        everything = frozenset(diagram.nodes)
        nothing = dict.fromkeys(everything, NOTHING)
        self._surely = self._fixed(dict.fromkeys(everything, everything), self._surely_next)
        self._maybe = self._fixed({**nothing}, self._maybe_next)
        self._anyhow = self._fixed({**nothing}, self._anyhow_next)

    def ahead(self, run: Run, to: Mapping[str, str]) -> dict[UUID | None, Ahead]:
        """Return what comes in each open scope of a run that stands like another."""
        found = {}
        for scope in run.scopes:
            nodes = [self._diagram.nodes[to[place_of(run.plan, t)[0]]] for t in walkers(scope)]
            set_off = self._set_off(to[scope.spec.name], self._anyhow)
            found[None if scope is run else scope.parent_task_id] = Ahead(
                NOTHING.union(*(self._surely_next(node, self._surely) for node in nodes)),
                NOTHING.union(*(self._maybe_next(node, self._maybe) for node in nodes)),
                set_off.union(*(self._anyhow_next(node, self._anyhow) for node in nodes)),
            )
        return found

    def _fixed(self, known: dict[str, Elements], step: Step) -> dict[str, Elements]:
        """Follow the ways until nothing changes: with each element goes what is in it."""
        changed = True
        while changed:
            changed = False
            for node in self._diagram.nodes.values():
                inside = [known[start] for start in self._starts.get(node.id, ())]
                found = frozenset({node.id}).union(step(node, known), *inside)
                if step == self._anyhow_next and node.kind is Kind.SUB:
                    found |= self._set_off(node.id, known)
                if found != known[node.id]:
                    known[node.id], changed = found, True
        return known

    def _set_off(self, scope: str, known: Mapping[str, Elements]) -> Elements:
        """Return what the event sub-processes directly in an open scope may set off."""
        subs = (node for node in self._diagram.within(scope) if node.triggered)
        return NOTHING.union(*(known[node.id] for node in subs))

    @staticmethod
    def _surely_next(node: Node, known: Mapping[str, Elements]) -> Elements:
        ways = ways_out(node)
        return _common([NOTHING.union(*(known[f.target] for f in flows)) for flows in ways])

    def _maybe_next(self, node: Node, known: Mapping[str, Elements]) -> Elements:
        ways = (flow.target for flow in node.outgoing if flow.id not in self._back)
        return NOTHING.union(*(known[target] for target in ways))

    def _anyhow_next(self, node: Node, known: Mapping[str, Elements]) -> Elements:
        beside = (known[event.id] for event in node.events)
        return self._maybe_next(node, known).union(*beside)


def works(node: Node) -> bool:
    """Tell whether something is done at an element that had better not be left out."""
    throws = node.kind in {Kind.THROW, Kind.END}
    said = throws and node.event.kind not in {EventKind.NONE, EventKind.LINK, EventKind.TERMINATE}
    return node.kind in WORK or said


def _common(ways: Iterable[Elements]) -> Elements:
    found = list(ways)
    return NOTHING if not found else found[0].intersection(*found[1:])
