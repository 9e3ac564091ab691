"""One run of a process in memory: moves its tokens until only others can move them."""

import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.diagrams import EventKind, Kind, Node
from engine.diagrams.expressions import Value
from engine.errors import Fault, StateUnreadable
from engine.machine.activities import FAILED, CallActivity, Calling
from engine.machine.events import Boundary
from engine.machine.gateways import Join
from engine.machine.hosts import SAFE, Host
from engine.machine.loops import SKIPPED, TOTAL
from engine.machine.parts import FIRED, SINCE, Part, Split, arm, enter, record
from engine.machine.plans import Plan, ScopeSpec
from engine.machine.shapes import Shape, shape_of
from engine.machine.throws import Thrown, escalate, key_in, throw_error
from engine.machine.tokens import LEAVES, OWN, ROOT, WAITS, Place, Token, only

STEPS: Final = 2_000
SECONDS: Final = 5.0
UNMOVABLE: Final = frozenset({Kind.START, Kind.BOUNDARY})
"""Where no token can be put from elsewhere."""
KEY: Final = "key"
"""Where an event keeps the key under which it waits for a message."""
WAS: Final = "was"
"""Where a conditional event keeps whether its condition held when it was last looked at."""


class Runaway(Exception):
    """The run walks on and on; the caller knows which instance it is."""

    def __init__(self, steps: int) -> None:
        super().__init__(f"still walking after {steps} steps")
        self.steps = steps


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the history must tell."""

    kind: str
    node: Node
    way: tuple[str, ...]
    facts: Mapping[str, Any]


class Scope(BpmnSubWorkflow):  # type: ignore[misc]
    """An embedded sub-process that runs; its data holds what was written inside."""

    def __init__(self, spec: ScopeSpec, owner: Token, top_workflow: "Run") -> None:
        self.spec = spec
        self.owner = owner
        self.parent_task_id = owner.id
        self.top_workflow = top_workflow
        self.tasks: dict[UUID, Token] = {}
        self.data: Mapping[str, Any] = {}
        self.completed = False

    def visible(self) -> Mapping[str, Any]:
        """Return the data that its tokens see: what is around it, and what it wrote itself."""
        return {**self.owner.data, **self.data}


class Run(BpmnWorkflow):  # type: ignore[misc]
    """A process that runs; always with the safe evaluator, however it came to be."""

    def __init__(self, plan: Plan, host: Host, *, called: bool = False) -> None:
        super().__init__(plan.top, {}, script_engine=SAFE, deserializing=True)
        self.plan = plan
        self.host = host
        self.called = called
        self.end = "completed"
        self.own: Mapping[str, Any] = {}
        self.more_steps = 0
        self.queue: deque[Token] = deque()
        self.calls: list[Calling] = []
        self.thrown: list[Thrown] = []
        self.notes: list[Note] = []
        self.faults: list[tuple[Token, Fault]] = []

    @property
    def scopes(self) -> list[Any]:
        """Return the process and its open sub-processes, outer ones first."""
        return [self, *self.subprocesses.values()]

    def visible(self) -> Mapping[str, Any]:
        """Return the data that its tokens see."""
        seen: Mapping[str, Any] = self.data
        return seen

    def known(self) -> Mapping[str, Any]:
        """Return what its caller may take once it has ended, its last outcome too."""
        return {**self.data, **self.own}

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
        return shape_of(self.tokens())

    # ── Moving on ──────────────────────────────────────────────────────────────────────

    def begin(self, data: Mapping[str, Any], start: str | None = None) -> None:
        """Put the first token on a start event: the one without an event, or the one named."""
        self.data = data
        self._open(self, start or self.spec.first, ())

    def go(self) -> None:
        """Run until only people, timers, messages, jobs or children can move it on."""
        deadline = time.monotonic() + SECONDS
        steps = 0
        while self.queue or self._settle():
            if not self.queue:
                continue
            token = self.queue.popleft()
            if token.state != TaskState.READY:
                continue
            steps += 1
            if steps > STEPS + self.more_steps or time.monotonic() > deadline:
                raise Runaway(steps)
            token.run()
        if not self.completed and not any(token.holds for token in self.tokens()):
            reason = "no token is left, and none has reached an end"
            raise StateUnreadable(reason)

    def failed(self, token: Token, fault: Fault) -> None:
        """Leave a token whose rule has failed in ERROR, where it can be run again."""
        if token.state == TaskState.WAITING:
            token.internal_data[WAITS] = True
        token.state = TaskState.ERROR
        self.faults.append((token, fault))
        record(token, "incident", {"code": fault.code, "reason": fault.reason})

    def retry(self, token: Token) -> None:
        """Run a token in ERROR again; one that was waiting when it failed waits again."""
        if token.internal_data.pop(WAITS, False):
            token.state = TaskState.WAITING
            return
        token.state = TaskState.READY
        self.queue.append(token)

    def skip(self, token: Token) -> None:
        """Let a token go on as if its work were done; what only listens is given up."""
        if token.internal_data.pop(WAITS, False) or token.waits:
            if token.task_spec.listens or isinstance(token.task_spec, Boundary):
                token.cancel()
                return
            token.task_spec.fired(token)
        if token.internal_data.get(LEAVES) and token.task_spec.shell is not None:
            token.internal_data[SKIPPED] = True
        token.internal_data[LEAVES] = True
        self.retry(token)

    def why_not_movable(self, token: Token, element_id: str) -> str | None:
        """Return why a token can't be moved to an element, or nothing if it can."""
        part = token.workflow.spec.task_specs.get(element_id)
        if not isinstance(part, Part) or part.shell is not None:
            return "it isn't in the same process or sub-process"
        beside = token.task_spec.listens or isinstance(token.task_spec, Boundary)
        if beside or token.task_spec.shell is not None:
            return "what waits there is part of something larger"
        if part.node.kind in UNMOVABLE or part.listens:
            return "no token can be put there"
        if isinstance(part, Join) and len(part.node.incoming) > 1:
            return "it waits for tokens from elsewhere"
        return None

    def move(self, token: Token, element_id: str) -> None:
        """Take a token from where it waits, with all that waits beside it, to another element."""
        for one in list(token.parent.children) if _together(token) else [token]:
            one.cancel()
        enter(token, element_id, ())

    def delay(self, pause: timedelta) -> None:
        """Let every timer that counts from a moment count from so much later."""
        for token in self.tokens():
            for mark in (SINCE, FIRED):
                if mark in token.internal_data:
                    moment = datetime.fromisoformat(token.internal_data[mark]) + pause
                    token.internal_data[mark] = moment.isoformat()

    # ── Events ─────────────────────────────────────────────────────────────────────────

    def fire(self, event: Token, values: Mapping[str, Any]) -> None:
        """Let a waiting event happen; its sub-process hands up what it has written so far."""
        event.workflow.data = {**event.workflow.data, **self._written_below(event)}
        event.write(values)
        event.task_spec.fired(event)
        event.ready()

    def seen_by(self, event: Token) -> Mapping[str, Any]:
        """Return the data that a waiting event sees: also what its sub-process wrote."""
        below = self._written_below(event)
        return {**event.data, **below} if below else event.data

    def waiting_for(self, message: str, task_id: UUID | None) -> Token | None:
        """Return the event that waits for a message, at that task if one is named."""
        task = None if task_id is None else self.token(task_id)
        if task is not None and task.task_spec.shell is not None:
            task = task.parent
        for token in self._waiting(EventKind.MESSAGE, message):
            if task is None or (token.parent is task.parent and _together(token)):
                return token
        return None

    def receive(self, message: str, key: str | None, payload: Mapping[str, Any]) -> bool:
        """Give a message to the one event that waits for it under that key, if any does."""
        for token in self._waiting(EventKind.MESSAGE, message):
            if key is not None and _key_of(token) == key:
                self.take(token, payload)
                return True
        return False

    def take(self, event: Token, payload: Mapping[str, Any]) -> None:
        """Let an event happen with what it takes from a message, and nothing else of it."""
        takes = event.task_spec.node.awaited.event.takes
        self.fire(event, {name: payload[name] for name in takes if name in payload})

    def signal(self, name: str) -> None:
        """Let every event happen that waits for a signal, those that interrupt after the rest."""
        waiting = self._waiting(EventKind.SIGNAL, name)
        for token in sorted(waiting, key=lambda token: token.task_spec.node.interrupting):
            if token.state == TaskState.WAITING:
                self.fire(token, {})

    def child_ended(self, token: Token, index: int, data: Mapping[str, Any] | None) -> None:
        """Hear that an instance which a call has started has ended, with what it knew then."""
        part = cast(CallActivity, token.task_spec)
        try:
            part.came_back(token, index, data)
        except Fault as fault:
            self.failed(token, fault)

    def thrown_at(self, token: Token, code: str) -> None:
        """Hear that what a token waits for has ended with an error that has a code."""
        try:
            throw_error(token, code)
        except Fault as fault:
            self.failed(token, fault)

    def operated(self, token: Token, told: Mapping[str, Any]) -> None:
        """Hear how an operation outside has ended: with what it wrote, or with an error."""
        token.internal_data.pop("parameters", None)
        if "code" in told:
            self.thrown_at(token, told["code"])
        else:
            token.write(told["wrote"])
            token.complete()

    def child_failed(self, token: Token, index: int, item: Value, code: str) -> None:
        """Hear that an instance which a call has started has ended with an error."""
        token.internal_data.setdefault(FAILED, []).append([index, item])
        self.thrown_at(token, code)

    def child_escalated(self, token: Token, code: str) -> None:
        """Hear that an instance which a call has started escalates."""
        escalate(token, code)

    # ── Rounds ─────────────────────────────────────────────────────────────────────────

    def several_at(self, element_id: str) -> Token | None:
        """Return the token that stands for all rounds of an activity, while it is being done."""
        for token in self.tokens():
            if token.task_spec.node.id == element_id and TOTAL in token.internal_data:
                return token
        return None

    def add_round(self, token: Token, item: Value) -> None:
        """Do an activity once more that is being done several times."""
        token.task_spec.add(token, item)

    def withdraw_round(self, body: Token) -> None:
        """Give up one round of an activity that is being done several times."""
        body.task_spec.shell.withdraw(body)

    # ── Scopes ─────────────────────────────────────────────────────────────────────────

    def open_scope(self, token: Token, way: tuple[str, ...]) -> None:
        """Open the sub-process at a token."""
        scope = Scope(self.plan.specs[token.task_spec.spec], token, self)
        self.subprocesses[token.id] = scope
        self._open(scope, scope.spec.first, way)

    def close_scope(self, token: Token) -> None:
        """Cancel all that is open in the sub-process at a token."""
        scope = self.subprocesses.pop(token.id, None)
        for inner in [] if scope is None else list(scope.tasks.values()):
            inner.cancel()

    def spent(self, token: Token) -> None:
        """Hear of a token that has reached an end: the last one closes its scope."""
        scope = token.workflow
        beside = token.task_spec.listens and not token.task_spec.node.interrupting
        if scope is not self and not beside:
            scope.owner.keep_outcome(token)
        if scope.completed or any(other.holds for other in scope.tasks.values()):
            return
        for listener in list(scope.tasks.values()):
            listener.cancel()
        scope.completed = True
        if scope is self:
            self.own = {} if beside else only(token.local, OWN)
            return
        del self.subprocesses[scope.parent_task_id]
        scope.owner.write(scope.data)
        scope.owner.take_outcome()
        scope.owner.complete()

    def end_with_error(self, code: str) -> None:
        """End the whole run with an error that its caller hears of."""
        for token in list(self.tokens()):
            token.cancel()
        self.completed = True
        self.end = "error"
        self.thrown.append(Thrown(EventKind.ERROR, code))

    def note(self, kind: str, node: Node, way: tuple[str, ...], facts: Mapping[str, Any]) -> None:
        """Keep something for the history."""
        self.notes.append(Note(kind, node, way, facts))

    def _open(self, scope: Place, start: str, way: tuple[str, ...]) -> None:
        root = Token(scope, scope.spec.start, state=TaskState.COMPLETED, token_id=ROOT)
        scope.task_tree = root
        for part in scope.spec.listeners:
            arm(root, part)
        first = root.child(scope.spec.task_specs[start])
        first.way = way
        first.task_spec.reached(first)

    def _settle(self) -> bool:
        """Look at what may only happen once every token rests; true if something did."""
        if not self.plan.settles or self.completed:
            return False
        return self._settle_conditions() or any(
            part.settle(scope) for scope in self.scopes for part in scope.spec.inclusive
        )

    def _settle_conditions(self) -> bool:
        """Let a condition happen as it becomes true, not as long as it stays so."""
        for token in list(self.tokens()):
            condition = token.task_spec.node.awaited.event.condition
            if condition is None or token.state != TaskState.WAITING:
                continue
            data = self.seen_by(token)
            try:
                holds = condition.names <= data.keys() and bool(condition.value(data))
            except Fault as fault:
                self.failed(token, fault)
                return True
            was = token.internal_data.get(WAS, False)
            token.internal_data[WAS] = holds
            if holds and not was:
                self.fire(token, {})
                return True
        return False

    def _waiting(self, kind: EventKind, name: str) -> Iterator[Token]:
        for token in self.tokens():
            event = token.task_spec.node.awaited.event
            if token.state == TaskState.WAITING and event.kind is kind and event.name == name:
                yield token

    def _written_below(self, event: Token) -> Mapping[str, Any]:
        """Return what the sub-process has written on whose boundary an event waits."""
        if isinstance(event.task_spec, Boundary):
            for sibling in event.parent.children:
                scope = self.subprocesses.get(sibling.id)
                if scope is not None:
                    written: Mapping[str, Any] = scope.data
                    return written
        return {}


def _together(event: Token) -> bool:
    """Tell whether an event waits beside something, and not just somewhere in the same scope."""
    return isinstance(event.parent.task_spec, Split)


def _key_of(event: Token) -> str | None:
    """Return the key under which an event waits; nothing if it has none that can be told."""
    if KEY in event.internal_data:
        known: str = event.internal_data[KEY]
        return known
    correlation = event.task_spec.node.awaited.event.correlation
    try:
        return None if correlation is None else key_in(correlation, event.data)
    except Fault:
        return None
