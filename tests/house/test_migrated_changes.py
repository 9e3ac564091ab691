"""What was an extension is a change after the migration: in its table, the story, the notices."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from engine import Database, Registry, open_database
from tests.postgres import PostgresServer
from workflows import migrations

AT = datetime(2020, 3, 2, tzinfo=UTC)
EMPTY: dict[type, Any] = {
    object: 1,
    float: 0.0,
    bool: False,
    int: 0,
    str: "",
    date: AT.date(),
    datetime: AT,
    dict: {},
}
ASKED = {"assignment_id": 1, "asked_by_id": 1, "reason": "汛期", "old_due_on": date(2020, 3, 17)}
DECIDED = {"decided_by_id": 1, "decided_at": AT}


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Open a database as it was before there were changes."""
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    if request.param == "postgresql":
        postgres: PostgresServer = request.getfixturevalue("postgres")
        url = postgres.create()
    database = open_database(url, Registry())
    migrations.upgrade(database, "0006")
    yield database
    database.sql.dispose()


def add(connection: sa.Connection, name: str, **values: object) -> None:
    """Add a row; what isn't said of it is as empty as it can be."""
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    must = [column for column in table.columns if not column.nullable and column.name != "id"]
    empty = {column.name: EMPTY[column.type.python_type] for column in must}
    connection.execute(table.insert().values({**empty, **values}))


def test_extensions_become_changes(old: Database) -> None:
    with old.sql.execution_options(writes=True).begin() as connection:
        add(connection, "person", id=1)
        add(connection, "unit", id=1, kind="department")
        words = {"kind": "instruction", "source": "city_instruction", "urgency": "normal"}
        add(connection, "item", id=1, registered_by_id=1, state="open", **words)
        part = {"item_id": 1, "unit_id": 1, "part": "lead", "state": "handling"}
        add(connection, "assignment", id=1, **part)
        for day, said in enumerate(
            (
                {"consented": True, **DECIDED},
                {"consented": False, **DECIDED},
                {"consented": False, "decided_at": AT},
                {},
            ),
            start=20,
        ):
            add(connection, "extension", new_due_on=date(2020, 3, day), **ASKED, **said)
        told = {"item_id": 1, "kind": "extension_decided"}
        add(connection, "story_entry", **told, facts={"moot": True, "consented": False})
        add(connection, "notice", person_id=1, kind="extension_decided", facts={"consented": True})

    migrations.upgrade(old, "0007")

    with old.sql.connect() as connection:
        rows = connection.execute(
            sa.text("SELECT kind, decision, decided_by_id FROM change_request ORDER BY id")
        )
        assert [tuple(row) for row in rows] == [
            ("extend", "consented", 1),
            ("extend", "declined", 1),
            ("extend", "lapsed", None),
            ("extend", None, None),
        ]
        for name, decision in (("story_entry", "lapsed"), ("notice", "consented")):
            table = sa.Table(name, sa.MetaData(), autoload_with=connection)
            (row,) = connection.execute(sa.select(table.c.kind, table.c.facts))
            facts = {"change": "extend", "decision": decision}
            assert (row.kind, row.facts) == ("change_decided", facts)
        assert "extension" not in sa.inspect(connection).get_table_names()
