"""What one durable step of a report–review loop costs, early and late, with few units and many."""

import argparse
import gc
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import workflows.tables  # noqa: F401 (its rows must be known before the tables are made)
from engine import Base, MovableClock, Session, open_database
from tests.bench.floor import CoreFloor, OrmFloor, lay
from tests.bench.loops import DomainLoop, EngineLoop, Loop, Units, play, state_bytes
from tests.bench.watches import Watch
from tests.diagrams import REGISTRY, deploy_loop
from tests.postgres import running_postgres
from tests.workflows.town import Town, found_town
from workflows import processes

ROUNDS = (1, 10, 50, 200, 1000, 5000)
UNITS = (10, 50, 200)
ROUND_OF_UNITS = 10
MANY_UP_TO = 10
SAMPLES = 30
FLOORS = 2  # floor steps for each round
AT_ONCE = 25  # rounds in one transaction on the way to the next that is measured
MONDAY_MORNING = datetime(2020, 3, 2, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """What was measured at one place."""

    bench: str
    engine: str
    database: str
    rounds: int
    units: int
    cpu_ms: float
    wall_ms: float
    p95_ms: float
    state_bytes: int


class Bench:
    """One database with everything that is measured on it.

    It is opened twice: the engine alone knows nothing of the domain's listener.
    """

    def __init__(self, url: str, samples: int = SAMPLES) -> None:
        clock = MovableClock(MONDAY_MORNING)
        self.alone = open_database(url, REGISTRY, clock=clock, key=b"bench")
        self.house = open_database(url, processes.registry(), clock=clock, key=b"bench")
        Base.metadata.create_all(self.alone.sql)
        lay(self.alone)
        self.samples = samples
        self.floors = (CoreFloor(self.alone), OrmFloor(self.alone))
        self.town: Town = found_town(self.house, clock)
        self.alone.write(deploy_loop)
        self._keys = 0

    def close(self) -> None:
        """Let go of the database."""
        self.alone.sql.dispose()
        self.house.sql.dispose()

    def loops(self, units: int, houses: Units) -> dict[str, Loop]:
        """Start the two loops with that many units."""
        self._keys += 1
        return {
            "engine": EngineLoop(self.alone, f"bench-{self._keys}", units),
            "domain": DomainLoop(self.town, houses, units),
        }

    def advance(self, loop: Loop, rounds: int) -> None:
        """Play rounds that aren't measured."""
        while rounds > 0:
            at_once = min(rounds, AT_ONCE)
            loop.database.write(lambda session, n=at_once: play(loop, session, n))
            rounds -= at_once

    def prepare(self, rounds: int, units: int, houses: Units) -> "Place":
        """Start loops and play them up to the round that is measured.

        Up to the tenth round each sample is another loop's very round; later on they are
        rounds that follow each other, for they differ by little.
        """
        many = self.samples if rounds <= MANY_UP_TO and units == 1 else 1
        cohorts = [self.loops(units, houses) for _ in range(many)]
        for cohort in cohorts:
            for loop in cohort.values():
                self.advance(loop, rounds - 1)
        sizes = {name: state_bytes(loop) for name, loop in cohorts[0].items()}
        return Place(rounds, units, cohorts, sizes)

    def measure(self, places: Sequence["Place"]) -> None:
        """Measure one round of each place after the other, as often as there are samples.

        So a machine that is slow for a while is slow for all of them alike.
        """
        gc.collect()
        for sample in range(self.samples):
            for place in places:
                cohort = place.cohorts[sample % len(place.cohorts)]
                for name, loop in cohort.items():
                    self._measure_round(place.watches[name], loop)
                for case_id, floor in enumerate(self.floors, start=1):
                    watch, size = place.watches[floor.name], place.sizes["engine"]
                    for _ in range(FLOORS):
                        watch.time(lambda f=floor, c=case_id, s=size: f.step(c, s))

    def _measure_round(self, watch: Watch, loop: Loop) -> None:
        for step in loop.steps:
            with loop.database.read() as session:
                task_id = loop.find(session, step)

            def work(session: Session, step: str = step, task_id: UUID = task_id) -> None:
                loop.do(session, step, task_id)

            watch.time(lambda work=work: loop.database.write(work))

    def run(self, rounds: Sequence[int], units: Sequence[int]) -> Iterator[Row]:
        """Measure everything that is asked."""
        houses = Units(self.town, max(units, default=1))
        self.measure([self.prepare(MANY_UP_TO + 1, 1, houses)])  # to warm up
        places = [self.prepare(mark, 1, houses) for mark in rounds]
        places += [self.prepare(ROUND_OF_UNITS, number, houses) for number in units]
        self.measure(places)
        for place in places:
            yield from place.rows(self.alone.dialect)


@dataclass
class Place:
    """A round and a number of units, with the loops that stand there."""

    rounds: int
    units: int
    cohorts: list[dict[str, Loop]]
    sizes: dict[str, int]
    watches: dict[str, Watch] = field(default_factory=lambda: defaultdict(Watch))

    def rows(self, database: str) -> Iterator[Row]:
        """Return what was measured here."""
        for name, watch in self.watches.items():
            size = self.sizes.get(name, self.sizes["engine"])
            yield Row("step", name, database, self.rounds, self.units, *watch.costs(), size)


@contextmanager
def addresses() -> Iterator[tuple[str, str]]:
    """Give the address of an empty database of either kind, as durable as in earnest."""
    with tempfile.TemporaryDirectory() as folder, running_postgres(durable=True) as postgres:
        yield f"sqlite:///{folder}/bench.sqlite", postgres.create()


def show(row: Row) -> None:
    """Print one row."""
    print(
        f"{row.database:<11}{row.engine:<12}round {row.rounds:>5} units {row.units:>4}"
        f"  cpu {row.cpu_ms:>7.2f}  wall {row.wall_ms:>7.2f}  p95 {row.p95_ms:>7.2f} ms"
        f"  {row.state_bytes:>6} bytes",
        flush=True,
    )


def main(arguments: Sequence[str]) -> int:
    """Measure, show, and write the rows to a file."""
    parser = argparse.ArgumentParser(prog="run.py bench step", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write the rows")
    options = parser.parse_args(arguments)
    rows: list[dict[str, Any]] = []
    with addresses() as urls:
        for url in urls:
            bench = Bench(url)
            for row in bench.run(ROUNDS, UNITS):
                show(row)
                rows.append(asdict(row))
            bench.close()
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n")
    return 0
