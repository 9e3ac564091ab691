"""The application over a database of the test's own, and somebody who can sign in."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from engine import Database, MovableClock, Session, open_database
from tests.browser.cast import come_on
from tests.conftest import KEY, MONDAY_MORNING, copied
from tests.postgres import PostgresServer, database_name
from tests.web.callers import called, cast
from tests.web.forms import token
from tests.web.house import house
from tests.web.scenes import Scenes
from web import auth, create_app
from web.config import Config
from web.pages.public import VISITORS
from web.transaction import EXTENSION
from web.visitors import Visitors
from workflows import processes, settings
from workflows.accounts import open_session
from workflows.tables import Person, Setting

__all__ = ["app", "called", "cast", "client", "enter", "house", "token"]

Enter = Callable[[str], FlaskClient]


def application_over(database: Database, folder: Path) -> Flask:
    """Build an application whose faults come up to the test."""
    app = create_app(Config(database=database.url, data=folder, key="k" * 40), database)
    app.testing = True
    return app


@pytest.fixture(scope="session")
def built(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Build the application once: the routes and the templates are the same for every test."""
    database = open_database(f"sqlite:///{sqlite_template}", processes.registry(), key=KEY)
    database.sql.dispose()
    return application_over(database, tmp_path_factory.mktemp("nowhere"))


@pytest.fixture(scope="session")
def sqlite_city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file with the city, its people and their diagrams, to be copied."""
    path = tmp_path_factory.mktemp("city") / "city.sqlite"
    shutil.copy(sqlite_template, path)
    settled(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_city(postgres: PostgresServer, postgres_template: str) -> str:
    """Return the name of a PostgreSQL database with the city in it, to be copied."""
    url = postgres.create(template=postgres_template)
    settled(url)
    return database_name(url)


@pytest.fixture
def scenes(app: Flask, database: Database) -> Scenes:
    """Give a city whose diagrams are deployed."""
    return Scenes(database)


@pytest.fixture
def papers_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep files in the test's own folder."""
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path))


@pytest.fixture
def unreviewed(database: Database) -> None:
    """Let an administrator change diagrams and tables alone."""
    database.write(lambda s: s.add(Setting(name=settings.REVIEWED, value=settings.NO)))


def settled(url: str) -> None:
    """Settle everybody in a database, and let them work by the shipped diagrams."""
    database = open_database(url, processes.registry(), clock=MovableClock(MONDAY_MORNING), key=KEY)
    database.write(come_on)
    database.write(processes.deploy_shipped)
    database.sql.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a database on either product: the city for the application, else an empty one."""
    kind = "city" if "app" in request.fixturenames else "template"
    yield from copied(request, tmp_path, sqlite=f"sqlite_{kind}", postgresql=f"postgres_{kind}")


@pytest.fixture
def app(built: Flask, database: Database, tmp_path: Path) -> Iterator[Flask]:
    """Put the application over the test's database; its city has its people."""
    usual = dict(built.config)
    built.config["DATA"] = tmp_path
    built.extensions[EXTENSION] = database
    built.extensions[VISITORS] = Visitors()
    yield built
    built.config.clear()
    built.config.update(usual)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser without scripts."""
    return app.test_client()


@pytest.fixture
def enter(app: Flask) -> Enter:
    """Give what opens a browser in which somebody is signed in."""
    return lambda login: signed_in(app, login)


def signed_in(app: Flask, login: str) -> FlaskClient:
    """Open a browser in which somebody is signed in, without the time that a password takes."""
    client = app.test_client()

    def work(session: Session) -> str:
        person_id = session.scalars(select(Person.id).where(Person.login == login)).one()
        return open_session(session, person_id)

    database: Database = app.extensions[EXTENSION]
    with app.app_context():
        client.set_cookie(auth.cookie_name(auth.SESSION), database.write(work))
    return client
