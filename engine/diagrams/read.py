"""Reads the XML of a diagram into records, noting whatever can't be understood."""

from dataclasses import replace
from typing import Final

from lxml import etree

from engine.diagrams.model import ACTIVITIES, Diagram, Flow, Kind, Node
from engine.diagrams.reading.events import EVENT_NODES, read_event
from engine.diagrams.reading.links import join_links
from engine.diagrams.reading.loops import read_loop
from engine.diagrams.reading.notes import Problems
from engine.diagrams.reading.parts import expression_in
from engine.diagrams.reading.tags import BPMN, DUBAN, KINDS, Roots
from engine.diagrams.reading.tasks import read_task

__all__ = ["BPMN", "DUBAN", "KINDS", "Problems", "read"]

WITHDRAW: Final = "withdraw"


def read(process: etree._Element, problems: Problems) -> Diagram:
    """Read one process into records."""
    return _Reader(process, problems).diagram


class _Reader:
    """Reads one process; the lanes and what stands at the root are looked up first."""

    def __init__(self, process: etree._Element, problems: Problems) -> None:
        root = process.getroottree().getroot()
        self._problems = problems
        self._roles = _roles(process)
        self._roots = Roots(root)
        self._ids = {e.get("id") for e in root.iter(BPMN + "*")}
        self.diagram = Diagram(
            process.get("id", ""), process.get("name", ""), process.get(DUBAN + "name_en", "")
        )
        self._read_scope(process, role=None)
        self._attach_events()

    def _read_scope(self, scope: etree._Element, role: str | None) -> None:
        for element in scope:
            kind = KINDS.get(element.tag) if isinstance(element.tag, str) else None
            if kind is not None and element.get("id"):
                self._read_node(element, kind, scope, role)
        for element in scope.iterchildren(BPMN + "sequenceFlow"):
            self._read_flow(element)
        self._problems += join_links(self.diagram, scope.get("id", ""))

    def _read_node(
        self, element: etree._Element, kind: Kind, scope: etree._Element, role: str | None
    ) -> None:
        role = self._roles.get(element.get("id", ""), role)
        node = Node(
            id=element.get("id", ""),
            kind=kind,
            name=element.get("name", ""),
            name_en=element.get(DUBAN + "name_en", ""),
            scope=scope.get("id", ""),
            host=element.get("attachedToRef"),
            interrupting="false" not in {element.get("cancelActivity"), _start_says(element)},
            default=element.get("default"),
            triggered=kind is Kind.SUB and element.get("triggeredByEvent") == "true",
        )
        self.diagram.nodes[node.id] = node
        if kind in EVENT_NODES:
            node.event = read_event(element, kind, self._roots, self._problems)
        if kind in ACTIVITIES:
            node.loop = read_loop(element, self._problems)
            read_task(element, node, role, self._roots, self._problems)
        if kind is Kind.SUB:
            self._read_scope(element, role)
            self._find_trigger(node)

    def _find_trigger(self, sub: Node) -> None:
        """Tell an event sub-process by which of its elements it happens."""
        starts = [node for node in self.diagram.within(sub.id) if node.kind is Kind.START]
        if sub.triggered and starts:
            sub.trigger = starts[0]
            sub.interrupting = starts[0].interrupting

    def _read_flow(self, element: etree._Element) -> None:
        begin, end = element.get("sourceRef", ""), element.get("targetRef", "")
        flow = Flow(
            element.get("id") or self._new_id(element, f"{begin}-{end}"),
            begin,
            end,
            expression_in(element, "conditionExpression", self._problems),
            conditional=element.find(BPMN + "conditionExpression") is not None,
        )
        source, target = (self.diagram.nodes.get(i) for i in (flow.source, flow.target))
        if source is None or target is None or source.scope != target.scope:
            self._problems.note("flow_dangling", element, source=flow.source, target=flow.target)
            return
        source.outgoing.append(flow)
        target.incoming.append(flow)

    def _new_id(self, element: etree._Element, wanted: str) -> str:
        """Give a flow an id: BPMN lets it have none."""
        if wanted in self._ids:
            self._problems.note("id_twice", element, id=wanted)
        self._ids.add(wanted)
        return wanted

    def _attach_events(self) -> None:
        """Hang each boundary event on its activity; a withdrawable task is known by them."""
        for node in self.diagram.nodes.values():
            host = self.diagram.nodes.get(node.host or "")
            if node.kind is not Kind.BOUNDARY or host is None:
                continue
            host.events.append(node)
            if host.user is not None and node.interrupting and node.message == WITHDRAW:
                host.user = replace(host.user, withdrawable=True)


def _start_says(element: etree._Element) -> str | None:
    """Return whether a start event interrupts; in BPMN only those of event sub-processes may."""
    return element.get("isInterrupting") if element.tag == BPMN + "startEvent" else None


def _roles(process: etree._Element) -> dict[str, str]:
    """Return the role of each node that a lane names."""
    return {
        (ref.text or "").strip(): lane.get(DUBAN + "role", "")
        for lane in process.iter(BPMN + "lane")
        for ref in lane.iterchildren(BPMN + "flowNodeRef")
    }
