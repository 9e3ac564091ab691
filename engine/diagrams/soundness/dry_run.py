"""Explores a diagram here as long as it is small, and in a process of its own if it isn't."""

import hashlib
from collections import OrderedDict
from typing import Final

from engine.diagrams.model import Diagram
from engine.diagrams.soundness.apart import explored_apart
from engine.diagrams.soundness.explore import explore
from engine.diagrams.soundness.search import Cap
from engine.errors import Problem

SMALL: Final = Cap(states=2_000, seconds=1)
UNFINISHED: Final = {"soundness_capped", "too_complex"}
"""What is told of a diagram that wasn't looked at to the end."""
REMEMBERED: Final = 64

_explored: OrderedDict[bytes, tuple[Problem, ...]] = OrderedDict()
"""What was found in the diagrams looked at last, by their checksum."""


def dry_run(diagram: Diagram, xml: bytes, known: list[Problem]) -> list[Problem]:
    """Return what goes wrong while a diagram runs that nothing else is wrong with."""
    if any(problem.refuses for problem in known):
        return []
    found = _known_or_explored(diagram, xml)
    told = {problem.element_id for problem in known if problem.code == "merge_implicit"}
    return [p for p in found if p.code != "done_several" or p.element_id not in told]


def _known_or_explored(diagram: Diagram, xml: bytes) -> tuple[Problem, ...]:
    """Look at the same bytes once: whoever checks a diagram deploys it next.

    What had no end may have one when the machine is less busy, so it is looked at again.
    """
    checksum = hashlib.sha256(xml).digest()
    found = _explored.get(checksum)
    if found is None:
        found = tuple(_small_or_apart(diagram, xml))
        if UNFINISHED.isdisjoint(problem.code for problem in found):
            _remember(checksum, found)
    return found


def _remember(checksum: bytes, found: tuple[Problem, ...]) -> None:
    _explored[checksum] = found
    if len(_explored) > REMEMBERED:
        _explored.popitem(last=False)


def _small_or_apart(diagram: Diagram, xml: bytes) -> list[Problem]:
    found = explore(diagram, SMALL)
    capped = any(problem.code == "soundness_capped" for problem in found)
    if capped and not any(problem.refuses for problem in found):
        return explored_apart(diagram, xml)
    return found
