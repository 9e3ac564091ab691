"""What single steps cost, collected."""

import resource
import time
from collections.abc import Callable
from statistics import median, quantiles


class Watch:
    """Collects what single steps cost."""

    def __init__(self) -> None:
        self.cpu: list[float] = []
        self.wall: list[float] = []

    def time(self, work: Callable[[], object]) -> None:
        """Do one step and note its cost."""
        cpu, wall = spent(), time.perf_counter()
        work()
        self.wall.append((time.perf_counter() - wall) * 1000)
        self.cpu.append((spent() - cpu) * 1000)

    def costs(self) -> tuple[float, float, float]:
        """Return what they cost in the middle, and all but the slowest of them by the clock."""
        worst = quantiles(self.wall, n=20)[-1] if len(self.wall) > 1 else self.wall[0]
        return round(median(self.cpu), 3), round(median(self.wall), 3), round(worst, 3)


def spent() -> float:
    """Return the seconds of work of this process, and of those that it has started and ended."""
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + others.ru_utime + others.ru_stime
