"""An activity done for very many at once: as tasks of one case, and as cases of their own."""

from collections.abc import Callable, Iterator
from functools import partial
from uuid import UUID

import engine
from engine import Session, Task
from tests.bench.drawn import CROWD, deploy
from tests.bench.figures import Figure, Ground, Size
from tests.bench.watches import Watch
from tests.diagrams import UNITS

BY = "person:1"


def crowds(ground: Ground, size: Size) -> Iterator[Figure]:
    """Start both, then complete what waits, one after the other."""
    ground.database.write(lambda session: deploy(session, CROWD))
    yield from _figures(ground, "tasks", "crowd", {"people": list(range(size.crowd))}, ("yes",))
    units = {"units": list(range(size.crowd))}
    yield from _figures(ground, "calls", UNITS, units, ("sent", "accept"))


def _figures(
    ground: Ground, name: str, process: str, data: dict[str, list[int]], outcomes: tuple[str, ...]
) -> Iterator[Figure]:
    begins, number = Watch(), len(next(iter(data.values())))

    def begin(session: Session) -> None:
        engine.start(session, process, data, key=name, by=BY)

    begins.time(partial(ground.database.write, begin))
    state = ground.largest_state(name)
    yield ground.figure(f"{name}: start", begins, n=number, state_bytes=state)
    for outcome in outcomes:
        watch = Watch()
        for task in _open(ground, name):
            watch.time(partial(ground.database.write, _completion(task.id, outcome)))
        yield ground.figure(f"{name}: complete one ({outcome})", watch, state_bytes=state)
    with ground.database.read() as session:
        assert all(one.ended_at for one in engine.instances(session, name))


def _open(ground: Ground, key: str) -> list[Task]:
    with ground.database.read() as session:
        return list(engine.open_tasks(session, key))


def _completion(task_id: UUID, outcome: str) -> Callable[[Session], None]:
    def work(session: Session) -> None:
        engine.complete(session, engine.open_task(session, task_id), outcome, by=BY)

    return work
