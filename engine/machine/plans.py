"""Turns a checked diagram into the specification that SpiffWorkflow runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from engine.diagrams import Diagram, Kind, Node
from engine.machine.parts import (
    Boundary,
    CallActivity,
    Catch,
    Choice,
    Condition,
    End,
    Part,
    Root,
    ServiceTask,
    Split,
    Start,
    SubProcess,
    UserTask,
)

SPLIT: Final = ".split"
"""No element's id may end like this: the gate sees to it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A diagram ready to run: one specification for the process and each sub-process."""

    definition_id: int
    diagram: Diagram
    specs: Mapping[str, "ScopeSpec"]

    @property
    def top(self) -> "ScopeSpec":
        """Return the specification of the process itself."""
        return self.specs[self.diagram.process_id]


class ScopeSpec(BpmnProcessSpec):  # type: ignore[misc]
    """A process or sub-process; its parts have numbers, which saved states use."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self.task_specs.clear()
        self.start = Root(self, "Root")
        self.end = None
        self.first = ""
        self.parts: list[Any] = []
        self.numbers: dict[str, int] = {}

    def number(self) -> None:
        """Give each part its number, in the order of their names."""
        self.parts = [self.task_specs[name] for name in sorted(self.task_specs)]
        self.numbers = {part.name: number for number, part in enumerate(self.parts)}


BUILDERS: Final[Mapping[Kind, Callable[[ScopeSpec, Node], Part]]] = {
    Kind.START: lambda spec, node: Start(spec, node.id, event_definition=NoneEventDefinition()),
    Kind.END: lambda spec, node: End(spec, node.id, event_definition=NoneEventDefinition()),
    Kind.USER: lambda spec, node: UserTask(spec, node.id),
    Kind.SERVICE: lambda spec, node: ServiceTask(spec, node.id),
    Kind.CHOICE: lambda spec, node: Choice(spec, node.id),
    Kind.CALL: lambda spec, node: CallActivity(spec, node.id, subworkflow_spec=node.id),
    Kind.SUB: lambda spec, node: SubProcess(spec, node.id, subworkflow_spec=node.id),
    Kind.CATCH: lambda spec, node: Catch(spec, node.id, event_definition=_event(node)),
    Kind.BOUNDARY: lambda spec, node: Boundary(
        spec, node.id, event_definition=_event(node), cancel_activity=node.interrupting
    ),
}


def plan(definition_id: int, diagram: Diagram) -> Plan:
    """Build the specification of a diagram; it is never changed afterwards."""
    scopes = [diagram.process_id] + [n.id for n in diagram.nodes.values() if n.kind is Kind.SUB]
    return Plan(definition_id, diagram, {scope: _scope(diagram, scope) for scope in scopes})


def _scope(diagram: Diagram, scope: str) -> ScopeSpec:
    spec = ScopeSpec(scope)
    nodes = list(diagram.within(scope))
    for node in nodes:
        part = _part(spec, node)
        part.node = node
        if node.events:
            part.split = Split(spec, node.id + SPLIT)
    for node in nodes:
        _connect(spec, node)
    spec.number()
    return spec


def _part(spec: ScopeSpec, node: Node) -> Part:
    if node.kind is Kind.START:
        spec.first = node.id
    return BUILDERS[node.kind](spec, node)


def _event(node: Node) -> MessageEventDefinition | TimerEventDefinition:
    if node.message:
        return MessageEventDefinition(node.message)
    return TimerEventDefinition(node.id, node.timer.text if node.timer else "")


def _connect(spec: ScopeSpec, node: Node) -> None:
    """Give a gateway its routes; every other part follows its flows as drawn."""
    part = spec.task_specs[node.id]
    for flow in node.outgoing:
        part.connect(spec.task_specs[flow.target])
    if isinstance(part, Choice):
        part.routes = tuple(
            (flow, Condition(flow.condition.text))
            for flow in node.outgoing
            if flow.condition is not None
        )
        part.otherwise = next((flow for flow in node.outgoing if flow.condition is None), None)
