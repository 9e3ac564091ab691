"""A town on SQLite for what is the same on either database, and one on each where it isn't."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import MovableClock, Registry, open_database
from tests.conftest import KEY
from tests.workflows.town import Town, town_in


@pytest.fixture
def either_town(town_url: str, clock: MovableClock, registry: Registry) -> Iterator[Town]:
    """Give the town on each database product."""
    database = open_database(town_url, registry, clock=clock, key=KEY)
    yield town_in(database, clock)
    database.sql.dispose()


@pytest.fixture
def town(
    sqlite_town: Path, tmp_path: Path, clock: MovableClock, registry: Registry
) -> Iterator[Town]:
    """Give the town on SQLite."""
    path = tmp_path / "ladder.sqlite"
    shutil.copy(sqlite_town, path)
    database = open_database(f"sqlite:///{path}", registry, clock=clock, key=KEY)
    yield town_in(database, clock)
    database.sql.dispose()
