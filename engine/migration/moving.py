"""Builds a run again on another plan, token by token."""

from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from engine.diagrams import Kind, Node
from engine.machine import Plan, Run, Shell, Token
from engine.machine.hosts import Host
from engine.machine.parts import Part, Split
from engine.machine.runs import Scope as SubScope
from engine.machine.states import kept
from engine.machine.tokens import ROOT
from engine.migration.arming import Moments, kept_waiting, newly_armed, same_event, since_of
from engine.migration.pairs import Pairs
from engine.migration.standing import Scope, race_above


@dataclass(slots=True)
class Mover:
    """One run that moves: what was made of its tokens, and which of them are new or gone."""

    plan: Plan
    pairs: Pairs
    host: Host
    moments: Moments
    run: Run
    made: dict[UUID, Token] = field(default_factory=dict)
    above: dict[UUID, Token] = field(default_factory=dict)
    """The new split of each old one."""
    dropped: set[UUID] = field(default_factory=set)
    armed: set[UUID] = field(default_factory=set)

    def moved(self) -> Run:
        """Return the run as it stands on the new plan."""
        target = Run(self.plan, self.host, called=self.run.called)
        for scope in self.run.scopes:
            self._move_scope(scope, self._opened(scope, target))
        return target

    def _opened(self, scope: Scope, target: Run) -> Scope:
        """Return the same scope of the new run, still without tokens."""
        place: Scope = target
        if scope is not self.run:
            spec = self.plan.specs[self.pairs.to[scope.spec.name]]
            place = SubScope(spec, self.made[scope.owner.id], target)
            target.subprocesses[scope.parent_task_id] = place
        place.data = scope.data
        root = Token(place, place.spec.start, state=scope.task_tree.state, token_id=ROOT)
        place.task_tree = root
        return place

    def _move_scope(self, scope: Scope, place: Scope) -> None:
        for token in kept(scope):
            if isinstance(token.task_spec, Split):
                continue
            if token.waits and (token.task_spec.listens or _at_boundary(token)):
                self._keep_listener(token, place)
            else:
                self._move(token, place)
        for token in kept(scope):
            if token.id in self.made and not isinstance(token.task_spec, Split):
                self._arm_beside(token)
        self._arm_in(scope, place)

    # ── Tokens that walk ───────────────────────────────────────────────────────────────

    def _move(self, token: Token, place: Scope) -> Token:
        part = self._part(token, place)
        made = Token(place, part, self._parent(token, part, place), token.state, token.id)
        made.local = token.local
        made.internal_data = dict(token.internal_data)
        made.recorded = True
        self.made[token.id] = made
        if token.waits and token.task_spec.node.kind in {Kind.CATCH, Kind.RECEIVE}:
            kept_waiting(made, token.task_spec.node)
        return made

    def _part(self, token: Token, place: Scope) -> Part:
        part: Part = place.spec.task_specs[self.pairs.to[token.task_spec.node.id]]
        return part if token.task_spec.shell is None else cast(Shell, part).body

    def _parent(self, token: Token, part: Part, place: Scope) -> Token:
        """Return what a token stands below: its shell, its race, its split, or the root."""
        if token.task_spec.shell is not None:
            return self.made[token.parent.id]
        root: Token = place.task_tree
        race = race_above(self.run.plan, token)
        if race is not None:
            group = place.spec.task_specs[self.pairs.to[race.id]].group
            return self._split(token, group, root)
        return root if part.split is None else self._split(token, part.split, root)

    def _split(self, token: Token, split: Split, root: Token) -> Token:
        """Return what holds a token and its events together; they see what the token saw."""
        old: Token = token.parent
        if not isinstance(old.task_spec, Split):
            made = root.child(split, root.state)
            made.inherit(token)
            return made
        if old.id not in self.above:
            made = Token(root.workflow, split, root, root.state, old.id)
            made.inherit(old)
            self.above[old.id] = made
        return self.above[old.id]

    # ── Events that wait beside them ───────────────────────────────────────────────────

    def _keep_listener(self, token: Token, place: Scope) -> None:
        twin = self._twin(token.task_spec.node)
        at_boundary = _at_boundary(token)
        above = self.above.get(token.parent.id) if at_boundary else place.task_tree
        if twin is None or above is None:
            self.dropped.add(token.id)
            return
        made = Token(place, place.spec.task_specs[twin.id], above, token.state, token.id)
        made.local, made.internal_data = token.local, dict(token.internal_data)
        made.recorded = True
        self.made[token.id] = made
        if not kept_waiting(made, token.task_spec.node):
            del self.made[token.id]
            made.cancel()
            self.dropped.add(token.id)

    def _twin(self, node: Node) -> Node | None:
        """Return the same event of the same host or scope, if the new version has it."""
        twin = self.plan.diagram.nodes.get(self.pairs.to.get(node.id, ""))
        if twin is None or not self._belongs(node, twin) or not same_event(node, twin):
            return None
        return twin

    def _belongs(self, old: Node, new: Node) -> bool:
        to = self.pairs.to
        host = None if old.host is None else to.get(old.host, "")
        same = (old.kind, old.triggered) == (new.kind, new.triggered)
        return same and (to.get(old.scope), host) == (new.scope, new.host)

    def _is_new(self, node: Node) -> bool:
        """Tell whether an event of the new version didn't wait at this place in the old one."""
        old = self.run.plan.diagram.nodes.get(self.pairs.back.get(node.id, ""))
        return old is None or not self._belongs(old, node) or not same_event(old, node)

    def _arm_beside(self, token: Token) -> None:
        """Arm the events on the boundary of an activity that the old version didn't have."""
        made = self.made[token.id]
        if made.task_spec.split is None:
            return
        for event in made.task_spec.node.events:
            if self._is_new(event):
                since = self.moments.reached.get(token.id) or since_of(made.parent.children)
                part = made.workflow.spec.task_specs[event.id]
                self.armed.add(newly_armed(made.parent, part, since).id)

    def _arm_in(self, scope: Scope, place: Scope) -> None:
        """Arm the new event sub-processes of a scope, unless one has ended all else in it."""
        for token in scope.tasks.values():
            handles = token.live and token.task_spec.listens and not token.waits
            if handles and token.task_spec.node.interrupting:
                return
        inner = scope is not self.run
        since = self.moments.reached.get(scope.owner.id) if inner else self.moments.started
        for part in place.spec.listeners:
            if self._is_new(part.node):
                self.armed.add(newly_armed(place.task_tree, part, since).id)


def _at_boundary(token: Token) -> bool:
    return bool(token.task_spec.node.kind is Kind.BOUNDARY)
