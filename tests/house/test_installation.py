"""A first start and a later one, on an empty database of either kind."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

import engine
from engine import Database, open_database
from tests.forking import FORKS
from tests.house import starting
from tests.postgres import PostgresServer, database_name
from web import installation
from workflows import migrations, people, processes
from workflows.demo import demo_accounts
from workflows.errors import DemoUnfinished, UnsafeForProduction
from workflows.tables import CalendarYear, Item, Person

KEY = "a key that is long enough for anything"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a database that isn't there yet, or is empty."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'duban.sqlite'}"
    postgres: PostgresServer = request.getfixturevalue("postgres")
    return postgres.create()


@pytest.fixture(scope="module")
def sqlite_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with the demo in it, to be copied; its first start was interrupted."""
    file = tmp_path_factory.mktemp("demo") / "duban.sqlite"
    url = f"sqlite:///{file}"
    with pytest.MonkeyPatch.context() as interrupted:
        interrupted.setattr(installation.demo, "fill", interrupt)
        with pytest.raises(KeyboardInterrupt):
            installation.install(url, KEY, with_demo=True)
    assert not file.exists()
    start_at_once(url, file.parent)
    return file


@pytest.fixture(scope="module")
def postgres_demo(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the name of a database with the demo in it, to be copied."""
    url = postgres.create()
    start_at_once(url, tmp_path_factory.mktemp("demo"))
    return database_name(url)


def start_at_once(url: str, folder: Path) -> None:
    """Fill a database by the first start of three halves, none of which stumbles."""
    told = {
        "DUBAN_DATABASE": url,
        "DUBAN_DATA": str(folder),
        "DUBAN_KEY": KEY,
        "DUBAN_DEMO": "1",
    }
    log = folder / "log"
    halves = [FORKS.Process(target=starting.install, args=(told, str(log))) for _ in range(3)]
    for half in halves:
        half.start()
    for half in halves:
        half.join()
    assert [half.exitcode for half in halves] == [0, 0, 0], log.read_text("utf-8")


@pytest.fixture(params=["sqlite", "postgresql"])
def demo(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a database that a first start has filled with the demo."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("sqlite_demo"), tmp_path / "duban.sqlite")
        return f"sqlite:///{path}"
    postgres: PostgresServer = request.getfixturevalue("postgres")
    return postgres.create(template=request.getfixturevalue("postgres_demo"))


def opened(url: str) -> Database:
    """Open an installed database."""
    return open_database(url, processes.registry(), key=KEY.encode())


def test_an_office_starts_with_diagrams_calendar_and_limits(url: str) -> None:
    installation.install(url, KEY, with_demo=False)

    database = opened(url)
    database.check_revision(migrations.revisions())
    with database.read() as session:
        assert {one.process_id for one in engine.definitions(session)} >= {"instruction"}
        assert session.scalar(select(func.count()).select_from(CalendarYear))
        assert {"duban_limits", "duban_ladder"} <= {
            each.definitions_id for each in engine.decisions(session)
        }
        assert session.scalar(select(func.count()).select_from(Person)) == 0
    database.sql.dispose()


def test_a_second_start_changes_nothing(demo: str) -> None:
    before = counts(demo)

    installation.install(demo, KEY, with_demo=True)

    assert before["items"]
    assert counts(demo) == before


def test_another_key_is_refused(demo: str) -> None:
    with pytest.raises(installation.KeyDiffers):
        installation.install(demo, f"not {KEY}", with_demo=False)


def test_production_refuses_the_accounts_of_a_demo(
    demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_ENV", "production")

    with pytest.raises(UnsafeForProduction):
        installation.install(demo, KEY, with_demo=False)


def test_a_start_that_was_interrupted_is_done_again(sqlite_demo: Path) -> None:
    assert counts(f"sqlite:///{sqlite_demo}")["items"]
    assert not list(sqlite_demo.parent.glob("*.half*"))


def test_halves_that_start_at_once_wait_for_each_other(demo: str) -> None:
    database = opened(demo)
    database.check_revision(migrations.revisions())
    with database.read() as session:
        assert len(people.persons(session)) == len(demo_accounts())
    database.sql.dispose()


def test_a_demo_that_was_broken_off_half_way_is_not_served(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if url.startswith("sqlite"):
        installation.install(url, KEY, with_demo=False)  # a new file would be begun again
    with monkeypatch.context() as interrupted:
        interrupted.setattr(installation.demo.Stage, "play", interrupt)
        with pytest.raises(KeyboardInterrupt):
            installation.install(url, KEY, with_demo=True)

    with pytest.raises(DemoUnfinished):
        installation.install(url, KEY, with_demo=True)


def interrupt(*_: object) -> bool:
    """Press Ctrl-C."""
    raise KeyboardInterrupt


def counts(url: str) -> dict[str, int | None]:
    """Count what a second start might have doubled."""
    database = opened(url)
    with database.read() as session:
        found = {
            "people": session.scalar(select(func.count()).select_from(Person)),
            "items": session.scalar(select(func.count()).select_from(Item)),
            "definitions": len(engine.definitions(session)),
        }
    database.sql.dispose()
    return found
