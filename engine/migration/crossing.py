"""From one version to another: what is proved once, and each state that moves or stays."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from engine import machine
from engine.diagrams import Node
from engine.errors import StateUnreadable
from engine.machine import Plan, Run, Shape
from engine.machine.hosts import Host
from engine.migration.arming import Moments, check_moment
from engine.migration.checks import Unmoved, check_tokens, stays
from engine.migration.courses import Courses, works
from engine.migration.keys import Writes, lacking
from engine.migration.markings import Proofs
from engine.migration.moving import Mover
from engine.migration.nets import TooMany
from engine.migration.pairs import Pairs, paired
from engine.migration.records import Stays
from engine.migration.standing import elements_of, family_of, marking_of
from engine.steps import Onlooker

Done = Callable[[], Collection[str]]
"""Tells which elements an instance has walked."""


@dataclass(frozen=True, slots=True)
class Move:
    """A state that may be written: how it stands, and what waits no longer."""

    state: bytes
    run: Run


class Crossing:
    """The way from one version to another, for any number of states."""

    def __init__(
        self, old: Plan, new: Plan, writes: Writes, renamed: Mapping[str, str] | None = None
    ) -> None:
        self.old = old
        self.new = new
        self.pairs: Pairs = paired(old.diagram, new.diagram, renamed or {})
        self.renamed = {one: to for one, to in self.pairs.to.items() if one != to}
        self._itself = {one: one for one in [*old.diagram.nodes, old.diagram.process_id]}
        self._writes = writes
        self._proofs = Proofs(new)
        self._courses: tuple[Courses, Courses] | None = None

    def move(
        self, state: bytes, moments: Moments, done: Done | None = None, *, called: bool = False
    ) -> Move | Stays:
        """Move a state to the new version, or say why it stays; the old one is left as it is."""
        if self.old.diagram.process_id != self.new.diagram.process_id:
            return Stays("other_process")
        host = Onlooker(moments.now)
        try:
            run = machine.thaw(self.old, host, state, called=called)
            check_tokens(run, self.new.diagram, self.pairs)
            self._check_markings(run)
            self._check_courses(run, done)
            self._check_keys(run)
            return self._moved(run, host, moments)
        except Unmoved as unmoved:
            return unmoved.reason
        except TooMany:
            return Stays("unproved")
        except StateUnreadable as error:
            return Stays("unreadable", facts={"reason": error.reason})

    def _check_markings(self, run: Run) -> None:
        """Let only those tokens move together that may stand together, and come to an end."""
        for scope in run.scopes:
            marking = marking_of(run, scope, self.pairs.to)
            doubt = self._proofs.doubt(self.pairs.to[scope.spec.name], marking)
            if doubt is not None:
                nodes = [self.new.diagram.nodes[element] for element, _ in marking]
                names = ", ".join(dict.fromkeys(node.name or node.id for node in nodes))
                raise Unmoved(Stays(doubt, facts={"elements": names}))

    def _check_courses(self, run: Run, done: Done | None) -> None:
        """Leave nothing out that was still to come, and do nothing again that was over.

        What has come to stand in another scope comes all the same; a round of a loop is
        looked at by itself, for what another round does isn't done in this one.
        """
        old, new = self._both_courses()
        before, after = old.ahead(run, self._itself), new.ahead(run, self.pairs.to)
        for scope in run.scopes:
            family = family_of(run, scope)
            standing = elements_of(run, family)
            mine = None if scope is run else scope.parent_task_id
            there = frozenset().union(*(after[one].anyhow for one in family))
            self._check_left_out(before[mine].maybe - standing, there)
            known = frozenset().union(*(before[one].surely for one in family)) | standing
            again = {self.pairs.back.get(one, "") for one in after[mine].surely} - known
            self._check_again(again, done)

    def _check_left_out(self, coming: frozenset[str], there: frozenset[str]) -> None:
        for element in sorted(coming):
            node, twin = self._both(element)
            if twin is not None and works(twin) and twin.id not in there:
                raise stays("step_skipped", node)

    def _check_again(self, coming: set[str], done: Done | None) -> None:
        nodes = self.old.diagram.nodes
        again = [nodes[one] for one in sorted(coming) if one in nodes and works(nodes[one])]
        walked = done() if again and done is not None else nodes
        for node in again:
            if node.id in walked:
                raise stays("step_repeated", node)

    def _both_courses(self) -> tuple[Courses, Courses]:
        if self._courses is None:
            self._courses = Courses(self.old.diagram), Courses(self.new.diagram)
        return self._courses

    def _both(self, element: str) -> tuple[Node, Node | None]:
        after = self.pairs.to.get(element, "")
        return self.old.diagram.nodes[element], self.new.diagram.nodes.get(after)

    def _check_keys(self, run: Run) -> None:
        """Read nothing that isn't there; what the old version trusts may be trusted further."""
        missing = lacking(self.new.diagram, run, self.pairs.to, self._writes)
        if not missing:
            return
        trusted = {key for _, key in lacking(self.old.diagram, run, self._itself, self._writes)}
        for element, key in sorted(missing):
            if key not in trusted:
                raise stays("data_missing", self.new.diagram.nodes[element], key=key)

    def _moved(self, run: Run, host: Host, moments: Moments) -> Move:
        mover = Mover(self.new, self.pairs, host, moments, run)
        state = machine.freeze(mover.moved())
        again = machine.thaw(self.new, host, state, called=run.called)
        found = _places(again.shape())
        wanted = {
            (kind, token, self.pairs.to[element])
            for kind, token, element in _places(run.shape())
            if token not in mover.dropped
        }
        other = {place for place in found if place[1] not in mover.armed} ^ wanted
        for _, _, element in sorted(other, key=str):
            raise Unmoved(Stays("not_same", element, facts={"element": element}))
        for token in again.shape().timers.values():
            check_moment(again, token)
        again.go()
        for note in again.notes:
            raise stays("would_move", note.node)
        if _places(again.shape()) != found:
            raise Unmoved(Stays("would_move", facts={"element": self.new.diagram.name}))
        return Move(state, machine.thaw(self.new, host, state, called=run.called))


def _places(shape: Shape) -> set[tuple[str, object, str]]:
    """Return what waits for what, and where."""
    return {
        (kind, token_id, token.task_spec.node.id)
        for kind in Shape.__slots__
        for token_id, token in getattr(shape, kind).items()
    }
