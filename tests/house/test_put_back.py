"""The tests' own PostgreSQL: who gets a database finds what its template holds, and no more."""

import psycopg
import pytest

from tests.postgres import PostgresServer, database_name

SEEN = "TABLE town ORDER BY 1", "TABLE letter ORDER BY 1"


@pytest.fixture(scope="module")
def template(postgres: PostgresServer) -> str:
    """Return a database with a table that has two rows and one that has none."""
    url = postgres.create()
    with connected(url) as connection:
        connection.execute("CREATE TABLE town (id int GENERATED ALWAYS AS IDENTITY, name text)")
        connection.execute("CREATE TABLE letter (id serial, name text)")
        connection.execute("INSERT INTO town (name) VALUES ('云川'), ('青石')")
    return database_name(url)


def connected(url: str) -> "psycopg.Connection[tuple[int, str]]":
    """Connect to a database, each statement by itself."""
    return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)


def told(url: str, *statements: str) -> tuple[list[tuple[int, str]], ...]:
    """Run statements in a database, add a row to each table and return what they hold then."""
    with connected(url) as connection:
        for statement in statements:
            connection.execute(statement.encode())
        for table in ("town", "letter"):
            connection.execute(f"INSERT INTO {table} (name) VALUES ('new')".encode())
        return tuple(connection.execute(each).fetchall() for each in SEEN)


@pytest.mark.parametrize(
    "deeds",
    [
        ["INSERT INTO town (name) VALUES ('more')", "INSERT INTO letter (name) VALUES ('one')"],
        ["UPDATE town SET name = 'another' WHERE id = 2"],
        ["DELETE FROM town WHERE id = 1"],
        ["DELETE FROM town", "INSERT INTO town (name) VALUES ('云川'), ('青石')"],
        ["TRUNCATE town RESTART IDENTITY"],
        ["ALTER TABLE letter DISABLE TRIGGER ALL", "ALTER TABLE letter ADD COLUMN more int"],
    ],
)
def test_nothing_is_left_of_whoever_had_it_before(
    postgres: PostgresServer, template: str, deeds: list[str]
) -> None:
    with postgres.lend(template) as url:
        told(url, *deeds)

    with postgres.lend(template) as url:
        assert told(url) == ([(1, "云川"), (2, "青石"), (3, "new")], [(1, "new")])


def test_one_that_is_still_at_work_is_sent_away(postgres: PostgresServer, template: str) -> None:
    with postgres.lend(template) as url:
        busy = connected(url)
        busy.execute("BEGIN")
        busy.execute("INSERT INTO letter (name) VALUES ('unfinished')")

    with pytest.raises(psycopg.OperationalError):
        busy.execute("COMMIT")
    busy.close()
    with postgres.lend(template) as again:
        assert again == url
        assert told(again)[1] == [(1, "new")]


def test_two_at_once_have_one_each(postgres: PostgresServer, template: str) -> None:
    with postgres.lend(template) as one, postgres.lend(template) as other:
        told(one)
        assert one != other
        assert told(other)[1] == [(1, "new")]
