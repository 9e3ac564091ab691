"""What holds for every call: who asks, what was read, how often, how much, in which language."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from engine import Database, Session
from tests.web.callers import REGISTRATION, Caller, Cast
from tests.web.conftest import Enter
from web.api.openapi import PROBLEM
from web.api.resource import FILES, LARGEST
from workflows import papers, terminal
from workflows.tables import Item, Person

AT_ONCE = 16


def count_items(database: Database) -> int:
    with database.read() as session:
        return session.scalars(select(func.count(Item.id))).one()


# -- who ---------------------------------------------------------------------------------


@pytest.mark.parametrize("sent", [None, "Bearer wrong", "Bearer ", "Basic bGl3ZW46eA=="])
def test_a_call_without_a_good_token_is_refused(app: Flask, sent: str | None) -> None:
    headers = {"Authorization": sent} if sent else {}

    answer = app.test_client().get("/api/v1/me", headers=headers)

    assert (answer.status_code, answer.mimetype) == (401, PROBLEM)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_the_token_says_who_asks(cast: Cast) -> None:
    me = cast.handler.get("/me").get_json()

    assert me["name"] == "钱进"
    assert [(post["role"], post["unit_name"]) for post in me["posts"]] == [
        ("handler", "市交通运输局")
    ]


def test_a_cookie_opens_no_door_of_the_api(enter: Enter) -> None:
    answer = enter("liwen").get("/api/v1/me")

    assert answer.status_code == 401


def test_a_new_token_ends_the_one_before(cast: Cast, database: Database) -> None:
    database.write(lambda session: terminal.issue_token(session, "qianjin"))

    assert cast.handler.get("/me").status_code == 401


def test_the_token_of_a_disabled_account_opens_nothing(cast: Cast, database: Database) -> None:
    def disable(session: Session) -> None:
        session.scalars(select(Person).where(Person.login == "qianjin")).one().active = False

    database.write(disable)

    assert cast.handler.get("/me").status_code == 401


# -- what was read -----------------------------------------------------------------------


def test_a_verb_on_a_task_asks_which_version_was_read(cast: Cast) -> None:
    cast.register()
    task_id = cast.director.tasks("approve")[0]

    answer = cast.director.app.test_client().post(
        f"/api/v1/tasks/{task_id}/approve",
        json={"outcome": "approve"},
        headers={"Authorization": f"Bearer {cast.director.token}"},
    )

    assert answer.status_code == 428
    assert answer.get_json()["status"] == 428


def test_a_verb_goes_through_with_the_tag_of_what_was_read(cast: Cast) -> None:
    cast.register()
    task_id = cast.director.tasks("approve")[0]
    tag = cast.director.get(f"/tasks/{task_id}").headers["ETag"]

    stale = cast.director.post(f"/tasks/{task_id}/approve", {"outcome": "approve"}, If_Match='"x"')
    fresh = cast.director.post(f"/tasks/{task_id}/approve", {"outcome": "approve"}, If_Match=tag)

    assert (stale.status_code, fresh.status_code) == (412, 200)


# -- how often ---------------------------------------------------------------------------


def test_a_call_repeated_with_its_key_has_one_effect_and_one_answer(
    cast: Cast, database: Database
) -> None:
    first = cast.supervisor.post("/items", REGISTRATION, Idempotency_Key="one")
    again = cast.supervisor.post("/items", REGISTRATION, Idempotency_Key="one")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert count_items(database) == 1


def test_a_key_that_comes_again_with_another_body_is_refused(
    cast: Cast, database: Database
) -> None:
    cast.supervisor.post("/items", REGISTRATION, Idempotency_Key="one")

    other = cast.supervisor.post(
        "/items", {**REGISTRATION, "title": "另一件事"}, Idempotency_Key="one"
    )

    assert other.status_code == 409
    assert count_items(database) == 1


def test_a_key_is_its_owners_alone(cast: Cast, database: Database) -> None:
    cast.supervisor.post("/items", REGISTRATION, Idempotency_Key="one")

    other = cast.director.post("/items", REGISTRATION, Idempotency_Key="one")

    assert other.status_code == 403
    assert count_items(database) == 1


def test_a_refused_call_may_be_repeated_with_its_key_once_it_is_right(cast: Cast) -> None:
    cast.register()
    task_id = cast.director.tasks("approve")[0]
    headers = {"Idempotency_Key": "approve-1"}

    refused = cast.supervisor.post(f"/tasks/{task_id}/approve", {"outcome": "approve"}, **headers)
    done = cast.director.post(f"/tasks/{task_id}/approve", {"outcome": "approve"}, **headers)

    assert (refused.status_code, done.status_code) == (403, 200)


def test_a_step_repeated_with_its_key_and_old_tag_answers_as_before(cast: Cast) -> None:
    cast.register()
    path = f"/tasks/{cast.director.tasks('approve')[0]}"
    sent = {"If_Match": cast.director.get(path).headers["ETag"], "Idempotency_Key": "k"}

    first = cast.director.post(f"{path}/approve", {"outcome": "approve"}, **sent)
    again = cast.director.post(f"{path}/approve", {"outcome": "approve"}, **sent)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.get_json() == again.get_json()


def test_sixteen_calls_at_once_with_one_key_have_one_effect(cast: Cast, database: Database) -> None:
    def register(_: int) -> tuple[int, bytes]:
        answer = cast.supervisor.post("/items", REGISTRATION, Idempotency_Key="one")
        return answer.status_code, answer.data

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = set(pool.map(register, range(AT_ONCE)))

    assert len(answers) == 1
    assert next(iter(answers))[0] == 201
    assert count_items(database) == 1


def test_sixteen_people_at_once_do_one_task_once(cast: Cast) -> None:
    cast.register()
    task_id = cast.director.tasks("approve")[0]

    def approve(_: int) -> int:
        return cast.director.post(f"/tasks/{task_id}/approve", {"outcome": "approve"}).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = sorted(pool.map(approve, range(AT_ONCE)))

    assert answers == [200] + [409] * (AT_ONCE - 1)
    assert len(cast.supervisor.tasks("assign")) == 1


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_key_without_measure_is_refused(cast: Cast, key: str) -> None:
    answer = cast.supervisor.post("/items", REGISTRATION, Idempotency_Key=key)

    assert answer.status_code == 422
    assert list(answer.get_json()["fields"]) == ["Idempotency-Key"]


# -- what is sent ------------------------------------------------------------------------


def test_mistakes_are_told_field_by_field(cast: Cast) -> None:
    sent = {**REGISTRATION, "title": "", "urgency": "soon", "planned_due_on": "明天", "extra": 1}

    answer = cast.supervisor.post("/items", sent)

    assert (answer.status_code, answer.mimetype) == (422, PROBLEM)
    assert answer.get_json()["fields"] == {
        "title": ["Please fill this in."],
        "urgency": ["Please choose one of those offered."],
        "planned_due_on": ["Please write a date like 2020-03-02."],
        "extra": ["This isn't asked here."],
    }


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b"null", b"\xff\xfe"])
def test_a_body_that_is_no_json_object_is_refused(cast: Cast, body: bytes) -> None:
    answer = send(cast.supervisor, body)

    assert answer.status_code in {400, 422}
    assert answer.mimetype == PROBLEM


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", ""])
def test_a_body_of_a_kind_that_nobody_reads_is_refused(cast: Cast, kind: str) -> None:
    whole = send(cast.supervisor, b"title=x", kind)
    in_pieces = send(cast.supervisor, BytesIO(b"title=x"), kind, Transfer_Encoding="chunked")

    for answer in (whole, in_pieces):
        assert (answer.status_code, answer.mimetype) == (415, PROBLEM)
        assert "multipart/form-data" in answer.get_json()["detail"]


def test_a_body_too_large_is_refused_unread(cast: Cast) -> None:
    answer = send(cast.supervisor, b'{"title": "' + b"a" * 1_000_001 + b'"}')

    assert (answer.status_code, answer.mimetype) == (413, PROBLEM)
    assert answer.json is not None
    assert answer.json["detail"] == "At most 1 MB can be sent at once."


def test_the_largest_file_that_is_kept_fits_into_a_body() -> None:
    assert LARGEST[FILES] > papers.LARGEST


def test_a_stranger_is_told_nothing_about_what_he_sent(app: Flask) -> None:
    answer = send(Caller(app, "wrong"), b"{")

    assert answer.status_code == 401


def send(
    caller: Caller, body: bytes | BytesIO, kind: str = "application/json", **headers: str
) -> TestResponse:
    return caller.app.test_client().post(
        "/api/v1/items",
        data=body,
        content_type=kind,
        headers={
            "Authorization": f"Bearer {caller.token}",
            "Accept-Language": "en",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        },
    )


# -- the words ---------------------------------------------------------------------------


def test_problems_speak_the_language_that_the_caller_asks_for(cast: Cast) -> None:
    english = cast.handler.get("/items/99999").get_json()
    chinese = cast.handler.get("/items/99999", Accept_Language="zh-CN").get_json()

    assert english["type"] == chinese["type"] == "urn:duban:problem:ItemUnknown"
    assert english["title"] == "There is nothing here"
    assert chinese["title"] != english["title"]
    assert english["instance"] == "/api/v1/items/99999"


def test_an_address_that_does_not_exist_is_a_problem_too(cast: Cast) -> None:
    answer = cast.handler.get("/nowhere")

    assert (answer.status_code, answer.mimetype) == (404, PROBLEM)


def test_a_method_that_does_not_exist_is_a_problem_too(cast: Cast) -> None:
    answer = cast.handler.post("/me")

    assert (answer.status_code, answer.mimetype) == (405, PROBLEM)
