"""The city whose office keeps the real ledger, in September 2019."""

from datetime import UTC, date, datetime

import pytest

from engine import Database, MovableClock
from tests.workflows.imports.office import Office
from workflows import demo, processes
from workflows.imports import batches


@pytest.fixture
def clock() -> MovableClock:
    """Stand on the day on which the real ledger was written."""
    return MovableClock(datetime(2019, 9, 20, 1, tzinfo=UTC))


@pytest.fixture
def registry() -> processes.Registry:
    """Know imports as jobs, too."""
    return processes.registry({batches.JOB: batches.run})


@pytest.fixture
def office(database: Database) -> Office:
    """Found the city with its units, its people and the shipped diagrams."""

    def found(session: processes.Session) -> None:
        demo.raise_curtain(session, date(2019, 1, 1))
        processes.deploy_shipped(session)

    database.write(found)
    return Office(database)
