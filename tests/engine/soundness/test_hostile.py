"""The search ends in time, whatever is drawn, and leaves nothing behind."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine import Registry
from engine.diagrams.gate import check, reread
from engine.diagrams.soundness.apart import explored_apart
from engine.diagrams.soundness.dry_run import SMALL
from engine.diagrams.soundness.explore import explore
from engine.diagrams.soundness.search import Cap
from tests.engine.shapes import SHAPES
from tests.engine.soundness.hostile import HOSTILE, in_a_row

GOOD = in_a_row(1)
MUCH = HOSTILE["twenty tasks side by side"]
LIMITED = "from engine.diagrams.soundness import __main__ as run; run.{} = {}; run.main()"
ROOM = "int(open('/proc/self/statm').read().split()[0]) * 4096 + {}"
LITTLE = [kilobytes << 10 for kilobytes in (0, 200, 500, 1000, 1100, 2000)]
"""So much more than the program itself takes: each runs out somewhere else."""
HANGS = (sys.executable, "-c", "import time; time.sleep(60)")
EATS = [(sys.executable, "-c", LIMITED.format("MEMORY", ROOM.format(room))) for room in LITTLE]
WORKS = (sys.executable, "-c", LIMITED.format("WORK", 1))
CRASHES = (sys.executable, "-c", "raise SystemExit(1)")


def worked() -> float:
    """Return the seconds of work of this process and of those that it has started."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def held() -> tuple[int, str]:
    """Return how many files are open, and which processes were started and still exist."""
    files = list(Path("/proc/self/fd").iterdir())
    return len(files), Path("/proc/thread-self/children").read_text(encoding="ascii")


@pytest.mark.parametrize("name", HOSTILE)
def test_ends_in_time(name: str, registry: Registry) -> None:
    before = worked()

    problems = check(HOSTILE[name], registry)

    assert worked() - before < 5
    assert {problem.code for problem in problems} <= {"soundness_capped", "name_missing"}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_in_use_is_sound_and_small(shape: str) -> None:
    problems = explore(reread(SHAPES[shape]), Cap(SMALL.states, 60))

    told = [problem for problem in problems if problem.refuses or "shipped" in shape]
    assert [problem for problem in told if problem.code != "cuts_off"] == []  # it is meant


def test_says_how_far_it_has_looked() -> None:
    (capped,) = explore(reread(HOSTILE["any of twenty tasks"]), Cap(100, 5))

    assert (capped.code, capped.facts) == ("soundness_capped", {"count": 101})
    assert not capped.refuses


def test_a_process_of_its_own_says_the_same() -> None:
    for xml in (GOOD, HOSTILE["three hundred choices in a row"]):
        diagram = reread(xml)

        assert explored_apart(diagram, xml) == explore(diagram, Cap(20_000, 5))


@pytest.mark.parametrize(
    ("program", "seconds"), [(HANGS, 1), (WORKS, 60), *((eats, 60) for eats in EATS)]
)
def test_what_needs_too_much_is_killed(program: tuple[str, ...], seconds: float) -> None:
    before = held()

    (problem,) = explored_apart(reread(MUCH), MUCH, program, seconds)

    assert (problem.code, problem.element_id, problem.refuses) == ("too_complex", "p", True)
    assert held() == before


def test_a_search_that_crashes_lets_nothing_in() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        explored_apart(reread(GOOD), GOOD, CRASHES)
