"""A database on SQLite that is put back to how it was: in milliseconds, however much it held."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import wraps
from typing import ClassVar, Protocol, Self, TypeVar
from weakref import WeakKeyDictionary

from engine import Database


class Watch:
    """Tells whether a database still stands at the moment that it was put back to last."""

    _known: ClassVar[WeakKeyDictionary[Database, "Watch"]] = WeakKeyDictionary()

    def __init__(self, database: Database) -> None:
        self._connection = sqlite3.connect(str(database.sql.url.database))
        self._stood: tuple[Moment | None, int] = None, 0

    @classmethod
    def over(cls, database: Database) -> Self:
        """Return the one that watches a database."""
        if database not in cls._known:
            cls._known[database] = cls(database)
        return cls._known[database]

    def stands_at(self, moment: "Moment") -> bool:
        """Say whether nobody has written anything since."""
        return self._stood == (moment, self._version())

    def begin(self, moment: "Moment") -> None:
        """Note that the database stands at a moment now."""
        self._stood = moment, self._version()

    def _version(self) -> int:
        """Return what another connection's commit changes, and nothing else does."""
        ((version,),) = self._connection.execute("PRAGMA data_version").fetchall()
        return int(version)


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
        """Put the database back to this moment, unless nothing was written since it stood there.

        To put it back has every connection read the whole schema anew.
        """
        watch = Watch.over(self._database)
        if watch.stands_at(self):
            return
        with closing(sqlite3.connect(self._file)) as now:
            self._rows.backup(now)
        for kept, then in zip(self._kept_in_the_process(), self._read, strict=True):
            kept.clear()
            kept.update(then)
        watch.begin(self)

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
