"""A step that dies between any two of its statements leaves nothing half-written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

import engine
from engine import Database, MovableClock, Session, deliveries
from engine.database import Base
from tests.engine.conftest import House, Office
from tests.engine.drawing import (
    boundary,
    call,
    choice,
    diagram,
    end,
    flow,
    path,
    service,
    start,
    user,
)


class Killed(Exception):
    """The process was killed here."""


@contextmanager
def killed_at(database: Database, statement: int) -> Iterator[list[int]]:
    """Die before the statement of that number, transactions' own not counted."""
    seen: list[int] = []

    def count(_conn: object, _cursor: object, sql: str, *_: object) -> None:
        if sql.startswith(("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            return
        seen.append(1)
        if len(seen) == statement:
            raise Killed(sql)

    event.listen(database.sql, "before_cursor_execute", count)
    try:
        yield seen
    finally:
        event.remove(database.sql, "before_cursor_execute", count)


def everything(database: Database) -> dict[str, list[Any]]:
    """Return every row of the engine's tables."""
    with database.read() as session:
        return {
            table.name: sorted(
                map(tuple, session.execute(text(f"SELECT * FROM {table.name}")).all()), key=repr
            )
            for table in Base.metadata.sorted_tables
            if table.name.startswith("engine_")
        }


CHILD = diagram("child", start(), user("do"), end(), path("begin", "do", "end"))
PARENT = diagram(
    "parent",
    start(),
    user("plan", "again", "go"),
    boundary("nag", "plan", cycle="R/P1D"),
    service("ring", "note"),
    end("rung"),
    path("nag", "ring", "rung"),
    choice("way", default="plan"),
    service("log", "note"),
    call("units", "child", items="units", item="unit"),
    end(),
    path("begin", "plan", "way", "plan"),
    flow("way", "log", 'outcome == "go"'),
    path("log", "units", "end"),
)


@pytest.mark.parametrize("outcome", ["again", "go"])
def test_a_persons_step_happens_whole_or_not_at_all(
    office: Office, database: Database, house: House, outcome: str
) -> None:
    office.deploy(CHILD)
    office.deploy(PARENT)
    office.start("parent")
    task = office.task("plan")
    before = everything(database)

    def work(session: Session) -> None:
        open_task = engine.open_task(session, task.id)
        engine.complete(session, open_task, outcome, {"units": [1, 2]}, by="person:1")

    kills = _kill_everywhere(database, work, before)

    assert kills >= 6
    assert everything(database) != before
    with database.read() as session:
        assert engine.verify_history(session) == []


def test_a_timer_fires_whole_or_not_at_all(
    office: Office, database: Database, clock: MovableClock
) -> None:
    office.deploy(CHILD)
    office.deploy(PARENT)
    office.start("parent")
    clock.move(timedelta(days=3))
    before = everything(database)

    with pytest.raises(RuntimeError, match="power"):
        database.write(_wake_and_die)

    assert everything(database) == before
    assert office.wake() == 1


def test_the_end_of_a_child_reaches_its_parent_whatever_dies(
    office: Office, database: Database
) -> None:
    office.deploy(CHILD)
    office.deploy(PARENT)
    office.start("parent")
    office.complete("plan", "go", units=[1])
    courier, database.courier = database.courier, None
    office.complete("do")
    database.courier = courier
    with database.read() as session:
        (letter,) = session.execute(text("SELECT id FROM engine_delivery")).scalars()
    before = everything(database)

    kills = _kill_everywhere(
        database, lambda session: deliveries.deliver_one(session, letter), before
    )

    assert kills >= 5
    assert office.ends() == ["completed", "completed"]


def _wake_and_die(session: Session) -> None:
    engine.wake_due(session)
    raise RuntimeError("power cut")


def _kill_everywhere(database: Database, work: Any, before: dict[str, list[Any]]) -> int:
    """Die at each statement in turn until the work gets through; return how often it died."""
    for statement in range(1, 100):
        with killed_at(database, statement) as seen:
            try:
                database.write(work)
            except Killed:
                pass
            else:
                return len(seen)
        assert everything(database) == before
    raise AssertionError("it never gets through")
