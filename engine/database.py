"""The declarative base, and one database with its transactions."""

import enum
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, ClassVar, Final, TypeVar, cast

from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    ExceptionContext,
    MetaData,
    create_engine,
    event,
    inspect,
    make_url,
    text,
)
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from engine.clock import Clock
from engine.errors import (
    Busy,
    DatabaseDamaged,
    DatabaseForeign,
    DatabaseNewer,
    DatabaseOlder,
    DatabaseUnreachable,
)

T = TypeVar("T")
DRIVERS: Final = frozenset({"sqlite", "postgresql+psycopg"})
"""What all tests run on; anything else is refused, whatever driver is installed."""
TRIES: Final = 5
CHANCE: Final = secrets.SystemRandom()
TRANSIENT: Final = frozenset({"40001", "40P01", "55P03"})
TAKEN: Final = "23505"
"""What PostgreSQL says of a key that somebody else has stored since it was looked for."""
BEYOND: Final = "22003"
"""What it says of a number that is larger than any that can be stored."""
SQLITE_PRAGMAS: Final = (
    "busy_timeout=30000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
)
POSTGRES_OPTIONS: Final = " ".join(
    f"-c {option}"
    for option in (
        "timezone=UTC",
        "lock_timeout=5000",
        "statement_timeout=30000",
        "idle_in_transaction_session_timeout=15000",
        "synchronous_commit=on",
    )
)


class Base(DeclarativeBase):
    """The one metadata that the engine's and the domain's tables share."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        enum.Enum: Enum(  # words with a check, not a type of PostgreSQL's own: easy to migrate
            enum.Enum,
            native_enum=False,
            create_constraint=True,
            length=40,
            values_callable=lambda kind: [one.value for one in kind],
        )
    }


class Instant(TypeDecorator[datetime]):
    """A moment: aware and UTC in Python, on either database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment, and turn any other to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"a moment needs its time zone: {value!r}"
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Database:
    """One database: its transactions, and what its host gave along, carried unread."""

    def __init__(self, url: str, registry: object, clock: Clock, key: bytes) -> None:
        self.url = url
        self.registry = registry
        self.clock = clock
        self.key = key
        self.sql = _connectable(url)
        self.dialect = self.sql.dialect.name
        self.plans: dict[int, Any] = {}
        self.decisions: dict[int, Any] = {}
        self.decision_tables: dict[int, Any] = {}
        self.texts: dict[int, frozenset[str]] = {}
        self.courier: Callable[[Database, Sequence[int]], None] | None = None
        self._writer = self.sql.execution_options(writes=True)
        self._reader = self.sql.execution_options(writes=False, postgresql_readonly=True)
        self._gate = _Gate(narrow=self.dialect == "sqlite")

    def write(self, work: Callable[[Session], T]) -> T:
        """Do ``work`` in one write transaction, again as a whole if the database was busy.

        After the commit, what the work posted to other instances is delivered, each
        in a transaction of its own.
        """
        result, letters = self.commit(work)
        if letters and self.courier is not None:
            self.courier(self, letters)
        return result

    def commit(self, work: Callable[[Session], T]) -> tuple[T, list[int]]:
        """Do ``work`` like :meth:`write`, and return what it posted undelivered.

        A key that is taken gets one more try: where two have looked for it at once, the
        one that came second finds it now, and says so in its own words.
        """
        raced = False
        for attempt in range(TRIES):
            try:
                return self._write_once(work)
            except DBAPIError as error:
                if is_taken(error) and not raced:
                    raced = True
                elif not is_transient(error):
                    raise
                time.sleep(CHANCE.uniform(0, 0.02 * 2**attempt))
        raise Busy(TRIES)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that sees one state of the database and changes nothing."""
        with Session(self._reader, info={"database": self}, autoflush=False) as session:
            yield session

    def check_revision(self, revisions: Sequence[str]) -> None:
        """Refuse a database that isn't of the last of these revisions, oldest first."""
        with self.sql.connect() as connection:
            found = None
            if inspect(connection).has_table("alembic_version"):
                found = connection.scalar(text("SELECT version_num FROM alembic_version"))
        if found is None:
            raise DatabaseOlder(None, revisions[-1])
        if found not in revisions:
            raise DatabaseNewer(found)
        if found != revisions[-1]:
            raise DatabaseOlder(found, revisions[-1])

    def _write_once(self, work: Callable[[Session], T]) -> tuple[T, list[int]]:
        info: dict[str, Any] = {"database": self, "letters": [], "held": {}}
        with (
            self._gate,
            _Writing(self._writer, info=info, expire_on_commit=False) as session,
            session.begin(),
        ):
            result = work(session)
            if "spoiled" in session.info:
                raise session.info["spoiled"]
        return result, info["letters"]


class _Writing(Session):
    """The session of a write transaction, which keeps the instances that it has locked."""


class _Gate:
    """Lets a thread have one write transaction, and on SQLite one thread at a time.

    SQLite has one writer, and its own way of waiting for it isn't fair.
    """

    def __init__(self, *, narrow: bool) -> None:
        self._lock = threading.Lock() if narrow else nullcontext()
        self._inside = threading.local()

    def __enter__(self) -> None:
        if getattr(self._inside, "now", False):
            message = "a write transaction can't open another one inside itself"
            raise RuntimeError(message)
        self._lock.__enter__()
        self._inside.now = True

    def __exit__(self, *_: object) -> None:
        self._inside.now = False
        self._lock.__exit__(None, None, None)


def database_of(session: Session) -> Database:
    """Return the database that a session belongs to."""
    return cast(Database, session.info["database"])


def now(session: Session) -> datetime:
    """Return the time of the database's clock."""
    return database_of(session).clock.now()


def is_transient(error: DBAPIError) -> bool:
    """Tell whether the same work may well succeed when it is done again."""
    return getattr(error.orig, "sqlstate", None) in TRANSIENT or "is locked" in str(error.orig)


def is_taken(error: DBAPIError) -> bool:
    """Tell whether a key was stored by somebody else since this work looked for it.

    On SQLite that can't be: whoever writes is alone from the first look on.
    """
    return getattr(error.orig, "sqlstate", None) == TAKEN


def connected(url: str, registry: object, clock: Clock, key: bytes) -> Database:
    """Return the database at ``url``, or refuse if it isn't one, is damaged or can't be reached."""
    shown = _address(url)
    database = Database(url, registry, clock, key)
    try:
        with database.sql.connect() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError as error:
        database.sql.dispose()
        refusal = DatabaseDamaged if is_damaged(error) else DatabaseUnreachable
        raise refusal(shown, str(error.orig).strip()) from error
    return database


def is_damaged(error: DBAPIError) -> bool:
    """Tell whether SQLite can't read its file: it says so by no error of its own."""
    return type(error.orig) is sqlite3.DatabaseError


def _address(url: str) -> str:
    """Return an address without its password; refuse one of another product, or in memory."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise DatabaseForeign(url.partition(":")[0]) from error  # a password would come after it
    shown = address.render_as_string(hide_password=True)
    if address.drivername not in DRIVERS or address.database in {None, "", ":memory:"}:
        raise DatabaseForeign(shown)
    return shown


def _connectable(url: str) -> Engine:
    if not url.startswith("sqlite"):
        engine = create_engine(
            url,
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
            connect_args={"connect_timeout": 5, "options": POSTGRES_OPTIONS},
        )
        event.listen(engine, "handle_error", _say_overflow)
        return engine
    engine = create_engine(
        url,
        pool_size=10,
        max_overflow=20,
        connect_args={"timeout": 30, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "reset", _reset_sqlite)
    return engine


def _say_overflow(context: ExceptionContext) -> None:
    """Say of a number that no row can have what Python itself says on the other database."""
    error = context.original_exception
    if getattr(error, "sqlstate", None) == BEYOND:
        raise OverflowError(str(error)) from error


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver must never send BEGIN by itself
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    if writes is False:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reset_sqlite(connection: sqlite3.Connection, _record: object, _state: object) -> None:
    connection.rollback()
    connection.execute("PRAGMA query_only=OFF")


def _forget(session: Session, _transaction: object) -> None:
    """Drop what was read or failed in a part that is rolled back."""
    session.info.pop("spoiled", None)
    kept = {key: held for key, held in session.info["held"].items() if held.busy}
    session.info["held"] = kept


event.listen(_Writing, "after_soft_rollback", _forget)
