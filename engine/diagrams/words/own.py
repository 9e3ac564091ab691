"""The engine's own attributes and elements: which of them stand at which element of BPMN."""

from typing import Final

from lxml import etree

from engine.diagrams.model import EventKind
from engine.diagrams.reading.notes import Problems
from engine.diagrams.reading.tags import BPMN, DUBAN, EVENTS, Roots, name_of

CATCHERS: Final = frozenset(
    {"startEvent", "boundaryEvent", "intermediateCatchEvent", "receiveTask"}
)
THROWERS: Final = frozenset({"endEvent", "intermediateThrowEvent", "sendTask"})
MESSAGE_TASKS: Final = frozenset({"sendTask", "receiveTask"})
ROUTING: Final = {"correlation": CATCHERS | THROWERS, "take": CATCHERS, "ttl": THROWERS}
USER: Final = frozenset({"userTask"})
CALL: Final = frozenset({"callActivity"})
ATTRIBUTES: Final = {
    "name_en": None,
    "role": frozenset({"lane"}),
    "step": USER,
    "limit": USER,
    "who": USER,
    "operation": frozenset({"serviceTask"}),
    "decision": frozenset({"businessRuleTask"}),
    "writes": frozenset({"businessRuleTask"}),
    "pass": CALL,
    "zone": CATCHERS - MESSAGE_TASKS,
    **ROUTING,
}
MAPPED: Final = frozenset({"target", "source"})
COLUMN: Final = frozenset({"key", "type", "label", "label_en", "required", "options", "options_en"})
ELEMENTS: Final = {
    "outcome": (USER, frozenset({"value", "label", "label_en"})),
    "field": (USER, COLUMN | {"help", "help_en", "visible_if"}),
    "column": (USER, COLUMN),
    "parameter": (
        frozenset({"serviceTask", "businessRuleTask"}) | THROWERS,
        frozenset({"name", "value"}),
    ),
    "in": (CALL, MAPPED),
    "out": (CALL, MAPPED),
}


def check_own_attribute(
    element: etree._Element, attribute: str, roots: Roots, problems: Problems
) -> None:
    """Check that one of the engine's attributes stands where it is read."""
    where = ATTRIBUTES.get(attribute, frozenset())
    if where is None:
        return
    if name_of(element) not in where or (
        attribute in ROUTING and not _is_routed(element, attribute, roots)
    ):
        problems.note("attribute_unsupported", element, attribute=f"duban:{attribute}")


def _is_routed(element: etree._Element, attribute: str, roots: Roots) -> bool:
    """Tell whether a message goes by a key here; before a process has begun it has no data."""
    above = element.getparent()
    begins = above is not None and name_of(element) == "startEvent" and name_of(above) == "process"
    return _is_about_a_message(element, roots) and not (attribute == "correlation" and begins)


def _is_about_a_message(element: etree._Element, roots: Roots) -> bool:
    about = [EVENTS.get(str(drawn.tag)) for drawn in roots.definitions(element)]
    return name_of(element) in MESSAGE_TASKS or about == [EventKind.MESSAGE]


def check_own_element(element: etree._Element, roots: Roots, problems: Problems) -> None:
    """Check that one of the engine's elements stands where it is read."""
    name = name_of(element)
    holder = element.getparent()
    if name == "column" and holder is not None and holder.tag == DUBAN + "field":
        holder = holder.getparent()  # a table's column stands in its field
    elif name == "column":
        holder = None
    owner = None if holder is None else holder.getparent()
    owners, attributes = ELEMENTS.get(name, (frozenset(), frozenset()))
    read = holder is not None and holder.tag == BPMN + "extensionElements"
    silent = name == "parameter" and owner is not None and _says_nothing(owner, roots)
    if owner is None or name_of(owner) not in owners or silent or not read:
        problems.note("extension_unsupported", element, element=f"duban:{name}")
        return
    for attribute in element.attrib:
        if attribute not in attributes:
            problems.note("attribute_unsupported", element, attribute=str(attribute))


def _says_nothing(owner: etree._Element, roots: Roots) -> bool:
    return name_of(owner) in THROWERS and not _is_about_a_message(owner, roots)


def is_own(attribute: str) -> bool:
    """Tell whether an attribute is one of the engine's."""
    return attribute.startswith(DUBAN)
