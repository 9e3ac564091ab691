"""Reads a diagram, explores it within limits, and writes what is wrong as JSON."""

import os
import resource
import sys
from dataclasses import asdict
from typing import Final

import orjson

from engine.diagrams.model import Diagram
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
    resource.setrlimit(resource.RLIMIT_CPU, (WORK, WORK))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Reading takes what it took whoever asks, and a parser that is short of memory may call
    # the diagram wrong; only the search can grow without end.
    process = parse(sys.stdin.buffer.read(), Problems())
    diagram = None if process is None else read(process, Problems())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        tell(diagram)
    except (MemoryError, SystemError):
        # Python may find no memory even to say that there is none: then it raises SystemError.
        # What has filled the memory still hangs on the traceback; SystemExit would need more.
        os._exit(FULL)


def tell(diagram: Diagram | None) -> None:
    """Write what is wrong with a diagram, down to the last byte."""
    problems = [] if diagram is None else explore(diagram, LARGE)
    sys.stdout.buffer.write(orjson.dumps([asdict(problem) for problem in problems]))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
