"""What the engine's own work costs: the gate, tables, steps, timers, crowds, loops, migrations."""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import workflows.tables  # noqa: F401 (its rows must be known before the tables are made)
from tests.bench.cases.crowds import crowds
from tests.bench.cases.gate import gate
from tests.bench.cases.moves import moves
from tests.bench.cases.rounds import rounds
from tests.bench.cases.steps import steps
from tests.bench.cases.tables import tables
from tests.bench.cases.timers import timers
from tests.bench.figures import QUICK, Figure, Ground, Size
from tests.bench.step import addresses

DATABASES: Final = ("sqlite", "postgresql")
CASES: Final[tuple[Callable[[Ground, Size], Iterator[Figure]], ...]] = (
    steps,
    timers,
    crowds,
    rounds,
    moves,
)


def measure(urls: Sequence[str], size: Size) -> Iterator[Figure]:
    """Measure the gate and tables, and on each database all else, each case after the other."""
    yield from gate(size)
    yield from tables(size)
    for url in urls:
        ground = Ground(url)
        for case in CASES:
            yield from case(ground, size)
        ground.database.sql.dispose()


def show(figure: Figure) -> None:
    """Print one figure."""
    slow = "" if figure.p95_ms is None else f"  p95 {figure.p95_ms:>8.2f}"
    rate = "" if figure.per_second is None else f"  {figure.per_second:>7.1f} a second"
    size = "" if figure.state_bytes is None else f"  {figure.state_bytes:>6} bytes"
    print(
        f"{figure.database:<11}{figure.case:<36}n {figure.n:>6}  cpu {figure.cpu_ms:>8.2f}"
        f"  wall {figure.wall_ms:>8.2f}{slow} ms{size}{rate}",
        flush=True,
    )


def write(path: Path, figures: Sequence[Figure]) -> None:
    """Write figures to a file."""
    rows = [asdict(figure) for figure in figures]
    path.write_text(json.dumps(rows, indent=2) + "\n")


def main(arguments: Sequence[str]) -> int:
    """Measure, show, and write the figures to a file."""
    parser = argparse.ArgumentParser(prog="run.py bench engine", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write the figures")
    parser.add_argument("--quick", action="store_true", help="a little of everything, to try it")
    parser.add_argument("--only", choices=DATABASES, help="one of the two databases")
    options = parser.parse_args(arguments)
    figures: list[Figure] = []
    with addresses() as urls:
        wanted = [url for url in urls if url.startswith(options.only or DATABASES)]
        for figure in measure(wanted, QUICK if options.quick else Size()):
            show(figure)
            figures.append(figure)
            if options.json:  # each time, for whoever loses patience
                write(options.json, figures)
    return 0
