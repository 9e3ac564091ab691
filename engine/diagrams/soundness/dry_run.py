"""Explores a diagram here as long as it is small, and in a process of its own if it isn't."""

from typing import Final

from engine.diagrams.model import Diagram
from engine.diagrams.soundness.apart import explored_apart
from engine.diagrams.soundness.explore import explore
from engine.diagrams.soundness.search import Cap
from engine.errors import Problem

SMALL: Final = Cap(states=2_000, seconds=1)


def dry_run(diagram: Diagram, xml: bytes, known: list[Problem]) -> list[Problem]:
    """Return what goes wrong while a diagram runs that nothing else is wrong with."""
    if any(problem.refuses for problem in known):
        return []
    found = explore(diagram, SMALL)
    capped = any(problem.code == "soundness_capped" for problem in found)
    if capped and not any(problem.refuses for problem in found):
        found = explored_apart(diagram, xml)
    told = {problem.element_id for problem in known if problem.code == "merge_implicit"}
    return [p for p in found if p.code != "done_several" or p.element_id not in told]
