"""Joins, as ``engine.machine.gateways`` has them."""

from collections.abc import Iterable, Iterator

from engine.diagrams.soundness.net import ROOT, Net
from engine.diagrams.soundness.tokens import HELD, LISTENS, RACES, READY, Queue, Scope, Token


def arrived(net: Net, queue: Queue, scope: Scope, place: int) -> None:
    """Let a parallel join go on once a token waits on every flow."""
    first = held(scope, place)
    if len(first) == len(net.incoming[place]):
        _join(queue, first.values())


def settled(net: Net, queue: Queue, scope: Scope) -> bool:
    """Let the first inclusive join of a scope go on to which nothing more can come."""
    owner = ROOT if scope.owner is None else scope.owner.place
    return any(_settle(net, queue, scope, place) for place in net.joins[owner])


def held(scope: Scope, place: int) -> dict[int, Token]:
    """Return one token for each flow into a join that has one."""
    first: dict[int, Token] = {}
    for token in scope.tokens:
        if token.place == place and token.mode == HELD:
            first.setdefault(token.flow, token)
    return first


def _settle(net: Net, queue: Queue, scope: Scope, place: int) -> bool:
    first = held(scope, place)
    if not first:
        return False
    empty = [net.before[flow] for flow in net.incoming[place] if flow not in first]
    full = [net.before[flow] for flow in first]
    for standing in _standing(scope, place):
        if any(standing in ways for ways in empty) and not any(standing in ways for ways in full):
            return False
    _join(queue, first.values())
    return True


def _standing(scope: Scope, gateway: int) -> Iterator[int]:
    """Yield where tokens stand in a scope, events on boundaries and in races too."""
    for token in scope.tokens:
        if token.mode == LISTENS or token.place == gateway:
            continue
        if token.mode != RACES:
            yield token.place
        yield from token.armed


def _join(queue: Queue, tokens: Iterable[Token]) -> None:
    *others, last = tokens
    hues = set(last.hues)
    for token in others:
        hues &= set(token.hues)
        token.gone()
    last.hues, last.mode = tuple(sorted(hues)), READY
    queue.append(last)
