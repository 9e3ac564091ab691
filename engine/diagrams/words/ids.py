"""Checks the ids in a file: there, unlike each other, and fit to be stored."""

import re
from typing import Final

from lxml import etree

from engine.diagrams.reading.notes import Problems
from engine.diagrams.reading.tags import BPMN, KINDS, name_of

LONGEST: Final = 200
IDENTIFIER: Final = re.compile(r"[^\W\d][\w-]*")
RESERVED: Final = frozenset({"Root", "Start", "End"})
RUN: Final = frozenset({*KINDS, BPMN + "process"})
FLOW: Final = BPMN + "sequenceFlow"
ENDS: Final = {BPMN + "incoming": "targetRef", BPMN + "outgoing": "sourceRef"}
REFERENCES: Final = (*ENDS, BPMN + "flowNodeRef")


def check_ids(root: etree._Element, problems: Problems) -> None:
    """Check every id, and that what refers to one finds it."""
    seen: set[str] = set()
    for element in root.iter(BPMN + "*"):
        element_id = element.get("id")
        if element_id in seen:
            problems.note("id_twice", element, id=element_id)
        if element_id is not None:
            seen.add(element_id)
        if element.tag in RUN or (element.tag == FLOW and element_id is not None):
            _check_id(element, element_id, problems)
    for reference in root.iter(*REFERENCES):
        if (reference.text or "").strip() not in seen:
            problems.note("reference_dangling", reference.getparent(), reference=reference.text)
    _check_ends(root, problems)
    _check_lanes(root, problems)


def _check_lanes(root: etree._Element, problems: Problems) -> None:
    """Check that an element stands in one lane, and beside it only in those around that one."""
    lanes: dict[str, etree._Element] = {}
    for reference in root.iter(BPMN + "flowNodeRef"):
        lane, node = reference.getparent(), (reference.text or "").strip()
        known = lanes.get(node)
        if lane is None:
            continue
        if known is not None and known is not lane and known not in lane.iterancestors():
            problems.note("lane_twice", lane, reference=node)
        lanes[node] = lane


def _check_ends(root: etree._Element, problems: Problems) -> None:
    """Check that an element lists no flow that joins others: one of the two must be wrong."""
    flows = {flow.get("id"): flow for flow in root.iter(FLOW)}
    for reference in root.iter(*ENDS):
        flow, above = flows.get((reference.text or "").strip()), reference.getparent()
        end = ENDS[str(reference.tag)]
        if flow is not None and above is not None and flow.get(end) != above.get("id"):
            problems.note("reference_crossed", above, reference=flow.get("id"))


def _check_id(element: etree._Element, element_id: str | None, problems: Problems) -> None:
    """Check the id of an element that runs."""
    if element_id is None:
        problems.note("id_missing", element, element=name_of(element))
    elif not IDENTIFIER.fullmatch(element_id) or len(element_id) > LONGEST:
        problems.note("id_unfit", element, id=element_id)
    elif element_id in RESERVED:
        problems.note("id_reserved", element, id=element_id)
