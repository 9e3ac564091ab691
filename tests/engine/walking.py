"""Runs a process in memory, so that the same choices can be made on two of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.diagrams.gate import reread
from engine.errors import Fault
from engine.machine import Plan, Run, Token, freeze, plan, thaw

Offer = tuple[str, str]


@dataclass
class Hours:
    """A host whose time goes on by an hour each step, and whose operations may fail."""

    at: datetime = datetime(2020, 1, 1, tzinfo=UTC)
    count: int = 0
    fails: bool = False

    def now(self) -> datetime:
        """Return the time."""
        return self.at

    def must_be_callable(self, process_id: str) -> None:
        """Let every process be called."""

    def operate(
        self,
        _token: Token,
        operation: str,
        _parameters: Mapping[str, Any],
    ) -> Mapping[str, Any] | None:
        """Count, write the count, leave the house, or fail."""
        if operation == "mail":
            return None
        if self.fails:
            raise Fault("operation", "it fails")
        self.count += 1
        return {"mark": self.count}


@dataclass
class Walker:
    """One run; a forgetful one is frozen and thawed after every step."""

    plan: Plan
    forgetful: bool
    data: dict[str, Any]
    host: Hours = field(default_factory=Hours)
    notes: list[Any] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start the run."""
        self.run = Run(self.plan, self.host)
        self.run.begin(self.data)
        self.run.go()
        self._rest()

    @property
    def completed(self) -> bool:
        """Tell whether it is over."""
        return bool(self.run.completed)

    def offers(self) -> list[tuple[Offer, Token]]:
        """Return what could happen now, in an order that doesn't depend on ids."""
        found = []
        for token in [] if self.completed else self.run.tokens():
            data = json.dumps(token.data, sort_keys=True)
            found.append(((_kind(token) + " " + token.task_spec.name, data), token))
        return sorted(found, key=lambda offer: offer[0])

    def take(self, number: int, values: Mapping[str, Any], *, fails: bool = False) -> None:
        """Let the offer of that number happen."""
        self.host.at += timedelta(hours=1)
        self.host.fails = fails
        token = self.offers()[number][1]
        if token.state == TaskState.WAITING:
            self.run.fire(token, values)
        elif token.state == TaskState.STARTED:
            token.write(values)
            token.complete()
        elif token.state == TaskState.ERROR:
            self.run.retry(token)
        else:
            token.write(values)
            token.run()
        self.run.go()
        self._rest()

    def _rest(self) -> None:
        """Stand still between two steps, in memory or in a few bytes."""
        self.notes += [
            (note.kind, note.node.id, note.way, dict(note.facts)) for note in self.run.notes
        ]
        self.run.notes.clear()
        self.run.faults.clear()
        if self.forgetful and not self.completed:
            state = freeze(self.run)
            self.sizes.append(len(state))
            self.run = thaw(self.plan, self.host, state)


def _kind(token: Token) -> str:
    if token.state == TaskState.WAITING:
        return "message" if token.task_spec.node.message else "timer"
    if token.state == TaskState.STARTED:
        return "scope" if token.id in token.workflow.top_workflow.subprocesses else "elsewhere"
    return "error" if token.state == TaskState.ERROR else "user"


def planned(xml: bytes) -> Plan:
    """Return the plan of a diagram that is known to be good."""
    return plan(1, reread(xml))
