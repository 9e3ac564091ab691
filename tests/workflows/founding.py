"""Towns for tests: founded once on each database product, then copied for every test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import MovableClock, Registry, open_database
from tests.conftest import KEY, MONDAY_MORNING, POSTGRES_TEMPLATE, copied
from tests.postgres import PostgresServer, database_name
from tests.workflows.town import Town, found_town, town_in
from workflows import processes, settings


@pytest.fixture(scope="session")
def sqlite_town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file with a town in it, to be copied."""
    path = tmp_path_factory.mktemp("town") / "town.sqlite"
    shutil.copy(sqlite_template, path)
    founded(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_town(postgres: PostgresServer) -> str:
    """Return the name of a PostgreSQL database with a town in it, to be copied."""
    url = postgres.create(template=POSTGRES_TEMPLATE)
    founded(url)
    return database_name(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def town_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a database of the test's own with a town in it."""
    yield from copied(request, tmp_path, sqlite="sqlite_town", postgresql="postgres_town")


@pytest.fixture
def town(town_url: str, clock: MovableClock, registry: Registry) -> Iterator[Town]:
    """Give a town with its office, three departments and everybody in them."""
    database = open_database(town_url, registry, clock=clock, key=KEY)
    yield town_in(database, clock)
    database.sql.dispose()


@pytest.fixture
def small_town(
    sqlite_town: Path, tmp_path: Path, clock: MovableClock, registry: Registry
) -> Iterator[Town]:
    """Give a town on SQLite, where no SQL matters."""
    path = shutil.copy(sqlite_town, tmp_path / "small.sqlite")
    database = open_database(f"sqlite:///{path}", registry, clock=clock, key=KEY)
    yield town_in(database, clock)
    database.sql.dispose()


@pytest.fixture
def unreviewed(town: Town) -> None:
    """Let an administrator of the town change diagrams and tables alone."""
    town.act("admin", settings.change, settings.REVIEWED, settings.NO)


def founded(url: str) -> None:
    """Found the town in a database."""
    clock = MovableClock(MONDAY_MORNING)
    database = open_database(url, processes.registry(), clock=clock, key=KEY)
    found_town(database, clock)
    database.sql.dispose()
