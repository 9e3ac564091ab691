"""A database that the migrations made is the one that the code expects."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Inspector, MetaData, Table, inspect, select, text

from engine import Database, DatabaseNewer, DatabaseOlder, Registry, open_database
from tests.house.test_migrated_changes import AT, add
from tests.postgres import PostgresServer
from workflows import migrations

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Open a database without any table."""
    url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    if request.param == "postgresql":
        postgres: PostgresServer = request.getfixturevalue("postgres")
        url = postgres.create()
    database = open_database(url, Registry())
    yield database
    database.sql.dispose()


def shape(connection: Connection) -> dict[str, object]:
    """Return what the comparison of alembic doesn't look at: checks and triggers."""
    inspector: Inspector = inspect(connection)
    tables = set(inspector.get_table_names()) - {"alembic_version"}
    checks = {
        table: sorted(check["name"] or "" for check in inspector.get_check_constraints(table))
        for table in tables
    }
    triggers = connection.scalars(text(TRIGGERS[connection.dialect.name]))
    return {"checks": checks, "triggers": sorted(triggers)}


def test_the_migrations_make_the_tables_of_the_code(empty: Database) -> None:
    migrations.upgrade(empty)

    with empty.sql.connect() as connection:
        migrations.compare(connection)


def test_they_make_the_same_checks_and_guards(empty: Database, database: Database) -> None:
    migrations.upgrade(empty)

    with empty.sql.connect() as migrated, database.sql.connect() as made:
        if empty.dialect == database.dialect:
            assert shape(migrated) == shape(made)


def test_what_was_returned_waits_since_its_drafter_was_told_and_a_second_upgrade_changes_nothing(
    empty: Database,
) -> None:
    migrations.upgrade(empty, "0029")
    told = AT + timedelta(days=1)
    with empty.sql.execution_options(writes=True).begin() as connection:
        add(connection, "person", id=1)
        words = {"serial_name": "circular", "kind": "monthly"}
        for number, state, reason in (
            (1, "draft", "再核"), (2, "discarded", "再核"), (3, "draft", ""),
        ):  # fmt: skip
            add(connection, "publication", id=number, state=state, returned_reason=reason, **words)
        add(connection, "notice", person_id=1, kind="issue_returned", facts={"publication": 1},
            at=told)  # fmt: skip

    for _ in range(2):
        migrations.upgrade(empty)

    empty.check_revision(migrations.revisions())
    with empty.sql.connect() as connection:
        table = Table("publication", MetaData(), autoload_with=connection)
        rows = connection.execute(
            select(table.c.returned_at, table.c.returned_by_id).order_by(table.c.id)
        )
        found = [(at and at.replace(tzinfo=UTC), by) for at, by in rows]
        assert found == [(told, None), (AT, None), (None, None)]


def test_an_empty_database_is_told_to_be_older(empty: Database) -> None:
    with pytest.raises(DatabaseOlder):
        empty.check_revision(migrations.revisions())


def test_a_database_of_a_newer_version_is_refused(empty: Database) -> None:
    migrations.upgrade(empty)
    with empty.sql.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from the future'"))

    with pytest.raises(DatabaseNewer):
        migrations.upgrade(empty)
