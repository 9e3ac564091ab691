"""The city whose office keeps the real ledger, in September 2019."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine import Database, MovableClock, Registry, Session, open_database
from tests import ledgers
from tests.conftest import KEY, POSTGRES_TEMPLATE
from tests.postgres import PostgresServer
from tests.workflows.imports.office import Office
from workflows import demo, processes
from workflows.imports import batches, finishing

DAY = datetime(2019, 9, 20, 1, tzinfo=UTC)
"""The day on which the real ledger was written."""


@pytest.fixture
def clock() -> MovableClock:
    """Stand on the ledger's own day."""
    return MovableClock(DAY)


@pytest.fixture
def registry() -> Registry:
    """Know imports as jobs, too."""
    return with_imports()


@pytest.fixture
def office(database: Database) -> Office:
    """Found the city with its units, its people and the shipped diagrams."""
    return found(database)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def imported(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """Give an office that has imported the real ledger, for tests that only look."""
    path = tmp_path_factory.mktemp("imported") / "duban.sqlite"
    shutil.copy(sqlite_template, path)
    url = f"sqlite:///{path}"
    if request.param == "postgresql":
        postgres: PostgresServer = request.getfixturevalue("postgres")
        url = postgres.create(template=POSTGRES_TEMPLATE)
    database = open_database(url, with_imports(), clock=MovableClock(DAY), key=KEY)
    office = found(database)
    office.brought(ledgers.real())
    yield office
    database.sql.dispose()


def with_imports() -> Registry:
    """Return the registry of the house with the import's job."""
    return processes.registry({batches.JOB: batches.run, finishing.JOB: finishing.finish})


def found(database: Database) -> Office:
    """Found the city in an empty database."""

    def work(session: Session) -> None:
        demo.raise_curtain(session, date(2019, 1, 1))
        processes.deploy_shipped(session)

    database.write(work)
    return Office(database)
