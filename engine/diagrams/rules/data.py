"""The keys of data that a diagram names: fit ones, and those that no form may write."""

from collections.abc import Iterator
from typing import Final

from engine.diagrams.model import Diagram, Loop, Node
from engine.diagrams.rules.users import Found
from engine.diagrams.timers import KEY
from engine.registry import Registry

OUTCOME_KEY: Final = "outcome"
COUNTERS: Final = frozenset(
    {"loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances"}
)
"""What the engine itself says to the conditions of a loop."""


def key_problems(node: Node) -> Found:
    """Yield the keys that aren't names of data."""
    for key in _keys(node):
        if not KEY.fullmatch(key) or key in COUNTERS:
            yield "key_unfit", {"key": key}
    if node.call is not None:
        for key in node.call.gives.keys() & set(node.call.passes):
            yield "parameter_twice", {"parameter": key}


def taken(diagram: Diagram, registry: Registry) -> frozenset[str]:
    """Return the keys that no form may write: steps, operations and calls decide by them."""
    own = (key for node in diagram.nodes.values() for key in _written(node))
    steps = (key for step in registry.steps.values() for key in step.writes)
    operations = (key for operation in registry.operations.values() for key in operation.writes)
    return frozenset({OUTCOME_KEY, *COUNTERS, *own, *steps, *operations})


def _written(node: Node) -> Iterator[str]:
    """Yield the keys that something other than a form gives a value, or relies on."""
    if node.loop is not None:
        # A form may well write one result: that is how a person gives it.
        yield from filter(None, (node.loop.items, node.loop.item, node.loop.output))
    if node.call is not None:
        yield from (*node.call.passes, *node.call.takes)
    if node.rule is not None and node.rule.writes:
        yield node.rule.writes
    yield from node.event.takes


def _keys(node: Node) -> Iterator[str]:
    yield from _written(node)
    yield from node.event.payload
    if node.loop is not None:
        yield from _results(node.loop)
    if node.call is not None:
        yield from node.call.gives
    if node.rule is not None:
        yield from node.rule.inputs


def _results(loop: Loop) -> Iterator[str]:
    if loop.output_item:
        yield loop.output_item
