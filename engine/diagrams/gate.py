"""The gate: what passes runs as BPMN says; all else is refused, with every reason at once."""

from dataclasses import replace

from engine.diagrams.model import Diagram
from engine.diagrams.naming import House, check_names
from engine.diagrams.read import Problems, read
from engine.diagrams.rules.aftermath import without_aftermath
from engine.diagrams.rules.calls import Deployed
from engine.diagrams.rules.operations import Decides
from engine.diagrams.rules.style import warnings
from engine.diagrams.soundness.dry_run import dry_run
from engine.diagrams.structure import check_structure
from engine.diagrams.vocabulary import check_words, parse
from engine.diagrams.words.unused import warn_of_unused
from engine.errors import Problem, Refused
from engine.registry import Registry


def check(
    xml: bytes,
    registry: Registry,
    deployed: Deployed | None = None,
    decides: Decides | None = None,
) -> list[Problem]:
    """Return all that is wrong with a diagram, then what could be better about it.

    ``deployed`` finds the processes that it calls, ``decides`` knows the decisions.
    """
    return _judged(xml, House(registry, deployed, decides))[1]


def passed(
    xml: bytes,
    registry: Registry,
    deployed: Deployed | None = None,
    decides: Decides | None = None,
) -> Diagram:
    """Return the diagram, or refuse it with everything that is wrong."""
    diagram, problems = _judged(xml, House(registry, deployed, decides))
    wrong = [problem for problem in problems if problem.refuses]
    if wrong or diagram is None:
        raise Refused(wrong)
    return diagram


def reread(xml: bytes) -> Diagram:
    """Return a diagram that has passed before: what the host knows may have changed since."""
    problems = Problems()
    process = parse(xml, problems)
    diagram = None if process is None else read(process, problems)
    if problems or diagram is None:
        raise Refused(problems)
    return diagram


def _judged(xml: bytes, house: House) -> tuple[Diagram | None, list[Problem]]:
    problems = Problems()
    process = parse(xml, problems)
    if process is None:
        return None, problems
    check_words(process, problems, self_starting=house.registry.self_starting)
    diagram = read(process, problems)
    problems += check_structure(diagram)
    problems += check_names(diagram, house)
    problems += warnings(diagram)
    warn_of_unused(process.getroottree().getroot(), problems)
    found = without_aftermath(process, problems)
    found = [*found, *dry_run(diagram, xml, found)]
    return diagram, [replace(each, english=diagram.english) for each in found]
