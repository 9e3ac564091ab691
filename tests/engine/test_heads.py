"""The exported ends of the chains: what was cut off since is missed."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import text

import engine
from engine import Database, HeadsTorn, Session
from tests.engine.conftest import Office
from tests.engine.drawing import diagram, end, path, start, user
from tests.engine.test_history import _disarm

DRAWN = diagram("p", start(), user("write"), user("read"), end(), path("begin", "write", "read"))
DRAWN = DRAWN.replace(b"</bpmn:process>", path("read", "end").encode() + b"</bpmn:process>")


@pytest.fixture
def instances(office: Office) -> list[UUID]:
    """Give three instances with a history each."""
    office.deploy(DRAWN)
    found = [office.start("p", key=key).id for key in "123"]
    for key in "123":
        office.complete("write", key=key)
    return found


@pytest.fixture
def exported(database: Database, instances: list[UUID]) -> list[str]:
    """Give the ends as they were exported before anything else happened."""
    return export(database)


def export(database: Database) -> list[str]:
    with database.read() as session:
        return list(engine.heads(session))


def missed(database: Database, lines: list[str]) -> list[tuple[UUID, int, str]]:
    """Return what an export misses."""
    with database.read() as session:
        found = engine.verify_heads(session, lines)
    return [(each.instance_id, each.at, each.reason) for each in found]


def forge(database: Database, *statements: str, **values: object) -> None:
    """Change the database as somebody with all rights could."""

    def work(session: Session) -> None:
        _disarm(session)
        if database.dialect == "postgresql":
            session.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            session.execute(text("PRAGMA defer_foreign_keys=ON"))
        for statement in statements:
            session.execute(text(statement), values)

    database.write(work)


def test_nothing_is_missed_while_histories_only_grow(
    office: Office, database: Database, instances: list[UUID], exported: list[str]
) -> None:
    office.complete("read", key="1")
    office.start("p", key="4")

    assert missed(database, exported) == []
    assert len(exported) == 5
    assert len(export(database)) == 6


def test_a_tail_that_was_cut_off_with_its_traces_is_missed(
    database: Database, instances: list[UUID], exported: list[str]
) -> None:
    one = instances[1]
    shown = f"'{one.hex}'" if database.dialect == "sqlite" else f"'{one}'"
    forge(
        database,
        f"DELETE FROM engine_history WHERE number = 4 AND instance_id = {shown}",
        "UPDATE engine_instance SET history_length = 3, history_head = (SELECT seal FROM "
        f"engine_history WHERE number = 3 AND instance_id = {shown}) WHERE id = {shown}",
    )

    with database.read() as session:
        assert engine.verify_history(session) == []  # the chain itself looks whole
    assert missed(database, exported) == [(one, 4, "an exported line is missing")]


def test_an_instance_that_was_taken_away_is_missed(
    database: Database, instances: list[UUID], exported: list[str]
) -> None:
    one = instances[2]
    shown = f"'{one.hex}'" if database.dialect == "sqlite" else f"'{one}'"
    forge(
        database,
        *(
            f"DELETE FROM {table} WHERE instance_id = {shown}"
            for table in ("engine_history", "engine_task", "engine_timer")
        ),
        f"DELETE FROM engine_instance WHERE id = {shown}",
    )

    with database.read() as session:
        assert engine.verify_history(session) == []
    assert missed(database, exported) == [(one, 4, "an exported line is missing")]


def test_another_past_under_the_same_numbers_is_seen(
    office: Office, database: Database, instances: list[UUID], exported: list[str]
) -> None:
    """The tail is cut off, and then the instance goes on honestly to the same length."""
    one = instances[0]
    shown = f"'{one.hex}'" if database.dialect == "sqlite" else f"'{one}'"
    cut = f"WHERE number > 2 AND instance_id = {shown}"
    forge(
        database,
        f"DELETE FROM engine_history {cut}",
        "UPDATE engine_instance SET history_length = 2, history_head = (SELECT seal FROM "
        f"engine_history WHERE number = 2 AND instance_id = {shown}) WHERE id = {shown}",
    )
    database.write(lambda s: engine.cancel(s, one, reason="moot", by="person:1"))

    with database.read() as session:
        assert engine.verify_history(session) == []
    assert missed(database, exported) == [(one, 4, "an exported line was changed")]


@pytest.mark.parametrize(
    "tear",
    [
        lambda _lines: [],
        lambda lines: lines[:-1],
        lambda lines: lines[1:],
        lambda lines: [*lines[:2], *lines[3:]],
        lambda lines: [*lines[:-1], "2 " + lines[-1].split()[1]],
        lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
        lambda lines: [lines[0], lines[1].replace(" 4 ", " 3 "), *lines[2:]],
        lambda lines: [*lines, "more"],
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_export_that_is_not_whole_is_refused(
    database: Database, exported: list[str], tear: Callable[[list[str]], list[str]]
) -> None:
    with database.read() as session, pytest.raises(HeadsTorn):
        engine.verify_heads(session, tear(exported))


def test_an_export_is_read_with_the_ends_of_its_lines(
    database: Database, exported: list[str]
) -> None:
    assert missed(database, [f"{line}\r\n" for line in exported]) == []


def test_a_house_without_instances_has_an_export_too(database: Database) -> None:
    lines = export(database)

    assert (len(lines), missed(database, lines)) == (2, [])


def test_lines_whose_instance_was_taken_away_are_seen(
    database: Database, instances: list[UUID]
) -> None:
    one = instances[1]
    shown = f"'{one.hex}'" if database.dialect == "sqlite" else f"'{one}'"
    if database.dialect == "sqlite":  # which checks its references unless it is told not to
        with database.sql.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql(f"DELETE FROM engine_instance WHERE id = {shown}")
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    else:
        forge(database, f"DELETE FROM engine_instance WHERE id = {shown}")

    with database.read() as session:
        found = engine.verify_history(session)

    assert [each.instance_id for each in found] == [one]
