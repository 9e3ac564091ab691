"""The engine's bench itself: it measures every case on both databases; no time is judged."""

import json
from pathlib import Path

from tests.bench import engine
from tests.bench.figures import QUICK, Figure
from tests.postgres import PostgresServer

SHAPE = {
    "bench",
    "case",
    "database",
    "n",
    "cpu_ms",
    "wall_ms",
    "p95_ms",
    "state_bytes",
    "per_second",
}
WITHOUT_DATABASE = {"check", "parse", "decide"}
WITH_DATABASE = {"start", "step", "floor-core", "floor-orm", "timers", "tasks", "calls", "rounds"}
PARTS = {"lock", "thaw", "run", "freeze", "save", "rows", "commit", "rest"}


def cases(figures: list[Figure], database: str) -> set[str]:
    return {figure.case.split(":")[0] for figure in figures if figure.database == database}


def test_every_case_is_measured_on_both_databases(postgres: PostgresServer, tmp_path: Path) -> None:
    urls = (f"sqlite:///{tmp_path}/bench.sqlite", postgres.create())

    figures = list(engine.measure(urls, QUICK))

    assert cases(figures, "none") == WITHOUT_DATABASE
    for database in ("sqlite", "postgresql"):
        assert cases(figures, database) == {*WITH_DATABASE, "migration"}
        parts = {f.case for f in figures if f.database == database and f.case.startswith("step: ")}
        assert parts == {f"step: {part}" for part in PARTS}
    assert all(figure.n > 0 and figure.cpu_ms >= 0 and figure.wall_ms > 0 for figure in figures)


def test_the_figures_are_written_with_one_shape(tmp_path: Path) -> None:
    figure = Figure("step", "sqlite", 3, 1.0, 2.0, 3.0, state_bytes=123)
    path = tmp_path / "engine.json"

    engine.write(path, [figure])

    (row,) = json.loads(path.read_text())
    assert set(row) == SHAPE
    assert (row["bench"], row["case"], row["state_bytes"]) == ("engine", "step", 123)
