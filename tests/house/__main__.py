"""`python3 run.py check`: everything that keeps the house in shape, told one by one."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from run import HOUSE

PROGRAMS = Path(sys.executable).parent
FRONTEND = Path("web/frontend")
PYTHON_CHECKS = {
    "locks, translations, migrations": ("pytest", "-q", *HOUSE),
    "mypy": ("mypy",),
    "ruff": ("ruff", "check", "."),
    "ruff format": ("ruff", "format", "--check", "."),
    "import-linter": ("lint-imports",),
    "deptry": ("deptry", "."),
    "vulture": ("vulture",),
    "djlint": ("djlint", "web/templates", "--lint", "--quiet"),
}


class Verdict(NamedTuple):
    """What one check said."""

    name: str
    passed: bool
    words: str
    seconds: float


def ask(name: str, command: tuple[str, ...], folder: Path = Path()) -> Verdict:
    """Run one check and keep its words."""
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Verdict(name, done.returncode == 0, done.stdout, time.monotonic() - began)


def main() -> int:
    """Run every check, two at a time, and tell all that fail."""
    npm = os.environ.get("DUBAN_NPM", "npm").split(" ")
    with ThreadPoolExecutor(max_workers=2) as pool:
        asked = [
            pool.submit(ask, name, (str(PROGRAMS / program), *arguments))
            for name, (program, *arguments) in PYTHON_CHECKS.items()
        ]
        asked.append(pool.submit(ask, "front end", (*npm, "run", "lint"), FRONTEND))
        verdicts = []
        for answer in asked:
            verdicts.append(verdict := answer.result())
            print(f"  {'✓' if verdict.passed else '✗'} {verdict.name} ({verdict.seconds:.0f} s)")
            if not verdict.passed:
                print(verdict.words)
            sys.stdout.flush()
    failed = sum(not verdict.passed for verdict in verdicts)
    print(f"{len(verdicts) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
