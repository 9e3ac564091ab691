"""The search in a process of its own, which is killed if it needs too much."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import orjson

from engine.diagrams.model import Diagram
from engine.errors import Problem

HOME: Final = Path(__file__).parents[3]
PROGRAM: Final = (sys.executable, "-m", "engine.diagrams.soundness")
SECONDS: Final = 60.0
"""By the clock, for a machine that is busy; the process itself is held to far less work."""
FULL: Final = 3
"""How the process ends when it needs more memory than it may have."""


def explored_apart(
    diagram: Diagram, xml: bytes, program: tuple[str, ...] = PROGRAM, seconds: float = SECONDS
) -> list[Problem]:
    """Return what a process of its own finds, or that it found no end of it."""
    try:
        done = subprocess.run(  # noqa: S603 - this house's own program, without a shell
            program, input=xml, capture_output=True, cwd=HOME, timeout=seconds, check=True
        )
    except subprocess.TimeoutExpired:
        return [Problem("too_complex", diagram.process_id, diagram.name)]
    except subprocess.CalledProcessError as error:
        if error.returncode == FULL or error.returncode < 0:
            return [Problem("too_complex", diagram.process_id, diagram.name)]
        raise
    return [Problem(**each) for each in orjson.loads(done.stdout)]
