"""The whole house with everybody in it, and the places that rights are tried at."""

import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from engine import Database, MovableClock, Session, open_database
from tests.browser.cast import PASSWORD, come_on
from tests.conftest import MONDAY_MORNING
from tests.web import (
    assessment_rights,
    board_rights,
    drawing_rights,
    figure_rights,
    overseeing_rights,
    project_places,
    publication_rights,
    results_rights,
    table_rights,
    trial_rights,
    visit_rights,
)
from tests.web.forms import token
from tests.web.places import (
    WAITING,
    Ids,
    Place,
    bring,
    deploy_last,
    keep_paper,
    keep_view,
    notify,
    upload,
)
from tests.web.rewinding import Moment, Stops
from tests.web.rights import FOREIGN, LOGINS, OWN, Answer, Right, Sent, Who
from web import create_app
from web.config import Config
from workflows import processes, terminal
from workflows.projects import templates
from workflows.tables import Holding, Person, Post, Role, Unit, UnitKind

LEAVING = frozenset({"/sign-out", "/sign-in"})
"""What ends a session: whoever tries it does so in a browser of their own."""


class House:
    """The application with its people signed in, and the places that rights are tried at."""

    def __init__(
        self, app: Flask, database: Database, definition_id: int, ids: Mapping[str, int]
    ) -> None:
        self.app = app
        self.database = database
        self._ids = {
            **ids,
            **visit_rights.NUMBERS,
            **drawing_rights.NUMBERS,
            **table_rights.NUMBERS,
            **trial_rights.NUMBERS,
            **overseeing_rights.WHERE,
            **results_rights.NUMBERS,
            **assessment_rights.WHERE,
            **board_rights.WHERE,
            **publication_rights.WHERE,
            **figure_rights.WHERE,
            "photograph_id": uuid4(),
            "definition_id": definition_id,
            "batch_id": upload(database),
            "meeting_id": project_places.meeting(database),
            "template_id": database.write(project_template),
            "filename": "icon.svg",
            "reply_id": 0,
            "token": "nobody-s",
            "incident_id": 1,
            "year": 2020,
            "name": "report",
            "version": 1,
            "page": 1,
            "group": "office",
            "deputy_id": 1_000,
            "hand_over_id": 1_000,
        }
        self._clients = {who: self.sign_in(who) for who in Who}
        self._tokens = {who: self._token_of(login) for who, login in LOGINS.items()}
        self._forms: dict[FlaskClient, str] = {}
        self._begin = Moment(database)
        self._stops: Stops = {}
        self._places: dict[tuple[str, bool], tuple[Moment, dict[str, Any]]] = {}

    def sign_in(self, who: Who) -> FlaskClient:
        """Give somebody a browser of their own."""
        client = self.app.test_client()
        if who in LOGINS:
            form = {"login": LOGINS[who], "password": PASSWORD, "csrf_token": token(client)}
            client.post("/sign-in", data=form)
        return client

    def _token_of(self, login: str) -> str:
        return self.database.write(lambda session: terminal.issue_token(session, login))

    def place(self, right: Right, *, foreign: bool) -> dict[str, Any]:
        """Return to where the right is tried, with an item of one's own or of a foreign unit.

        Whatever was done since that place was first come to is undone, there and elsewhere.
        """
        if (right.at, foreign) not in self._places:
            self._begin.return_to()
            ids = self._bring(right, foreign=foreign)
            self._places[right.at, foreign] = Moment(self.database), ids
        moment, ids = self._places[right.at, foreign]
        moment.return_to()
        return dict(ids)

    def _bring(self, right: Right, *, foreign: bool) -> dict[str, Any]:
        unit = FOREIGN if foreign else OWN
        ids: dict[str, Any] = dict(self._ids)
        stops: Stops | None = self._stops
        if right.at in {"close", "form"}:
            deploy_last(self.database, right.at)
            stops = None  # those were come to by another diagram
        if right.at in WAITING:
            place = Place(self.database, *unit, stops=stops)
            ids |= bring(place, right.at)
            ids["lead_id"] = place.unit_id()
            if right.at == "acknowledge":
                ids["paper_id"] = keep_paper(place)
        ids["holding_id"] = self.database.write(lambda s: hold(s, ids["post_id"], ids["person_id"]))
        return ids

    def personal(self, who: Who, *, foreign: bool) -> dict[str, Any]:
        """Leave somebody, or somebody else, what everybody has of their own."""
        login = FOREIGN[1] if foreign else LOGINS.get(who, OWN[1])
        return {
            "notice_id": notify(self.database, login),
            "view_id": keep_view(self.database, login),
        }

    def try_out(self, rule: Rule, method: str, right: Right, who: Who, ids: Ids) -> Answer:
        """Have somebody use a route, and say what came of it."""
        with self.ask(rule, method, right, who, ids) as answer:
            return said(answer, f"{who} {method} {answer.request.path}")

    def ask(self, rule: Rule, method: str, right: Right, who: Who, ids: Ids) -> TestResponse:
        """Have somebody use a route."""
        with self.app.test_request_context():
            path = url_for(rule.endpoint, **{name: ids[name] for name in rule.arguments})
        sent = right.sent(ids) if callable(right.sent) else right.sent
        send = self._call if rule.rule.startswith("/api/") else self._browse
        return send(who, method, path, sent)

    def _call(self, who: Who, method: str, path: str, sent: Sent) -> TestResponse:
        headers = {"If-Match": "*"} if method == "POST" else {}
        if who in self._tokens:
            headers["Authorization"] = f"Bearer {self._tokens[who]}"
        told = {"query_string": sent} if method == "GET" else body(sent)
        return self.app.test_client().open(path, method=method, headers=headers, **told)

    def _browse(self, who: Who, method: str, path: str, sent: Sent) -> TestResponse:
        if method == "GET":
            return self._clients[who].get(path)
        client = self.sign_in(who) if path in LEAVING else self._clients[who]
        if client not in self._forms:  # a form's token is its session's, whichever page asks
            self._forms[client] = token(client, "/me" if who in LOGINS else "/sign-in")
        if isinstance(sent, bytes):
            headers = {"X-CSRF-Token": self._forms[client], "If-Match": '"1"'}
            return client.open(path, method=method, headers=headers, **body(sent))
        return client.post(path, data={**sent, "csrf_token": self._forms[client]})


def body(sent: Sent) -> dict[str, Any]:
    """Say how something is sent: as a diagram, as a file or as JSON."""
    if isinstance(sent, bytes):
        return {"data": sent, "content_type": "application/xml"}
    if any(isinstance(value, tuple) for value in sent.values()):
        return {"data": sent}
    return {"json": sent}


def said(answer: TestResponse, place: str) -> Answer:
    """Read an answer; whoever is told what is wrong with what was sent has been let in."""
    status = answer.status_code
    assert status < 500, f"{place} failed: {answer.text}"
    if status == 401 or "/sign-in" in answer.headers.get("Location", ""):
        return Answer.SIGN_IN
    known = {
        403: Answer.FORBIDDEN,
        404: Answer.UNKNOWN,
        409: Answer.NOT_NOW,
        422: Answer.DONE,
    }
    assert status < 400 or status in known, f"{place} was answered {status}: {answer.text[-900:]}"
    return known.get(status, Answer.DONE)


@pytest.fixture(scope="module")
def house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Open one house for all: everybody has signed in and has a token."""
    folder = tmp_path_factory.mktemp("rights")
    path = shutil.copy(sqlite_template, folder / "duban.sqlite")
    database = open_database(
        f"sqlite:///{path}", processes.registry(), clock=MovableClock(MONDAY_MORNING)
    )
    database.write(come_on)
    definitions = database.write(processes.deploy_shipped)
    app = create_app(Config(database=database.url, data=folder, key="k" * 40), database)
    app.testing = True
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUBAN_DATA", str(folder))
        yield House(app, database, definitions[0].id, database.write(move_in))
    database.sql.dispose()


def move_in(session: Session) -> Mapping[str, int]:
    """Add a unit, a person and a post that an administrator may do with as he likes."""
    unit = Unit(name="市档案馆", kind=UnitKind.DEPARTMENT, aliases=[])
    person = Person(name="过客", login="guoke", password="-")
    session.add_all([unit, person])
    session.flush()
    post = Post(unit_id=unit.id, name="承办人", role=Role.HANDLER)
    session.add(post)
    session.flush()
    return {"unit_id": unit.id, "post_id": post.id, "person_id": person.id}


def project_template(session: Session) -> int:
    """Return a template of milestones."""
    templates.seed_templates(session)
    return templates.templates(session)[0].id


def hold(session: Session, post_id: int, person_id: int) -> int:
    """Have a person hold a post, anew if that was taken back."""
    held = select(Holding).where(Holding.post_id == post_id, Holding.until.is_(None))
    holding = session.scalars(held).first()
    if holding is None:
        holding = Holding(post_id=post_id, person_id=person_id, since=date(2019, 1, 1))
        session.add(holding)
        session.flush()
    return holding.id
