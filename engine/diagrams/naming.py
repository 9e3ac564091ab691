"""Whether a diagram names only what the host knows: steps, operations, dates, processes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.diagrams.model import Diagram, Node
from engine.diagrams.rules.calls import Deployed, call_problems
from engine.diagrams.rules.data import key_problems, taken
from engine.diagrams.rules.operations import Decides, decision_problems, operation_problems
from engine.diagrams.rules.users import Found, user_problems
from engine.diagrams.timers import Rule
from engine.errors import Problem
from engine.registry import Registry


@dataclass(frozen=True, slots=True)
class House:
    """What the host knows: its registry, the processes and the decisions that are deployed."""

    registry: Registry
    deployed: Deployed | None = None
    decides: Decides | None = None


def check_names(diagram: Diagram, house: House) -> list[Problem]:
    """Return every name in the diagram that the host doesn't know."""
    keys = taken(diagram, house.registry)
    return [
        Problem(code, node.id, node.name, facts)
        for node in diagram.nodes.values()
        for code, facts in _node_problems(node, diagram, house, keys)
    ]


def _node_problems(
    node: Node, diagram: Diagram, house: House, keys: frozenset[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    if node.user is not None:
        yield from user_problems(node.user, house.registry, keys)
    if node.service is not None:
        yield from operation_problems(node.service, house.registry)
    if node.rule is not None:
        yield from decision_problems(node.rule, house.decides)
    if node.event.timer is not None:
        yield from _timer_problems(node.event.timer, house.registry)
    if node.call is not None:
        yield from call_problems(node.call.process_id, diagram, house.deployed)
    yield from key_problems(node)


def _timer_problems(rule: Rule, registry: Registry) -> Found:
    if rule.due is not None and rule.due not in registry.due_dates:
        yield "due_unknown", {"due": rule.due}
