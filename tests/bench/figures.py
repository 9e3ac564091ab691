"""A figure of the engine's bench, and on what ground and in what size it is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import text

from engine import Base, Database, MovableClock, Session, open_database
from tests.bench.drawn import REGISTRY
from tests.bench.watches import Watch

MONDAY_MORNING: Final = datetime(2020, 3, 2, 1, tzinfo=UTC)
KEY: Final = b"bench"
AT_ONCE: Final = 100
"""How much is done in one transaction on the way to what is measured."""
LARGEST: Final = text("SELECT max(length(state)) FROM engine_instance WHERE business_key = :key")


@dataclass(frozen=True)
class Figure:
    """What one case costs in the middle; with ``per_second``, what each of many costs."""

    case: str
    database: str
    n: int
    cpu_ms: float
    wall_ms: float
    p95_ms: float | None
    state_bytes: int | None = None
    per_second: float | None = None
    bench: str = "engine"


@dataclass(frozen=True)
class Size:
    """How much of everything is measured."""

    samples: int = 200
    elements: int = 500
    rules: int = 200
    timers: int = 10_000
    crowd: int = 500
    rounds: int = 10_000
    instances: int = 1_000


QUICK: Final = Size(samples=6, elements=20, rules=5, timers=12, crowd=5, rounds=40, instances=6)


class Ground:
    """A database with its tables, and the clock that is moved."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.clock = MovableClock(MONDAY_MORNING)
        self.database: Database = open_database(url, REGISTRY, clock=self.clock, key=KEY)
        Base.metadata.create_all(self.database.sql)

    @property
    def name(self) -> str:
        """Return which database it is."""
        return self.database.dialect

    def figure(
        self, case: str, watch: Watch, *, n: int | None = None, state_bytes: int | None = None
    ) -> Figure:
        """Return what a watch has seen here."""
        return Figure(case, self.name, n or len(watch.cpu), *watch.costs(), state_bytes)

    def in_bulk(self, number: int, work: Callable[[Session, int], object]) -> None:
        """Do something so many times, a hundred in one transaction."""
        for first in range(0, number, AT_ONCE):
            some = range(first, min(first + AT_ONCE, number))
            self.database.write(lambda session, some=some: [work(session, one) for one in some])

    def largest_state(self, key: str) -> int:
        """Return the size of the largest state of a business key."""
        with self.database.read() as session:
            return session.scalar(LARGEST, {"key": key}) or 0
