"""One database: what its transactions promise on either product."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

import engine
from engine import Database, Instant, Registry, Session
from engine.tables import ANSWER
from tests.engine.conftest import Office
from tests.engine.drawing import diagram, end, path, start, user

CASE = diagram("case", start(), user("work"), end(), path("begin", "work", "end"))
BUSY = "DO $$ BEGIN RAISE EXCEPTION 'busy' USING ERRCODE = '40001'; END $$"


def put(session: Session, key: str) -> None:
    """Store a row."""
    values = {"owner": "o", "key": key, "fingerprint": "f", "at": datetime(2020, 1, 1, tzinfo=UTC)}
    session.execute(ANSWER.insert(), values)


def count(database: Database) -> int:
    """Return how many rows there are."""
    with database.read() as session:
        return session.execute(text("SELECT count(*) FROM engine_answer")).scalar_one()


@pytest.fixture
def rival(database: Database) -> Iterator[sqlite3.Connection]:
    """Give somebody else's connection to the same SQLite file, and little patience."""

    @event.listens_for(database.sql, "connect")
    def _(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=20")

    database.sql.dispose()
    other = sqlite3.connect(database.url.removeprefix("sqlite:///"), isolation_level=None)
    yield other
    other.close()


def test_writes_whole_or_not_at_all(database: Database) -> None:
    def fail(session: Session) -> None:
        put(session, "a")
        raise KeyError("no")

    with pytest.raises(KeyError):
        database.write(fail)

    assert count(database) == 0


def test_a_reader_changes_nothing(database: Database) -> None:
    with database.read() as session, pytest.raises(DBAPIError):
        put(session, "a")

    database.write(lambda session: put(session, "b"))
    assert count(database) == 1


def test_a_busy_database_is_asked_again_with_all_the_work(database: Database) -> None:
    tries: list[Session] = []

    def work(session: Session) -> None:
        tries.append(session)
        put(session, "a")
        if len(tries) < 3:
            raise _busy(database, session)

    database.write(work)

    assert len(set(map(id, tries))) == 3
    assert count(database) == 1


def test_a_database_that_stays_busy_is_given_up(database: Database) -> None:
    def work(session: Session) -> None:
        raise _busy(database, session)

    with pytest.raises(engine.Busy):
        database.write(work)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_locked_file_is_busy(database: Database, rival: sqlite3.Connection) -> None:
    rival.execute("BEGIN IMMEDIATE")

    with pytest.raises(engine.Busy):
        database.write(lambda session: put(session, "a"))

    rival.execute("ROLLBACK")
    database.write(lambda session: put(session, "a"))
    assert count(database) == 1


def test_other_errors_are_not_tried_again(database: Database) -> None:
    tries: list[int] = []

    def work(session: Session) -> None:
        tries.append(1)
        session.execute(ANSWER.insert(), {"owner": "o", "key": None, "fingerprint": "f"})

    with pytest.raises(IntegrityError):
        database.write(work)

    assert tries == [1]


def test_a_key_that_another_stores_first_is_found_on_a_second_look(database: Database) -> None:
    found: list[int] = []

    def meet() -> None:
        database.write(lambda session: put(session, "a"))

    def work(session: Session) -> None:
        found.append(session.execute(text("SELECT count(*) FROM engine_answer")).scalar_one())
        if database.dialect == "postgresql" and len(found) == 1:
            other = threading.Thread(target=meet)
            other.start()
            other.join()
        if not found[-1]:
            put(session, "a")

    database.write(work)

    # On SQLite nobody can come in between: the first look has locked the house.
    assert found == ([0, 1] if database.dialect == "postgresql" else [0])
    assert count(database) == 1


def test_a_key_that_is_stored_twice_by_the_work_itself_is_a_fault(database: Database) -> None:
    tries: list[int] = []

    def work(session: Session) -> None:
        tries.append(1)
        put(session, "a")
        put(session, "a")

    with pytest.raises(IntegrityError):
        database.write(work)

    assert len(tries) == (2 if database.dialect == "postgresql" else 1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_write_inside_a_write_is_refused_not_hung(database: Database) -> None:
    with pytest.raises(RuntimeError, match="inside"):
        database.write(lambda _: database.write(lambda session: put(session, "a")))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_is_opened_as_it_must_be(database: Database) -> None:
    with database.sql.connect() as sql:
        found = {
            name: sql.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
    }


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgres_is_opened_as_it_must_be(database: Database) -> None:
    with database.sql.connect() as sql:
        found = {
            name: sql.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("transaction_isolation", "lock_timeout", "statement_timeout", "TimeZone")
        }

    assert found == {
        "transaction_isolation": "read committed",
        "lock_timeout": "5s",
        "statement_timeout": "30s",
        "TimeZone": "UTC",
    }


def test_moments_come_back_as_they_went(database: Database) -> None:
    beijing = datetime(2020, 3, 2, 9, 0, 0, 123456, timezone(timedelta(hours=8)))
    values = {"owner": "o", "key": "k", "fingerprint": "f", "at": beijing}
    database.write(lambda session: session.execute(ANSWER.insert(), values) and None)

    with database.read() as session:
        found = session.execute(ANSWER.select()).one().at

    assert found == beijing
    assert found.tzinfo is UTC


def test_a_naive_moment_is_refused(database: Database) -> None:
    naive = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    values = {"owner": "o", "key": "k", "fingerprint": "f", "at": naive}

    with pytest.raises(StatementError, match="time zone"):
        database.write(lambda session: session.execute(ANSWER.insert(), values) and None)

    assert isinstance(ANSWER.c.at.type, Instant)


def test_whoever_writes_without_the_lock_is_noticed(office: Office, database: Database) -> None:
    office.deploy(CASE)
    office.start("case")
    task = office.task("work")

    def work(session: Session) -> None:
        held = engine.open_task(session, task.id)
        session.execute(text("UPDATE engine_instance SET version = version + 1"))
        engine.complete(session, held, None, by="person:1")

    with pytest.raises(engine.InstanceMoved):
        database.write(work)

    assert office.open() == ["work"]


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////nowhere/at/all/x.sqlite",
        "postgresql+psycopg://nobody:secret@127.0.0.1:9/x",
    ],
)
def test_a_database_that_cannot_be_reached_is_named(url: str) -> None:
    with pytest.raises(engine.DatabaseUnreachable) as refusal:
        engine.open_database(url, Registry())

    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "oracle+nothing://x",
        "mysql://x:secret@y/z",
        "sqlite+pysqlcipher:///x",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql+psycopg://x:secret@host:port/z",
        "postgresql+psycopg://x:secret@host",
    ],
)
def test_an_address_of_another_product_is_refused_with_those_that_are_known(url: str) -> None:
    with pytest.raises(engine.DatabaseForeign, match="postgresql") as refusal:
        engine.open_database(url, Registry())

    assert "secret" not in str(refusal.value)


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "duban.sqlite"
    file.write_bytes(b"anything else")

    with pytest.raises(engine.DatabaseDamaged, match="not a database"):
        engine.open_database(f"sqlite:///{file}", Registry())

    assert file.read_bytes() == b"anything else"


def test_another_revision_is_refused(tmp_path: Path) -> None:
    database = engine.open_database(f"sqlite:///{tmp_path}/x.sqlite", Registry())
    known = ["1", "2", "3"]

    with pytest.raises(engine.DatabaseOlder):
        database.check_revision(known)
    for revision, refusal in (("2", engine.DatabaseOlder), ("4", engine.DatabaseNewer)):
        _set_revision(database, revision)
        with pytest.raises(refusal):
            database.check_revision(known)
    _set_revision(database, "3")
    database.check_revision(known)
    database.sql.dispose()


def _set_revision(database: Database, revision: str) -> None:
    with database.sql.begin() as sql:
        sql.exec_driver_sql("CREATE TABLE IF NOT EXISTS alembic_version (version_num TEXT)")
        sql.exec_driver_sql("DELETE FROM alembic_version")
        sql.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (revision,))


def _busy(database: Database, session: Session) -> DBAPIError:
    """Return the error that a busy database of this kind gives."""
    if database.dialect == "sqlite":
        locked = sqlite3.OperationalError("database is locked")
        return DBAPIError("UPDATE", {}, locked)
    try:
        session.execute(text(BUSY))
    except DBAPIError as error:
        return error
    raise AssertionError("it wasn't busy")
