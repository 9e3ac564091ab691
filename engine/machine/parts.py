"""What each element does with a token: SpiffWorkflow's task specs, taught.

Three habits of the stock classes are gone on purpose: they look ahead (a tree of
predicted tasks), they search the tree for what happened before, and they join the
activity with its boundary events by tasks of their own. Here a token that completes
hands itself on along the flows that it takes, an activity that ends disarms its own
boundary events, and nothing ever asks about a finished token: that is why the
finished part of the tree can go after each step.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import _BpmnCondition
from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit, BpmnStartTask
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from engine.diagrams import CallStep, Flow, Node, OperationStep
from engine.errors import Fault
from engine.machine.tokens import Token

CHILDREN: Final = 1_000
"""The longest list that a call activity may call for."""


class Condition(_BpmnCondition):  # type: ignore[misc]
    """A condition of a flow, computed by the run's evaluator."""

    def holds(self, token: Token) -> bool:
        """Tell whether it is true of the token's data."""
        return bool(self._matches(token))


class Root(BpmnStartTask):  # type: ignore[misc]
    """The root of a scope: done before it starts."""


class Split(BoundaryEventSplit):  # type: ignore[misc]
    """Stands above an activity and the boundary events that wait beside it."""


class Part(BpmnSpecMixin):  # type: ignore[misc]
    """What all elements share: no look ahead, and the token goes on along its flows."""

    node: Node
    split: Split | None = None

    def reached(self, token: Token) -> None:
        """Let a token arrive here."""
        self._update(token)

    def taken(self, _token: Token) -> Sequence[Flow]:
        """Return the flows that the token goes out by."""
        return self.node.outgoing

    def cancelled(self, token: Token) -> None:
        """Take along what goes with a token that is cancelled."""

    def _predict(self, *_: object, **__: object) -> None:
        """Look at nothing that hasn't happened."""

    def _update_hook(self, _token: Token) -> bool:
        return True

    def _on_ready(self, token: Token) -> None:
        token.workflow.top_workflow.queue.append(token)

    def _run_hook(self, _token: Token) -> bool | None:
        return True

    def _on_error(self, token: Token) -> None:
        """Leave it to the run: it keeps the fault."""

    def _on_complete(self, token: Token) -> None:
        disarm(token)
        way = () if token.recorded else (*token.way, self.bpmn_id)
        for flow in self.taken(token):
            self._enter(token, flow, way)

    def _enter(self, parent: Token, flow: Flow, way: tuple[str, ...]) -> None:
        """Go along a flow to the next element, arming the events on its boundary."""
        part: Part = self._wf_spec.task_specs[flow.target]
        if part.split is not None:
            parent = parent.child(part.split, TaskState.COMPLETED)
        token = parent.child(part)
        token.way = (*way, flow.id)
        for event in part.node.events:
            arm(parent, self._wf_spec.task_specs[event.id])
        part.reached(token)


class Start(Part, defaults.StartEvent):  # type: ignore[misc]
    """A start event: the token passes."""


class End(Part, defaults.EndEvent):  # type: ignore[misc]
    """An end event: the token is spent, and perhaps its scope with it."""

    def _on_complete(self, token: Token) -> None:
        record(token, "reached")
        token.workflow.top_workflow.spent(token)


class UserTask(Part, defaults.UserTask):  # type: ignore[misc]
    """A user task: READY is where it waits."""

    def _on_ready(self, token: Token) -> None:
        record(token, "opened")

    def _run_hook(self, token: Token) -> bool:
        record(token, "completed", {"outcome": token.data.get("outcome")})
        return True


class ServiceTask(Part, defaults.ServiceTask):  # type: ignore[misc]
    """A service task: a named operation of the host, now or as a job."""

    def _run_hook(self, token: Token) -> bool | None:
        step = cast(OperationStep, self.node.service)
        parameters = {name: value.value(token.data) for name, value in step.parameters.items()}
        written = token.workflow.top_workflow.host.operate(token, step.operation, parameters)
        record(token, "operation", {"operation": step.operation})
        if written is None:
            return None
        token.write(written)
        return True


class Choice(Part, defaults.ExclusiveGateway):  # type: ignore[misc]
    """An exclusive gateway: the first flow whose condition holds, else the default."""

    routes: tuple[tuple[Flow, Condition], ...] = ()
    otherwise: Flow | None = None

    def taken(self, token: Token) -> Sequence[Flow]:
        """Return the one flow that was chosen."""
        return (token.internal_data.pop("taken"),)

    def _run_hook(self, token: Token) -> bool:
        flow = next((f for f, condition in self.routes if condition.holds(token)), self.otherwise)
        if flow is None:
            raise Fault("no_way", f"no condition of {self.bpmn_id!r} holds, and it has no default")
        token.internal_data["taken"] = flow
        return True


class CallActivity(Part, defaults.CallActivity):  # type: ignore[misc]
    """A call activity: waits for instances of their own, started with the step."""

    def _run_hook(self, token: Token) -> bool | None:
        call = cast(CallStep, self.node.call)
        token.workflow.top_workflow.host.must_be_callable(call.process_id)
        items = _items(token.data, call.items) if call.items else [None]
        record(token, "called", {"process": call.process_id, "count": len(items)})
        if not items:
            return True
        token.workflow.top_workflow.calls.append((token, items))
        return None


class SubProcess(Part, defaults.SubWorkflowTask):  # type: ignore[misc]
    """An embedded sub-process: waits for the scope that it opens."""

    def cancelled(self, token: Token) -> None:
        """Cancel every token in the scope."""
        token.workflow.top_workflow.close_scope(token)

    def _run_hook(self, token: Token) -> None:
        token.workflow.top_workflow.open_scope(token, (*token.way, self.bpmn_id))
        token.recorded = True


class Catch(Part, defaults.IntermediateCatchEvent):  # type: ignore[misc]
    """A timer in the flow: waits until it fires."""

    def _update_hook(self, token: Token) -> bool:
        token.state = TaskState.WAITING
        token.internal_data["since"] = token.workflow.top_workflow.host.now().isoformat()
        record(token, "waiting")
        return False

    def _run_hook(self, token: Token) -> bool:
        record(token, "timer")
        return True


class Boundary(Part, defaults.BoundaryEvent):  # type: ignore[misc]
    """A boundary event: interrupts its activity, or fires beside it as often as it may."""

    def _run_hook(self, token: Token) -> bool:
        if self.node.interrupting:
            for sibling in token.parent.children:
                if sibling is not token:
                    sibling.cancel()
        else:
            rearm(token)
        record(token, "message" if self.node.message else "timer")
        return True


def record(token: Token, kind: str, facts: Mapping[str, Any] | None = None) -> None:
    """Note for the history what happens at the token's element, and the way there."""
    token.workflow.top_workflow.note(kind, token.task_spec.node, token.way, facts or {})
    token.way = ()
    token.recorded = True


def arm(split: Token, part: Boundary) -> Token:
    """Let a boundary event wait beside its activity."""
    event = split.child(part, TaskState.WAITING)
    if part.node.timer is not None:
        event.internal_data["since"] = split.workflow.top_workflow.host.now().isoformat()
        if part.node.timer.repeats is not None:
            event.internal_data["left"] = part.node.timer.repeats
    return event


def rearm(fired: Token) -> None:
    """Put a fresh event beside one that has fired and may fire again."""
    timer = fired.task_spec.node.timer
    left = fired.internal_data.get("left")
    if (timer is not None and not timer.cycles) or left == 1:
        return
    event = arm(fired.parent, fired.task_spec)
    if timer is None:
        return
    event.internal_data["since"] = fired.internal_data["since"]
    event.internal_data["fired"] = event.workflow.top_workflow.host.now().isoformat()
    if left is not None:
        event.internal_data["left"] = left - 1


def disarm(activity: Token) -> None:
    """End the events that still wait beside an activity that has ended."""
    if activity.task_spec.split is None:
        return
    for sibling in activity.parent.children:
        if sibling.state == TaskState.WAITING:
            sibling.cancel()


def _items(data: Mapping[str, Any], key: str) -> list[Any]:
    items = data.get(key)
    if not isinstance(items, list):
        raise Fault("several", f"{key!r} holds no list")
    if len(items) > CHILDREN:
        raise Fault("several", f"{key!r} holds more than {CHILDREN} elements")
    return items
