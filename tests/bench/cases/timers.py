"""Very many timers that are due at once, and what a person feels of it."""

import multiprocessing
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from typing import Final

import engine
from engine import MovableClock, open_database
from tests.bench.drawn import REGISTRY, TIMED, deploy
from tests.bench.figures import KEY, Figure, Ground, Size
from tests.bench.loops import EngineLoop
from tests.bench.walks import Walk
from tests.bench.watches import Watch

PAUSE: Final = 0.02
"""How long the person thinks between two steps."""
LONGER: Final = timedelta(hours=2)


def timers(ground: Ground, size: Size) -> Iterator[Figure]:
    """Let all fire in a process of their own while a person goes on with another case."""
    ground.database.write(lambda session: deploy(session, TIMED))
    ground.in_bulk(
        size.timers,
        lambda session, n: engine.start(session, "timed", {}, key=f"timed {n}", by="person:1"),
    )
    ground.clock.move(LONGER)
    walk = Walk(EngineLoop(ground.database, "beside timers", 1))
    alone = _walked(walk, size.samples // 2)
    ours, theirs = multiprocessing.Pipe()
    arguments = (ground.url, ground.clock.now(), theirs)
    worker = multiprocessing.get_context("spawn").Process(target=fire, args=arguments)
    worker.start()
    theirs.close()  # now it is an error to wait for a worker that has died
    assert ours.recv() == "ready"
    ours.send("go")
    beside = Watch()
    while not ours.poll(PAUSE):
        beside.time(walk.next())
    watch, fired, seconds = ours.recv()
    worker.join()
    assert fired == size.timers
    costs = watch.costs()
    rate = round(fired / seconds, 1)
    yield Figure("timers: fire one", ground.name, fired, *costs, per_second=rate)
    yield ground.figure("timers: a person's step meanwhile", beside)
    yield ground.figure("timers: a person's step before", alone)


def fire(url: str, at: datetime, pipe: Connection) -> None:
    """Work as the worker does until nothing is due; tell what each turn and all have cost."""
    database = open_database(url, REGISTRY, clock=MovableClock(at), key=KEY)
    watch = Watch()
    fired: list[bool] = []
    pipe.send("ready")
    pipe.recv()
    began = time.perf_counter()
    while not fired or fired[-1]:
        watch.time(lambda: fired.append(engine.work_once(database)))
    pipe.send((watch, sum(fired), time.perf_counter() - began))
    database.sql.dispose()


def _walked(walk: Walk, steps: int) -> Watch:
    watch = Watch()
    for _ in range(steps):
        time.sleep(PAUSE)
        watch.time(walk.next())
    return watch
