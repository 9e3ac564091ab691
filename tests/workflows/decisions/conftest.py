"""The town that tests of decisions play in; where no SQL matters, on SQLite only."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import MovableClock, Registry, open_database
from tests.conftest import KEY
from tests.workflows.founding import postgres_town, sqlite_town, town, town_url
from tests.workflows.town import Town, town_in

__all__ = ["postgres_town", "sqlite_town", "town", "town_url"]


@pytest.fixture
def small_town(
    sqlite_town: Path, tmp_path: Path, clock: MovableClock, registry: Registry
) -> Iterator[Town]:
    """Give a town on SQLite."""
    path = shutil.copy(sqlite_town, tmp_path / "small.sqlite")
    database = open_database(f"sqlite:///{path}", registry, clock=clock, key=KEY)
    yield town_in(database, clock)
    database.sql.dispose()
