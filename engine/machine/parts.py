"""What every element does with a token: SpiffWorkflow's task specs, taught.

Three habits of the stock classes are gone on purpose: they look ahead (a tree of
predicted tasks), they search the tree for what happened before, and they join the
activity with its boundary events by tasks of their own. Here a token that completes
hands itself on along the flows that it takes, an activity that ends disarms its own
boundary events, and nothing ever asks about a finished token: that is why the
finished part of the tree can go after each step.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import _BpmnCondition
from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit, BpmnStartTask
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from engine.diagrams import Flow, Node
from engine.errors import Fault
from engine.machine.tokens import Token

SINCE: Final = "since"
FIRED: Final = "fired"
"""Where an event keeps since when it waits, and when it fired last."""


class Condition(_BpmnCondition):  # type: ignore[misc]
    """A condition of a flow, computed by the run's evaluator."""

    def holds(self, token: Token) -> bool:
        """Tell whether it is true of the token's data."""
        return bool(self._matches(token))


class Root(BpmnStartTask):  # type: ignore[misc]
    """The root of a scope: done before it starts."""

    shell = None
    listens = False


class Split(BoundaryEventSplit):  # type: ignore[misc]
    """Stands above tokens that wait together: an activity and its events, or a race."""

    shell = None
    listens = False


class Rounds(Protocol):
    """What stands around a part that is done several times, and hears of each round."""

    @property
    def counts(self) -> bool:
        """Tell whether the rounds are counted."""
        ...

    def judge(self, body: Token) -> None:
        """Find out whether the rounds end with one that is about to end."""
        ...

    def returned(self, body: Token) -> None:
        """Hear that a round has ended."""
        ...

    def withdraw(self, body: Token) -> None:
        """Give up one round."""
        ...


class Part(BpmnSpecMixin):  # type: ignore[misc]
    """What all elements share: no look ahead, and the token goes on along its flows."""

    node: Node
    split: Split | None = None
    """Stands above it, if it is an activity with events on its boundary."""
    shell: Rounds | None = None
    """Does it several times, if it is the body of a loop."""
    listens: bool = False
    """Whether it is an event sub-process: its scope doesn't wait for it."""
    routes: tuple[tuple[Flow, Condition], ...] = ()
    plain: tuple[Flow, ...] = ()
    otherwise: tuple[Flow, ...] = ()

    def reached(self, token: Token) -> None:
        """Let a token arrive here."""
        self._update(token)

    def fired(self, event: Token) -> None:
        """Hear that the event that waits here has happened."""

    def cancelled(self, token: Token) -> None:
        """Take along what goes with a token that is cancelled."""

    def decide(self, token: Token) -> Sequence[Flow]:
        """Return the flows that the token goes out by; this may fail, and nothing has moved."""
        if self.shell is not None:
            self.shell.judge(token)
            return ()
        if not self.routes:
            return self.plain or self.otherwise
        true = [flow for flow, condition in self.routes if condition.holds(token)]
        taken = [*self.plain, *true] or self.otherwise
        if not taken:
            raise Fault("no_way", f"no condition of {self.bpmn_id!r} holds, and it has no default")
        return taken

    def _predict(self, *_: object, **__: object) -> None:
        """Look at nothing that hasn't happened."""

    def _update_hook(self, _token: Token) -> bool:
        return True

    def _on_ready(self, token: Token) -> None:
        token.run_of.queue.append(token)

    def _run_hook(self, _token: Token) -> bool | None:
        return True

    def _on_complete(self, token: Token) -> None:
        if self.shell is not None:
            self.shell.returned(token)
            return
        disarm(token)
        way = () if token.recorded else (*token.way, self.bpmn_id)
        for flow in token.decided:
            enter(token, flow.target, (*way, flow.id))


def enter(parent: Token, element_id: str, way: tuple[str, ...]) -> Token:
    """Put a token at an element of the same scope, arming the events on its boundary."""
    parts: Mapping[str, Part] = parent.workflow.spec.task_specs
    part = parts[element_id]
    if part.split is not None:
        parent = parent.child(part.split, TaskState.COMPLETED)
    token = parent.child(part)
    token.way = way
    for event in part.node.events:
        arm(parent, parts[event.id])
    part.reached(token)
    return token


def record(
    token: Token, kind: str, facts: Mapping[str, Any] | None = None, node: Node | None = None
) -> None:
    """Note for the history what happens at the token's element, and the way there."""
    token.run_of.note(kind, node or token.task_spec.node, token.way, facts or {})
    token.way = ()
    token.recorded = True


def arm(above: Token, part: Part) -> Token:
    """Let an event wait below a token."""
    event = above.child(part, TaskState.WAITING)
    begin_to_wait(event)
    return event


def begin_to_wait(event: Token) -> None:
    """Note since when an event waits, if it waits for a moment."""
    event.state = TaskState.WAITING
    timer = event.task_spec.node.timer
    if timer is not None:
        event.internal_data[SINCE] = event.run_of.host.now().isoformat()
        if timer.repeats is not None:
            event.internal_data["left"] = timer.repeats


def rearm(fired: Token) -> None:
    """Put a fresh event beside one that has fired and may fire again."""
    timer = fired.task_spec.node.timer
    left = fired.internal_data.get("left")
    if (timer is not None and not timer.cycles) or left == 1:
        return
    event = arm(fired.parent, fired.task_spec)
    event.internal_data.update(fired.internal_data)
    if timer is None:
        return
    event.internal_data[FIRED] = event.run_of.host.now().isoformat()
    if left is not None:
        event.internal_data["left"] = left - 1


def disarm(activity: Token) -> None:
    """End the events that still wait, or failed to, beside an activity that has ended."""
    if activity.task_spec.split is None:
        return
    for sibling in activity.parent.children:
        if sibling.state != TaskState.READY:  # that one has just happened
            sibling.cancel()
