"""What is wrong with a diagram, noted at the element that a person would look for."""

from typing import Final

from lxml import etree

from engine.diagrams.reading.tags import BPMN
from engine.errors import WARNING, Problem

HOLDERS: Final = frozenset(
    BPMN + name
    for name in ("definitions", "collaboration", "process", "laneSet", "childLaneSet", "subProcess")
)
"""What holds the elements that stand in the picture by themselves."""


class Problems(list[Problem]):
    """What is wrong with a diagram, collected while it is read."""

    def note(self, code: str, at: etree._Element | None = None, /, **facts: object) -> None:
        """Note one problem, and the element that a person would look for."""
        owner = _visible(at)
        known = (None, None) if owner is None else (owner.get("id"), owner.get("name"))
        self.append(Problem(code, *known, facts))

    def warn(self, code: str, at: etree._Element, /, **facts: object) -> None:
        """Note what could be better, though the diagram runs all the same."""
        self.append(Problem(code, at.get("id"), at.get("name"), facts, WARNING))


def _visible(element: etree._Element | None) -> etree._Element | None:
    """Return the element itself, or the nearest above it that a person can see."""
    while element is not None:
        above = element.getparent()
        if above is None or (above.tag in HOLDERS and element.get("id")):
            return element
        element = above
    return None
