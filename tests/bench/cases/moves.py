"""What it costs to move very many running cases to another version of their diagram."""

from collections.abc import Iterator
from functools import partial

import engine
from engine import Session
from tests.bench.drawn import version_of_moving
from tests.bench.figures import Figure, Ground, Size
from tests.bench.watches import Watch


def moves(ground: Ground, size: Size) -> Iterator[Figure]:
    """Look at what would move, then move all of them, each in its own transaction."""
    number = size.instances
    old = _deployed(ground, 1)
    ground.in_bulk(
        number,
        lambda session, n: engine.start(session, "moving", {}, key=f"moving {n}", by="person:1"),
    )
    new = _deployed(ground, 2)
    looks, goes = Watch(), Watch()
    with ground.database.read() as session:
        looks.time(lambda: engine.plan_migration(session, old, new))
    migrate = partial(engine.migrate_all, ground.database, old, new, by="admin", reason="bench")
    goes.time(migrate)
    with ground.database.read() as session:
        left = engine.plan_migration(session, old, new)
    assert not left.instances
    yield _each(ground, "migration: look at one", looks, number)
    yield _each(ground, "migration: move one", goes, number)


def _deployed(ground: Ground, version: int) -> int:
    def work(session: Session) -> int:
        return engine.deploy(session, version_of_moving(version), by="admin").id

    return ground.database.write(work)


def _each(ground: Ground, case: str, watch: Watch, number: int) -> Figure:
    """Return what one of so many costs on average: they are done at one go."""
    cpu, wall = watch.cpu[0], watch.wall[0]
    each = (round(cpu / number, 3), round(wall / number, 3), None)
    return Figure(case, ground.name, number, *each, per_second=round(number / wall * 1000, 1))
