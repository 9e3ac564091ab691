"""A move that dies, and moves while people work: nothing is lost, nothing half done."""

import threading
from collections import Counter
from contextlib import suppress
from itertools import count

import pytest

import engine
from engine import Database, EngineError, Session
from tests.engine.conftest import Office
from tests.engine.migration.drafts import ABC, LATE, row
from tests.engine.migration.moving import deployed
from tests.engine.test_kills import Killed, everything, killed_at

XABC = row("a", "b", "x", "c")
KEYS = [str(number) for number in range(12)]


@pytest.mark.parametrize("verb", ["migrate", "unmigrate"])
def test_a_move_that_dies_between_two_statements_was_none(office: Office, verb: str) -> None:
    deployed(office, LATE)
    instance = office.start("p")
    office.complete("a")
    (new,) = deployed(office, XABC)

    def moved(session: Session) -> None:
        engine.migrate(session, instance.id, new, by="admin")

    def back(session: Session) -> None:
        engine.unmigrate(session, instance.id, by="admin")

    work = moved
    if verb == "unmigrate":
        office.database.write(moved)
        work = back
    before = everything(office.database)
    for statement in count(1):
        try:
            with killed_at(office.database, statement):
                office.database.write(work)
        except Killed:
            assert everything(office.database) == before
        else:
            break
    assert statement > 8
    assert everything(office.database) != before


def test_all_are_moved_while_people_work(office: Office, database: Database) -> None:
    (old,) = deployed(office, ABC)
    for key in KEYS:
        office.start("p", key)
    (new,) = deployed(office, XABC)
    through: list[str] = []
    begun = threading.Barrier(3)

    def people(keys: list[str]) -> None:
        begun.wait()
        for step in ("a", "b"):
            for key in keys:
                office.complete(step, key=key)
        through.extend(keys)

    workers = [threading.Thread(target=people, args=(KEYS[part::2],)) for part in range(2)]
    for worker in workers:
        worker.start()
    begun.wait()
    told = engine.migrate_all(database, old, new, by="admin")
    for worker in workers:
        worker.join()
    again = engine.migrate_all(database, old, new, by="admin")

    assert sorted(through) == sorted(KEYS)
    assert told.moved + again.moved == len(KEYS)
    assert again.total == again.moved
    for key in KEYS:
        finish(office, key)
    with database.read() as session:
        assert engine.verify_history(session) == []


def finish(office: Office, key: str) -> None:
    """Do what is left: the new step too, unless it was passed before the move."""
    for step in ["x", "c"] if office.open(key) == ["x"] else ["c"]:
        office.complete(step, key=key)
    assert office.ends(key) == ["completed"]


def test_two_who_move_the_same_move_it_once(office: Office, database: Database) -> None:
    (old,) = deployed(office, ABC)
    for key in KEYS:
        office.start("p", key)
    (new,) = deployed(office, XABC)
    told: list[engine.Migrated] = []
    begun = threading.Barrier(2)

    def move() -> None:
        begun.wait()
        told.append(engine.migrate_all(database, old, new, by="admin"))

    workers = [threading.Thread(target=move) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(one.moved for one in told) == len(KEYS)
    kinds = Counter(kind for key in KEYS for kind in office.kinds(key))
    assert kinds["migrated"] == len(KEYS)


def test_who_completes_while_it_moves_comes_before_or_after(office: Office) -> None:
    deployed(office, ABC)
    instances = {key: office.start("p", key) for key in KEYS}
    (new,) = deployed(office, XABC)

    def move() -> None:
        for instance in instances.values():
            office.database.write(lambda s, i=instance: engine.migrate(s, i.id, new, by="admin"))

    mover = threading.Thread(target=move)
    mover.start()
    for key in reversed(KEYS):
        with suppress(EngineError):
            office.complete("a", key=key)
    mover.join()

    for key in KEYS:
        assert office.open(key) == ["b"]
        assert office.instances(key)[0].definition_id == new
