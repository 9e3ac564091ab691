"""The schema's versions: what brings a database from any of them to the newest.

There is no way down: whoever wants an older version takes a backup of it.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from engine import Database, DatabaseOlder

HERE = Path(__file__).parent
PATIENTLY_ONE_AT_A_TIME = (
    "SET LOCAL lock_timeout = 0",
    "SET LOCAL statement_timeout = 0",
    "SELECT pg_advisory_xact_lock(20200302)",
)


def revisions() -> list[str]:
    """Return every revision of the schema, oldest first."""
    scripts = ScriptDirectory.from_config(_config())
    return [script.revision for script in scripts.walk_revisions()][::-1]


def upgrade(database: Database, to: str = "head") -> None:
    """Bring the database to the newest revision, or to an older one; refuse one that is newer.

    Several processes may start at once: they wait for each other.
    """
    try:
        database.check_revision(revisions())
    except DatabaseOlder:
        with database.sql.execution_options(writes=True).begin() as connection:
            if database.dialect == "postgresql":
                for statement in PATIENTLY_ONE_AT_A_TIME:
                    connection.execute(text(statement))
            command.upgrade(_config(connection), to)


def compare(connection: Connection) -> None:
    """Raise alembic's error if the tables in the code and the migrations have parted."""
    command.check(_config(connection))


def write_revision(connection: Connection, message: str) -> None:
    """Write the revision that brings an up-to-date database to the tables in the code."""
    number = f"{len(revisions()) + 1:04}"
    command.revision(_config(connection), message, autogenerate=True, rev_id=number)


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    return config
