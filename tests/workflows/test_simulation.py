"""A year of every source, by the real verbs and timers: nothing stuck, nothing without an owner."""

from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

import engine
from engine import open_database
from tests.conftest import KEY
from web import worker
from workflows import processes, simulation
from workflows.errors import NotEmpty
from workflows.simulation import plan
from workflows.simulation.plan import SHARES
from workflows.tables import (
    Assessment,
    AssessmentState,
    Publication,
    PublicationKind,
    PublicationState,
    Source,
)

EVERY_SOURCE = len(SHARES)
OUT = Publication.state == PublicationState.ISSUED


def test_every_source_of_the_seed_comes_in_a_year() -> None:
    assert {source for source, _ in SHARES} == set(Source)


def test_a_year_ends_with_a_reason_for_whatever_is_open(
    sqlite_template: Path, tmp_path: Path
) -> None:
    path = tmp_path / "year.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{path}", processes.registry(worker.indoors()), key=KEY)
    days: list[object] = []

    played = simulation.simulate(
        database,
        2019,
        3,
        EVERY_SOURCE,
        lambda *told: days.append(told),
        brings_out=date(2019, 11, 1),
    )

    with database.read() as session:
        account = simulation.account_of(session)
        brought_out = set(session.scalars(select(Publication.kind).where(OUT)))
        quarters = set(session.scalars(select(Assessment.state)))
        breaks = [
            found
            for instance in engine.instances(session, "1")
            for found in engine.verify_history(session, instance.id)
        ]
    assert account.items >= EVERY_SOURCE
    assert account.wrong == []
    assert breaks == []
    assert {PublicationKind.MONTHLY, PublicationKind.QUARTERLY} <= brought_out
    assert quarters == {AssessmentState.FINAL}
    assert played.memory.commended
    with pytest.raises(NotEmpty):
        simulation.simulate(database, 2019, 3, 1, lambda *_: None)
    database.sql.dispose()


def test_the_same_seed_brings_the_same_matters() -> None:
    drawn = [plan.matters(2019, 50, Random(seed)) for seed in (7, 7, 8)]

    assert drawn[0] == drawn[1] != drawn[2]
