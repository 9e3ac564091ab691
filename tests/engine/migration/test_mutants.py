"""Random processes, random walks, random mutants: it stays, or it finishes rightly."""

import random
from collections import Counter
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.machine import freeze, thaw
from engine.migration import Stays
from tests.engine.migration.play import DATA, OLD, Play, planned
from tests.engine.migration.trees import Gardener, drawn

WAYS: Final = {f"w{number}": number * 3 % 10 for number in range(8)}
ABOUT: Final = 400
SEEDS: Final = st.integers(0, 2**32)


def act(play: Play, chance: random.Random) -> None:
    """Do one of the things that may happen now."""
    shape = play.run.shape()
    tasks = [*shape.tasks.values()]
    events = [*shape.timers.values(), *shape.routed.values()]
    token = chance.choice(tasks if not events or (tasks and chance.random() < 0.8) else events)
    play.host.count += 1
    if token.waits:
        play.run.fire(token, {})
    else:
        values = {"outcome": chance.choice(["again", "yes", "no"])}
        play.done.append(token.task_spec.node.id)
        token.write(values | {key: chance.randint(0, 9) for key in WAYS})
        token.run()
    play.run.go()
    if not play.run.completed:
        play.run = thaw(play.plan, play.host, freeze(play.run))


def walk(play: Play, chance: random.Random, most: int) -> bool:
    """Walk on; true if it has come to its end."""
    for _ in range(most):
        if play.run.completed:
            return True
        act(play, chance)
    return bool(play.run.completed)


def moved(seed: int) -> str:
    """Walk on a random process, move to a mutant, walk on; return what became of it."""
    gardener, chance = Gardener(seed), random.Random(seed + 1)
    tree = gardener.grow()
    mutant = gardener.mutant(tree)
    play = Play(planned(drawn(tree), OLD), {**DATA, **WAYS, "outcome": "no"})
    if walk(play, chance, chance.randint(0, 12)):
        return "over"
    try:
        there = play.to(drawn(mutant))
    finally:
        before = freeze(play.run)
    if isinstance(there, Stays):
        assert walk(play, chance, ABOUT)
        return there.code
    assert there.open() == play.open()
    assert before == freeze(play.run)
    assert walk(there, chance, ABOUT)
    times = Counter(there.done)
    once = set(tree.fixed()) & set(mutant.fixed())
    assert {name for name in once if times[name] != 1} == set()
    return "moved"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=SEEDS)
def test_a_mutant_takes_over_or_it_stays(seed: int) -> None:
    moved(seed)


def test_both_happen_often() -> None:
    found = Counter(moved(seed) for seed in range(150))

    assert found["moved"] >= 50
    assert found.total() - found["moved"] - found["over"] >= 10
    assert len(found) >= 6
