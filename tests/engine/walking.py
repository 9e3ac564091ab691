"""Runs a process in memory, so that the same choices can be made on two of them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.diagrams import DecisionStep, EventKind, Kind
from engine.diagrams.gate import reread
from engine.errors import BusinessError, Fault
from engine.machine import Calling, Plan, Run, Shell, Thrown, Token, freeze, plan, thaw
from engine.machine.gateways import Join
from engine.machine.loops import DONE

Offer = tuple[str, str]


@dataclass
class Hours:
    """A host whose time goes on by an hour each step, and whose operations may fail."""

    at: datetime = datetime(2020, 1, 1, tzinfo=UTC)
    count: int = 0
    fails: bool = False
    slow: bool = False
    """Whether operations are left to a job."""
    refuses: str | None = None
    """The code of the error that operations end with."""
    writes: dict[str, Any] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    """The elements whose operation has been done, or whose decision has been asked for."""

    def now(self) -> datetime:
        """Return the time."""
        return self.at

    def must_be_callable(self, process_id: str) -> None:
        """Let every process be called."""

    def operate(
        self,
        token: Token,
        operation: str,
        _parameters: Mapping[str, Any],
    ) -> Mapping[str, Any] | None:
        """Count, write the count, leave the house, or fail."""
        if operation == "mail" or self.slow:
            return None
        if self.refuses is not None:
            raise BusinessError(self.refuses)
        if self.fails:
            raise Fault("operation", "it fails")
        self.count += 1
        self.done.append(token.task_spec.node.id)
        return {"mark": self.count, **self.writes}

    def decide(
        self, step: DecisionStep, _inputs: Mapping[str, Any]
    ) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Decide as it was told to, or fail."""
        if self.fails:
            raise Fault("decision", "nobody can tell")
        self.done.append(step.decision)
        return {step.writes: self.count, **self.writes}, {"decision": step.decision}


@dataclass
class Walker:
    """One run; a forgetful one is frozen and thawed after every step."""

    plan: Plan
    forgetful: bool
    data: dict[str, Any]
    host: Hours = field(default_factory=Hours)
    notes: list[Any] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    sent: list[Thrown] = field(default_factory=list)
    """What was thrown and nobody in the run has caught."""
    calls: list[Calling] = field(default_factory=list)
    """The instances that were to be started."""
    called: bool = False

    def __post_init__(self) -> None:
        """Start the run."""
        self.run = Run(self.plan, self.host, called=self.called)
        self.run.begin(self.data)
        self.go()

    @property
    def completed(self) -> bool:
        """Tell whether it is over."""
        return bool(self.run.completed)

    def offers(self) -> list[tuple[Offer, Token]]:
        """Return what could happen now, in an order that doesn't depend on ids."""
        found = []
        for token in [] if self.completed else self.run.tokens():
            data = json.dumps(token.data, sort_keys=True)
            kind = _kind(token)
            if kind != "join":
                found.append(((kind + " " + token.task_spec.name, data), token))
        return sorted(found, key=lambda offer: offer[0])

    def take(self, number: int, values: Mapping[str, Any], *, fails: bool = False) -> None:
        """Let the offer of that number happen."""
        self.host.at += timedelta(hours=1)
        self.host.fails = fails
        token = self.offers()[number][1]
        if token.state == TaskState.WAITING:
            self.run.fire(token, values)
        elif token.state == TaskState.STARTED and token.task_spec.node.kind is Kind.CALL:
            self.run.child_ended(token, token.internal_data.get(DONE, 0), values)
        elif token.state == TaskState.STARTED:
            token.write(values)
            token.complete()
        elif token.state == TaskState.ERROR:
            self.run.retry(token)
        else:
            token.write(values)
            token.run()
        self.go()

    def do(self, act: Callable[["Walker"], object]) -> None:
        """Touch the run, and let it go on."""
        act(self)
        self.go()

    def go(self) -> None:
        """Run to the next waits, meet what was thrown meanwhile, and stand still."""
        self.run.go()
        while self._meet():
            self.run.go()
        self._rest()

    def _meet(self) -> bool:
        """Let what was thrown meet who waits for it in the same run."""
        thrown, self.run.thrown = self.run.thrown, []
        left = [
            one
            for one in thrown
            if one.kind is not EventKind.MESSAGE
            or not self.run.receive(one.name, one.key, one.payload or {})
        ]
        self.sent += left
        return len(left) < len(thrown)

    def _rest(self) -> None:
        """Stand still between two steps, in memory or in a few bytes."""
        self.notes += [
            (note.kind, note.node.id, note.way, dict(note.facts)) for note in self.run.notes
        ]
        self.calls += self.run.calls
        self.run.notes.clear()
        self.run.faults.clear()
        self.run.calls.clear()
        if self.forgetful and not self.completed:
            state = freeze(self.run)
            self.sizes.append(len(state))
            self.run = thaw(self.plan, self.host, state, called=self.called)


def assert_whole(run: Run) -> None:
    """Check that nothing is open that nobody could close, and nothing waits for what has gone."""
    if run.completed:
        assert not list(run.tokens())
        assert not run.subprocesses
        return
    for scope in run.scopes:
        assert any(token.holds for token in scope.tasks.values())
    for scope in run.subprocesses.values():
        assert scope.owner.state == TaskState.STARTED
    for token in run.tokens():
        beside = [sibling for sibling in token.parent.children if sibling is not token]
        if token.task_spec.node.kind is Kind.BOUNDARY and token.waits:
            assert any(s.live and s.task_spec.node.kind is not Kind.BOUNDARY for s in beside)
        if token.task_spec.shell is not None:
            assert token.parent.state == TaskState.STARTED


def _kind(token: Token) -> str:
    if token.state == TaskState.WAITING:
        if isinstance(token.task_spec, Join):
            return "join"
        return "message" if token.task_spec.node.message else "timer"
    if token.state == TaskState.STARTED:
        within = isinstance(token.task_spec, Shell) or token.id in token.run_of.subprocesses
        return "scope" if within else "elsewhere"
    return "error" if token.state == TaskState.ERROR else "user"


def planned(xml: bytes) -> Plan:
    """Return the plan of a diagram that is known to be good."""
    return plan(1, reread(xml))
