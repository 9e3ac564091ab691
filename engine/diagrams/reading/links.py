"""Lowers link events: a throw and the catch of its name are joined by a flow."""

from engine.diagrams.model import Diagram, EventKind, Flow, Kind, Node
from engine.errors import Problem


def join_links(diagram: Diagram, scope: str) -> list[Problem]:
    """Join the links of one scope, and return why some can't be joined."""
    links = [node for node in diagram.within(scope) if node.event.kind is EventKind.LINK]
    throws = [node for node in links if node.kind is Kind.THROW]
    catches = [node for node in links if node.kind is Kind.CATCH]
    # What is drawn is looked at first: the flows that are added here aren't drawn.
    found = [(node, "link_way_out") for node in throws if node.outgoing]
    found += [(node, "link_way_in") for node in catches if node.incoming]
    found += [(node, "link_twice") for node in catches if len(_of(catches, node)) > 1]
    found += [(node, "link_unused") for node in catches if not _of(throws, node)]
    found += [(node, "link_lost") for node in throws if not _of(catches, node)]
    for node in throws:
        for target in _of(catches, node)[:1]:
            flow = Flow(f"{node.id}-{target.id}", node.id, target.id)
            node.outgoing.append(flow)
            target.incoming.append(flow)
    return [Problem(code, node.id, node.name, {"link": node.event.name}) for node, code in found]


def _of(nodes: list[Node], link: Node) -> list[Node]:
    """Return those nodes that speak of the same link."""
    return [node for node in nodes if node.event.name == link.event.name]
