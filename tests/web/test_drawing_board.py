"""What the editor says to the house: a draft read and saved by revision, checked, looked at."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine import Database, MovableClock, Session
from tests.web.conftest import Enter
from tests.web.forms import token
from workflows.processes import DIAGRAMS
from workflows.tables import Holding, Person, Post, Role

SHIPPED = (DIAGRAMS / "instruction.bpmn").read_bytes()
CHANGED = SHIPPED.replace("立项审批".encode(), "主任审批".encode())
UNLIMITED = SHIPPED.replace(b'duban:step="approve" duban:limit="approve"', b'duban:step="approve"')


@pytest.fixture
def administrator(enter: Enter) -> FlaskClient:
    """Give the browser of an administrator, in a house with the shipped diagrams."""
    return enter("hemin")


def begun(client: FlaskClient) -> str:
    """Begin a draft of the general way of instructions; return where its parts are."""
    sent = {"csrf_token": token(client, "/me")}
    return client.post("/diagrams/instruction/draft", data=sent).headers["Location"]


def appoint(session: Session) -> None:
    """Let the director administer, too."""
    post = session.scalars(select(Post.id).where(Post.role == Role.ADMINISTRATOR)).first()
    person = session.scalars(select(Person.id).where(Person.login == "zhangming")).one()
    session.add(Holding(post_id=post, person_id=person, since=date(2020, 1, 1)))


def save(client: FlaskClient, draft: str, xml: bytes, revision: str | None) -> TestResponse:
    """Save a draft as the editor does."""
    headers = {"X-CSRF-Token": token(client, "/me")}
    if revision is not None:
        headers["If-Match"] = revision
    return client.put(f"{draft}/xml", data=xml, headers=headers, content_type="application/xml")


def check(client: FlaskClient, draft: str, xml: bytes) -> list[Mapping[str, Any]]:
    """Have a draft checked as the editor does."""
    headers = {"X-CSRF-Token": token(client, "/me")}
    answer = client.post(f"{draft}/check", data=xml, headers=headers)
    return answer.get_json()["problems"]


def test_a_process_has_one_draft_and_it_is_its_newest_version(administrator: FlaskClient) -> None:
    draft = begun(administrator)

    answer = administrator.get(f"{draft}/xml")

    assert begun(administrator) == draft
    assert (answer.data, answer.headers["ETag"]) == (SHIPPED, '"1"')


def test_nobody_saves_over_what_another_has_saved(administrator: FlaskClient, enter: Enter) -> None:
    draft = begun(administrator)
    other = enter("hemin")

    saved = save(administrator, draft, CHANGED, '"1"')
    late = save(other, draft, UNLIMITED, '"1"')
    blind = save(other, draft, UNLIMITED, None)

    assert (saved.status_code, saved.get_json()["revision"]) == (200, 2)
    assert late.status_code == 412
    assert (late.get_json()["revision"], late.get_json()["saved_by"]) == (2, "何敏")
    assert blind.status_code == 428
    assert administrator.get(f"{draft}/xml").data == CHANGED


@pytest.mark.parametrize(
    ("xml", "status", "code"),
    [
        (b"<" + b" " * 2_000_000, 413, None),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + SHIPPED.partition(b"?>")[2], 422, "doctype"),
        (b"no diagram", 422, "not_xml"),
        (b"<a/>", 422, "not_bpmn"),
    ],
)
def test_what_nobody_should_open_is_never_saved(
    administrator: FlaskClient, xml: bytes, status: int, code: str | None
) -> None:
    draft = begun(administrator)

    answer = save(administrator, draft, xml, '"1"')

    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    if code:
        assert [flaw["code"] for flaw in answer.get_json()["facts"]["flaws"]] == [code]
    assert administrator.get(f"{draft}/xml").data == SHIPPED


def test_a_problem_comes_with_what_mends_it(administrator: FlaskClient) -> None:
    draft = begun(administrator)
    administrator.post("/prefer", data={"language": "en"})

    (problem,) = [
        each for each in check(administrator, draft, UNLIMITED) if each["severity"] == "error"
    ]

    assert (problem["element"], problem["code"]) == ("approve", "limit_missing")
    assert problem["hint"]
    assert (problem["fix"]["property"], problem["fix"]["value"]) == ("duban:limit", "approve")


def test_a_nameless_step_is_called_as_its_kind_is_in_the_language_of_the_name(
    administrator: FlaskClient,
) -> None:
    draft = begun(administrator)
    nameless = SHIPPED.replace('name="立项审批" duban:name_en="Approve"'.encode(), b"")
    foreign = SHIPPED.replace(b' duban:name_en="Approve"', b"")

    fixes = [
        each["fix"]
        for xml in (nameless, foreign)
        for each in check(administrator, draft, xml)
        if each["element"] == "approve"
    ]

    assert [(fix["property"], fix["value"]) for fix in fixes] == [
        ("name", "立项审批"),
        ("duban:name_en", "Approve opening"),
    ]


def test_a_draft_may_not_become_another_process(administrator: FlaskClient) -> None:
    draft = begun(administrator)
    renamed = SHIPPED.replace(b'"instruction"', b'"other"')

    codes = [each["code"] for each in check(administrator, draft, renamed)]

    assert "process_renamed" in codes


def test_it_says_who_else_has_it_open_and_where_until_they_are_gone(
    administrator: FlaskClient, enter: Enter, database: Database
) -> None:
    clock = database.clock
    assert isinstance(clock, MovableClock)
    database.write(appoint)
    draft, other = begun(administrator), enter("zhangming")

    def present(client: FlaskClient, element: str | None) -> Mapping[str, Any]:
        headers = {"X-CSRF-Token": token(client, "/me")}
        answer = client.post(f"{draft}/presence", json={"element": element}, headers=headers)
        return answer.get_json()

    alone = present(administrator, "approve")
    seen = present(other, None)
    clock.move(timedelta(seconds=30))
    later = present(administrator, "assign")
    clock.move(timedelta(seconds=46))
    gone = present(other, "assign")

    assert alone["others"] == []
    assert (alone["revision"], alone["saved_by"]) == (1, "何敏")
    (hemin,), (zhang,) = seen["others"], later["others"]
    assert (hemin["name"], hemin["element"]) == ("何敏", "approve")
    assert (zhang["name"], zhang["element"]) == ("张明", None)
    assert hemin["since"] == zhang["since"]
    assert gone["others"] == []
