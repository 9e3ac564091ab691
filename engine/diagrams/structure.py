"""How a diagram hangs together: what the flows join, and whether all can be walked."""

from collections.abc import Callable, Iterable
from typing import Final

from engine.diagrams.model import HOSTS, Diagram, Kind, Node
from engine.errors import Problem

NO_WAY_IN: Final = frozenset({Kind.START, Kind.BOUNDARY})


def check_structure(diagram: Diagram) -> list[Problem]:
    """Return what is wrong with the flows of a process and of its sub-processes."""
    problems: list[Problem] = []
    scopes = [diagram.process_id]
    scopes += [node.id for node in diagram.nodes.values() if node.kind is Kind.SUB]
    for scope in scopes:
        nodes = list(diagram.within(scope))
        problems += _check_ends(diagram, scope, nodes)
        for node in nodes:
            problems += [_problem(node, code) for code in _node_problems(diagram, node)]
        if not problems:
            problems += _check_ways(nodes)
    return problems


def _check_ends(diagram: Diagram, scope: str, nodes: list[Node]) -> list[Problem]:
    owner = diagram.nodes.get(scope)
    name = diagram.name if owner is None else owner.name
    starts = sum(node.kind is Kind.START for node in nodes)
    codes = []
    if starts != 1:
        codes.append("start_missing" if not starts else "start_several")
    if not any(node.kind is Kind.END for node in nodes):
        codes.append("end_missing")
    return [Problem(code, scope, name) for code in codes]


def _node_problems(diagram: Diagram, node: Node) -> list[str]:
    """Return the codes of what is wrong with one element's own flows."""
    codes = []
    if node.kind in NO_WAY_IN and node.incoming:
        codes.append("way_in")
    if node.kind is Kind.END:
        if node.outgoing:
            codes.append("way_out")
    elif not node.outgoing:
        codes.append("no_way_out")
    if len({flow.target for flow in node.outgoing}) < len(node.outgoing):
        codes.append("flow_twice")
    if node.kind is Kind.BOUNDARY:
        codes += _boundary_problems(diagram, node)
    if node.kind is Kind.CHOICE:
        codes += _choice_problems(node)
    else:
        codes += _plain_problems(node)
    return codes


def _boundary_problems(diagram: Diagram, node: Node) -> list[str]:
    host = diagram.nodes.get(node.host or "")
    if host is None or host.scope != node.scope:
        return ["host_missing"]
    return [] if host.kind in HOSTS else ["host_unfit"]


def _plain_problems(node: Node) -> list[str]:
    codes = []
    if len(node.outgoing) > 1:
        codes.append("several_out")
    if any(flow.conditional for flow in node.outgoing):
        codes.append("condition_misplaced")
    return codes


def _choice_problems(node: Node) -> list[str]:
    """Check that a gateway always has exactly one way to go."""
    default = [flow for flow in node.outgoing if flow.id == node.default]
    if node.default and not default:
        return ["default_unknown"]
    if not default:
        alone = len(node.outgoing) == 1 and not node.outgoing[0].conditional
        return [] if alone or not node.outgoing else ["default_missing"]
    codes = []
    if default[0].conditional:
        codes.append("default_conditional")
    if any(not flow.conditional for flow in node.outgoing if flow is not default[0]):
        codes.append("condition_missing")
    return codes


def _check_ways(nodes: list[Node]) -> list[Problem]:
    """Check that every element can be reached, and that an end can be reached from it."""
    known = {node.id: node for node in nodes}
    starts = [node for node in nodes if node.kind is Kind.START]
    ends = [node for node in nodes if node.kind is Kind.END]

    def onward(node: Node) -> Iterable[Node]:
        return [*(known[flow.target] for flow in node.outgoing), *node.events]

    def backward(node: Node) -> Iterable[Node]:
        return [known[flow.source] for flow in node.incoming]

    reached, leading = _reach(starts, onward), _reach(ends, backward)
    return [_problem(node, "unreachable") for node in nodes if node.id not in reached] + [
        _problem(node, "no_way_to_end") for node in nodes if node.id not in leading
    ]


def _reach(nodes: list[Node], step: Callable[[Node], Iterable[Node]]) -> set[str]:
    seen: set[str] = set()
    todo = list(nodes)
    while todo:
        node = todo.pop()
        if node.id not in seen:
            seen.add(node.id)
            todo += step(node)
    return seen


def _problem(node: Node, code: str) -> Problem:
    return Problem(code, node.id, node.name)
