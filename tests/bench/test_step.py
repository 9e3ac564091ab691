"""The bench itself: it measures every place that it is asked for, beside its floor."""

from functools import partial
from pathlib import Path

from sqlalchemy import event

from tests.bench.loops import Units
from tests.bench.step import Bench
from tests.postgres import PostgresServer

NAMES = {"engine", "domain", "floor-core", "floor-orm"}


def test_every_place_is_measured_beside_its_floor(postgres: PostgresServer) -> None:
    bench = Bench(postgres.create(), samples=3)

    rows = list(bench.run(rounds=(1, 12), units=(2,)))

    bench.close()
    places = {(row.rounds, row.units) for row in rows}
    assert places == {(1, 1), (12, 1), (10, 2)}
    assert {(row.engine, row.rounds, row.units) for row in rows} == {
        (name, *place) for name in NAMES for place in places
    }
    assert all(row.cpu_ms > 0 and 0 < row.wall_ms <= row.p95_ms for row in rows)
    assert all(0 < row.state_bytes < 10_000 for row in rows)


def test_a_step_sends_no_more_statements_than_it_needs(tmp_path: Path) -> None:
    bench = Bench(f"sqlite:///{tmp_path}/bench.sqlite", samples=1)
    loop = bench.loops(1, Units(bench.town, 1))["domain"]
    bench.advance(loop, 1)  # what is read once per process
    sent: list[object] = []
    event.listen(bench.house.sql, "before_cursor_execute", lambda *said: sent.append(said[2]))

    numbers = {}
    for step in loop.steps:
        with loop.database.read() as session:
            task_id = loop.find(session, step)
        sent.clear()
        loop.database.write(partial(loop.do, step=step, task_id=task_id))
        numbers[step] = len(sent)

    bench.close()
    assert numbers == {"report": 16, "confirm": 17, "review": 18}  # BEGIN is one of them
