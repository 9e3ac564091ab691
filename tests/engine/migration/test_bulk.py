"""A whole version: what would move, and what has moved."""

import pytest

import engine
from engine import Database
from tests.engine.conftest import Office
from tests.engine.migration.drafts import ABC, row
from tests.engine.migration.moving import deployed


def test_a_plan_says_of_each_instance_whether_it_moves(office: Office) -> None:
    (old,) = deployed(office, ABC)
    for key in "12345":
        office.start("p", key)
    office.complete("a", key="2")
    office.complete("a", key="5")
    office.complete("b", key="5")
    (new,) = deployed(office, row("a", "x", "c"))

    with office.database.read() as session:
        plan = engine.plan_migration(session, old, new)

    assert [one.business_key for one in plan.moves] == ["1", "3", "4", "5"]
    assert [(one.business_key, one.reason.code) for one in plan.stays if one.reason] == [
        ("2", "element_gone")
    ]
    assert (plan.gone, plan.new) == (("b",), ("x",))
    assert [one.at for one in plan.instances] == [("a",), ("b",), ("a",), ("a",), ("c",)]
    assert plan.elements["c"] == "c"


def test_all_are_moved_that_can_be_and_the_rest_is_told(office: Office) -> None:
    (old,) = deployed(office, ABC)
    for key in range(7):
        office.start("p", str(key))
    office.complete("a", key="3")
    office.complete("a", key="4")
    (new,) = deployed(office, row("a", "x", "c"))
    heard: list[tuple[int, int]] = []

    def hear(so_far: engine.Migrated) -> None:
        heard.append((so_far.seen, so_far.total))

    told = engine.migrate_all(office.database, old, new, by="admin", progress=hear)

    assert (told.total, told.moved, told.passed) == (7, 5, 0)
    assert {one.code for one in told.stayed.values()} == {"element_gone"}
    assert heard == [(7, 7)]
    assert {office.instances(str(key))[0].definition_id for key in (3, 4)} == {old}
    assert {office.instances(str(key))[0].definition_id for key in (0, 6)} == {new}


def test_only_those_that_were_chosen_are_moved(office: Office) -> None:
    (old,) = deployed(office, ABC)
    for key in range(3):
        office.start("p", str(key))
    (new,) = deployed(office, row("a", "x", "c"))
    chosen = office.instances("1")[0].id

    told = engine.migrate_all(office.database, old, new, by="admin", only={chosen})

    assert (told.total, told.moved, told.gone) == (1, 1, [chosen])
    assert [office.instances(str(key))[0].definition_id for key in range(3)] == [old, new, old]


def test_done_again_it_goes_on_with_those_that_are_left(
    office: Office, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.migration.bulk.BATCH", 2)
    (old,) = deployed(office, ABC)
    for key in range(6):
        office.start("p", str(key))
    (new,) = deployed(office, row("a", "b", "x", "c"))

    def killed(told: engine.Migrated) -> None:
        if told.moved == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.migrate_all(database, old, new, by="admin", progress=killed)
    told = engine.migrate_all(database, old, new, by="admin")

    assert (told.total, told.moved) == (2, 2)
    for key in range(6):
        for step in ("a", "b", "x", "c"):
            office.complete(step, key=str(key))
        assert office.ends(str(key)) == ["completed"]
    with database.read() as session:
        assert engine.verify_history(session) == []
