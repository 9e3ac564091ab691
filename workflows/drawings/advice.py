"""What supervision asks of a diagram besides the engine's gate: pure rules over what is drawn."""

from engine import Diagram, Problem


def advice(_diagram: Diagram) -> list[Problem]:
    """Return what could be better about a diagram."""
    return []
