"""Leaves out what is only wrong because an element beside it isn't run: one reason is enough."""

from collections.abc import Iterable
from typing import Final

from lxml import etree

from engine.diagrams.reading.tags import BPMN, KINDS, name_of
from engine.errors import Problem

NODES: Final = ("task", "Task", "Gateway", "Event", "SubProcess", "transaction")
"""How the names of all elements end that flows may join, run or not."""
FOLLOWS: Final = frozenset({"flow_dangling", "no_way_out", "host_missing"})


def without_aftermath(process: etree._Element, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems without those that go away with an element that isn't run."""
    strange = {
        element.get("id")
        for element in process.iter(BPMN + "*")
        if element.tag not in KINDS and name_of(element).endswith(NODES)
    }
    touched: set[str | None] = set()
    for flow in process.iter(BPMN + "sequenceFlow"):
        ends = (flow.get("sourceRef"), flow.get("targetRef"))
        if strange & set(ends):
            touched |= {flow.get("id"), *ends}
    for event in process.iter(BPMN + "boundaryEvent"):
        if event.get("attachedToRef") in strange:
            touched.add(event.get("id"))
    return [p for p in problems if p.code not in FOLLOWS or p.element_id not in touched - {None}]
