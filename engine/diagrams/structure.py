"""How a diagram hangs together: what the flows join, and whether all can be walked."""

from engine.diagrams.model import Diagram, EventKind, Kind, Node
from engine.diagrams.rules.events import event_problems
from engine.diagrams.rules.flows import flow_problems
from engine.diagrams.rules.ways import way_problems
from engine.errors import Problem


def check_structure(diagram: Diagram) -> list[Problem]:
    """Return what is wrong with the flows of a process and of its sub-processes."""
    problems: list[Problem] = []
    scopes = [diagram.process_id]
    scopes += [node.id for node in diagram.nodes.values() if node.kind is Kind.SUB]
    for scope in scopes:
        nodes = list(diagram.within(scope))
        problems += _check_ends(diagram, scope, nodes)
        for node in nodes:
            codes = flow_problems(node) + event_problems(diagram, node)
            problems += [_problem(node, code) for code in codes]
        if not problems:
            problems += [_problem(node, code) for node, code in way_problems(nodes)]
    return problems


def _check_ends(diagram: Diagram, scope: str, nodes: list[Node]) -> list[Problem]:
    owner = diagram.nodes.get(scope)
    name = diagram.name if owner is None else owner.name
    starts = [node for node in nodes if node.kind is Kind.START]
    plain = [node for node in starts if node.event.kind is EventKind.NONE]
    codes = []
    if not starts:
        codes.append("start_missing")
    if len(plain if owner is None else starts) > 1:
        codes.append("start_several")
    if not any(node.kind is Kind.END for node in nodes):
        codes.append("end_missing")
    return [Problem(code, scope, name) for code in codes]


def _problem(node: Node, code: str) -> Problem:
    return Problem(code, node.id, node.name)
