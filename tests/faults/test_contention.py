"""Sixteen workers at once, on the same task and on different tasks of one item."""

from collections import Counter
from uuid import UUID

import pytest

import engine
from engine import Database, Instance, Session, open_database
from tests.diagrams import LOOP, REGISTRY, UNITS, deploy_loop
from tests.faults.crowd import WORKERS, crowd

pytestmark = pytest.mark.faults

KEY = b"the key of the tests' history chain"
CASES = 12
ROUNDS = 3


def opened(url: str) -> Database:
    """Open the database as each of the crowd's processes does."""
    return open_database(url, REGISTRY, key=KEY)


def report(database: Database, worker: int, task_id: UUID) -> str:
    """Complete a task as one of the workers."""
    by = f"person:{worker}"

    def work(session: Session) -> None:
        task = engine.open_task(session, task_id)
        engine.complete(session, task, "sent", {"worker": worker}, by=by)

    database.write(work)
    return by


def handle_own_unit(database: Database, worker: int, key: str) -> int:
    """Play the rounds of the unit that has the worker's number; count what was acknowledged."""
    outcomes = ["sent", "return"] * (ROUNDS - 1) + ["sent", "accept"]
    for outcome in outcomes:
        with database.read() as session:
            mine = {one.id for one in engine.instances(session, key) if one.item == worker}
            task_id = next(t.id for t in engine.open_tasks(session, key) if t.instance_id in mine)

        def work(session: Session, task_id: UUID = task_id, outcome: str = outcome) -> None:
            task = engine.open_task(session, task_id)
            engine.complete(session, task, outcome, by=f"person:{worker}")

        database.write(work)
    return len(outcomes)


def start_cases(session: Session) -> list[UUID]:
    """Start cases; return the one open task of each."""
    deploy_loop(session)
    for number in range(CASES):
        engine.start(session, LOOP, {"unit": 1}, key=f"case-{number}", by="tests")
    return [engine.open_tasks(session, f"case-{number}")[0].id for number in range(CASES)]


def test_a_task_is_completed_by_one_of_sixteen(database: Database) -> None:
    tasks = database.write(start_cases)

    deeds = crowd(database.url, opened, report, tasks)

    done = Counter(deed.about for deed in deeds if deed.answer)
    assert done == dict.fromkeys(tasks, 1)
    refused = Counter(deed.refusal for deed in deeds if deed.refusal)
    assert refused == {"TaskClosed": CASES * (WORKERS - 1)}


def test_history_names_the_one_who_was_told_that_he_did_it(database: Database) -> None:
    tasks = database.write(start_cases)

    deeds = crowd(database.url, opened, report, tasks)

    told = {deed.about: deed.answer for deed in deeds if deed.answer}
    with database.read() as session:
        assert {task: engine.find_task(session, task).closed_by for task in tasks} == told
        assert engine.verify_history(session) == []


def test_sixteen_units_of_one_item_lose_nothing(database: Database) -> None:
    database.write(deploy_loop)
    units = {"units": list(range(WORKERS))}
    database.write(lambda s: engine.start(s, UNITS, units, key="item", by="tests"))

    deeds = crowd(database.url, opened, handle_own_unit, ["item"])

    assert [deed.refusal for deed in deeds] == [None] * WORKERS
    assert sum(deed.answer for deed in deeds) == WORKERS * ROUNDS * 2
    worker = opened(database.url)  # a letter that has to wait for an earlier one is the worker's
    while engine.work_once(worker):
        pass
    worker.sql.dispose()
    root, *children = ends_of(database, "item")
    assert children == ["completed"] * WORKERS
    assert root == "completed"


def ends_of(database: Database, key: str) -> list[str | None]:
    """Deliver what is left, and return how the instances ended, the root first."""
    while engine.work_once(database):
        pass
    with database.read() as session:
        instances: list[Instance] = list(engine.instances(session, key))
        assert engine.verify_history(session) == []
        assert engine.open_tasks(session, key) == []
    return [instance.end for instance in instances]
