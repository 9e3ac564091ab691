"""Plays one past on another plan, line by line, until the first that doesn't fit.

What somebody or something outside has brought (an outcome, a message, the time) is
brought again; what the diagram made of it is compared, line by line, with what the
history tells. Ends of calls and of operations outside have no lines of their own:
they are tried where nothing else explains the next line.
"""

from collections.abc import Iterator
from typing import Any, Final

from engine import machine
from engine.diagrams import EventKind
from engine.errors import Fault, StateUnreadable
from engine.machine import Note, Plan, Run, Runaway, Token
from engine.registry import Registry
from engine.replaying.hosts import Memory
from engine.replaying.pasts import Past
from engine.replaying.records import Found, Way
from engine.store import Found as Row

EVENTS: Final = frozenset({"timer", "message", "signal", "error", "escalation", "conditional"})
BY_HAND: Final = frozenset({"moved", "skipped", "withdrawn", "added"})
MOVED: Final = frozenset({"migrated", "unmigrated"})
FOLLOWED: Final = EVENTS | {
    *("opened", "completed", "operation", "decided", "called", "looped"),
    *("waiting", "passed", "threw", "reached"),
}
OWN: Final = frozenset({"outcome", "loopCounter"})
LACKS: Final = frozenset({"expression", "several", "timer", "decision"})
"""The faults of rules that may only lack what the history doesn't tell."""


class Differs(Exception):
    """The play has come out, before the past was over."""

    def __init__(self, found: Found) -> None:
        super().__init__(found.way)
        self.found = found


class Play:
    """One past on one plan."""

    def __init__(self, plan: Plan, past: Past, registry: Registry) -> None:
        self._past = past
        self._host = Memory(past, registry)
        self._called = past.instance.parent_id is not None
        self._run = Run(plan, self._host, called=self._called)
        self._pending: list[Note] = []
        self._own = OWN | {
            node.loop.item for node in plan.diagram.nodes.values() if node.loop and node.loop.item
        }

    def play(self) -> Found:
        """Return how it comes out."""
        try:
            return self._play()
        except Differs as differs:
            return differs.found

    def _play(self) -> Found:
        first, *lines = self._past.lines
        self._run.begin(self._past.written_at(first), self._start())
        self._go()
        for line in lines:
            self._host.at = line.at
            if line.kind in MOVED:
                return Found(Way.UNKNOWN, reason="migrated")
            if line.kind in BY_HAND:
                return Found(Way.UNKNOWN, reason="by_hand")
            if line.kind == "ended":
                return self._ended(line)
            if line.kind in FOLLOWED and not self._follows(line):
                raise self._comes_out(line)
        if self._pending:
            raise self._comes_out(None)
        return Found(Way.SAME)

    def _start(self) -> str | None:
        """Return the start event that the past began at, if the new version has it too."""
        starts = self._run.plan.top.task_specs
        told: str | None = self._past.lines[0].element_id
        return told if told in starts else None

    # ── One line ───────────────────────────────────────────────────────────────────────

    def _follows(self, line: Row) -> bool:
        """Tell whether the play comes to a line of the past, bringing what it needs."""
        if self._matched(line):
            return True
        if self._pending:
            return False
        if self._bring(line):
            return self._matched(line)
        return self._end_elsewhere(line) and self._matched(line)

    def _matched(self, line: Row) -> bool:
        for note in self._pending:
            if (note.kind, note.node.id) == (line.kind, line.element_id):
                self._pending.remove(note)
                return True
        return False

    def _bring(self, line: Row) -> bool:
        """Bring again what came from outside; false if nothing here waits for it."""
        values = self._written(line)
        if line.kind == "completed":
            for token in self._run.shape().tasks.values():
                if token.task_spec.node.id == line.element_id:
                    token.write({**values, "outcome": line.facts.get("outcome")})
                    token.run()
                    self._go()
                    return True
        if line.kind in EVENTS:
            for token in self._run.tokens():
                if token.waits and token.task_spec.node.awaited.id == line.element_id:
                    self._run.fire(token, values)
                    self._go()
                    return True
        return False

    def _end_elsewhere(self, line: Row) -> bool:
        """Let that end outside which explains the line; each is tried on a copy."""
        for token_id in [token.id for token in self._outside()]:
            kept = machine.freeze(self._run)
            token = self._run.token(token_id)
            if token is None:
                continue
            token.write(self._written(line))
            token.complete()
            self._go()
            if any((n.kind, n.node.id) == (line.kind, line.element_id) for n in self._pending):
                return True
            self._pending.clear()
            self._run = machine.thaw(self._run.plan, self._host, kept, called=self._called)
        return False

    def _outside(self) -> Iterator[Token]:
        shape = self._run.shape()
        yield from shape.errands.values()
        yield from shape.calls.values()

    def _written(self, line: Row) -> dict[str, Any]:
        told = self._past.written_at(line)
        return {key: value for key, value in told.items() if key not in self._own}

    def _go(self) -> None:
        try:
            self._run.go()
        except (StateUnreadable, Runaway) as error:
            raise Differs(Found(Way.STUCK, would=self._standing(), detail=str(error))) from error
        for token, fault in self._run.faults:
            raise Differs(_failed(token, fault))
        self._pending += self._run.notes
        self._run.notes.clear()
        self._run.thrown.clear()
        self._run.calls.clear()

    # ── How it comes out ───────────────────────────────────────────────────────────────

    def _ended(self, line: Row) -> Found:
        """Compare the end: one that was cancelled tells nothing of where it would have ended."""
        if "reason" in line.facts and not self._pending:
            return Found(Way.SAME)
        if self._run.completed and not self._pending:
            return Found(Way.SAME)
        raise self._comes_out(None)

    def _comes_out(self, line: Row | None) -> Differs:
        was = None if line is None else line.element_id
        if self._run.completed and line is not None and line.kind != "reached":
            return Differs(Found(Way.EARLIER, was=was))
        if not self._run.completed and self._is_stuck():
            return Differs(Found(Way.STUCK, was=was, would=self._standing()))
        would = self._pending[0].node.id if self._pending else self._standing()
        return Differs(Found(Way.ELSEWHERE, was=was, would=would))

    def _is_stuck(self) -> bool:
        """Tell whether nothing from outside could move it any more."""
        shape = self._run.shape()
        moved = [shape.tasks, shape.timers, shape.routed, shape.calls, shape.errands]
        awaits = (token.task_spec.node.awaited.event.kind for token in shape.others.values())
        return not any(moved) and all(kind is EventKind.NONE for kind in awaits)

    def _standing(self) -> str | None:
        shape = self._run.shape()
        for place in (shape.tasks, shape.calls, shape.errands, shape.others, shape.timers):
            for token in place.values():
                found: str = token.task_spec.node.id
                return found
        return None


def _failed(token: Token, fault: Fault) -> Found:
    element = token.task_spec.node.id
    if fault.code in LACKS:
        return Found(Way.UNKNOWN, would=element, reason="data_missing", detail=fault.reason)
    return Found(Way.STUCK, would=element, reason=fault.code, detail=fault.reason)
