"""Events: where tokens begin and end, wait, and throw."""

from collections.abc import Mapping

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from engine.diagrams import Event, EventKind
from engine.machine.gateways import leave_race
from engine.machine.parts import Part, begin_to_wait, rearm, record
from engine.machine.throws import throw
from engine.machine.tokens import Token


class Start(Part, defaults.StartEvent):  # type: ignore[misc]
    """A start event: the token passes."""


class End(Part, defaults.EndEvent):  # type: ignore[misc]
    """An end event: throws what it has to throw; the token is spent, perhaps its scope too."""

    def _run_hook(self, token: Token) -> bool:
        record(token, "reached", named(self.node.event))
        throw(token, self.node.event)
        return True

    def _on_complete(self, token: Token) -> None:
        if self.node.event.kind is EventKind.TERMINATE:
            for other in list(token.workflow.tasks.values()):
                other.cancel()
        token.run_of.spent(token)


class Throw(Part, defaults.IntermediateThrowEvent):  # type: ignore[misc]
    """An event in the flow that throws, and goes on unless that has ended its scope."""

    def _run_hook(self, token: Token) -> bool:
        if self.node.event.kind not in {EventKind.NONE, EventKind.LINK}:
            record(token, "threw", named(self.node.event))
            throw(token, self.node.event)
        return True


class Waits(Part):
    """What waits for its event."""

    def reached(self, token: Token) -> None:
        """Wait here until the event happens; the catch of a link is passed at once."""
        if self.node.event.kind is EventKind.LINK:
            token.ready()
            return
        begin_to_wait(token)
        record(token, "waiting")

    def fired(self, event: Token) -> None:
        """Win the race that it may be in."""
        if self.split is None and self.shell is None:
            leave_race(event)

    def _run_hook(self, token: Token) -> bool:
        if self.node.event.kind is not EventKind.LINK:
            record(token, self.node.event.kind, named(self.node.event))
        return True


class Catch(Waits, defaults.IntermediateCatchEvent):  # type: ignore[misc]
    """An event in the flow that waits."""


class ReceiveTask(Waits, defaults.ReceiveTask):  # type: ignore[misc]
    """A receive task: waits for its message."""


class Boundary(Part, defaults.BoundaryEvent):  # type: ignore[misc]
    """A boundary event: interrupts its activity, or fires beside it as often as it may."""

    def fired(self, event: Token) -> None:
        """End the activity at once, with all in it, or wait for the next time."""
        if not self.node.interrupting:
            rearm(event)
            return
        for sibling in event.parent.children:
            happened = isinstance(sibling.task_spec, Boundary) and sibling.state == TaskState.READY
            if sibling is not event and not happened:
                sibling.cancel()

    def _run_hook(self, token: Token) -> bool:
        record(token, self.node.event.kind, named(self.node.event))
        return True


class EventSub(Part, defaults.EventSubprocess):  # type: ignore[misc]
    """An event sub-process: listens as long as its scope is open, and handles beside or instead."""

    listens = True

    def fired(self, event: Token) -> None:
        """End all else in the scope at once, or listen for the next time."""
        if not self.node.interrupting:
            rearm(event)
            return
        for other in list(event.workflow.tasks.values()):
            if other is not event:
                other.cancel()

    def cancelled(self, token: Token) -> None:
        """Cancel every token of the handling."""
        token.run_of.close_scope(token)

    def _run_hook(self, token: Token) -> None:
        trigger = self.node.awaited
        record(token, trigger.event.kind, named(trigger.event), trigger)
        token.run_of.open_scope(token, ())

    def _on_complete(self, token: Token) -> None:
        token.run_of.spent(token)


def named(event: Event) -> Mapping[str, str]:
    """Return the facts that the history tells of an event with a name."""
    return {} if event.name is None else {"name": event.name}
