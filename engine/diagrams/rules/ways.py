"""Whether every element can be reached, and whether an end can be reached from it."""

from collections.abc import Callable, Iterable

from engine.diagrams.model import Kind, Node


def way_problems(nodes: list[Node]) -> list[tuple[Node, str]]:
    """Return the elements of one scope that can't be reached, or from which no end can."""
    known = {node.id: node for node in nodes}
    begins = [node for node in nodes if node.kind is Kind.START or node.triggered]
    ends = [node for node in nodes if node.kind is Kind.END or node.triggered]

    def onward(node: Node) -> Iterable[Node]:
        return [*(known[flow.target] for flow in node.outgoing), *node.events]

    def backward(node: Node) -> Iterable[Node]:
        return [known[flow.source] for flow in node.incoming]

    reached, leading = _reach(begins, onward), _reach(ends, backward)
    found = [(node, "unreachable") for node in nodes if node.id not in reached]
    return found + [(node, "no_way_to_end") for node in nodes if node.id not in leading]


def _reach(nodes: list[Node], step: Callable[[Node], Iterable[Node]]) -> set[str]:
    seen: set[str] = set()
    todo = list(nodes)
    while todo:
        node = todo.pop()
        if node.id not in seen:
            seen.add(node.id)
            todo += step(node)
    return seen
