"""What is wrong in the states that were found."""

from collections.abc import Iterator

from engine.diagrams.model import Kind
from engine.diagrams.soundness.circles import circles, groups
from engine.diagrams.soundness.forms import DONE
from engine.diagrams.soundness.paths import Paths
from engine.diagrams.soundness.search import Search
from engine.diagrams.soundness.tokens import HELD
from engine.errors import WARNING, Problem


class Verdicts:
    """Words for what a search has found, each with the element and the way there."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._net = search.net
        self._paths = Paths(search)

    def problems(self) -> list[Problem]:
        """Return all that is wrong, then what could be better."""
        wrong = {
            (problem.code, problem.element_id): problem
            for find in (self._stuck, self._round, self._growing)
            for problem in find()
        }
        return [*wrong.values(), *self._cuts(), *self._several(), *self._capped()]

    def _stuck(self) -> Iterator[Problem]:
        """Find the states that lead to no end, and what can't move in the last of them."""
        lost = self._lost()
        onward = {state: [e.target for e in self._search.edges[state]] for state in lost}
        for group in groups(sorted(lost), lambda s: [t for t in onward[s] if t in lost]):
            if any(t not in group and t in lost for s in group for t in onward[s]):
                continue
            yield from self._verdict(sorted(group))

    def _lost(self) -> set[int]:
        """Return the states from which no end is reached, unless something breaks in."""
        search = self._search
        before: dict[int, list[int]] = {}
        for state, edges in search.edges.items():
            for edge in edges:
                if not edge.move.rescues:
                    before.setdefault(edge.target, []).append(state)
        good = {DONE} | {state for state in search.came if state not in search.edges}
        todo = list(good)
        while todo:
            for state in before.get(todo.pop(), ()):
                if state not in good:
                    good.add(state)
                    todo.append(state)
        return search.edges.keys() - good

    def _verdict(self, group: list[int]) -> Iterator[Problem]:
        forms = self._search.forms
        held = [{u[0] for u in forms.units(s) if u[1] == HELD} for s in group]
        first = group[0]
        stuck = set.intersection(*held)
        for place in sorted(stuck):
            ended = self._paths.has_ended(first, self._net.nodes[place].scope)
            missing = self._missing(place, first)
            code = "left_behind" if ended else "deadlock"
            yield self._problem(code, place, path=self._paths.to(first), missing=missing)
        for owner in forms.idle(first):
            yield self._problem("token_lost", owner, path=self._paths.to(first))
        if not stuck and not forms.idle(first):
            place = forms.units(first)[0][0]
            yield self._problem("endless", place, path=self._paths.to(first))

    def _missing(self, join: int, state: int) -> str:
        """Name the elements from which nothing comes to a join any more."""
        units = self._search.forms.units(state)
        here = {unit[4] for unit in units if unit[0] == join and unit[1] == HELD}
        flows = sorted(self._net.incoming[join] - here)
        nodes = [self._net.number[self._net.flows[flow].source] for flow in flows]
        return self._paths.names(nodes)

    def _round(self) -> Iterator[Problem]:
        """Find what goes round without a wait."""
        for places, edge in circles(self._search):
            facts = {"round": self._paths.names(places), "path": self._paths.by(edge)}
            if any(self._net.nodes[place].kind is Kind.RULE for place in places):
                yield self._warning("livelock_possible", places[0], **facts)
            else:
                yield self._problem("livelock", places[0], **facts)

    def _growing(self) -> Iterator[Problem]:
        for place, state in self._search.grown.items():
            yield self._problem("grows", place, path=self._paths.to(state))

    def _cuts(self) -> Iterator[Problem]:
        for place, (edge, others) in self._search.cuts.items():
            names, path = self._paths.names(sorted(others)), self._paths.by(edge)
            yield self._warning("cuts_off", place, others=names, path=path)

    def _several(self) -> Iterator[Problem]:
        for place, state in self._search.meets.items():
            if place not in self._search.grown:
                yield self._warning("done_several", place, path=self._paths.to(state))

    def _capped(self) -> Iterator[Problem]:
        if self._search.capped:
            diagram = self._net.diagram
            facts = {"count": len(self._search.came)}
            yield Problem("soundness_capped", diagram.process_id, diagram.name, facts, WARNING)

    def _problem(self, code: str, place: int, **facts: str) -> Problem:
        if place < 0:
            return Problem(code, self._net.diagram.process_id, self._net.diagram.name, {**facts})
        node = self._net.nodes[place]
        return Problem(code, node.id, node.name, {**facts})

    def _warning(self, code: str, place: int, **facts: str) -> Problem:
        node = self._net.nodes[place]
        return Problem(code, node.id, node.name, {**facts}, WARNING)
