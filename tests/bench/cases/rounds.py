"""A loop that is gone very often: its last rounds must cost what its first ones did."""

from collections.abc import Iterator
from typing import Final

from tests.bench.figures import Figure, Ground, Size
from tests.bench.loops import EngineLoop, play, state_bytes
from tests.bench.walks import Walk
from tests.bench.watches import Watch

MEASURED: Final = 100
AT_ONCE: Final = 25
"""Rounds in one transaction between those that are measured."""


def rounds(ground: Ground, size: Size) -> Iterator[Figure]:
    """Measure the first rounds and the last; those between are played in bulk."""
    loop = EngineLoop(ground.database, "rounds", 1)
    walk = Walk(loop)
    some = min(MEASURED, size.rounds // 4)
    yield _measured(ground, walk, "rounds: the first", some, some)
    done = some
    while done < size.rounds - some:
        at_once = min(AT_ONCE, size.rounds - some - done)
        ground.database.write(lambda session, n=at_once: play(loop, session, n))
        done += at_once
    yield _measured(ground, walk, "rounds: the last", some, size.rounds)


def _measured(ground: Ground, walk: Walk, case: str, some: int, n: int) -> Figure:
    watch = Watch()
    for _ in range(some * len(walk.loop.steps)):
        watch.time(walk.next())
    return ground.figure(case, watch, n=n, state_bytes=state_bytes(walk.loop))
