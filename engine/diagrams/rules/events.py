"""Where events may hang, and what an event-based gateway may wait for."""

from collections.abc import Iterable
from typing import Final

from engine.diagrams.model import ACTIVITIES, Diagram, EventKind, Kind, Node

THROW_ERRORS: Final = frozenset({Kind.SUB, Kind.CALL, Kind.SERVICE})
THROWN: Final = {
    EventKind.ERROR: THROW_ERRORS,
    EventKind.ESCALATION: frozenset({Kind.SUB, Kind.CALL}),
}
"""What can throw the events that come from inside an activity."""
RACED: Final = frozenset(
    {EventKind.MESSAGE, EventKind.TIMER, EventKind.SIGNAL, EventKind.CONDITION}
)
FEWEST: Final = 2


def event_problems(diagram: Diagram, node: Node) -> list[str]:
    """Return the codes of what is wrong with an event's or an event gateway's place."""
    if node.kind is Kind.BOUNDARY:
        return _boundary_problems(diagram, node)
    if node.kind is Kind.RACE:
        return _race_problems(diagram, node)
    if node.triggered:
        beside = [other for other in diagram.within(node.scope) if other.triggered]
        codes = ["event_sub_loop"] if node.loop is not None else []
        return codes + _rival_problems(node, beside)
    return []


def _rival_problems(node: Node, beside: Iterable[Node]) -> list[str]:
    """Check that of what catches errors and escalations at one place, each catches its own."""
    event = node.awaited.event
    rivals = [other for other in beside if other is not node and other.awaited.event == event]
    return ["caught_twice"] if event.kind in THROWN and rivals else []


def _boundary_problems(diagram: Diagram, node: Node) -> list[str]:
    host = diagram.nodes.get(node.host or "")
    if host is None or host.scope != node.scope:
        return ["host_missing"]
    if host.triggered:
        return ["event_sub_boundary"]
    if host.kind not in ACTIVITIES:
        return ["host_unfit"]
    thrown = THROWN.get(node.event.kind, ACTIVITIES)
    if host.kind not in thrown:
        return [f"{node.event.kind.value}_unthrown"]
    return _rival_problems(node, host.events)


def _race_problems(diagram: Diagram, node: Node) -> list[str]:
    targets = [diagram.nodes[flow.target] for flow in node.outgoing]
    codes = ["race_few"] if 0 < len(targets) < FEWEST else []
    if not all(_is_raced(target) for target in targets):
        codes.append("race_target")
    if any(len(target.incoming) > 1 for target in targets):
        codes.append("race_shared")
    caught = any(t.kind is Kind.CATCH and t.event.kind is EventKind.MESSAGE for t in targets)
    if caught and any(target.kind is Kind.RECEIVE for target in targets):
        codes.append("race_mixed")
    return codes


def _is_raced(node: Node) -> bool:
    """Tell whether it just waits, so that it can be given up when another comes first."""
    if node.kind is Kind.RECEIVE:
        return not node.events and node.loop is None
    return node.kind is Kind.CATCH and node.event.kind in RACED
