"""The parts that every test may ask for: a clock that can be moved, and a database of its own."""

import gc
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import settings
from sqlalchemy import Engine

import workflows.tables  # noqa: F401 (its rows must be known before the tables are made)
from engine import Base, Database, MovableClock, Registry, open_database
from engine import database as database_module
from tests.memory import scratch
from tests.postgres import PostgresServer, kept_pool, running_postgres

MONDAY_MORNING = datetime(2020, 3, 2, 1, tzinfo=UTC)  # nine o'clock in Beijing
KEY = b"the key of the tests' history chain"
SQLITE_TEMPLATE = "template.sqlite"
POSTGRES_TEMPLATE = "duban_template"
STATEMENTS = 10_000
"""More than the house has: none is compiled a second time."""
LONG = ("browser", "faults")
PRODUCTS = ("sqlite", "postgresql")
BROWSE_ON = "--browse-on"
BROWSE_LATE = "--browse-late"
ON_BOTH = ("tests/engine/", "tests/faults/", "tests/house/", "together", "at_once", "search")
"""What is about the database itself: it is tried on both products always."""

settings.register_profile("duban", deadline=None)  # a busy machine is no defect
settings.load_profile("duban")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run try most tests of the upper floors on one database product each."""
    told = "try a test of the upper floors on SQLite or on PostgreSQL, half of them on either"
    parser.addoption("--one-database-each", action="store_true", help=told)
    told = "the product under the pages that a browser opens"
    parser.addoption(BROWSE_ON, choices=PRODUCTS, default="sqlite", help=told)
    told = "let frames and answers of pages come late, by so many milliseconds at most"
    parser.addoption(BROWSE_LATE, type=int, default=0, metavar="MS", help=told)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process is left alone with it in the end."""
    if config.getoption("--one-database-each"):
        _leave_one_database_each(config, items)
    items.sort(key=lambda item: not any(map(item.get_closest_marker, LONG)))


def _leave_one_database_each(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out one of the two runs of each test that the floor below proves on both already.

    What two do at once, and whatever the engine, faults and migrations are about, stays on
    both products; of the rest the name decides, so that every file has some on either, but one
    whose scenery takes longer to make than its tests.
    """
    runs = {item: found for item in items if (found := _product_of(item)) is not None}
    twins = Counter(name for name, _ in runs.values())
    left_out = [
        item
        for item, (name, product) in runs.items()
        if twins[name] == len(PRODUCTS)
        and not any(word in item.nodeid for word in ON_BOTH)
        and product != PRODUCTS[crc32(_decider(item, name).encode()) % len(PRODUCTS)]
    ]
    config.hook.pytest_deselected(items=left_out)
    unwanted = set(left_out)
    items[:] = [item for item in items if item not in unwanted]


def _decider(item: pytest.Item, name: str) -> str:
    """Return what decides on which product a test is tried: its file's name, or its own."""
    costly = item.get_closest_marker("costly") is not None
    return item.nodeid.partition("::")[0] if costly else name


def _product_of(item: pytest.Item) -> tuple[str, str] | None:
    """Return a test's name without its database product, and the product."""
    callspec = getattr(item, "callspec", None)
    product = next((each for each in PRODUCTS if callspec and each in callspec.id.split("-")), None)
    if product is None:
        return None
    return "-".join(
        part for part in item.nodeid.replace("[", "-").rstrip("]").split("-") if part != product
    ), product


def pytest_collection_finish() -> None:
    """Leave out of every later search for garbage what stays to the end: modules and tests."""
    gc.collect()
    gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    """Keep the files of the tests in memory."""
    if config.option.basetemp is None:
        config.option.basetemp = str(scratch("duban-tests-"))
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


def open_tables(url: str) -> None:
    """Make every table in an empty database, without the migrations: they take longer."""
    database = open_database(url, Registry(), key=KEY)
    Base.metadata.create_all(database.sql)
    database.sql.dispose()


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Let every test's database find the statements that those before it have compiled.

    They are kept by the dialect, so all databases of one product share the first one's. Those
    that are lent one after another share their connections too.
    """
    first: dict[str, Engine] = {}
    connectable = database_module._connectable  # noqa: SLF001 (nobody else makes engines)

    def sharing(url: str) -> Engine:
        made = connectable(url)
        known = first.setdefault(made.dialect.name, made)
        known._compiled_cache.capacity = STATEMENTS  # noqa: SLF001 (as below)
        made.dialect, made._compiled_cache = known.dialect, known._compiled_cache  # noqa: SLF001 (no other way)
        if pool := kept_pool(url, made.pool):
            made.pool = pool
            made.dispose = lambda *_, **__: None
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "_connectable", sharing)
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file with all tables and no rows, to be copied."""
    template = tmp_path_factory.mktemp("sqlite") / SQLITE_TEMPLATE
    open_tables(f"sqlite:///{template}")
    return template


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Run one PostgreSQL for the whole session, with a template that has all tables."""
    with running_postgres() as server:
        open_tables(server.create(POSTGRES_TEMPLATE))
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """Return the name of a PostgreSQL database with all tables and no rows, to be copied."""
    return POSTGRES_TEMPLATE


def copied(
    request: pytest.FixtureRequest, folder: Path, *, sqlite: str, postgresql: str
) -> Iterator[str]:
    """Give the address of a copy on the product that is asked for; both templates are fixtures."""
    if request.param == "sqlite":
        path = folder / "duban.sqlite"
        shutil.copy(request.getfixturevalue(sqlite), path)
        yield f"sqlite:///{path}"
        return
    postgres: PostgresServer = request.getfixturevalue("postgres")
    template = request.getfixturevalue(postgresql)
    if request.node.get_closest_marker("faults"):  # its processes may do to it what they like
        url = postgres.create(template=template)
        yield url
        postgres.drop(url)
        return
    with postgres.lend(template) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a database with all tables and no rows, on either product."""
    yield from copied(request, tmp_path, sqlite="sqlite_template", postgresql="postgres_template")


@pytest.fixture
def clock() -> MovableClock:
    """Give a clock that stands at nine o'clock on a Monday morning until a test moves it."""
    return MovableClock(MONDAY_MORNING)


@pytest.fixture
def registry() -> Registry:
    """Give the registry of the house; the engine's own tests bring theirs."""
    from workflows import processes  # noqa: PLC0415 (the engine's tests do without it)

    return processes.registry()


@pytest.fixture
def database(database_url: str, registry: Registry, clock: MovableClock) -> Iterator[Database]:
    """Open a database of the test's own, on SQLite and again on PostgreSQL."""
    database = open_database(database_url, registry, clock=clock, key=KEY)
    yield database
    database.sql.dispose()
