"""A database on SQLite that is put back to how it was: in milliseconds, however much it held."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import wraps
from typing import Protocol, TypeVar

from engine import Database


class Moment:
    """All that a database held when this was made, and what its process had read of it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file = str(database.sql.url.database)
        self._rows = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(self._file)) as now:
            now.backup(self._rows)
        self._read = [dict(each) for each in self._kept_in_the_process()]

    def return_to(self) -> None:
        """Put the database back to this moment."""
        with closing(sqlite3.connect(self._file)) as now:
            self._rows.backup(now)
        for kept, then in zip(self._kept_in_the_process(), self._read, strict=True):
            kept.clear()
            kept.update(then)

    def _kept_in_the_process(self) -> tuple[dict[int, object], ...]:
        """Return what a process keeps by the numbers of versions, which are given anew now."""
        return (
            self._database.plans,
            self._database.decisions,
            self._database.decision_tables,
            self._database.texts,
        )


Stops = dict[str, tuple[Moment, int]]
"""How the database was at each stop of a unit's item, and the item's number."""


class Walker(Protocol):
    """Whoever brings an item along its way, and may keep the stops."""

    database: Database
    unit: str
    item_id: int
    stops: Stops | None


W = TypeVar("W", bound=Walker)


def stop(way: Callable[[W], None]) -> Callable[[W], None]:
    """Go a way once; later return to where it ended, for a walker who keeps the stops."""

    @wraps(way)
    def go(walker: W) -> None:
        if walker.stops is None:
            way(walker)
            return
        here = f"{way.__module__}.{way.__qualname__} {walker.unit}"
        if here not in walker.stops:
            way(walker)
            walker.stops[here] = Moment(walker.database), walker.item_id
        moment, walker.item_id = walker.stops[here]
        moment.return_to()

    return go
