"""Who may see and do what: every route of the URL map × every role × own and foreign unit.

A route without an entry in the table fails. Whoever may not know of an item finds
nothing (404); whoever sees it and may not act is refused (403); strangers sign in.
"""

import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from engine import Database, MovableClock, Session, open_database
from tests.browser.cast import PASSWORD, come_on
from tests.conftest import MONDAY_MORNING
from tests.web.conftest import token
from tests.web.places import (
    PDF,
    WAITING,
    Ids,
    Place,
    bring,
    deploy_form,
    keep_paper,
    keep_view,
    notify,
)
from web import create_app
from web.config import Config
from workflows import processes, terminal
from workflows.processes import DIAGRAMS
from workflows.tables import Holding, Person, Post, Role, Unit, UnitKind


class Who(StrEnum):
    """Somebody who tries: one person for each role, and a stranger."""

    STRANGER = "stranger"
    HANDLER = "handler"
    UNIT_HEAD = "unit_head"
    SUPERVISOR = "supervisor"
    DIRECTOR = "director"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


LOGINS = {
    Who.HANDLER: "qianjin",
    Who.UNIT_HEAD: "zhouju",
    Who.SUPERVISOR: "liwen",
    Who.DIRECTOR: "zhangming",
    Who.LEADER: "luyuan",
    Who.ADMINISTRATOR: "hemin",
    Who.AUDITOR: "shenji",
}
Sent = Mapping[str, Any] | bytes

OWN, FOREIGN = ("市交通运输局", "qianjin", "zhouju"), ("市城管局", "yangfan", "luojing")

EVERYONE = frozenset(Who)
SIGNED_IN = EVERYONE - {Who.STRANGER}
UNIT = frozenset({Who.HANDLER, Who.UNIT_HEAD})
OFFICE = frozenset({Who.SUPERVISOR, Who.DIRECTOR})
SEERS = SIGNED_IN - {Who.ADMINISTRATOR}

NOTICE, VIEW = "notice", "view"
PERSONAL = frozenset({NOTICE, VIEW})
"""What everybody has of their own."""
LEAVING = frozenset({"/sign-out", "/sign-in"})
"""What ends a session: whoever tries it does so in a browser of their own."""
BEFORE_THE_UNITS = frozenset({"register", "approve", "assign"})
"""The steps at which no unit has the item yet."""


class Answer(StrEnum):
    """What somebody is answered."""

    DONE = "done"
    SIGN_IN = "sign in"
    FORBIDDEN = "forbidden"
    UNKNOWN = "unknown"
    NOT_NOW = "not now"


@dataclass(frozen=True)
class Right:
    """Who may use a route, and at which place it is tried.

    ``at`` names the step that an item of one unit is brought to; without one the route
    isn't about anybody's item. ``sent`` is what is sent, by the numbers of the place.
    ``named`` says that the address names the item: then whoever may not see it finds nothing.
    """

    who: frozenset[Who]
    at: str = ""
    sent: Callable[[Ids], Sent] | Mapping[str, Any] = field(default_factory=dict)
    named: bool = True
    refused: Answer = Answer.FORBIDDEN

    def expects(self, who: Who, *, foreign: bool) -> Answer:
        """Say what somebody has to be answered."""
        if who in self.who and not self._is_hidden(who, foreign=foreign):
            return Answer.DONE
        if who is Who.STRANGER:
            return Answer.SIGN_IN
        return Answer.UNKNOWN if self._is_hidden(who, foreign=foreign) else self.refused

    def _is_hidden(self, who: Who, *, foreign: bool) -> bool:
        if self.at in PERSONAL:
            return foreign
        if not self.at or not self.named:
            return False
        return who not in SEERS or (who in UNIT and (foreign or self.at in BEFORE_THE_UNITS))


def only(*who: Who) -> frozenset[Who]:
    """Name a few."""
    return frozenset(who)


ADMINISTRATOR = only(Who.ADMINISTRATOR)
REGISTRATION = {
    "secret": False,
    "source": "city_instruction",
    "basis": "市长批示",
    "title": "城区公交站台改造",
    "urgency": "normal",
}
REPORT = {"final": True, "progress": "已完成。", "percent": 100}
CHECKS = {"measures_done": True, "problem_solved": True, "target_reached": True}
SHIPPED = (DIAGRAMS / "instruction.bpmn").read_bytes()
LATER = {"new_due_on": "2020-12-01", "reason": "汛期推迟施工。"}
URGE = {"method": "telephone", "text": "请抓紧办理。"}


def urged(ids: Ids) -> Mapping[str, Any]:
    """Urge the place's unit."""
    return {"assignment_ids": [ids["assignment_id"]], **URGE}


def handed(ids: Ids) -> Mapping[str, Any]:
    """Hand an item to the place's unit."""
    return {"lead": {"unit_id": ids["lead_id"]}}


def file(_: Ids) -> Mapping[str, Any]:
    """Send a file."""
    return {"file": (BytesIO(PDF), "照片.pdf")}


def files(_: Ids) -> Mapping[str, Any]:
    """Send a file as a page does."""
    return {"papers": (BytesIO(PDF), "照片.pdf")}


def diagram(_: Ids) -> Mapping[str, Any]:
    """Send a diagram as a page does."""
    return {"diagram": (BytesIO(SHIPPED), "instruction.bpmn")}


API: Mapping[str, Right] = {
    "api-docs.openapi_json": Right(EVERYONE),
    "Account.me": Right(SIGNED_IN),
    "Items.many": Right(SIGNED_IN),
    "Ledger.export": Right(SIGNED_IN),
    "Items.one": Right(SEERS, "acknowledge"),
    "Items.register": Right(only(Who.SUPERVISOR), sent=REGISTRATION),
    "Items.tell": Right(SEERS, "acknowledge"),
    "Items.ask_for_revisit": Right(OFFICE | {Who.LEADER}, "report"),
    "History.entries": Right(only(Who.AUDITOR), "acknowledge"),
    "History.verify": Right(only(Who.AUDITOR), "acknowledge"),
    "Tasks.mine": Right(SIGNED_IN),
    "Tasks.one": Right(SEERS, "acknowledge"),
    "Steps.register": Right(only(Who.SUPERVISOR), "register", REGISTRATION),
    "Steps.approve": Right(only(Who.DIRECTOR), "approve", {"outcome": "approve"}),
    "Steps.assign": Right(only(Who.SUPERVISOR), "assign", handed),
    "Steps.acknowledge": Right(only(Who.HANDLER), "acknowledge"),
    "Steps.object_to": Right(only(Who.HANDLER), "acknowledge", {"reason": "不属本单位"}),
    "Steps.decide_objection": Right(
        only(Who.SUPERVISOR), "objection", {"decision": "insist", "reason": "属本单位"}
    ),
    "Steps.report": Right(only(Who.HANDLER), "report", REPORT),
    "Steps.confirm": Right(only(Who.UNIT_HEAD), "confirm", {"sign": True}),
    "Steps.review": Right(only(Who.SUPERVISOR), "review", {"verdict": "accepted", **CHECKS}),
    "Steps.instruction": Right(only(Who.LEADER), "instruct", {"new_instruction": False}),
    "Steps.consent": Right(only(Who.LEADER), "consent", {"consent": True}),
    "Steps.revisit": Right(
        only(Who.SUPERVISOR), "revisit", {"method": "on_site", "findings": "属实", "solved": True}
    ),
    "Steps.close": Right(only(Who.DIRECTOR), "close"),
    "Steps.form": Right(only(Who.DIRECTOR), "form", {"values": {}}),
    "Steps.withdraw": Right(only(Who.HANDLER), "confirm", refused=Answer.NOT_NOW),
    "Assignments.urge": Right(OFFICE, "acknowledge", urged, named=False),
    "Assignments.ask_extension": Right(UNIT, "report", LATER),
    "Papers.many": Right(SEERS, "acknowledge"),
    "Papers.keep": Right(OFFICE | UNIT, "acknowledge", file),
    "Papers.read": Right(SEERS, "acknowledge"),
    "Units.many": Right(SIGNED_IN),
    "Notices.mine": Right(SIGNED_IN),
    "Notices.read": Right(SIGNED_IN, "notice"),
    "Diagrams.many": Right(SIGNED_IN),
    "Diagrams.one": Right(SIGNED_IN),
    "Diagrams.xml": Right(SIGNED_IN),
    "Diagrams.check": Right(ADMINISTRATOR, sent=lambda _: SHIPPED),
    "Diagrams.deploy": Right(ADMINISTRATOR, sent=lambda _: SHIPPED),
}

FORM_URGE = {"method": "telephone", "text": "请抓紧办理。"}
NOTHING: Mapping[str, Any] = {}

PAGES: Mapping[str, Right] = {
    "static": Right(EVERYONE),
    "auth.sign_in": Right(EVERYONE),
    "auth.enter": Right(
        only(), sent={"login": "nobody", "password": "nothing"}, refused=Answer.SIGN_IN
    ),
    "auth.prefer": Right(EVERYONE, sent={"theme": "dark"}),
    "auth.me": Right(SIGNED_IN),
    "auth.change_password": Right(SIGNED_IN, sent={"old": "wrong", "new": "wrong"}),
    "auth.leave": Right(SIGNED_IN),
    "inbox.show": Right(SIGNED_IN),
    "inbox.news": Right(SIGNED_IN),
    "inbox.urge": Right(
        OFFICE,
        "acknowledge",
        lambda ids: {"assignment": ids["assignment_id"], **URGE},
        named=False,
    ),
    "items.show": Right(SEERS, "acknowledge"),
    "items.diagram": Right(SEERS, "acknowledge"),
    "registering.show": Right(only(Who.SUPERVISOR)),
    "registering.register": Right(only(Who.SUPERVISOR), sent={**REGISTRATION, "secret": "false"}),
    "registering.limit": Right(SIGNED_IN),
    "deeds.urge_form": Right(OFFICE, "acknowledge", refused=Answer.NOT_NOW),
    "deeds.urge": Right(OFFICE, "acknowledge", urged),
    "deeds.extension_form": Right(UNIT, "report", refused=Answer.NOT_NOW),
    "deeds.extend": Right(UNIT, "report", lambda ids: {"part": ids["assignment_id"], **LATER}),
    "deeds.ask_for_revisit": Right(OFFICE | {Who.LEADER}, "report"),
    "papers.add": Right(OFFICE | UNIT, "acknowledge", files),
    "papers.read": Right(SEERS, "acknowledge"),
    "steps.show": Right(only(Who.HANDLER), "report"),
    "steps.send": Right(only(Who.HANDLER), "report", {**REPORT, "final": "true"}),
    "steps.keep": Right(only(Who.HANDLER), "report", {"progress": "一半"}),
    "steps.withdraw": Right(only(Who.HANDLER), "confirm", refused=Answer.NOT_NOW),
    "diagrams.show": Right(ADMINISTRATOR),
    "diagrams.look": Right(ADMINISTRATOR),
    "diagrams.picture": Right(ADMINISTRATOR),
    "diagrams.file": Right(ADMINISTRATOR),
    "diagrams.check": Right(ADMINISTRATOR, sent=diagram),
    "diagrams.deploy": Right(
        ADMINISTRATOR, sent={"name": "a", "diagram": b64encode(SHIPPED).decode()}
    ),
    "ledger.show": Right(SEERS),
    "ledger.export": Right(SEERS),
    "ledger.keep": Right(SIGNED_IN, sent={"name": "我的"}),
    "ledger.drop": Right(SIGNED_IN, VIEW),
    "imports.show": Right(OFFICE | ADMINISTRATOR),
    "imports.upload": Right(OFFICE | ADMINISTRATOR),
    "imports.one": Right(OFFICE | ADMINISTRATOR),
    "imports.choose_sheet": Right(OFFICE | ADMINISTRATOR),
    "imports.correct": Right(OFFICE | ADMINISTRATOR),
    "imports.run": Right(OFFICE | ADMINISTRATOR),
    "imports.how_far": Right(OFFICE | ADMINISTRATOR),
    "imports.problems": Right(OFFICE | ADMINISTRATOR),
    "imports.file": Right(OFFICE | ADMINISTRATOR),
    "notices.show": Right(SIGNED_IN),
    "notices.follow": Right(SIGNED_IN, NOTICE),
    "notices.read": Right(SIGNED_IN, NOTICE),
    "notices.unread": Right(SIGNED_IN, NOTICE),
    "notices.read_all": Right(SIGNED_IN),
    "mails.show": Right(ADMINISTRATOR),
    "admin_calendar.show": Right(ADMINISTRATOR),
    "admin_calendar.ask": Right(ADMINISTRATOR),
    "admin_calendar.preview": Right(ADMINISTRATOR),
    "admin_calendar.take_in": Right(ADMINISTRATOR),
    "admin_limits.show": Right(ADMINISTRATOR),
    "admin_limits.change": Right(ADMINISTRATOR),
    "admin_limits.change_ladder": Right(ADMINISTRATOR),
    "admin_limits.change_settings": Right(ADMINISTRATOR),
    "admin_people.show": Right(ADMINISTRATOR),
    "admin_people.person": Right(ADMINISTRATOR),
    "admin_people.change_person": Right(ADMINISTRATOR),
    "admin_people.disable": Right(ADMINISTRATOR),
    "admin_people.enable": Right(ADMINISTRATOR),
    "admin_people.reset_password": Right(ADMINISTRATOR),
    "admin_people.issue_token": Right(ADMINISTRATOR),
    "admin_people.end_token": Right(ADMINISTRATOR),
    "admin_people.new_person": Right(ADMINISTRATOR),
    "admin_people.add_person": Right(ADMINISTRATOR),
    "admin_people.new_unit": Right(ADMINISTRATOR),
    "admin_people.add_unit": Right(ADMINISTRATOR),
    "admin_people.unit": Right(ADMINISTRATOR),
    "admin_people.change_unit": Right(ADMINISTRATOR),
    "admin_people.close_unit": Right(ADMINISTRATOR),
    "admin_people.reopen_unit": Right(ADMINISTRATOR),
    "admin_people.add_post": Right(ADMINISTRATOR),
    "admin_people.give_post": Right(ADMINISTRATOR),
    "admin_people.end_holding": Right(ADMINISTRATOR),
}

TABLE = {**API, **PAGES}


# -- trying --------------------------------------------------------------------------------


class House:
    """The application with its people signed in, and the places that rights are tried at."""

    def __init__(
        self, app: Flask, database: Database, definition_id: int, ids: Mapping[str, int]
    ) -> None:
        self.app = app
        self.database = database
        self._ids = {**ids, "definition_id": definition_id, "filename": "icon.svg"}
        self._clients = {who: self.sign_in(who) for who in Who}
        self._tokens = {who: self._token_of(login) for who, login in LOGINS.items()}

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
        """Bring an item of one's own or of a foreign unit to where the right is tried."""
        unit = FOREIGN if foreign else OWN
        ids: dict[str, Any] = dict(self._ids)
        if right.at in WAITING:
            place = Place(self.database, *unit)
            ids |= bring(place, right.at)
            ids["lead_id"] = place.unit_id()
            if right.at == "acknowledge":
                ids["paper_id"] = keep_paper(place)
        return ids

    def try_out(self, rule: Rule, method: str, right: Right, who: Who, ids: Ids) -> Answer:
        """Have somebody use a route."""
        with self.app.test_request_context():
            path = url_for(rule.endpoint, **{name: ids[name] for name in rule.arguments})
        sent = right.sent(ids) if callable(right.sent) else right.sent
        send = self._call if rule.rule.startswith("/api/") else self._browse
        with send(who, method, path, sent) as answer:
            return said(answer, f"{who} {method} {path}")

    def _call(self, who: Who, method: str, path: str, sent: Sent) -> TestResponse:
        headers = {"If-Match": "*"} if method == "POST" else {}
        if who in self._tokens:
            headers["Authorization"] = f"Bearer {self._tokens[who]}"
        return self.app.test_client().open(path, method=method, headers=headers, **body(sent))

    def _browse(self, who: Who, method: str, path: str, sent: Sent) -> TestResponse:
        if method == "GET":
            return self._clients[who].get(path)
        client = self.sign_in(who) if path in LEAVING else self._clients[who]
        page = "/me" if who in LOGINS else "/sign-in"
        return client.post(path, data={**sent, "csrf_token": token(client, page)})


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
    """Add a unit, a person and a holding that an administrator may do with as he likes."""
    unit = Unit(name="市档案馆", kind=UnitKind.DEPARTMENT, aliases=[])
    person = Person(name="过客", login="guoke", password="-")
    session.add_all([unit, person])
    session.flush()
    post = Post(unit_id=unit.id, name="承办人", role=Role.HANDLER)
    session.add(post)
    session.flush()
    holding = Holding(post_id=post.id, person_id=person.id, since=date(2019, 1, 1))
    session.add(holding)
    session.flush()
    return {"unit_id": unit.id, "person_id": person.id, "holding_id": holding.id}


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Yield every route with each of its methods."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def test_every_route_has_its_entry(house: House) -> None:
    endpoints = {rule.endpoint for rule, _ in routes(house.app)}

    assert endpoints - set(TABLE) == set(), "say in TABLE who may use these"
    assert set(TABLE) - endpoints == set(), "these are gone"


@pytest.mark.parametrize(
    "endpoint", sorted(TABLE, key=lambda name: (TABLE[name].at == "form", name))
)
def test_a_route_answers_each_role_as_it_should(house: House, endpoint: str) -> None:
    right = TABLE[endpoint]
    if right.at == "form":
        deploy_form(house.database)
    (rule,) = (rule for rule in house.app.url_map.iter_rules() if rule.endpoint == endpoint)
    (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}

    wrong = []
    for foreign in (False, True) if right.at else (False,):
        ids = house.place(right, foreign=foreign)
        for who in sorted(Who, key=lambda who: who in right.who):
            if who in right.who and method == "POST":
                ids = house.place(right, foreign=foreign)  # whoever may act changes the place
            if right.at in PERSONAL:
                login = FOREIGN[1] if foreign else LOGINS.get(who, OWN[1])
                ids |= {"notice_id": notify(house.database, login)}
                ids |= {"view_id": keep_view(house.database, login)}
            expected = right.expects(who, foreign=foreign)
            found = house.try_out(rule, method, right, who, ids)
            if found != expected:
                wrong.append(f"{who}, {'foreign' if foreign else 'own'}: {found}, not {expected}")

    assert wrong == []
