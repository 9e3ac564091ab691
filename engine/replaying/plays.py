"""Plays one past on another plan, line by line, until the first that doesn't fit.

What somebody or something outside has brought (an outcome, a message, the time) is
brought again; what the diagram made of it is compared, line by line, with what the
history tells. Ends of calls and of operations outside have no lines of their own:
they are tried where nothing else explains the next line. What only the new version has on
its way is passed, by whichever outcome leads back to the past: who waits there waits longer.
What an administrator did (moved it to a version, or on by hand, let it rest) is done again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from engine import machine
from engine.diagrams import EventKind, Kind
from engine.diagrams.timers import Armed
from engine.errors import Fault, StateUnreadable
from engine.machine import Note, Plan, Run, Runaway, Token
from engine.machine.parts import FIRED, SINCE
from engine.migration import leads_to_its_end
from engine.registry import Registry
from engine.replaying.hosts import Lines, Memory
from engine.replaying.pasts import Nodes, Past, Told
from engine.replaying.records import Found, Way

EVENTS: Final = frozenset({"timer", "message", "signal", "error", "escalation", "conditional"})
FOLLOWED: Final = EVENTS | {
    *("opened", "completed", "operation", "decided", "called", "looped"),
    *("waiting", "passed", "threw", "reached"),
}
OWN: Final = frozenset({"outcome", "loopCounter"})
LACKS: Final = frozenset({"expression", "several", "timer", "decision"})
"""The faults of rules that may only lack what the history doesn't tell."""
DEEPEST: Final = 12
"""How many new elements in a row are tried."""
MOST_TRIED: Final = 300
"""How often something new is passed in one play: each choice behind another multiplies the ways."""
MOMENT: Final = timedelta(minutes=1)
"""By how much two times may differ and still be the same."""


class Differs(Exception):
    """The play has come out, before the past was over."""

    def __init__(self, found: Found) -> None:
        super().__init__(found.way)
        self.found = found


class TooNew(Exception):
    """So much is new that not every way past it can be tried."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How a play stood before something was tried."""

    state: bytes
    completed: bool
    pending: list[Note]
    lines: Lines
    longer: str | None


class Play:
    """One past on one plan."""

    def __init__(self, plan: Plan, past: Past, registry: Registry) -> None:
        self._past = past
        self._known: Nodes = past.lines[0].known or {}
        self._rests_since: datetime | None = None
        self._longer: str | None = None
        self._lists = _lists(plan, past)
        self._host = Memory(past, registry, self._lists)
        self._called = past.instance.parent_id is not None
        self._run = Run(plan, self._host, called=self._called)
        self._pending: list[Note] = []
        self._tried = 0
        self._own = OWN | {
            node.loop.item for node in plan.diagram.nodes.values() if node.loop and node.loop.item
        }

    def play(self) -> Found:
        """Return how it comes out."""
        try:
            return self._play()
        except Differs as differs:
            return differs.found
        except TooNew:
            return Found(Way.UNKNOWN, reason="too_new")

    def _play(self) -> Found:
        first, *lines = self._past.lines
        self._run.begin(self._past.written_at(first), self._start())
        self._go()
        for line in lines:
            self._host.at = line.at
            if self._rests_since is None:
                self._check_timers(line)
            self._is_ruled(line)
            if line.kind == "ended":
                return self._ended(line)
            if line.kind in FOLLOWED and not self._follows(line):
                raise self._comes_out(line)
        if not self._arrives(lambda: not self._pending):
            raise self._comes_out(None)
        return self._came()

    def _came(self) -> Found:
        """Return that the past went through; it may have waited for something new on its way."""
        way = Way.SAME if self._longer is None else Way.LONGER
        return Found(way, would=self._longer)

    def _start(self) -> str | None:
        """Return the start event that the past began at, if the new version has it too."""
        starts = self._run.plan.top.task_specs
        told: str | None = self._past.lines[0].element_id
        return told if told in starts else None

    # ── What an administrator did ──────────────────────────────────────────────────────

    def _is_ruled(self, line: Told) -> None:
        """Do again what an administrator did, if a line tells of it."""
        match line.kind:
            case "migrated" | "unmigrated":
                self._goes_on_with(line.known or {})
            case "moved":
                self._is_moved(line)
            case "skipped":
                self._is_skipped(line)
            case "suspended":
                self._rests_since = line.at
            case "resumed" if self._rests_since is not None:
                self._run.delay(line.at - self._rests_since)
                self._rests_since = None

    def _goes_on_with(self, known: Nodes) -> None:
        """Let the past go on with another version; where it never came to stays new to it."""
        came = {token.task_spec.node.id for token in self._run.tokens()}
        came |= {note.node.id for note in self._pending}
        strange = came - self._known.keys()
        self._known = {one: node for one, node in known.items() if one not in strange}

    def _is_moved(self, line: Told) -> None:
        """Move what waits where somebody moved it away, if that may be done here too."""
        to = line.facts["to"]
        for token in self._at(line):
            if self._run.why_not_movable(token, to) is None:
                self._run.move(token, to)
                self._go()
                if leads_to_its_end(self._run, token.workflow):
                    return
                break
        raise Differs(Found(Way.UNKNOWN, was=line.element_id, would=to, reason="moved"))

    def _is_skipped(self, line: Told) -> None:
        """Let what waits there go on, unless nothing has failed here and it has gone on."""
        if line.element_id not in self._run.plan.diagram.nodes:
            raise Differs(Found(Way.UNKNOWN, was=line.element_id, reason="skipped"))
        for token in self._at(line):
            self._run.skip(token)
            self._go()
            return
        self._matched(replace(line, kind="operation"))

    def _at(self, line: Told) -> list[Token]:
        """Return what waits at the element of a line."""
        return [one for one in self._run.tokens() if one.task_spec.node.id == line.element_id]

    # ── One line ───────────────────────────────────────────────────────────────────────

    def _follows(self, line: Told) -> bool:
        """Tell whether the play comes to a line of the past, past whatever is new on the way."""
        return self._arrives(lambda: self._comes_to(line))

    def _comes_to(self, line: Told) -> bool:
        """Tell whether the play comes to a line, bringing what it needs."""
        if self._matched(line):
            return True
        if self._pending:
            return False
        if self._bring(line):
            return self._matched(line)
        return self._end_elsewhere(line) and self._matched(line)

    def _matched(self, line: Told) -> bool:
        for note in self._pending:
            if (note.kind, note.node.id) == (line.kind, line.element_id):
                self._pending.remove(note)
                return True
        return False

    def _bring(self, line: Told) -> bool:
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
                    due = self._due(token)
                    if line.kind == "timer" and due and due > line.at + MOMENT:
                        self._longer = self._longer or line.element_id
                    self._run.fire(token, values)
                    self._go()
                    return True
        return False

    def _end_elsewhere(self, line: Told) -> bool:
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

    def _written(self, line: Told) -> dict[str, Any]:
        told = {**self._lists.get(line.at, {}), **self._past.written_at(line)}
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

    # ── What only the new version has ──────────────────────────────────────────────────

    def _arrives(self, arrived: Callable[[], bool], left: int = DEEPEST) -> bool:
        """Tell whether the play arrives, at once or behind elements that are new."""
        if left == DEEPEST and arrived():
            return True
        before = self._kept()
        if self._is_beyond(arrived, left):
            return True
        self._restore(before)
        return False

    def _is_beyond(self, arrived: Callable[[], bool], left: int) -> bool:
        new = [note for note in self._pending if note.node.id not in self._known]
        if not new or not left:
            return False
        self._pending = [note for note in self._pending if note.node.id in self._known]
        if arrived():
            return True
        found = next(self._at_new(), None)
        if found is None:
            return False
        token_id, node = found.id, found.task_spec.node
        self._longer = self._longer or node.id
        values = [one.value for one in node.user.outcomes] if node.user else []
        before = self._kept()
        for outcome in values or [None]:
            try:
                self._pass(token_id, outcome)
                if arrived() or self._arrives(arrived, left - 1):
                    return True
            except Differs:
                pass
            self._restore(before)
        return False

    def _at_new(self) -> Iterator[Token]:
        """Yield what waits at elements that the past didn't have."""
        shape = self._run.shape()
        for place in (shape.tasks, shape.calls, shape.errands, shape.timers, shape.others):
            for token in place.values():
                node = token.task_spec.node
                if node.id not in self._known and node.kind is not Kind.BOUNDARY:
                    yield token

    def _pass(self, token_id: UUID, outcome: str | None) -> None:
        """Let whoever waits at something new be done there."""
        self._tried += 1
        if self._tried > MOST_TRIED:
            raise TooNew
        token = self._run.token(token_id)
        if token is None:
            return
        kind = token.task_spec.node.kind
        if kind in {Kind.CATCH, Kind.RECEIVE}:
            self._run.fire(token, {})
        elif kind is Kind.USER:
            token.write({} if outcome is None else {"outcome": outcome})
            token.run()
        else:
            token.complete()
        self._go()

    def _kept(self) -> "Kept":
        state, completed = machine.freeze(self._run), self._run.completed
        return Kept(state, completed, list(self._pending), self._host.kept(), self._longer)

    def _restore(self, before: "Kept") -> None:
        self._run = machine.thaw(self._run.plan, self._host, before.state, called=self._called)
        self._run.completed = before.completed
        self._pending, self._longer = list(before.pending), before.longer
        self._host.restore(before.lines)

    def _check_timers(self, line: Told) -> None:
        """Come out where a timer that was changed would have interrupted before this line."""
        for token in self._run.shape().timers.values():
            node = token.task_spec.node.awaited
            was = self._known.get(node.id)
            if was is None or was.awaited.event.timer == node.event.timer:
                continue
            due = self._due(token)
            if node.interrupting and due and due + MOMENT < line.at and line.element_id != node.id:
                raise Differs(Found(Way.ELSEWHERE, was=line.element_id, would=node.id))

    def _due(self, token: Token) -> datetime | None:
        """Return when a timer would be due, as far as the diagram alone can tell."""
        known, rule = token.internal_data, token.task_spec.node.awaited.event.timer
        if rule is None or SINCE not in known:
            return None
        fired = datetime.fromisoformat(known[FIRED]) if FIRED in known else None
        armed = Armed(datetime.fromisoformat(known[SINCE]), fired)
        try:
            due: datetime | None = rule.next(armed, self._run.seen_by(token), lambda _: None)
        except Fault:
            return None
        return due

    # ── How it comes out ───────────────────────────────────────────────────────────────

    def _ended(self, line: Told) -> Found:
        """Compare the end: one that was cancelled tells nothing of where it would have ended."""
        cancelled = "reason" in line.facts
        if self._arrives(lambda: (cancelled or self._run.completed) and not self._pending):
            return self._came()
        raise self._comes_out(None)

    def _comes_out(self, line: Told | None) -> Differs:
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


def _lists(plan: Plan, past: Past) -> dict[datetime, dict[str, Any]]:
    """Return the lists that something was called for, by when: those that were called tell them."""
    found: dict[datetime, dict[str, Any]] = {}
    for line, items in past.called_with():
        node = plan.diagram.nodes.get(line.element_id or "")
        if node is not None and node.loop is not None and node.loop.items is not None:
            found.setdefault(line.at, {})[node.loop.items] = items
    return found


def _failed(token: Token, fault: Fault) -> Found:
    element = token.task_spec.node.id
    if fault.code in LACKS:
        return Found(Way.UNKNOWN, would=element, reason="data_missing", detail=fault.reason)
    return Found(Way.STUCK, would=element, reason=fault.code, detail=fault.reason)
