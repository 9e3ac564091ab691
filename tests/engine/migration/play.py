"""Plays a run in memory by the names of its elements, and moves it to another version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import pytest

from engine.diagrams import Node
from engine.diagrams.gate import reread
from engine.machine import Plan, Run, Token, freeze, plan, thaw
from engine.migration.arming import Moments
from engine.migration.crossing import Crossing, Move
from engine.migration.records import Stays
from tests.engine.walking import Hours

OLD, NEW = 1, 2
DATA: Final[dict[str, Any]] = {"units": ["x", "y"], "k": "7", "final": False}


def planned(xml: bytes, number: int) -> Plan:
    """Return the plan of one version."""
    return plan(number, reread(xml))


def known_writes(node: Node) -> frozenset[str]:
    """Return what an element writes in these tests, where no registry says so."""
    keys = frozenset(node.awaited.event.takes)
    if node.user is not None:
        keys |= {"outcome"}
    return keys | ({"mark"} if node.service is not None else frozenset())


@dataclass
class Play:
    """One run, frozen and thawed between steps, and the user tasks that were done in it."""

    plan: Plan
    data: Mapping[str, Any] = field(default_factory=lambda: DATA)
    host: Hours = field(default_factory=Hours)
    done: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start the run."""
        self.run = Run(self.plan, self.host)
        self.run.begin(self.data)
        self._rest()

    def open(self) -> list[str]:
        """Return the elements whose user tasks are open, and those that wait at joins."""
        return sorted(token.task_spec.node.id for token in self.run.shape().tasks.values())

    def places(self, kind: str) -> list[str]:
        """Return the elements of one part of the run's shape."""
        return sorted(token.task_spec.node.id for token in getattr(self.run.shape(), kind).values())

    def token(self, kind: str, element: str) -> Token:
        """Return the token at an element, in one part of the run's shape."""
        found = getattr(self.run.shape(), kind).values()
        return next(token for token in found if token.task_spec.node.id == element)

    def do(self, *acts: str) -> "Play":
        """Complete a task (``a``, ``a=yes``), fire an event (``!e``), end what is done (``>c``)."""
        for act in acts:
            self.host.at += timedelta(hours=1)
            element, _, outcome = act.lstrip("!>").partition("=")
            if act.startswith("!"):
                self._fire(element)
            elif act.startswith(">"):
                kind = "calls" if element in self.places("calls") else "errands"
                token = self.token(kind, element)
                self.run.child_ended(token, 0, {}) if kind == "calls" else token.complete()
            else:
                token = self.token("tasks", element)
                token.write({"outcome": outcome or None})
                self.done.append(element)
                token.run()
            self._rest()
        return self

    def to(self, xml: bytes, renamed: Mapping[str, str] | None = None) -> "Play | Stays":
        """Move to another version, or return why it stays."""
        way = Crossing(self.plan, planned(xml, NEW), known_writes, renamed)
        before = freeze(self.run)
        told = way.move(before, Moments(self.host.at), lambda: self.done + self.host.done)
        assert freeze(self.run) == before
        if isinstance(told, Stays):
            return told
        return self.moved(way.new, told)

    def moved(self, plan: Plan, move: Move) -> "Play":
        """Return the play that goes on with a moved state."""
        play = object.__new__(Play)
        play.plan, play.data, play.host, play.done = plan, self.data, self.host, [*self.done]
        play.run = thaw(plan, self.host, move.state)
        return play

    def finish(self, most: int = 200) -> "Play":
        """Do whatever is open until the run has ended; events happen when nothing else can."""
        for _ in range(most):
            if self.run.completed:
                return self
            shape = self.run.shape()
            assert not shape.faults
            for kind, mark in (("tasks", ""), ("calls", ">"), ("errands", ">"), ("timers", "!")):
                if found := getattr(shape, kind):
                    first = next(iter(found.values()))
                    self.do(mark + first.task_spec.node.id)
                    break
            else:
                others = [t for t in [*shape.routed.values(), *shape.others.values()] if t.waits]
                self.do("!" + others[0].task_spec.node.id)
        pytest.fail(f"not at its end: {self.open()}")

    def _fire(self, element: str) -> None:
        for token in self.run.tokens():
            if token.waits and token.task_spec.node.id == element:
                self.run.fire(token, {})
                return
        pytest.fail(f"{element} doesn't wait")

    def _rest(self) -> None:
        self.run.go()
        if not self.run.completed:
            self.run = thaw(self.plan, self.host, freeze(self.run))
