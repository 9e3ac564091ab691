"""Walks through all states that a diagram can be in, and tells what is wrong in them."""

from engine.diagrams.model import Diagram
from engine.diagrams.soundness.net import Net
from engine.diagrams.soundness.search import Cap, Search
from engine.diagrams.soundness.verdicts import Verdicts
from engine.errors import Problem


def explore(diagram: Diagram, cap: Cap) -> list[Problem]:
    """Return what is wrong in the states that a diagram can be in, as far as the cap lets see."""
    return Verdicts(Search(Net(diagram), cap)).problems()
