"""The bench itself: it measures every place that it is asked for, beside its floor."""

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
