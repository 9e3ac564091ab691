"""Who catches what is thrown, as ``engine.machine.throws`` finds them: the nearest, outwards."""

from collections.abc import Iterable, Iterator

from engine.diagrams.model import EventKind
from engine.diagrams.soundness.net import Net
from engine.diagrams.soundness.tokens import LISTENS, RACES, WAITS, Scope, Token

Catcher = tuple[Token, int]
"""The token at which an event stands, and the event."""


def catcher(net: Net, thrower: Token, kind: EventKind, code: str) -> Catcher | None:
    """Return the nearest event that catches a code, if any does."""
    token, outside = thrower, False
    while True:
        found = _best(net, ((token, event) for event in _on(token)), kind, code)
        scope = token.scope
        if found is None and not outside:
            found = _best(net, _listening(scope), kind, code)
        if found is not None or scope.owner is None:
            return found
        token = scope.owner
        outside = net.nodes[token.place].triggered


def opaque(net: Net, token: Token, kind: EventKind) -> list[Catcher]:
    """Return all that may catch what comes from work whose inside isn't drawn here."""
    found = [catcher(net, token, kind, code) for code in ["", *net.codes[kind]]]
    return list(dict.fromkeys(each for each in found if each is not None))


def everyone(net: Net, root: Scope, signal: str | None) -> Iterator[Catcher]:
    """Yield all events that wait for a signal now."""
    for token in list(root.every()):
        for place in waiting(net, token):
            event = net.nodes[place].awaited.event
            if event.kind is EventKind.SIGNAL and event.name == signal:
                yield token, place


def waiting(net: Net, token: Token) -> tuple[int, ...]:
    """Return the events that wait at a token."""
    if token.mode == LISTENS:
        return (token.place,)
    own = token.mode == WAITS and net.nodes[token.place].event.kind is not EventKind.NONE
    return (token.place, *token.armed) if own else token.armed


def _on(token: Token) -> tuple[int, ...]:
    return () if token.mode == RACES else token.armed


def _listening(scope: Scope) -> Iterable[Catcher]:
    return ((token, token.place) for token in scope.tokens if token.mode == LISTENS)


def _best(net: Net, found: Iterable[Catcher], kind: EventKind, code: str) -> Catcher | None:
    """Return the one that waits for just this code, else one that waits for any."""
    any_code = None
    for each in found:
        event = net.nodes[each[1]].awaited.event
        if event.kind is kind and event.name == code:
            return each
        if event.kind is kind and event.name is None:
            any_code = each
    return any_code
