"""What is thrown, and who catches it: the nearest handler, going outwards.

Errors and escalations go up from scope to scope (BPMN 2.0.2, 10.5.1 and 10.5.7): first
the event sub-processes of the scope, then the boundary of the activity that the scope
belongs to. An exact code beats a catcher of all codes. What an event sub-process
throws isn't caught by the scope that it handles for, but further out. What nobody
catches leaves the instance, to its caller; signals and messages leave it anyway.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from SpiffWorkflow.util.task import TaskState

from engine.diagrams import Event, EventKind, Expression
from engine.errors import Fault
from engine.machine.parts import Split
from engine.machine.tokens import Place, Token

LONGEST_KEY: Final = 200
"""So long a key may be for the tables to keep it."""


@dataclass(frozen=True, slots=True)
class Thrown:
    """Something that left the run: the step takes it further."""

    kind: EventKind
    name: str
    key: str | None = None
    payload: Mapping[str, Any] | None = None
    event: Event | None = None


def throw(token: Token, event: Event) -> None:
    """Throw what an element throws; whoever throws may be cancelled by it."""
    if event.kind is EventKind.ERROR:
        throw_error(token, event.name or "")
    elif event.kind is EventKind.ESCALATION:
        escalate(token, event.name or "")
    elif event.kind is EventKind.SIGNAL:
        broadcast(token, event)
    elif event.kind is EventKind.MESSAGE:
        post(token, event)


def throw_error(token: Token, code: str) -> None:
    """Let the nearest handler of the code take over; without one, the caller or an incident."""
    run = token.run_of
    catcher = _catcher(token, EventKind.ERROR, code)
    if catcher is not None:
        run.fire(catcher, {})
    elif run.called:
        run.end_with_error(code)
    else:
        raise Fault("uncaught_error", f"nobody catches the error {code!r}")


def escalate(token: Token, code: str) -> None:
    """Tell the nearest handler of the code; without one, the caller."""
    run = token.run_of
    catcher = _catcher(token, EventKind.ESCALATION, code)
    if catcher is not None:
        run.fire(catcher, {})
    elif run.called:
        run.thrown.append(Thrown(EventKind.ESCALATION, code))


def broadcast(token: Token, event: Event) -> None:
    """Let a signal reach everyone who waits for it now, here and in other instances."""
    run = token.run_of
    run.signal(event.name)
    run.thrown.append(Thrown(EventKind.SIGNAL, event.name or "", event=event))


def post(token: Token, event: Event) -> None:
    """Send a message to whoever waits for its key, with what it says and nothing else."""
    data = token.data
    key = None if event.correlation is None else key_in(event.correlation, data)
    payload = {name: value.value(data) for name, value in event.payload.items()}
    token.run_of.thrown.append(Thrown(EventKind.MESSAGE, event.name or "", key, payload, event))


def key_in(correlation: Expression, data: Mapping[str, Any]) -> str:
    """Return the key of a message, or refuse what is none: nothing isn't the same as nothing."""
    value = correlation.value(data)
    key = "" if value is None else str(value)
    if not 0 < len(key) <= LONGEST_KEY or "\0" in key:
        raise Fault("expression", f"{correlation.text!r} gives no key, but {key[:40]!r}")
    return key


def _catcher(thrower: Token, kind: EventKind, code: str) -> Token | None:
    token, outside = thrower, False
    while True:
        found = _best(_at_boundary(token), kind, code)
        scope = token.workflow
        if found is None and not outside:
            found = _best(_listening(scope), kind, code)
        if found is not None or scope is scope.top_workflow:
            return found
        token = scope.top_workflow.token(scope.parent_task_id)
        outside = token.task_spec.listens


def _at_boundary(token: Token) -> Iterable[Token]:
    """Return the events on the boundary of the activity at a token."""
    if token.task_spec.shell is not None:
        token = token.parent
    above = token.parent
    beside = above is not None and isinstance(above.task_spec, Split)
    return list(above.children) if beside else []


def _listening(scope: Place) -> Iterable[Token]:
    return (token for token in scope.tasks.values() if token.task_spec.listens)


def _best(tokens: Iterable[Token], kind: EventKind, code: str) -> Token | None:
    """Return the one that waits for just this code, else one that waits for any."""
    any_code = None
    for token in tokens:
        if token.state != TaskState.WAITING:
            continue
        event = token.task_spec.node.awaited.event
        if event.kind is kind and event.name == code:
            return token
        if event.kind is kind and event.name is None:
            any_code = token
    return any_code
