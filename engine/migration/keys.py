"""Which keys of the data every way surely has where an expression reads them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from engine.diagrams import Diagram, EventKind, Kind, Node
from engine.machine import Run
from engine.migration.standing import place_of, walkers
from engine.registry import Registry

Keys = frozenset[str]
Writes = Callable[[Node], Keys]

NONE: Final[Keys] = frozenset()
COUNTS: Final = frozenset({"nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances"})
ROUND: Final = frozenset({"loopCounter"})


def writes_by(registry: Registry) -> Writes:
    """Return a function that tells which keys an element surely writes, by the host's word."""

    def writes(node: Node) -> Keys:
        keys = frozenset(node.awaited.event.takes)
        if node.user is not None:
            step = registry.steps.get(node.user.step)
            keys |= {"outcome", *(field.key for field in node.user.form if field.required)}
            keys |= frozenset(() if step is None else step.writes)
        if node.service is not None:
            known = registry.operations.get(node.service.operation)
            keys |= frozenset(() if known is None else known.writes)
        if node.rule is not None:
            keys |= {node.rule.writes}
        return keys | frozenset(() if node.call is None else node.call.takes)

    return writes


def lacking(
    diagram: Diagram, run: Run, to: Mapping[str, str], writes: Writes
) -> set[tuple[str, str]]:
    """Return where an expression may read a key that isn't there, for a run that stands here."""
    known = _Known(diagram, writes)
    for scope in run.scopes:
        for token in walkers(scope):
            known.stand(to[place_of(run.plan, token)[0]], frozenset(token.data))
    known.spread()
    return known.lacking()


class _Known:
    """The keys that are surely there as each element is reached, and as it is left."""

    def __init__(self, diagram: Diagram, writes: Writes) -> None:
        self._diagram = diagram
        self._writes = writes
        self._before: dict[str, Keys] = {}
        self._standing: dict[str, Keys] = {}
        self._todo: list[str] = []

    def stand(self, element: str, keys: Keys) -> None:
        """Note what a token sees at an element, and what may begin from there."""
        self._standing[element] = self._standing.get(element, keys) & keys
        self._reach(element, keys)
        node = self._diagram.nodes[element]
        inside = (one for one in self._diagram.within(node.scope) if one.triggered)
        for listener in inside:
            self._reach(listener.id, keys)

    def spread(self) -> None:
        """Follow every way until nothing new is known."""
        while self._todo:
            node = self._diagram.nodes[self._todo.pop()]
            known = self._before[node.id]
            after = known | self._left(node)
            for flow in node.outgoing:
                self._reach(flow.target, after)
            for event in node.events:
                self._reach(event.id, known)
            for inner in self._diagram.within(node.id):
                if inner.kind is Kind.START or inner.triggered:
                    self._reach(inner.id, known | _round(node))

    def lacking(self) -> set[tuple[str, str]]:
        """Return each element and key that it may have to do without."""
        return {
            (element, key)
            for element, known in self._before.items()
            for key in self._read(self._diagram.nodes[element], known)
        }

    def _reach(self, element: str, keys: Keys) -> None:
        before = self._before.get(element)
        known = keys if before is None else before & keys
        if known != before:
            self._before[element] = known
            self._todo.append(element)

    def _left(self, node: Node) -> Keys:
        if node.loop is None or node.loop.condition is not None:
            return self._writes(node)
        return frozenset({node.loop.output} if node.loop.output else ())

    def _read(self, node: Node, known: Keys) -> Iterator[str]:
        """Yield the keys that are read at an element and may not be there."""
        inside = known | _round(node)
        after = known | self._left(node)
        begun = [] if node.loop is None else [frozenset({node.loop.items or ""}) - {""}]
        ended = []
        if node.loop is not None:
            begun.append(NONE if node.loop.count is None else node.loop.count.names)
            both = (node.loop.until, node.loop.condition)
            ended = [one.names for one in both if one is not None]
        left = [flow.condition.names for flow in node.outgoing if flow.condition is not None]
        for names in begun:
            yield from names - known
        for names in _asked(node):
            yield from names - inside
        for names in ended:
            yield from names - inside - COUNTS - self._writes(node)
        for names in left:
            yield from names - after


def _round(node: Node) -> Keys:
    """Return the keys that one round of a loop has for itself."""
    if node.loop is None:
        return NONE
    return ROUND | ({node.loop.item} if node.loop.item else NONE)


def _asked(node: Node) -> Iterator[Keys]:
    """Yield the keys that an element reads as it begins."""
    given = [] if node.service is None else list(node.service.parameters.values())
    given += [] if node.rule is None else list(node.rule.inputs.values())
    given += [] if node.call is None else list(node.call.gives.values())
    event = node.awaited.event
    given += event.payload.values()
    yield from (one.names for one in given)
    if event.correlation is not None and event.kind is EventKind.MESSAGE:
        yield event.correlation.names
    if event.timer is not None and event.timer.step_key is not None:
        yield frozenset({event.timer.step_key})
