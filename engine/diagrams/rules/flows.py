"""How one element's flows go: which of them have conditions, and whether one is always taken."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from engine.diagrams.model import ACTIVITIES, EventKind, Flow, Kind, Node

NO_WAY_IN: Final = frozenset({Kind.START, Kind.BOUNDARY})
NO_WAY_OUT: Final = frozenset({Kind.END})


def flow_problems(node: Node) -> list[str]:
    """Return the codes of what is wrong with one element's own flows."""
    if node.triggered:
        return ["event_sub_flow"] if node.incoming or node.outgoing or node.default else []
    codes = []
    if node.kind in NO_WAY_IN and node.incoming:
        codes.append("way_in")
    if node.kind in NO_WAY_OUT and node.outgoing:
        codes.append("way_out")
    elif node.kind not in NO_WAY_OUT and not node.outgoing and not _is_link(node):
        codes.append("no_way_out")
    if len({flow.target for flow in node.outgoing}) < len(node.outgoing):
        codes.append("flow_twice")
    return codes + RULES.get(node.kind, _plain)(node)


def _is_link(node: Node) -> bool:
    """Tell whether it is the end of a line that goes on elsewhere: joining links told of it."""
    return node.event.kind is EventKind.LINK


def _plain(node: Node) -> list[str]:
    """Check the flows of what takes all of them: events and parallel gateways."""
    return ["condition_misplaced"] if any(flow.conditional for flow in node.outgoing) else []


def _split(node: Node) -> list[str]:
    """Check that a gateway always has a way to go."""
    default, others = _default(node)
    if node.default and default is None:
        return ["default_unknown"]
    if default is None:
        alone = len(others) == 1 and not others[0].conditional
        return [] if alone or not others else ["default_missing"]
    codes = ["default_conditional"] if default.conditional else []
    if any(not flow.conditional for flow in others):
        codes.append("condition_missing")
    return codes


def _activity(node: Node) -> list[str]:
    """Check that at least one of the flows out of an activity is always taken."""
    default, others = _default(node)
    if node.default and default is None:
        return ["default_unknown"]
    if default is None:
        always = any(not flow.conditional for flow in others)
        return [] if always or not others else ["default_missing"]
    codes = ["default_conditional"] if default.conditional else []
    if not any(flow.conditional for flow in others):
        codes.append("default_idle")
    return codes


def _default(node: Node) -> tuple[Flow | None, list[Flow]]:
    """Return the default flow, if it begins here, and the others."""
    defaults = [flow for flow in node.outgoing if flow.id == node.default]
    others = [flow for flow in node.outgoing if flow not in defaults]
    return next(iter(defaults), None), others


RULES: Final[Mapping[Kind, Callable[[Node], list[str]]]] = MappingProxyType(
    {
        Kind.CHOICE: _split,
        Kind.INCLUSIVE: _split,
        **dict.fromkeys(ACTIVITIES, _activity),
    }
)
