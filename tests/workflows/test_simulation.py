"""A year of every source, by the real verbs and timers: nothing stuck, nothing without an owner."""

from pathlib import Path
from random import Random

import pytest

import engine
from engine import open_database
from tests.conftest import KEY
from workflows import processes, simulation
from workflows.errors import NotEmpty
from workflows.simulation import plan
from workflows.simulation.plan import SHARES
from workflows.tables import Source

EVERY_SOURCE = len(SHARES)


def test_every_source_of_the_seed_comes_in_a_year() -> None:
    assert {source for source, _ in SHARES} == set(Source)


def test_a_year_ends_with_a_reason_for_whatever_is_open(
    sqlite_template: Path, tmp_path: Path
) -> None:
    path = tmp_path / "year.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{path}", processes.registry(), key=KEY)
    days: list[object] = []

    simulation.simulate(database, 2019, 3, EVERY_SOURCE, lambda *told: days.append(told))

    with database.read() as session:
        account = simulation.account_of(session)
        breaks = [
            found
            for instance in engine.instances(session, "1")
            for found in engine.verify_history(session, instance.id)
        ]
    assert account.items >= EVERY_SOURCE
    assert account.wrong == []
    assert breaks == []
    with pytest.raises(NotEmpty):
        simulation.simulate(database, 2019, 3, 1, lambda *_: None)
    database.sql.dispose()


def test_the_same_seed_brings_the_same_matters() -> None:
    drawn = [plan.matters(2019, 50, Random(seed)) for seed in (7, 7, 8)]

    assert drawn[0] == drawn[1] != drawn[2]
