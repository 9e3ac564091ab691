"""Tokens and scopes of the search, without data: only where they are and what they wait for."""

from collections import deque
from collections.abc import Iterator
from typing import Final

READY: Final = 0
"""In the queue: it has just come, or its event has happened."""
ROUND: Final = 1
"""In the queue, and it needn't be asked how often it is done."""
LEAVING: Final = 2
"""Next in the queue: its work is done, and it goes on."""
WAITS: Final = 3
"""Waits for people, the host, another instance or an event."""
HELD: Final = 4
"""Waits at a join, with the flow that it came by."""
OPEN: Final = 5
"""A sub-process that runs."""
RACES: Final = 6
"""Waits for the first of several events."""
LISTENS: Final = 7
"""An event sub-process that may still happen."""
QUEUED: Final = frozenset({READY, ROUND, LEAVING})


class Scope:
    """The process, or a sub-process that runs: its tokens and the one that it belongs to."""

    __slots__ = ("owner", "tokens")

    def __init__(self, owner: "Token | None") -> None:
        self.owner = owner
        self.tokens: list[Token] = []

    @property
    def holds(self) -> bool:
        """Tell whether it can't end yet: what only listens doesn't count."""
        return any(token.mode != LISTENS for token in self.tokens)

    def every(self) -> Iterator["Token"]:
        """Yield its tokens and those of the sub-processes in it, outer ones first."""
        yield from self.tokens
        for token in list(self.tokens):
            if token.inner is not None:
                yield from token.inner.every()

    def scopes(self) -> Iterator["Scope"]:
        """Yield it and the sub-processes in it, outer ones first."""
        yield self
        for token in self.tokens:
            if token.inner is not None:
                yield from token.inner.scopes()


class Token:
    """One token, with the events on its boundary that still wait, or those that it races for.

    ``hues`` are the events on boundaries, interrupting nothing, that it comes from.
    """

    __slots__ = ("alive", "armed", "beside", "flow", "hues", "inner", "mode", "place", "scope")

    def __init__(
        self, scope: Scope, place: int, mode: int = READY, hues: tuple[int, ...] = ()
    ) -> None:
        self.scope = scope
        self.place = place
        self.mode = mode
        self.hues = hues
        self.armed: tuple[int, ...] = ()
        self.flow = 0
        self.inner: Scope | None = None
        self.alive = True
        self.beside: list[Token] = []
        """What its events have begun in this very move: it goes with them."""
        scope.tokens.append(self)

    def gone(self) -> None:
        """Take it out of its scope, with all that is inside it."""
        if self.alive:
            self.alive = False
            self.scope.tokens.remove(self)
        for token in list(self.inner.tokens) if self.inner is not None else ():
            token.gone()


Queue = deque[Token]
