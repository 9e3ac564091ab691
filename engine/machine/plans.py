"""Turns a checked diagram into the specification that SpiffWorkflow runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition

from engine.diagrams import Diagram, EventKind, Kind, LoopKind, Node
from engine.machine.activities import (
    CallActivity,
    RuleTask,
    SendTask,
    ServiceTask,
    SubProcess,
    UserTask,
)
from engine.machine.events import Boundary, Catch, End, EventSub, ReceiveTask, Start, Throw
from engine.machine.gateways import Choice, Fork, Inclusive, Race, ways_to
from engine.machine.loops import Shell
from engine.machine.parts import Condition, Part, Root, Split

SPLIT: Final = ".split"
BODY: Final = ".body"
"""No element's id may end like these: the gate sees to it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A diagram ready to run: one specification for the process and each sub-process."""

    definition_id: int
    diagram: Diagram
    specs: Mapping[str, "ScopeSpec"]
    settles: bool
    """Whether anything in it may only happen once all tokens rest."""
    routes: bool
    """Whether it waits for messages that are addressed by a key."""
    counts: bool
    """Whether a call in it must hear of each instance that ends, not only of the last."""

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
        self.listeners: list[EventSub] = []
        self.inclusive: list[Inclusive] = []

    def number(self) -> None:
        """Give each part its number, in the order of their names."""
        self.parts = [self.task_specs[name] for name in sorted(self.task_specs)]
        self.numbers = {part.name: number for number, part in enumerate(self.parts)}


Build = Callable[[ScopeSpec, str, Node], Part]

NONE: Final = NoneEventDefinition()
"""What SpiffWorkflow is told of every event: waiting and throwing is the machine's own."""
BUILDERS: Final[Mapping[Kind, Build]] = {
    Kind.START: lambda spec, name, _: Start(spec, name, event_definition=NONE),
    Kind.END: lambda spec, name, _: End(spec, name, event_definition=NONE),
    Kind.THROW: lambda spec, name, _: Throw(spec, name, event_definition=NONE),
    Kind.CATCH: lambda spec, name, _: Catch(spec, name, event_definition=NONE),
    Kind.USER: lambda spec, name, _: UserTask(spec, name),
    Kind.SERVICE: lambda spec, name, _: ServiceTask(spec, name),
    Kind.RULE: lambda spec, name, _: RuleTask(spec, name),
    Kind.SEND: lambda spec, name, _: SendTask(spec, name, event_definition=NONE),
    Kind.RECEIVE: lambda spec, name, _: ReceiveTask(spec, name, event_definition=NONE),
    Kind.CHOICE: lambda spec, name, _: Choice(spec, name),
    Kind.FORK: lambda spec, name, _: Fork(spec, name),
    Kind.INCLUSIVE: lambda spec, name, _: Inclusive(spec, name),
    Kind.RACE: lambda spec, name, _: Race(spec, name),
    Kind.CALL: lambda spec, name, node: CallActivity(spec, name, subworkflow_spec=node.id),
    Kind.SUB: lambda spec, name, node: (EventSub if node.triggered else SubProcess)(
        spec, name, subworkflow_spec=node.id
    ),
    Kind.BOUNDARY: lambda spec, name, node: Boundary(
        spec, name, event_definition=NONE, cancel_activity=node.interrupting
    ),
}


def plan(definition_id: int, diagram: Diagram) -> Plan:
    """Build the specification of a diagram; it is never changed afterwards."""
    nodes = diagram.nodes.values()
    scopes = [diagram.process_id] + [node.id for node in nodes if node.kind is Kind.SUB]
    settles = any(n.kind is Kind.INCLUSIVE or n.event.condition is not None for n in nodes)
    specs = {scope: _scope(diagram, scope) for scope in scopes}
    routes = any(node.event.correlation is not None for node in nodes)
    parts = [part for spec in specs.values() for part in spec.parts]
    counts = any(isinstance(part, CallActivity) and part.counts for part in parts)
    return Plan(definition_id, diagram, specs, settles, routes, counts)


def _scope(diagram: Diagram, scope: str) -> ScopeSpec:
    spec = ScopeSpec(scope)
    nodes = list(diagram.within(scope))
    for node in nodes:
        part = _part(spec, node)
        if node.events:
            part.split = Split(spec, node.id + SPLIT)
    for node in nodes:
        _connect(spec, node, diagram)
    spec.number()
    return spec


def _part(spec: ScopeSpec, node: Node) -> Part:
    """Build the part of an element; what loops has a shell outside, and its body in it."""
    if node.kind is Kind.START and (not spec.first or node.event.kind is EventKind.NONE):
        spec.first = node.id
    if node.loop is None or (node.kind is Kind.CALL and node.loop.kind is LoopKind.PARALLEL):
        return _built(spec, node.id, node)
    shell = Shell(spec, node.id)
    shell.node = node
    shell.body = _built(spec, node.id + BODY, node)
    shell.body.shell = shell
    return shell


def _built(spec: ScopeSpec, name: str, node: Node) -> Part:
    part = BUILDERS[node.kind](spec, name, node)
    part.node = node
    if isinstance(part, EventSub):
        spec.listeners.append(part)
    elif isinstance(part, Inclusive):
        spec.inclusive.append(part)
    elif isinstance(part, Race):
        part.group = Split(spec, name + SPLIT)
    return part


def _connect(spec: ScopeSpec, node: Node, diagram: Diagram) -> None:
    """Sort a part's flows: those with conditions, the default, and those always taken."""
    part: Part = spec.task_specs[node.id]
    for flow in node.outgoing:
        part.connect(spec.task_specs[flow.target])
    part.routes = tuple(
        (flow, Condition(flow.condition.text))
        for flow in node.outgoing
        if flow.condition is not None and flow.id != node.default
    )
    part.otherwise = tuple(flow for flow in node.outgoing if flow.id == node.default)
    part.plain = tuple(
        flow for flow in node.outgoing if flow.condition is None and flow.id != node.default
    )
    if isinstance(part, Inclusive):
        part.before = ways_to(node, diagram.nodes)
