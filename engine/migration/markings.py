"""Proofs over a net: whether a marking can occur, and whether all ways on come to an end."""

from collections import Counter
from functools import cache
from heapq import heappop, heappush
from typing import Final

from engine.machine import Plan, Run
from engine.migration.nets import DONE, Marking, Net, TooMany
from engine.migration.standing import Scope, marking_of

MOST: Final = 3_000
"""The most markings that one proof looks at."""
SPARE: Final = 12
"""How many more tokens than are wanted there may be on the way there."""


def occurs(net: Net, wanted: Marking) -> bool:
    """Tell whether tokens may ever stand like this, or give up.

    What begins beside the rest, such as a reminder, is looked at as often as there are
    tokens wanted: more of them would never all be there in the end.
    """
    cost = dict.fromkeys(net.starts, 0)
    todo = [(_missing(wanted, marking), marking) for marking in net.starts]
    while todo:
        _, marking = heappop(todo)
        if marking == wanted:
            return True
        for after, more in net.moves(marking):
            paid = cost[marking] + more
            if paid > len(wanted) or len(after) > len(wanted) + SPARE:
                continue
            if after not in cost or paid < cost[after]:
                cost[after] = paid
                heappush(todo, (_missing(wanted, after), after))
        if len(cost) > MOST:
            raise TooMany
    return False


def _missing(wanted: Marking, marking: Marking) -> int:
    """Return how far a marking is from the one that is wanted, so that the near come first."""
    there, here = Counter(wanted), Counter(marking)
    return (there - here).total() * 2 + (here - there).total()


def comes_to_its_end(net: Net, marking: Marking) -> bool:
    """Tell whether every way on from a marking leads to the end, or give up.

    Where nothing joins, no token waits for another: each comes to its end by itself.
    """
    if len(marking) > 1 and not net.joins:
        return all(comes_to_its_end(net, (place,)) for place in sorted(set(marking)))
    before = _before(net, marking)
    ending = {DONE}
    todo = [DONE]
    while todo:
        for one in before.get(todo.pop(), ()):
            if one not in ending:
                ending.add(one)
                todo.append(one)
    return ending >= before.keys()


def _before(net: Net, marking: Marking) -> dict[Marking, list[Marking]]:
    """Return every marking that may follow, with those from which it may come."""
    before: dict[Marking, list[Marking]] = {marking: []}
    todo = [marking]
    while todo:
        here = todo.pop()
        for after, more in net.moves(here):
            if more:
                continue  # what begins beside the rest comes to its end, or not, by itself
            if after not in before:
                before[after] = []
                todo.append(after)
            before[after].append(here)
        if len(before) > MOST or len(here) > len(marking) + SPARE:
            raise TooMany
    return before


def leads_to_its_end(run: Run, scope: Scope) -> bool:
    """Tell whether tokens may stand as they do in an open scope, and go on to its end.

    What can't be proved is believed: a person has asked for it, and the history says so.
    """
    if scope.completed:
        return True
    proofs, same = Proofs(run.plan), {node: node for node in run.plan.diagram.nodes}
    doubt = proofs.doubt(scope.spec.name, marking_of(run, scope, same))
    return doubt in {None, "unproved"}


class Proofs:
    """Proofs over one plan, each done once."""

    def __init__(self, plan: Plan) -> None:
        self._nets = {scope: Net(plan, scope) for scope in plan.specs}
        self.doubt = cache(self._doubt)

    def _doubt(self, scope: str, marking: Marking) -> str | None:
        """Return why a marking can't be proved to be right, or nothing if it can."""
        net = self._nets[scope]
        try:
            if not occurs(net, marking):
                return "marking_impossible"
            return None if comes_to_its_end(net, marking) else "marking_stuck"
        except TooMany:
            return "unproved"
