"""The application over a database of the test's own, and somebody who can sign in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine import Database
from tests.browser.cast import PASSWORD, come_on
from tests.web.callers import called, cast
from tests.web.forms import token
from tests.web.house import house
from web import create_app
from web.config import Config

__all__ = ["app", "called", "cast", "client", "enter", "house", "token"]

Enter = Callable[..., FlaskClient]


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Flask:
    """Build the application; its city has its people."""
    database.write(come_on)
    app = create_app(Config(database=database.url, data=tmp_path, key="k" * 40), database)
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser without scripts."""
    return app.test_client()


@pytest.fixture
def enter(app: Flask) -> Enter:
    """Give what opens a browser in which somebody is signed in."""

    def sign_in(login: str, password: str = PASSWORD) -> FlaskClient:
        client = app.test_client()
        sent = {"login": login, "password": password, "csrf_token": token(client)}
        client.post("/sign-in", data=sent)
        return client

    return sign_in
