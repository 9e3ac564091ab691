"""Reads a diagram, explores it within limits, and writes what is wrong as JSON."""

import resource
import sys
from dataclasses import asdict
from typing import Final

import orjson

from engine.diagrams.read import Problems, read
from engine.diagrams.soundness.apart import FULL
from engine.diagrams.soundness.explore import explore
from engine.diagrams.soundness.search import Cap
from engine.diagrams.vocabulary import parse

LARGE: Final = Cap(states=20_000, seconds=2)
MEMORY: Final = 1 << 30
WORK: Final = 10
"""Seconds of work, with what it takes to start."""


def main() -> None:
    """Explore what comes in."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (WORK, WORK))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        process = parse(sys.stdin.buffer.read(), Problems())
        problems = [] if process is None else explore(read(process, Problems()), LARGE)
        told = orjson.dumps([asdict(problem) for problem in problems])
    except MemoryError:
        sys.exit(FULL)
    sys.stdout.buffer.write(told)


if __name__ == "__main__":
    main()
