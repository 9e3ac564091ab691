"""In which order decisions are made: what is required comes first."""

from collections.abc import Mapping

from engine.decisions.model import Decision


def before(decision_id: str, decisions: Mapping[str, Decision]) -> list[str]:
    """Return all that must be decided for a decision, itself last."""
    order: dict[str, None] = {}
    waiting = [decision_id]
    while waiting:
        here = waiting[-1]
        needed = [
            each
            for each in decisions[here].required_decisions
            if each in decisions and each not in order
        ]
        if needed:
            waiting.append(needed[0])
        else:
            order.setdefault(waiting.pop())
    return list(order)


def cycle_in(decisions: Mapping[str, Decision]) -> list[str]:
    """Return decisions that require each other in a ring, or nothing."""
    done: set[str] = set()
    for start in decisions:
        way: list[str] = []
        branches = [iter([start])]
        while branches:
            step = next(branches[-1], None)
            if step is None:
                branches.pop()
                done.update([way.pop()] if way else [])
            elif step in way:
                return [*way[way.index(step) :], step]
            elif step in decisions and step not in done:
                way.append(step)
                branches.append(iter(decisions[step].required_decisions))
    return []
