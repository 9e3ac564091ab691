"""What could be better about a diagram that runs: warnings, which refuse nothing."""

from collections.abc import Iterator
from typing import Final

from engine.diagrams.model import ACTIVITIES, Diagram, Kind, Node
from engine.errors import WARNING, Problem

ASKING: Final = frozenset({Kind.CHOICE, Kind.INCLUSIVE})


def warnings(diagram: Diagram) -> list[Problem]:
    """Return what readers of the diagram may miss or take for something else."""
    return [
        Problem(code, node.id, node.name, severity=WARNING)
        for node in diagram.nodes.values()
        for code in _codes(diagram, node)
    ]


def _codes(diagram: Diagram, node: Node) -> Iterator[str]:
    splits = node.kind in ASKING and len(node.outgoing) > 1
    if not node.name and (node.kind in ACTIVITIES or splits):
        yield "name_missing"
    if node.kind in ACTIVITIES and _is_met_twice(diagram, node):
        yield "merge_implicit"


def _is_met_twice(diagram: Diagram, node: Node) -> bool:
    """Tell whether two branches of one parallel split surely meet here, without a join."""
    forks = [_fork_before(diagram, diagram.nodes[flow.source]) for flow in node.incoming]
    known = [fork for fork in forks if fork is not None]
    return len(set(known)) < len(known)


def _fork_before(diagram: Diagram, node: Node) -> str | None:
    """Return the parallel split that a flow surely comes from, at most one element before it."""
    if node.kind in ACTIVITIES and len(node.incoming) == 1 and len(node.outgoing) == 1:
        node = diagram.nodes[node.incoming[0].source]
    return node.id if node.kind is Kind.FORK and len(node.outgoing) > 1 else None
