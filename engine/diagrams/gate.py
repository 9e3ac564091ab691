"""The gate: what passes runs as BPMN says; all else is refused, with every reason at once."""

from engine.diagrams.model import Diagram
from engine.diagrams.naming import Deployed, check_names
from engine.diagrams.read import Problems, read
from engine.diagrams.structure import check_structure
from engine.diagrams.vocabulary import check_words, parse
from engine.errors import Problem, Refused
from engine.registry import Registry


def check(xml: bytes, registry: Registry, deployed: Deployed | None = None) -> list[Problem]:
    """Return all that is wrong with a diagram; ``deployed`` finds the processes it calls."""
    return _judged(xml, registry, deployed)[1]


def passed(xml: bytes, registry: Registry, deployed: Deployed | None = None) -> Diagram:
    """Return the diagram, or refuse it with everything that is wrong."""
    diagram, problems = _judged(xml, registry, deployed)
    if problems or diagram is None:
        raise Refused(problems)
    return diagram


def reread(xml: bytes) -> Diagram:
    """Return a diagram that has passed before: what the host knows may have changed since."""
    problems = Problems()
    process = parse(xml, problems)
    diagram = None if process is None else read(process, problems)
    if problems or diagram is None:
        raise Refused(problems)
    return diagram


def _judged(
    xml: bytes, registry: Registry, deployed: Deployed | None
) -> tuple[Diagram | None, list[Problem]]:
    problems = Problems()
    process = parse(xml, problems)
    if process is None:
        return None, problems
    check_words(process, problems)
    diagram = read(process, problems)
    problems += check_structure(diagram)
    problems += check_names(diagram, registry, deployed)
    return diagram, problems
