"""What it costs to let a diagram in: parse it, and look for all that is wrong with it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import engine
from engine import Registry, diagrams, machine
from tests.bench.drawn import REGISTRY, large
from tests.bench.figures import Figure, Size
from tests.bench.watches import Watch
from workflows import processes

SHIPPED: Final = Path(__file__).parents[3] / "bpmn"
NO_DATABASE: Final = "none"


def gate(size: Size) -> Iterator[Figure]:
    """Check the shipped diagrams and a large one."""
    house = processes.registry()
    for path in sorted(SHIPPED.glob("*.bpmn")):
        yield from _figures(path.stem, path.read_bytes(), house, size)
    yield from _figures(f"{size.elements} elements", large(size.elements), REGISTRY, size)


def _figures(name: str, xml: bytes, registry: Registry, size: Size) -> Iterator[Figure]:
    samples = max(size.samples // 20, 3)
    checks, reads = Watch(), Watch()
    problems = engine.check(xml, registry)
    assert not any(problem.refuses for problem in problems), problems
    for _ in range(samples):
        checks.time(lambda: engine.check(xml, registry))
        reads.time(lambda: machine.plan(1, diagrams.reread(xml)))
    for case, watch in (("check", checks), ("parse", reads)):
        yield Figure(f"{case}: {name}", NO_DATABASE, samples, *watch.costs())
