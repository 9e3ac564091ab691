"""What starting a case and one durable step cost, beside the floor, and part by part."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import engine
from engine import Session
from tests.bench.figures import Figure, Ground, Size
from tests.bench.floor import CoreFloor, OrmFloor, lay
from tests.bench.loops import EngineLoop, play, state_bytes
from tests.bench.parts import Splitter
from tests.bench.walks import Walk
from tests.bench.watches import Watch
from tests.diagrams import LOOP, deploy_loop

WARM: Final = 20


def steps(ground: Ground, size: Size) -> Iterator[Figure]:
    """Start cases, go on with one of them, and do the same once more part by part."""
    ground.database.write(deploy_loop)
    yield ground.figure("start", _starts(ground, size))
    lay(ground.database)
    loop = EngineLoop(ground.database, "step", 1)
    ground.database.write(lambda session: play(loop, session, WARM))
    walk, state, splitter = Walk(loop), state_bytes(loop), Splitter()
    floors = (CoreFloor(ground.database), OrmFloor(ground.database))
    watches = {name: Watch() for name in ("step", *(floor.name for floor in floors))}
    for _ in range(size.samples):
        watches["step"].time(walk.next())
        for case_id, floor in enumerate(floors, start=1):
            watches[floor.name].time(partial(floor.step, case_id, state))
        step = walk.next()
        with splitter.splitting():
            splitter.time(step)
    for name, watch in watches.items():
        yield ground.figure(name, watch, state_bytes=state)
    for name, watch in splitter.watches.items():
        yield ground.figure(f"step: {name}", watch)


def _starts(ground: Ground, size: Size) -> Watch:
    watch = Watch()
    for number in range(-WARM, size.samples):

        def work(session: Session, key: str = f"start {number}") -> None:
            engine.start(session, LOOP, {"unit": 1}, key=key, by="person:1")

        begin = partial(ground.database.write, work)
        if number < 0:
            begin()
        else:
            watch.time(begin)
    return watch
