"""States that lead round in a circle, and circles of elements that never wait."""

from collections.abc import Callable, Iterable, Iterator

from engine.diagrams.soundness.moves import Edge
from engine.diagrams.soundness.rounds import rounds
from engine.diagrams.soundness.search import Search
from engine.diagrams.soundness.world import STEPS, ZERO


def circles(search: Search) -> Iterator[tuple[list[int], Edge]]:
    """Yield the elements of each circle that never waits, and a step in it.

    An activity that is done no times at all doesn't wait, but next time it may.
    """
    for edge in search.runaways.values():
        yield sorted({place for place, _ in edge.trail[-STEPS // 4 :]}), edge
    running = [state for state in search.edges if not search.forms.rests(state)]
    onward = {state: [e for e in search.edges[state] if not _skips(search, e)] for state in running}
    for group in groups(running, lambda s: [e.target for e in onward[s] if e.target in onward]):
        inside = [e for state in sorted(group) for e in onward[state] if e.target in group]
        if inside:
            yield sorted({place for e in inside for place, _ in e.trail}), inside[0]


def _skips(search: Search, edge: Edge) -> bool:
    """Tell whether something was left out on the way that may wait the next time."""
    loops = [search.net.nodes[place].loop for place, way in edge.trail if way == ZERO]
    return any(loop is not None and rounds(loop)[1] for loop in loops)


def groups(states: Iterable[int], onward: Callable[[int], list[int]]) -> list[set[int]]:
    """Return the groups of states that all lead to one another, the last ones first."""
    order = _finished(states, onward)
    before: dict[int, list[int]] = {state: [] for state in order}
    for state in order:
        for target in onward(state):
            before[target].append(state)
    found: list[set[int]] = []
    grouped: set[int] = set()
    for root in reversed(order):
        if root not in grouped:
            group = {root}
            todo = [root]
            while todo:
                new = [s for s in before[todo.pop()] if s not in grouped and s not in group]
                group.update(new)
                todo += new
            grouped |= group
            found.append(group)
    return found[::-1]


def _finished(states: Iterable[int], onward: Callable[[int], list[int]]) -> list[int]:
    """Return the states, each after all that it leads to first (Kosaraju, without recursion)."""
    order: list[int] = []
    seen: set[int] = set()
    for root in states:
        if root in seen:
            continue
        seen.add(root)
        work = [(root, iter(onward(root)))]
        while work:
            state, ways = work[-1]
            target = next((way for way in ways if way not in seen), None)
            if target is None:
                work.pop()
                order.append(state)
            else:
                seen.add(target)
                work.append((target, iter(onward(target))))
    return order
