"""Gateways: where tokens choose, part, race, and wait for one another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.control import SimpleBpmnTask
from SpiffWorkflow.util.task import TaskState

from engine.diagrams import Flow, Kind, Node
from engine.errors import Fault
from engine.machine.parts import Part, Split, enter, record
from engine.machine.tokens import TOLD, Place, Token

FLOW = "flow"
"""Where a token that waits at a join keeps the flow that it came by."""


class Choice(Part, defaults.ExclusiveGateway):  # type: ignore[misc]
    """An exclusive gateway: the first flow whose condition holds, else the default."""

    def decide(self, token: Token) -> Sequence[Flow]:
        """Return the one flow that is chosen."""
        for flow, condition in self.routes:
            if condition.holds(token):
                return (flow,)
        taken = self.otherwise or self.plain
        if not taken:
            raise Fault("no_way", f"no condition of {self.bpmn_id!r} holds, and it has no default")
        return taken


class Join(Part):
    """What waits until the tokens that belong together have come."""

    def reached(self, token: Token) -> None:
        """Let a token wait here, with the flow that it came by."""
        if len(self.node.incoming) == 1:
            token.ready()
            return
        token.internal_data[FLOW] = token.way[-1]
        token.state = TaskState.WAITING
        record(token, "waiting")
        self.arrived(token.workflow)

    def arrived(self, scope: Place) -> None:
        """Hear that one more token waits."""

    def waiting(self, scope: Place) -> dict[str, Token]:
        """Return the token that has waited longest on each incoming flow that has one."""
        first: dict[str, Token] = {}
        for token in scope.tasks.values():
            if token.task_spec is self and token.state == TaskState.WAITING:
                first.setdefault(token.internal_data[FLOW], token)
        return first

    def join(self, tokens: Iterable[Token]) -> None:
        """Make one token of several; of the outcomes that they bring the last written holds."""
        *others, last = sorted(tokens, key=lambda token: token.id)
        latest = max(
            [*others, last], key=lambda token: (token.internal_data.get(TOLD, ""), token.id)
        )
        for token in others:
            token.state = TaskState.COMPLETED
        if latest is not last:
            last.local = {**last.local, **latest.local}
            last.internal_data[TOLD] = latest.internal_data.get(TOLD, "")
        del last.internal_data[FLOW]
        record(last, "passed")
        last.ready()


class Fork(Join, defaults.ParallelGateway):  # type: ignore[misc]
    """A parallel gateway: takes one token from each flow in, gives one to each flow out."""

    def arrived(self, scope: Place) -> None:
        """Go on once a token waits on every flow."""
        first = self.waiting(scope)
        if len(first) == len(self.node.incoming):
            self.join(first.values())


class Inclusive(Join, defaults.InclusiveGateway):  # type: ignore[misc]
    """An inclusive gateway: waits as long as a token may still come by an empty flow.

    BPMN 2.0.2, 13.4.3: for every path from a token to an empty flow in, there must be
    one from the same token to a flow in that has a token already; no path may visit
    the gateway itself.
    """

    before: Mapping[str, frozenset[str]]
    """For each flow in, the elements from which it can be reached."""

    def settle(self, scope: Place) -> bool:
        """Go on if nothing more can come; the run asks only when all tokens rest."""
        first = self.waiting(scope)
        if not first:
            return False
        empty = [self.before[f.id] for f in self.node.incoming if f.id not in first]
        full = [self.before[flow] for flow in first]
        for place in self._places(scope):
            if any(place in ways for ways in empty) and not any(place in ways for ways in full):
                return False
        self.join(first.values())
        return True

    def _places(self, scope: Place) -> Iterator[str]:
        """Yield where tokens are; events that wait together are one token, where they came from."""
        for token in scope.tasks.values():
            node = token.task_spec.node if token.holds else self.node
            beside = node.kind is Kind.BOUNDARY and token.state != TaskState.READY
            if node is not self.node and not beside:
                yield node.incoming[0].source if is_raced(token) else node.id


class Race(Part, SimpleBpmnTask):  # type: ignore[misc]
    """An event-based gateway: the first event that happens wins."""

    group: Split

    def _on_complete(self, token: Token) -> None:
        record(token, "passed")
        together = token.child(self.group, TaskState.COMPLETED)
        for flow in self.node.outgoing:
            enter(together, flow.target, (flow.id,))


def leave_race(winner: Token) -> None:
    """Cancel the events that were waiting for the same race, if there was one."""
    if is_raced(winner):
        for sibling in winner.parent.children:
            if sibling is not winner:
                sibling.cancel()


def is_raced(token: Token) -> bool:
    """Tell whether an event waits behind an event-based gateway."""
    together = isinstance(token.parent.task_spec, Split) and token.task_spec.split is None
    return together and token.task_spec.node.kind is not Kind.BOUNDARY


def ways_to(gateway: Node, nodes: Mapping[str, Node]) -> dict[str, frozenset[str]]:
    """Return, for each flow into a gateway, from where it can be reached around it."""
    return {flow.id: _before(flow, gateway, nodes) for flow in gateway.incoming}


def _before(flow: Flow, gateway: Node, nodes: Mapping[str, Node]) -> frozenset[str]:
    seen: set[str] = set()
    todo = [flow.source]
    while todo:
        node = nodes[todo.pop()]
        if node is gateway or node.id in seen:
            continue
        seen.add(node.id)
        todo += [incoming.source for incoming in node.incoming]
        if node.host:
            todo.append(node.host)
    return frozenset(seen)
