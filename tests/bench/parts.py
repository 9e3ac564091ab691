"""Splits a step into its parts: each is told without those inside it."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from pkgutil import resolve_name
from typing import Any, Final
from unittest.mock import patch

from tests.bench.watches import Watch

REST: Final = "rest"
"""The session, the lines of history, and whatever no other part claims."""
PARTS: Final = {
    "engine.open_task": "lock",
    "engine.machine.thaw": "thaw",
    "engine.machine.Run.go": "run",
    "engine.machine.Token.run": "run",
    "engine.machine.freeze": "freeze",
    "engine.steps.stepping.save": "save",
    "engine.steps.stepping._write_back": "rows",
    "sqlalchemy.orm.SessionTransaction.commit": "commit",
}


class Splitter:
    """Counts the time of each part while it is the innermost one."""

    def __init__(self) -> None:
        self.watches: defaultdict[str, Watch] = defaultdict(Watch)
        self._inside: list[str] = []
        self._cpu: dict[str, float] = {}
        self._wall: dict[str, float] = {}
        self._since = (0.0, 0.0)

    def time(self, work: Callable[[], object]) -> None:
        """Do one step and note what each of its parts costs."""
        names: Sequence[str] = [REST, *PARTS.values()]
        self._cpu, self._wall = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
        with self._part(REST):
            work()
        for name in self._cpu:
            self.watches[name].cpu.append(self._cpu[name] * 1000)
            self.watches[name].wall.append(self._wall[name] * 1000)

    @contextmanager
    def splitting(self) -> Iterator[None]:
        """Listen to the parts as long as the block lasts."""
        with ExitStack() as stack:
            for target, name in PARTS.items():
                listened = self._listened(resolve_name(target), name)
                stack.enter_context(patch(target, listened))
            yield

    def _listened(self, original: Callable[..., Any], name: str) -> Callable[..., Any]:
        @wraps(original)
        def listened(*arguments: Any, **named: Any) -> Any:
            with self._part(name):
                return original(*arguments, **named)

        return listened

    @contextmanager
    def _part(self, name: str) -> Iterator[None]:
        self._settle()
        self._inside.append(name)
        try:
            yield
        finally:
            self._settle()
            self._inside.pop()

    def _settle(self) -> None:
        """Give the time since the last change to the part that was innermost."""
        cpu, wall = time.process_time(), time.perf_counter()
        if self._inside:
            self._cpu[self._inside[-1]] += cpu - self._since[0]
            self._wall[self._inside[-1]] += wall - self._since[1]
        self._since = (cpu, wall)
