"""Warns of what stands at the root of a file and is never referred to."""

from typing import Final

from lxml import etree

from engine.diagrams.reading.notes import Problems
from engine.diagrams.reading.tags import BPMN, name_of

NAMED: Final = frozenset({"message", "signal", "error", "escalation"})


def warn_of_unused(root: etree._Element, problems: Problems) -> None:
    """Warn of every message, signal, error, escalation and event that nothing refers to."""
    used = {e.get(f"{kind}Ref") for e in root.iter(BPMN + "*") for kind in NAMED}
    used |= {(e.text or "").strip() for e in root.iter(BPMN + "eventDefinitionRef")}
    for element in root.iterchildren(BPMN + "*"):
        name = name_of(element)
        defines = name in NAMED or name.endswith("EventDefinition")
        if defines and element.get("id") not in used:
            about = name.removesuffix("EventDefinition")
            problems.warn("definition_unused", element, element=about)
