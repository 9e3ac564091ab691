"""The ways back in a diagram: what leads to an element that every way there has passed."""

from collections.abc import Mapping

from engine.diagrams import Diagram, Kind, Node

Before = Mapping[str, frozenset[str]]


def ways_back(diagram: Diagram) -> frozenset[str]:
    """Return the flows that lead back to where their tokens have surely been before."""
    passed = _passed(diagram)
    return frozenset(
        flow.id
        for node in diagram.nodes.values()
        for flow in node.outgoing
        if flow.target in passed[node.id]
    )


def _passed(diagram: Diagram) -> Before:
    """Return, for each element, those that every way to it passes, itself among them."""
    everything = frozenset(diagram.nodes)
    passed = dict.fromkeys(diagram.nodes, everything)
    changed = True
    while changed:
        changed = False
        for node in diagram.nodes.values():
            ways = [passed[one] for one in _sources(node)]
            before = ways[0].intersection(*ways[1:]) if ways else frozenset()
            found = before | {node.id}
            if found != passed[node.id]:
                passed[node.id], changed = found, True
    return passed


def _sources(node: Node) -> list[str]:
    """Return the elements from which a token comes to one."""
    if node.kind is Kind.BOUNDARY and node.host is not None:
        return [node.host]
    return [flow.source for flow in node.incoming]
