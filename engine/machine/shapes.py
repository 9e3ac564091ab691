"""Where a run waits, by token: what must be the same in the tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from SpiffWorkflow.util.task import TaskState

from engine.diagrams import Event, EventKind, Kind
from engine.machine.loops import Shell
from engine.machine.tokens import Token


@dataclass(frozen=True, slots=True)
class Shape:
    """The tokens that wait, by what they wait for."""

    tasks: dict[UUID, Token] = field(default_factory=dict)
    timers: dict[UUID, Token] = field(default_factory=dict)
    routed: dict[UUID, Token] = field(default_factory=dict)
    """Those that wait for a signal, or for a message that is addressed by its key."""
    calls: dict[UUID, Token] = field(default_factory=dict)
    errands: dict[UUID, Token] = field(default_factory=dict)
    faults: dict[UUID, Token] = field(default_factory=dict)
    others: dict[UUID, Token] = field(default_factory=dict)
    """Those that wait for what only the run itself can bring: at joins, for conditions."""

    @property
    def callers(self) -> dict[UUID, Token]:
        """Return the calls whose instances may be open: an incident leaves the others alone."""
        failed = {i: t for i, t in self.faults.items() if t.task_spec.node.kind is Kind.CALL}
        return {**self.calls, **failed}


def shape_of(tokens: Iterable[Token]) -> Shape:
    """Sort the tokens of a run by what they wait for."""
    shape = Shape()
    for token in tokens:
        _place_in(shape, token)[token.id] = token
    return shape


def _place_in(shape: Shape, token: Token) -> dict[UUID, Token]:
    if token.state == TaskState.ERROR:
        return shape.faults
    if token.state == TaskState.WAITING:
        return _place_of_event(shape, token.task_spec.node.awaited.event)
    kind = None if isinstance(token.task_spec, Shell) else token.task_spec.node.kind
    match token.state, kind:
        case TaskState.READY, Kind.USER:
            return shape.tasks
        case TaskState.STARTED, Kind.CALL:
            return shape.calls
        case TaskState.STARTED, Kind.SERVICE:
            return shape.errands
    return shape.others


def _place_of_event(shape: Shape, event: Event) -> dict[UUID, Token]:
    if event.timer is not None:
        return shape.timers
    routed = event.kind is EventKind.SIGNAL or event.correlation is not None
    return shape.routed if routed else shape.others
