"""Goes a loop one step at a time; looking for the next task isn't measured."""

from collections.abc import Callable

from engine import Session
from tests.bench.loops import EngineLoop


class Walk:
    """One case that goes round and round."""

    def __init__(self, loop: EngineLoop) -> None:
        self.loop = loop
        self._steps = 0

    def next(self) -> Callable[[], object]:
        """Return the next step, ready to be done."""
        step = self.loop.steps[self._steps % len(self.loop.steps)]
        self._steps += 1
        with self.loop.database.read() as session:
            task_id = self.loop.find(session, step)

        def work(session: Session) -> None:
            self.loop.do(session, step, task_id)

        return lambda: self.loop.database.write(work)
