"""The names that a diagram is written with, and what one element refers to."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from engine.diagrams.model import EventKind, Kind

BPMN: Final = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DUBAN: Final = "{urn:duban:bpmn:1}"
KINDS: Final = {BPMN + kind.value: kind for kind in Kind}
EVENTS: Final = {
    f"{BPMN}{kind.value}EventDefinition": kind for kind in EventKind if kind is not EventKind.NONE
}


def name_of(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return etree.QName(element).localname


def text_in(element: etree._Element, name: str) -> str:
    """Return the trimmed text of a child, or nothing."""
    return (element.findtext(BPMN + name) or "").strip()


def extensions(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield what an element says to this engine under one name."""
    holder = element.find(BPMN + "extensionElements")
    return iter(()) if holder is None else holder.iterchildren(DUBAN + name)


class Roots:
    """What stands at the root of a file and is referred to: messages, signals, errors, events."""

    def __init__(self, root: etree._Element) -> None:
        self._known = {e.get("id", ""): e for e in root.iterchildren(BPMN + "*")}

    def find(self, kind: str, reference: str) -> etree._Element | None:
        """Return the element of that kind and id, or nothing."""
        found = self._known.get(reference)
        return None if found is None or found.tag != BPMN + kind else found

    def definitions(self, event: etree._Element) -> list[etree._Element]:
        """Return what an event is about, written in it or referred to by it."""
        found = []
        for child in event.iterchildren(BPMN + "*"):
            if name_of(child).endswith("EventDefinition"):
                found.append(child)
            elif child.tag == BPMN + "eventDefinitionRef":
                known = self._known.get((child.text or "").strip())
                if known is not None and name_of(known).endswith("EventDefinition"):
                    found.append(known)
        return found
