"""The allow-list: which elements, events and attributes a diagram may use at all."""

import re
from typing import Final

from lxml import etree

from engine.diagrams.read import BPMN, DUBAN, KINDS, Problems
from engine.diagrams.xml import root_of

ELEMENTS: Final = 1_000
LONGEST: Final = 200
IDENTIFIER: Final = re.compile(r"[^\W\d][\w-]*")
RESERVED: Final = frozenset({"Root", "Start", "End"})
BASE: Final = frozenset({"id", "name"})
ONLY: Final = {
    "startQuantity": "1",
    "completionQuantity": "1",
    "isForCompensation": "false",
    "triggeredByEvent": "false",
    "isInterrupting": "true",
    "parallelMultiple": "false",
    "isSequential": "false",
    "behavior": "All",
    "isImmediate": "true",
    "isExecutable": "true",
}
"""Attributes that may be written, but only with the value that they have anyway."""
ACTIVITY: Final = BASE | {"startQuantity", "completionQuantity", "isForCompensation"}
ATTRIBUTES: Final[dict[str, frozenset[str]]] = {
    "process": BASE | {"isExecutable", "isClosed", "processType"},
    "startEvent": BASE | {"isInterrupting", "parallelMultiple"},
    "endEvent": BASE,
    "userTask": ACTIVITY | {"implementation"},
    "serviceTask": ACTIVITY | {"implementation"},
    "callActivity": ACTIVITY | {"calledElement"},
    "subProcess": ACTIVITY | {"triggeredByEvent"},
    "exclusiveGateway": BASE | {"default", "gatewayDirection"},
    "boundaryEvent": BASE | {"attachedToRef", "cancelActivity", "parallelMultiple"},
    "intermediateCatchEvent": BASE | {"parallelMultiple"},
    "sequenceFlow": BASE | {"sourceRef", "targetRef", "isImmediate"},
    "conditionExpression": frozenset({"id"}),
    "timerEventDefinition": frozenset({"id"}),
    "messageEventDefinition": frozenset({"id", "messageRef"}),
    "timeDate": frozenset({"id"}),
    "timeDuration": frozenset({"id"}),
    "timeCycle": frozenset({"id"}),
    "multiInstanceLoopCharacteristics": frozenset({"id", "isSequential", "behavior"}),
}
"""The attributes of the elements that run; those of all others say nothing to the engine."""
INERT: Final = frozenset(
    {
        "definitions",
        "collaboration",
        "participant",
        "laneSet",
        "childLaneSet",
        "lane",
        "flowNodeRef",
        "incoming",
        "outgoing",
        "extensionElements",
        "documentation",
        "message",
        "loopDataInputRef",
        "inputDataItem",
        "textAnnotation",
        "text",
        "association",
        "group",
        "category",
        "categoryValue",
    }
)
HINTED: Final = {
    "parallelGateway": "parallel_unsupported",
    "inclusiveGateway": "inclusive_unsupported",
    "complexGateway": "complex_unsupported",
    "eventBasedGateway": "event_gateway_unsupported",
    "task": "task_untyped",
    "manualTask": "task_untyped",
    "scriptTask": "script_unsupported",
    "businessRuleTask": "decision_unsupported",
    "sendTask": "send_unsupported",
    "receiveTask": "receive_unsupported",
    "transaction": "transaction_unsupported",
    "adHocSubProcess": "ad_hoc_unsupported",
    "intermediateThrowEvent": "throw_unsupported",
    "standardLoopCharacteristics": "loop_unsupported",
    "messageFlow": "message_flow_unsupported",
    "dataInputAssociation": "data_unsupported",
    "dataOutputAssociation": "data_unsupported",
    "ioSpecification": "data_unsupported",
    "dataObject": "data_unsupported",
    "dataObjectReference": "data_unsupported",
    "dataStoreReference": "data_unsupported",
}
EVENTS: Final = {
    "startEvent": frozenset[str](),
    "endEvent": frozenset[str](),
    "intermediateCatchEvent": frozenset({"timerEventDefinition"}),
    "boundaryEvent": frozenset({"timerEventDefinition", "messageEventDefinition"}),
}
EXTENSIONS: Final = {
    "outcome": ("userTask", frozenset({"value", "label", "label_en"})),
    "field": (
        "userTask",
        frozenset({"key", "type", "label", "label_en", "required", "options"}),
    ),
    "parameter": ("serviceTask", frozenset({"name", "value"})),
}
OWN_ATTRIBUTES: Final = {
    "name_en": None,
    "role": frozenset({"lane"}),
    "step": frozenset({"userTask"}),
    "limit": frozenset({"userTask"}),
    "who": frozenset({"userTask"}),
    "operation": frozenset({"serviceTask"}),
    "pass": frozenset({"callActivity"}),
}


def parse(xml: bytes, problems: Problems) -> etree._Element | None:
    """Return the one process of a file, read without any help from outside."""
    root = root_of(xml, problems.note)
    if root is None:
        return None
    if root.tag != BPMN + "definitions":
        problems.note("not_bpmn")
        return None
    return _process(root, problems)


def check_words(process: etree._Element, problems: Problems) -> None:
    """Note every element, event and attribute that the engine doesn't run."""
    root = process.getroottree().getroot()
    count = sum(element.tag in KINDS for element in root.iter())
    if count > ELEMENTS:
        problems.note("too_many", count=count, most=ELEMENTS)
        return
    _check_ids(root, problems)
    for element in root.iter(BPMN + "*"):
        _check_element(element, problems)
    for element in root.iter(DUBAN + "*"):
        _check_extension(element, problems)


def _process(root: etree._Element, problems: Problems) -> etree._Element | None:
    processes = root.findall(BPMN + "process")
    if len(processes) != 1:
        problems.note("process_missing" if not processes else "process_several")
        return None
    process = processes[0]
    if process.get("isExecutable") != "true":
        problems.note("not_executable", process)
    for pool in root.iter(BPMN + "participant"):
        if pool.get("processRef") != process.get("id"):
            problems.note("pool_several", pool)
    return process


def _check_ids(root: etree._Element, problems: Problems) -> None:
    seen: set[str] = set()
    for element in root.iter(BPMN + "*"):
        element_id = element.get("id")
        if element_id in seen:
            problems.note("id_twice", element, id=element_id)
        if element_id is not None:
            seen.add(element_id)
        if element.tag in KINDS or element.tag == BPMN + "process":
            _check_id(element, element_id, problems)
    for reference in root.iter(BPMN + "incoming", BPMN + "outgoing", BPMN + "flowNodeRef"):
        if (reference.text or "").strip() not in seen:
            problems.note("reference_dangling", reference.getparent(), reference=reference.text)


def _check_id(element: etree._Element, element_id: str | None, problems: Problems) -> None:
    """Check the id of an element that runs."""
    if element_id is None:
        problems.note("id_missing", element, element=_name(element))
    elif not IDENTIFIER.fullmatch(element_id) or len(element_id) > LONGEST:
        problems.note("id_unfit", element, id=element_id)
    elif element_id in RESERVED:
        problems.note("id_reserved", element, id=element_id)


def _check_element(element: etree._Element, problems: Problems) -> None:
    name = _name(element)
    if name not in ATTRIBUTES and name not in INERT:
        if not name.endswith("EventDefinition"):
            code = HINTED.get(name, "element_unsupported")
            problems.note(code, element, element=name)
        return
    for attribute, value in element.attrib.items():
        _check_attribute(element, name, str(attribute), str(value), problems)
    if len(element.get("name", "")) > LONGEST:
        problems.note("name_long", element, most=LONGEST)
    if name in EVENTS:
        _check_event(element, name, problems)
    if name == "multiInstanceLoopCharacteristics":
        _check_several(element, problems)


def _check_attribute(
    element: etree._Element, name: str, attribute: str, value: str, problems: Problems
) -> None:
    if attribute.startswith(DUBAN):
        own = attribute.removeprefix(DUBAN)
        where = OWN_ATTRIBUTES.get(own, frozenset())
        if where is not None and name not in where:
            problems.note("attribute_unsupported", element, attribute=f"duban:{own}")
    elif attribute.startswith("{") or name in INERT:
        return
    elif attribute not in ATTRIBUTES[name]:
        code = "default_misplaced" if attribute == "default" else "attribute_unsupported"
        problems.note(code, element, attribute=attribute)
    elif attribute in ONLY and value != ONLY[attribute]:
        if attribute != "isExecutable":
            problems.note("value_unsupported", element, attribute=attribute, value=value)
    elif attribute == "cancelActivity" and value not in {"true", "false"}:
        problems.note("value_unsupported", element, attribute=attribute, value=value)


def _check_event(element: etree._Element, name: str, problems: Problems) -> None:
    """Check that an event waits for exactly what such an event may wait for."""
    drawn = [
        _name(child)
        for child in element.iterchildren(BPMN + "*")
        if _name(child).endswith(("EventDefinition", "eventDefinitionRef"))
    ]
    for kind in drawn:
        if kind not in EVENTS[name]:
            problems.note("event_unsupported", element, event=kind, element=name)
    if EVENTS[name] and not drawn:
        problems.note("event_missing", element)
    if len(drawn) > 1:
        problems.note("event_several", element)


def _check_several(element: etree._Element, problems: Problems) -> None:
    owner = element.getparent()
    if owner is None or _name(owner) != "callActivity":
        problems.note("several_misplaced", element)


def _check_extension(element: etree._Element, problems: Problems) -> None:
    name = etree.QName(element).localname
    holder = element.getparent()
    owner = None if holder is None else holder.getparent()
    known = EXTENSIONS.get(name)
    if known is None or owner is None or _name(owner) != known[0]:
        problems.note("extension_unsupported", element, element=f"duban:{name}")
        return
    for attribute in element.attrib:
        if attribute not in known[1]:
            problems.note("attribute_unsupported", element, attribute=str(attribute))


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
