"""One run of a process in memory: moves its tokens until only others can move them."""

import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol, cast
from uuid import UUID

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.diagrams import Kind, Node
from engine.diagrams.expressions import Value, compiled
from engine.errors import Fault, StateUnreadable
from engine.machine.parts import Boundary, record
from engine.machine.plans import Plan, ScopeSpec
from engine.machine.tokens import ROOT, Place, Token

STEPS: Final = 2_000
SECONDS: Final = 5.0


class Runaway(Exception):
    """The run walks on and on; the caller knows which instance it is."""

    def __init__(self, steps: int) -> None:
        super().__init__(f"still walking after {steps} steps")
        self.steps = steps


class Host(Protocol):
    """What a run asks of the world outside its diagram."""

    def now(self) -> datetime:
        """Return the current time."""
        ...

    def must_be_callable(self, process_id: str) -> None:
        """Refuse to call a process that can't be called from here."""
        ...

    def operate(
        self, token: Token, operation: str, parameters: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """Do an operation and return what it writes; ``None``: a job will do it."""
        ...


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the history must tell."""

    kind: str
    node: Node
    way: tuple[str, ...]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a run waits, by token: what must be the same in the tables."""

    tasks: dict[UUID, Token] = field(default_factory=dict)
    timers: dict[UUID, Token] = field(default_factory=dict)
    calls: dict[UUID, Token] = field(default_factory=dict)
    errands: dict[UUID, Token] = field(default_factory=dict)
    faults: dict[UUID, Token] = field(default_factory=dict)


class SafeEngine(PythonScriptEngine):  # type: ignore[misc]
    """SpiffWorkflow's script engine without scripts: expressions of the safe language only."""

    def __init__(self) -> None:
        self.environment = None

    def evaluate(
        self,
        task: Token,
        expression: str,
        **_: object,
    ) -> Value:
        """Compute an expression over the token's data."""
        return compiled(expression).value(task.data)

    def execute(self, *_: object, **__: object) -> bool:
        """Refuse every script."""
        raise Fault("script", "scripts are never run")

    def call_service(self, *_: object, **__: object) -> object:
        """Refuse every service that isn't a named operation."""
        raise Fault("script", "only named operations are called")


SAFE: Final = SafeEngine()


class Scope(BpmnSubWorkflow):  # type: ignore[misc]
    """An embedded sub-process that runs; its data holds what was written inside."""

    def __init__(self, spec: ScopeSpec, parent_task_id: UUID, top_workflow: "Run") -> None:
        self.spec = spec
        self.parent_task_id = parent_task_id
        self.top_workflow = top_workflow
        self.tasks: dict[UUID, Token] = {}
        self.data: Mapping[str, Any] = {}
        self.completed = False


class Run(BpmnWorkflow):  # type: ignore[misc]
    """A process that runs; always with the safe evaluator, however it came to be."""

    def __init__(self, plan: Plan, host: Host) -> None:
        super().__init__(plan.top, {}, script_engine=SAFE, deserializing=True)
        self.plan = plan
        self.host = host
        self.queue: deque[Token] = deque()
        self.calls: list[tuple[Token, list[Any]]] = []
        self.notes: list[Note] = []
        self.faults: list[tuple[Token, Fault]] = []

    @property
    def scopes(self) -> list[Any]:
        """Return the process and its open sub-processes, outer ones first."""
        return [self, *self.subprocesses.values()]

    def tokens(self) -> Iterator[Token]:
        """Yield the tokens that still have a future."""
        for scope in self.scopes:
            for token in scope.tasks.values():
                if token.live:
                    yield token

    def token(self, token_id: UUID) -> Token | None:
        """Return a token by its id, or nothing if it has gone."""
        for scope in self.scopes:
            if token_id in scope.tasks:
                found: Token = scope.tasks[token_id]
                return found
        return None

    def shape(self) -> Shape:
        """Return where it waits now."""
        shape = Shape()
        for token in self.tokens():
            match token.state, token.task_spec.node.kind:
                case TaskState.ERROR, _:
                    shape.faults[token.id] = token
                case TaskState.READY, Kind.USER:
                    shape.tasks[token.id] = token
                case TaskState.WAITING, Kind.BOUNDARY | Kind.CATCH if token.task_spec.node.timer:
                    shape.timers[token.id] = token
                case TaskState.STARTED, Kind.CALL:
                    shape.calls[token.id] = token
                case TaskState.STARTED, Kind.SERVICE:
                    shape.errands[token.id] = token
        return shape

    def begin(self, data: Mapping[str, Any]) -> None:
        """Put the first token on the start event."""
        self.data = data
        self.task_tree = self._open(self, data, ())

    def go(self) -> None:
        """Run until only people, timers, messages, jobs or children can move it on."""
        deadline = time.monotonic() + SECONDS
        steps = 0
        while self.queue:
            token = self.queue.popleft()
            if token.state != TaskState.READY:
                continue
            steps += 1
            if steps > STEPS or time.monotonic() > deadline:
                raise Runaway(steps)
            self.run_one(token)
        if not self.completed and not any(True for _ in self.tokens()):
            reason = "no token is left, and none has reached an end"
            raise StateUnreadable(reason)

    def run_one(self, token: Token) -> None:
        """Run one token; a rule that fails leaves it in ERROR, where it can be run again."""
        try:
            token.run()
        except Fault as fault:
            self.faults.append((token, fault))
            record(token, "incident", {"code": fault.code, "reason": fault.reason})

    def retry(self, token: Token) -> None:
        """Run a token in ERROR again."""
        token.state = TaskState.READY
        self.queue.append(token)

    def fire(self, event: Token, values: Mapping[str, Any]) -> None:
        """Let a waiting event happen, with what its activity has written so far."""
        event.data = self.seen_by(event)
        event.write(values)
        event.ready()

    def seen_by(self, event: Token) -> Mapping[str, Any]:
        """Return the data that a waiting event sees: also what its sub-process wrote."""
        data = event.data
        if isinstance(event.task_spec, Boundary):
            for sibling in event.parent.children:
                scope = self.subprocesses.get(sibling.id)
                if scope is not None:
                    data = {**data, **scope.data}
        return data

    def waiting_for(self, message: str, task_id: UUID | None) -> Token | None:
        """Return the event that waits for a message, at that task if one is named."""
        task = None if task_id is None else self.token(task_id)
        for token in self.tokens():
            if (
                token.state == TaskState.WAITING
                and token.task_spec.node.message == message
                and (task is None or token.parent is task.parent)
            ):
                return token
        return None

    def note(self, kind: str, node: Node, way: tuple[str, ...], facts: Mapping[str, Any]) -> None:
        """Keep something for the history."""
        self.notes.append(Note(kind, node, way, facts))

    def open_scope(self, token: Token, way: tuple[str, ...]) -> None:
        """Open the sub-process at a token."""
        scope = Scope(self.plan.specs[token.task_spec.spec], token.id, self)
        self.subprocesses[token.id] = scope
        scope.task_tree = self._open(scope, token.data, way)

    def close_scope(self, token: Token) -> None:
        """Cancel all that is open in the sub-process at a token."""
        scope = self.subprocesses.pop(token.id, None)
        for inner in [] if scope is None else list(scope.tasks.values()):
            inner.cancel()

    def spent(self, token: Token) -> None:
        """Hear of a token that has reached an end: the last one closes its scope."""
        scope = token.workflow
        if any(other.live for other in scope.tasks.values()):
            return
        scope.completed = True
        if scope is self:
            return
        del self.subprocesses[scope.parent_task_id]
        owner = cast(Token, self.token(scope.parent_task_id))
        owner.write(scope.data)
        owner.complete()

    def _open(self, scope: Place, data: Mapping[str, Any], way: tuple[str, ...]) -> Token:
        root = Token(scope, scope.spec.start, state=TaskState.COMPLETED, token_id=ROOT)
        root.data = data
        first = root.child(scope.spec.task_specs[scope.spec.first])
        first.way = way
        first.task_spec.reached(first)
        return root
