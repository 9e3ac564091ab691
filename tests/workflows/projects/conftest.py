"""The town in which projects are built; papers lie in a directory of the test's own.

Most of it is arithmetic and verbs: one database product will do. What sorts and lights by SQL
is tried on either.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import MovableClock, Registry, open_database
from tests.conftest import KEY
from tests.workflows.founding import postgres_town, sqlite_town, town
from tests.workflows.founding import town_url as either_url
from tests.workflows.town import Town, town_in

__all__ = ["either_url", "postgres_town", "sqlite_town", "town"]


@pytest.fixture
def town_url(sqlite_town: Path, tmp_path: Path) -> str:
    """Give the address of a SQLite database of the test's own with a town in it."""
    path = tmp_path / "projects.sqlite"
    shutil.copy(sqlite_town, path)
    return f"sqlite:///{path}"


@pytest.fixture
def either_town(either_url: str, clock: MovableClock, registry: Registry) -> Iterator[Town]:
    """Give a town on either database product."""
    database = open_database(either_url, registry, clock=clock, key=KEY)
    yield town_in(database, clock)
    database.sql.dispose()


@pytest.fixture(autouse=True)
def papers_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep papers where the test is."""
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path))
