"""The machine without data: what a token does at each element, as ``engine.machine`` does it."""

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Final

from engine.diagrams.model import EventKind, Kind
from engine.diagrams.soundness.catching import Catcher, catcher, everyone
from engine.diagrams.soundness.joining import arrived, settled
from engine.diagrams.soundness.net import ROOT, Net
from engine.diagrams.soundness.rounds import rounds
from engine.diagrams.soundness.tokens import (
    HELD,
    LEAVING,
    LISTENS,
    OPEN,
    RACES,
    READY,
    ROUND,
    WAITS,
    Queue,
    Scope,
    Token,
)

STEPS: Final = 2_000
"""So many elements in a row without a wait, and the machine gives up."""
AT_ONCE: Final = 1
"""How often an event that interrupts nothing may be at work at the same time."""
JOINS: Final = frozenset({Kind.FORK, Kind.INCLUSIVE})
WORK: Final = frozenset({Kind.USER, Kind.SERVICE, Kind.CALL, Kind.RECEIVE})
"""What is done elsewhere: how long it takes, nobody knows."""
ZERO: Final = (-1,)
"""The way of an activity that is done no times at all."""
Way = tuple[int, ...]


class World:
    """The tokens of a process at one moment, and those of them that have to move at once."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.root = Scope(None)
        self.queue: Queue = deque()
        self.done = False
        self.trail: list[tuple[int, Way]] = []
        """The elements that were done in this move, and the ways that were chosen."""
        self.cut: list[tuple[int, frozenset[int]]] = []
        """The ends that cut others off in this move, and whom."""

    def begin(self, place: int) -> None:
        """Put the first token on a start event."""
        self._open(self.root, ROOT, place)

    def go(self) -> bool:
        """Move on until all rest or one has a choice; tells whether it comes to that."""
        for _ in range(STEPS):
            while self.queue and not self.queue[0].alive:
                self.queue.popleft()
            if self.done:
                return True
            if not self.queue:
                if not self._settle():
                    return True
                continue
            ways = list(islice(self.ways(), 2))
            if len(ways) > 1:
                return True
            self.step(ways[0])
        return False

    def ways(self) -> Iterator[Way]:
        """Yield what the first token in the queue may do."""
        token = self.queue[0]
        node = self.net.nodes[token.place]
        if token.mode == LEAVING and not node.triggered:
            yield from self.net.ways(token.place)
        elif token.mode == READY and node.loop is not None:
            least, most = rounds(node.loop)
            if not least:
                yield ZERO
            if most:
                yield ()
        else:
            yield ()

    def step(self, way: Way) -> None:
        """Let the first token in the queue do this."""
        token = self.queue.popleft()
        node = self.net.nodes[token.place]
        self.trail.append((token.place, way))
        if token.mode == LEAVING:
            self._leave(token, way)
        elif token.mode == READY and node.loop is not None:
            self._begin(token, way)
        else:
            self._run(token, node.kind)

    def finish(self, token: Token) -> None:
        """Let what a token waits for be done: it goes on before all others."""
        token.mode, token.inner = LEAVING, None
        self.queue.appendleft(token)

    def fire(self, host: Token, event: int) -> None:
        """Let an event happen at the token that it stands at."""
        node = self.net.nodes[event]
        if node.kind is Kind.BOUNDARY:
            self._fire_boundary(host, event)
        elif host.mode == LISTENS:
            self._fire_listener(host, event)
        else:
            host.place, host.armed = event, ()
            self._queue(host, ROUND)

    def may_fire(self, host: Token, event: int) -> bool:
        """Tell whether an event isn't at work already as often as is looked at."""
        if self.net.nodes[event].interrupting:
            return True
        if host.mode == LISTENS:
            busy = [t for t in host.scope.tokens if t.place == event and t.mode != LISTENS]
        else:
            busy = [t for t in host.scope.tokens if event in t.hues]
        return len(busy) < AT_ONCE

    def throw(self, found: Catcher | None) -> None:
        """Let a catcher hear of what was thrown, if anybody does."""
        if found is not None and self.may_fire(*found):
            self.fire(*found)

    def _settle(self) -> bool:
        """Let the first inclusive join go on to which nothing more can come."""
        if not self.net.before:
            return False
        return any(settled(self.net, self.queue, scope) for scope in self.root.scopes())

    # -- what elements do ------------------------------------------------------------------

    def _run(self, token: Token, kind: Kind) -> None:
        if token.mode == READY and kind in WORK:
            token.mode = WAITS
        elif kind is Kind.SUB:
            token.mode, token.inner = OPEN, Scope(token)
            self._open(token.inner, token.place, self.net.first[token.place])
        elif kind is Kind.RACE:
            token.mode = RACES
            token.armed = tuple(self.net.targets[f] for f in next(self.net.ways(token.place)))
        elif kind is Kind.END:
            self._end(token)
        else:
            self._throw_of(token)
            if token.alive:
                self.finish(token)

    def _begin(self, token: Token, way: Way) -> None:
        """Begin the one round that is looked at, or leave out them all."""
        if way == ZERO:
            self.finish(token)
        elif self.net.nodes[token.place].kind in WORK:
            token.mode = WAITS
        else:
            self._queue(token, ROUND)

    def _leave(self, token: Token, way: Way) -> None:
        token.gone()
        if self.net.nodes[token.place].triggered:
            self._spent(token.scope)
        for flow in way if way != ZERO else ():
            self._enter(token.scope, flow, token.hues)

    def _enter(self, scope: Scope, flow: int, hues: tuple[int, ...]) -> None:
        token = Token(scope, self.net.targets[flow], hues=hues)
        node = self.net.nodes[token.place]
        token.armed = self.net.events[token.place]
        waits = node.kind in {Kind.USER, Kind.RECEIVE, Kind.CATCH} and node.loop is None
        if node.kind in JOINS and len(node.incoming) > 1:
            token.mode, token.flow = HELD, flow
            if node.kind is Kind.FORK:
                arrived(self.net, self.queue, scope, token.place)
        elif waits and node.event.kind is not EventKind.LINK:
            token.mode = WAITS
        else:
            self._queue(token, READY)

    def _end(self, token: Token) -> None:
        event = self.net.nodes[token.place].event
        self._throw_of(token)
        if not token.alive or self.done:
            return
        token.gone()
        if event.kind is EventKind.TERMINATE:
            others = frozenset(t.place for t in token.scope.every() if t.mode != LISTENS)
            if others:
                self.cut.append((token.place, others))
            for other in list(token.scope.tokens):
                other.gone()
        self._spent(token.scope)

    def _throw_of(self, token: Token) -> None:
        """Throw what an element throws; an error that nobody catches ends all."""
        node = self.net.nodes[token.place]
        if node.kind not in {Kind.END, Kind.THROW}:
            return
        event = node.event
        if event.kind in {EventKind.ERROR, EventKind.ESCALATION}:
            found = catcher(self.net, token, event.kind, event.name or "")
            self.throw(found)
            self.done = self.done or (found is None and event.kind is EventKind.ERROR)
        elif event.kind is EventKind.SIGNAL:
            for host, place in list(everyone(self.net, self.root, event.name)):
                if host.alive and place in {*host.armed, host.place}:
                    self.throw((host, place))

    def _spent(self, scope: Scope) -> None:
        """Close a scope in which the last token has come to an end."""
        if scope.holds:
            return
        if scope.owner is None:
            self.done = True
        else:
            self.finish(scope.owner)

    def _open(self, scope: Scope, owner: int, place: int) -> None:
        for listener in self.net.listeners[owner]:
            Token(scope, listener, LISTENS)
        self._queue(Token(scope, place), READY)

    def _queue(self, token: Token, mode: int) -> None:
        token.mode = mode
        self.queue.append(token)

    # -- events ----------------------------------------------------------------------------

    def _fire_boundary(self, host: Token, event: int) -> None:
        node = self.net.nodes[event]
        hues = host.hues
        if node.interrupting:
            host.gone()
            for other in host.beside:
                other.gone()
        else:
            hues = tuple(sorted({*hues, event}))
            if not self.net.again(event):
                host.armed = tuple(other for other in host.armed if other != event)
        begun = Token(host.scope, event, hues=hues)
        host.beside.append(begun)
        self._queue(begun, READY)

    def _fire_listener(self, host: Token, event: int) -> None:
        if self.net.nodes[event].interrupting:
            for other in list(host.scope.tokens):
                if other is not host:
                    other.gone()
        elif self.net.again(event):
            Token(host.scope, event, LISTENS)
        self._queue(host, READY)
