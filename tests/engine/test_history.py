"""The history: what it tells, and that no change to it goes unseen."""

from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Row, text
from sqlalchemy.exc import DBAPIError

import engine
from engine import Database, Session
from engine.tables import HISTORY, SQLITE_GUARDS
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
    sub,
    user,
)

LOOP = diagram(
    "loop",
    start(),
    sub(
        "inner",
        start("in"),
        user("write"),
        service("log", "note"),
        choice("again", default="write"),
        end("out"),
        path("in", "write", "log", "again", "write"),
        flow("again", "out", "done"),
    ),
    boundary("asked", "inner", message="ask"),
    user("answer"),
    end(),
    path("begin", "inner", "end"),
    path("asked", "answer", "end"),
    messages=["ask"],
)


@pytest.fixture
def instance_id(office: Office, house: House) -> UUID:
    """Give an instance with a history of some length."""
    office.deploy(LOOP)
    house.writes = {"done": False}
    instance = office.start("loop")
    office.complete("write")
    office.send("ask", instance_id=instance.id)
    office.complete("write")
    return instance.id


def test_tells_what_happened_in_order(office: Office, instance_id: UUID) -> None:
    assert office.kinds() == [
        "started",
        "opened write",
        "completed write",
        "operation log",
        "opened write",
        "message asked",
        "opened answer",
        "completed write",
        "operation log",
        "opened write",
    ]


def test_pages_through_a_long_history(
    office: Office, database: Database, instance_id: UUID
) -> None:
    with database.read() as session:
        first = engine.history(session, "1", limit=4)
        rest = engine.history(session, "1", after=first[-1].id)

    assert [entry.kind for entry in first] == ["started", "opened", "completed", "operation"]
    assert len(rest) == 6
    assert first[2].by == "person:1"


def test_the_trail_names_every_flow_that_was_walked(
    office: Office, database: Database, instance_id: UUID
) -> None:
    with database.read() as session:
        trail = engine.trail(session, instance_id)

    assert trail.walked == {
        "begin",
        "begin-inner",
        "inner",
        "in",
        "in-write",
        "write",
        "write-log",
        "log",
        "log-again",
        "again",
        "again-write",
        "asked",
        "asked-answer",
        "answer",
    }
    assert set(trail.open) == {"write", "answer"}
    assert trail.times == {"write": 3, "log": 2, "asked": 1, "answer": 1}


def test_the_trail_of_one_that_has_ended_has_nothing_open(
    office: Office, house: House, database: Database, instance_id: UUID
) -> None:
    house.writes = {"done": True}
    office.complete("write")
    office.complete("answer")

    with database.read() as session:
        trail = engine.trail(session, instance_id)

    assert {"again-out", "out", "inner-end", "answer-end", "end"} <= trail.walked
    assert trail.open == {}


def test_a_call_that_waits_is_open(office: Office, database: Database) -> None:
    office.deploy(diagram("child", start(), user("do"), end(), path("begin", "do", "end")))
    office.deploy(
        diagram("parent", start(), call("units", "child"), end(), path("begin", "units", "end"))
    )
    parent = office.start("parent")

    with database.read() as session:
        trail = engine.trail(session, parent.id)

    assert set(trail.open) == {"units"}


def test_a_history_that_nobody_touched_is_whole(database: Database, instance_id: UUID) -> None:
    with database.read() as session:
        assert engine.verify_history(session) == []
        assert engine.verify_history(session, instance_id) == []


@pytest.mark.parametrize(
    "change", ["UPDATE engine_history SET kind = 'x'", "DELETE FROM engine_history"]
)
def test_the_database_refuses_to_change_it(
    database: Database, instance_id: UUID, change: str
) -> None:
    with pytest.raises(DBAPIError, match="only added to"):
        database.write(lambda session: session.execute(text(change)))


FORGERIES = {
    "edit": "UPDATE engine_history SET facts = '{}' WHERE number = 3",
    "edit the way": "UPDATE engine_history SET way = '' WHERE number = 2",
    "backdate": "UPDATE engine_history SET at = '2019-01-01 00:00:00.000000' WHERE number = 4",
    "another person": "UPDATE engine_history SET \"by\" = 'person:9' WHERE number = 3",
    "delete": "DELETE FROM engine_history WHERE number = 5",
    "delete the tail": "DELETE FROM engine_history WHERE number > 8",
    "delete all": "DELETE FROM engine_history",
    "swap": "UPDATE engine_history SET number = CASE number WHEN 2 THEN -3 ELSE -2 END "
    "WHERE number IN (2, 3)",
    "cut the head": "UPDATE engine_instance SET history_length = 9",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_whoever_gets_past_the_guards_is_seen(
    database: Database, instance_id: UUID, forgery: str
) -> None:
    def forge(session: Session) -> None:
        _disarm(session)
        session.execute(text(FORGERIES[forgery]))
        session.execute(text("UPDATE engine_history SET number = -number WHERE number < 0"))

    database.write(forge)

    with database.read() as session:
        assert engine.verify_history(session)


def test_an_inserted_line_is_seen(database: Database, instance_id: UUID) -> None:
    def forge(session: Session) -> None:
        columns = 'instance_id, number, at, kind, element_id, element_name, way, "by", facts, seal'
        taken = columns.replace("number", "11")
        session.execute(
            text(
                f"INSERT INTO engine_history ({columns}) SELECT {taken} "
                "FROM engine_history WHERE number = 10"
            )
        )

    database.write(forge)

    with database.read() as session:
        assert engine.verify_history(session, instance_id)


def test_a_line_from_another_past_is_seen(
    office: Office, database: Database, house: House, instance_id: UUID
) -> None:
    """A line that was sealed honestly, in a transaction that was then taken back."""
    task = office.task("answer")

    def answer(session: Session, by: str) -> Row[*tuple[Any, ...]]:
        engine.complete(session, engine.open_task(session, task.id), None, by=by)
        lines = HISTORY.select().where(HISTORY.c.number == 11)
        return session.execute(lines).one()

    def twice(session: Session) -> Row[*tuple[Any, ...]]:
        with suppress(KeyError), session.begin_nested():
            elsewhere.append(answer(session, "person:8"))
            raise KeyError
        return answer(session, "person:1")

    elsewhere: list[Row[*tuple[Any, ...]]] = []
    here = database.write(twice)
    office.complete("write")

    def forge(session: Session) -> None:
        _disarm(session)
        changed = {"by": elsewhere[0].by, "seal": elsewhere[0].seal}
        session.execute(HISTORY.update().where(HISTORY.c.id == here.id), changed)

    database.write(forge)

    with database.read() as session:
        (found,) = engine.verify_history(session, instance_id)
    assert found.at == 12


def test_with_another_key_nothing_is_whole(
    database: Database, instance_id: UUID, registry: engine.Registry
) -> None:
    other = engine.open_database(database.url, registry, key=b"another")

    with other.read() as session:
        found = engine.verify_history(session)
    other.sql.dispose()

    assert found


def _disarm(session: Session) -> None:
    """Take the guards away, as somebody with all rights could."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE engine_history DISABLE TRIGGER ALL"))
        return
    for guard in SQLITE_GUARDS:
        session.execute(text(f"DROP TRIGGER {guard.split()[2]}"))
