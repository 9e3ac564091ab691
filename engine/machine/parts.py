"""What each element does with a token: SpiffWorkflow's task specs, taught.

Three habits of the stock classes are gone on purpose: they look ahead (a tree of
predicted tasks), they search the tree for what happened before, and they join the
activity with its boundary events by tasks of their own. Here a token that completes
hands itself on along the flows that it takes, an activity that ends disarms its own
boundary events, and nothing ever asks about a finished token: that is why the
finished part of the tree can go after each step.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import _BpmnCondition
from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit, BpmnStartTask
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from engine.diagrams import Flow, Node
from engine.errors import Fault
from engine.machine.tokens import Token

CHILDREN: Final = 1_000
"""The longest list that a call activity may call for."""


class Root(BpmnStartTask):  # type: ignore[misc]
    """The root of a scope: done before it starts."""


class Split(BoundaryEventSplit):  # type: ignore[misc]
    """Stands above an activity and the boundary events that wait beside it."""


class Part(BpmnSpecMixin):  # type: ignore[misc]
    """What all elements share: no look ahead, and the token goes on along its flows."""

    node: Node
    split: Split | None = None

    def _predict(self, *_: object, **__: object) -> None:
        """Look at nothing that hasn't happened."""

    def _update_hook(self, my_task: Token) -> bool:  # noqa: ARG002
        return True

    def _on_ready(self, my_task: Token) -> None:
        my_task.workflow.top_workflow.queue.append(my_task)

    def _run_hook(self, my_task: Token) -> bool | None:  # noqa: ARG002
        return True

    def _on_error(self, my_task: Token) -> None:
        """Leave it to the run: it keeps the fault."""

    def _on_cancel(self, my_task: Token) -> None:
        """Take nothing along."""

    def _on_complete(self, my_task: Token) -> None:
        disarm(my_task)
        way = () if my_task.recorded else (*my_task.way, self.bpmn_id)
        for flow in self.taken(my_task):
            self.enter(my_task, flow, way)

    def taken(self, my_task: Token) -> Sequence[Flow]:  # noqa: ARG002
        """Return the flows that the token goes out by."""
        return self.node.outgoing

    def enter(self, parent: Token, flow: Flow, way: tuple[str, ...]) -> None:
        """Go along a flow to the next element, arming the events on its boundary."""
        part = self._wf_spec.task_specs[flow.target]
        if part.split is not None:
            parent = parent._add_child(part.split, TaskState.COMPLETED)  # noqa: SLF001
        token = parent._add_child(part)  # noqa: SLF001
        token.way = (*way, flow.id)
        for event in part.node.events:
            arm(parent, self._wf_spec.task_specs[event.id])
        part._update(token)


class Start(Part, defaults.StartEvent):  # type: ignore[misc]
    """A start event: the token passes."""


class End(Part, defaults.EndEvent):  # type: ignore[misc]
    """An end event: the token is spent, and perhaps its scope with it."""

    def _on_complete(self, my_task: Token) -> None:
        record(my_task, "reached")
        my_task.workflow.top_workflow.spent(my_task)


class UserTask(Part, defaults.UserTask):  # type: ignore[misc]
    """A user task: READY is where it waits."""

    def _on_ready(self, my_task: Token) -> None:
        record(my_task, "opened")

    def _run_hook(self, my_task: Token) -> bool:
        record(my_task, "completed", {"outcome": my_task.data.get("outcome")})
        return True


class ServiceTask(Part, defaults.ServiceTask):  # type: ignore[misc]
    """A service task: a named operation of the host, now or as a job."""

    def _run_hook(self, my_task: Token) -> bool | None:
        step = self.node.service
        assert step is not None  # noqa: S101 (the reader gives every service task one)
        parameters = {n: value.value(my_task.data) for n, value in step.parameters.items()}
        record(my_task, "operation", {"operation": step.operation})
        written = my_task.workflow.top_workflow.host.operate(my_task, step.operation, parameters)
        if written is None:
            return None
        my_task.write(written)
        return True


class Choice(Part, defaults.ExclusiveGateway):  # type: ignore[misc]
    """An exclusive gateway: the first flow whose condition holds, else the default."""

    routes: tuple[tuple[Flow, _BpmnCondition], ...] = ()
    otherwise: Flow | None = None

    def _run_hook(self, my_task: Token) -> bool:
        my_task.internal_data["taken"] = next(
            (flow for flow, condition in self.routes if condition._matches(my_task)),  # noqa: SLF001
            self.otherwise,
        )
        if my_task.internal_data["taken"] is None:
            raise Fault("no_way", f"no condition of {self.bpmn_id!r} holds, and it has no default")
        return True

    def taken(self, my_task: Token) -> Sequence[Flow]:
        """Return the one flow that was chosen."""
        return (my_task.internal_data["taken"],)


class CallActivity(Part, defaults.CallActivity):  # type: ignore[misc]
    """A call activity: waits for instances of their own, started with the step."""

    def _run_hook(self, my_task: Token) -> bool | None:
        call = self.node.call
        assert call is not None  # noqa: S101 (the reader gives every call activity one)
        my_task.workflow.top_workflow.host.must_be_callable(call.process_id)
        items = _items(my_task.data, call.items) if call.items else [None]
        record(my_task, "called", {"process": call.process_id, "count": len(items)})
        if not items:
            return True
        my_task.workflow.top_workflow.calls.append((my_task, items))
        return None


class SubProcess(Part, defaults.SubWorkflowTask):  # type: ignore[misc]
    """An embedded sub-process: waits for the scope that it opens."""

    def _run_hook(self, my_task: Token) -> None:
        my_task.workflow.top_workflow.open_scope(my_task, (*my_task.way, self.bpmn_id))
        my_task.recorded = True

    def _on_cancel(self, my_task: Token) -> None:
        scope = my_task.workflow.top_workflow.subprocesses.pop(my_task.id, None)
        for token in [] if scope is None else list(scope.tasks.values()):
            token.cancel()


class Catch(Part, defaults.IntermediateCatchEvent):  # type: ignore[misc]
    """A timer in the flow: waits until it fires."""

    def _update_hook(self, my_task: Token) -> bool:
        my_task._set_state(TaskState.WAITING)  # noqa: SLF001
        my_task.internal_data["since"] = my_task.workflow.top_workflow.host.now().isoformat()
        record(my_task, "waiting")
        return False

    def _run_hook(self, my_task: Token) -> bool:
        record(my_task, "timer")
        return True


class Boundary(Part, defaults.BoundaryEvent):  # type: ignore[misc]
    """A boundary event: interrupts its activity, or fires beside it as often as it may."""

    def _run_hook(self, my_task: Token) -> bool:
        if self.node.interrupting:
            for sibling in my_task.parent.children:
                if sibling is not my_task:
                    sibling.cancel()
        else:
            rearm(my_task)
        record(my_task, "message" if self.node.message else "timer")
        return True


def record(token: Token, kind: str, facts: Mapping[str, Any] | None = None) -> None:
    """Note for the history what happens at the token's element, and the way there."""
    token.workflow.top_workflow.note(kind, token.task_spec.node, token.way, facts or {})
    token.way = ()
    token.recorded = True


def arm(split: Token, part: Boundary) -> Token:
    """Let a boundary event wait beside its activity."""
    event = split._add_child(part, TaskState.WAITING)  # noqa: SLF001
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
        if sibling._state == TaskState.WAITING:  # noqa: SLF001
            sibling.cancel()


def _items(data: Mapping[str, Any], key: str) -> list[Any]:
    items = data.get(key)
    if not isinstance(items, list):
        raise Fault("several", f"{key!r} holds no list")
    if len(items) > CHILDREN:
        raise Fault("several", f"{key!r} holds more than {CHILDREN} elements")
    return items
