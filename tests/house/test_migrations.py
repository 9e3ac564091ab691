"""A database that the migrations made is the one that the code expects."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Inspector, inspect, text

from engine import Database, DatabaseNewer, DatabaseOlder, Registry, open_database
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


def test_a_second_upgrade_changes_nothing(empty: Database) -> None:
    migrations.upgrade(empty)

    migrations.upgrade(empty)

    empty.check_revision(migrations.revisions())


def test_an_empty_database_is_told_to_be_older(empty: Database) -> None:
    with pytest.raises(DatabaseOlder):
        empty.check_revision(migrations.revisions())


def test_a_database_of_a_newer_version_is_refused(empty: Database) -> None:
    migrations.upgrade(empty)
    with empty.sql.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from the future'"))

    with pytest.raises(DatabaseNewer):
        migrations.upgrade(empty)
