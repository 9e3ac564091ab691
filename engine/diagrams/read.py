"""Reads the XML of a diagram into records, noting whatever can't be understood."""

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from lxml import etree

from engine.diagrams.expressions import Expression
from engine.diagrams.model import CallStep, Diagram, Flow, Kind, Node, OperationStep, UserStep
from engine.diagrams.timers import Rule, TimerRefused, read_cycle, read_date, read_duration
from engine.errors import ExpressionRefused, Problem
from engine.records import Field, Outcome

BPMN: Final = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DUBAN: Final = "{urn:duban:bpmn:1}"
KINDS: Final = {BPMN + kind.value: kind for kind in Kind}
HOLDERS: Final = frozenset(
    BPMN + name
    for name in ("definitions", "collaboration", "process", "laneSet", "childLaneSet", "subProcess")
)
"""What holds the elements that stand in the picture by themselves."""
WITHDRAW: Final = "withdraw"
TIMERS: Final[dict[str, Callable[[str], Rule]]] = {
    BPMN + "timeDuration": read_duration,
    BPMN + "timeDate": read_date,
    BPMN + "timeCycle": read_cycle,
}

T = TypeVar("T")


class Problems(list[Problem]):
    """What is wrong with a diagram, collected while it is read."""

    def note(self, code: str, at: etree._Element | None = None, /, **facts: object) -> None:
        """Note one problem, and the element that a person would look for."""
        owner = _visible(at)
        self.append(
            Problem(
                code,
                None if owner is None else owner.get("id"),
                None if owner is None else owner.get("name"),
                facts,
            )
        )


def read(process: etree._Element, problems: Problems) -> Diagram:
    """Read one process into records."""
    return _Reader(process, problems).diagram


class _Reader:
    """Reads one process; the lanes and messages are looked up first."""

    def __init__(self, process: etree._Element, problems: Problems) -> None:
        self._problems = problems
        self._roles = _roles(process)
        self._messages = _messages(process)
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
            default=element.get("default"),
        )
        self.diagram.nodes[node.id] = node
        if kind is Kind.USER:
            node.user = _user_step(element, role)
        elif kind is Kind.SERVICE:
            node.service = self._operation_step(element)
        elif kind is Kind.CALL:
            node.call = self._call_step(element)
        elif kind in {Kind.BOUNDARY, Kind.CATCH}:
            self._read_event(element, node)
        elif kind is Kind.SUB:
            self._read_scope(element, role)

    def _read_event(self, element: etree._Element, node: Node) -> None:
        node.host = element.get("attachedToRef")
        node.interrupting = element.get("cancelActivity", "true") == "true"
        message = element.find(BPMN + "messageEventDefinition")
        if message is not None:
            node.message = self._messages.get(message.get("messageRef", ""))
            if not node.message:
                self._problems.note("message_missing", element)
        timer = element.find(BPMN + "timerEventDefinition")
        if timer is not None:
            node.timer = self._timer(timer)

    def _timer(self, element: etree._Element) -> Rule | None:
        drawn = [(str(child.tag), child) for child in element if child.tag in TIMERS]
        if len(drawn) != 1:
            self._problems.note("timer_incomplete", element)
            return None
        tag, timer = drawn[0]
        text = (timer.text or "").strip()
        try:
            return TIMERS[tag](text)
        except (TimerRefused, OverflowError) as error:
            self._problems.note("timer_unreadable", element, timer=text, reason=str(error))
            return None

    def _read_flow(self, element: etree._Element) -> None:
        condition = element.find(BPMN + "conditionExpression")
        begin, end = element.get("sourceRef", ""), element.get("targetRef", "")
        flow = Flow(
            element.get("id") or f"{begin}-{end}",  # BPMN lets a flow have no id
            begin,
            end,
            None if condition is None else self._expression(condition, condition.text or ""),
            conditional=condition is not None,
        )
        source, target = (self.diagram.nodes.get(i) for i in (flow.source, flow.target))
        if source is None or target is None or source.scope != target.scope:
            self._problems.note("flow_dangling", element, source=flow.source, target=flow.target)
            return
        source.outgoing.append(flow)
        target.incoming.append(flow)

    def _expression(self, element: etree._Element, text: str) -> Expression | None:
        try:
            return Expression(text.strip())
        except ExpressionRefused as error:
            self._problems.note(
                "expression_refused", element, expression=text.strip(), reason=error.reason
            )
            return None

    def _operation_step(self, element: etree._Element) -> OperationStep:
        parameters = {}
        for drawn in _extensions(element, "parameter"):
            value = self._expression(drawn, drawn.get("value", ""))
            if value is not None:
                parameters[drawn.get("name", "")] = value
        return OperationStep(element.get(DUBAN + "operation", ""), parameters)

    def _call_step(self, element: etree._Element) -> CallStep:
        several = element.find(BPMN + "multiInstanceLoopCharacteristics")
        items = item = None
        if several is not None:
            items = (several.findtext(BPMN + "loopDataInputRef") or "").strip()
            drawn = several.find(BPMN + "inputDataItem")
            item = "" if drawn is None else drawn.get("name", "")
            if not items or not item:
                self._problems.note("several_incomplete", element)
        passes = tuple(element.get(DUBAN + "pass", "").replace(",", " ").split())
        return CallStep(element.get("calledElement", ""), items, item, passes)

    def _attach_events(self) -> None:
        """Hang each boundary event on its activity; a withdrawable task is known by them."""
        for node in self.diagram.nodes.values():
            host = self.diagram.nodes.get(node.host or "")
            if node.kind is not Kind.BOUNDARY or host is None:
                continue
            host.events.append(node)
            if host.user is not None and node.interrupting and node.message == WITHDRAW:
                host.user = _withdrawable(host.user)


def _user_step(element: etree._Element, role: str | None) -> UserStep:
    return UserStep(
        step=element.get(DUBAN + "step", ""),
        role=role,
        assignee=element.get(DUBAN + "who"),
        limit=element.get(DUBAN + "limit"),
        outcomes=tuple(
            Outcome(o.get("value", ""), o.get("label", ""), o.get("label_en", ""))
            for o in _extensions(element, "outcome")
        ),
        form=tuple(_field(f) for f in _extensions(element, "field")),
    )


def _field(element: etree._Element) -> Field:
    return Field(
        key=element.get("key", ""),
        type=element.get("type", "text"),
        label=element.get("label", ""),
        label_en=element.get("label_en", ""),
        required=element.get("required", "false") == "true",
        options=tuple(o.strip() for o in element.get("options", "").split("|") if o.strip()),
    )


def _withdrawable(step: UserStep) -> UserStep:
    return UserStep(
        step.step, step.role, step.assignee, step.limit, step.outcomes, step.form, withdrawable=True
    )


def _extensions(element: etree._Element, name: str) -> Iterator[etree._Element]:
    holder = element.find(BPMN + "extensionElements")
    return iter(()) if holder is None else holder.iterchildren(DUBAN + name)


def _roles(process: etree._Element) -> dict[str, str]:
    """Return the role of each node that a lane names."""
    return {
        (ref.text or "").strip(): lane.get(DUBAN + "role", "")
        for lane in process.iter(BPMN + "lane")
        for ref in lane.iterchildren(BPMN + "flowNodeRef")
    }


def _messages(process: etree._Element) -> dict[str, str]:
    root = process.getroottree().getroot()
    return {m.get("id", ""): m.get("name", "") for m in root.iterchildren(BPMN + "message")}


def _visible(element: etree._Element | None) -> etree._Element | None:
    """Return the element itself, or the nearest above it that a person can see."""
    while element is not None:
        above = element.getparent()
        if above is None or (above.tag in HOLDERS and element.get("id")):
            return element
        element = above
    return None
