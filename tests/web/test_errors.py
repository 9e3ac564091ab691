"""Every refusal has its status and its words; nothing technical reaches a reader."""

import inspect
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask_babel import force_locale

import engine
import web
from engine import Database, open_database
from tests.conftest import KEY, POSTGRES_TEMPLATE
from tests.postgres import PostgresServer
from tests.web.conftest import Enter, application_over, signed_in
from web.entries import mistakes_of
from web.errors import TABLE, problem_of
from web.refusals import REASONS
from web.words.items import FIELDS
from workflows import errors, processes

TEMPLATES = Path(web.__file__).parent / "templates"
NOT_MET = {errors.Refusal, errors.UnsafeForProduction, errors.DemoUnfinished}
"""The base of all, and what stops the start before anybody asks anything."""


def refusals() -> list[type[Exception]]:
    """Return every way in which the domain says no."""
    found = inspect.getmembers(errors, inspect.isclass)
    return [kind for _, kind in found if issubclass(kind, errors.Refusal) and kind not in NOT_MET]


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: kind.__name__)
def test_every_refusal_has_words_of_its_own(kind: type[Exception]) -> None:
    assert kind in TABLE


def test_a_refusal_is_told_with_its_facts_in_both_languages(app: Flask) -> None:
    refusal = errors.LimitInPast(given=date(2020, 2, 28), today=date(2020, 3, 2))
    with app.test_request_context():
        with force_locale("zh_CN"):
            chinese = problem_of(refusal)
        with force_locale("en"):
            english = problem_of(refusal)

    assert (chinese.status, chinese.title) == (422, "时限已经过去")
    assert chinese.words == "所填是2月28日（周五），今天是3月2日（周一）。"
    assert english.words == "It would be 28 Feb (Fri); today is 2 Mar (Mon)."


def test_a_refusal_says_nothing_twice(app: Flask) -> None:
    refusal = errors.PaperRefused("kind", endings=["pdf", "docx"])
    told = {}
    with app.test_request_context():
        for language in ("zh_CN", "en"):
            with force_locale(language):
                told[language] = mistakes_of(refusal, {})["papers"]

    assert told == {
        "zh_CN": "这个文件不能收。可以收的种类：pdf、docx。",
        "en": "This file can't be kept. Files of these kinds can: pdf, docx.",
    }


def test_every_reason_fits_its_facts(app: Flask) -> None:
    names = (
        *("least", "endings", "name", "by", "post", "login", "email", "sheet"),
        *("times", "last", "kind", "urgency", "questions"),
        *("line", "yellow", "red", "months", "planned", "running", "ran"),
        *("first", "columns", "until", "count", "node", "points", "title", "what"),
    )
    with app.test_request_context(), force_locale("zh_CN"):
        for kind, reasons in REASONS.items():
            for why in reasons:
                refusal = kind.__new__(kind)
                vars(refusal)["facts"] = {
                    "why": why,
                    "most": 2_000_000,
                    **dict.fromkeys(names, "x"),
                }
                assert "%" not in problem_of(refusal).words


def test_whoever_finished_a_step_meanwhile_is_named(app: Flask) -> None:
    closed = engine.TaskClosed(
        task_id=UUID(int=7), closed_by="person:3", closed_at=None, outcome="accept"
    )
    with app.test_request_context(), force_locale("zh_CN"):
        problem = problem_of(closed)

    assert problem.status == 409
    assert problem.words.startswith("李文")


def test_a_page_says_it_calmly_and_leads_on(enter: Enter) -> None:
    answer = enter("liwen").get("/items/4711")

    assert answer.status_code == 404
    assert "这里没有内容" in answer.text
    assert 'href="/"' in answer.text


def test_a_number_that_nothing_can_have_is_nowhere(enter: Enter) -> None:
    answer = enter("liwen").get("/items/99999999999999999999")

    assert answer.status_code == 404


def test_htmx_gets_a_note_instead_of_a_page(enter: Enter) -> None:
    answer = enter("liwen").get("/items/4711", headers={"HX-Request": "true"})

    assert answer.status_code == 404
    assert "<html" not in answer.text
    assert 'role="alert"' in answer.text


def test_a_program_gets_problem_details(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/nowhere", headers={"Accept-Language": "en"})

    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["title"] == "There is nothing here"
    assert answer.json["detail"] == "It doesn't exist, or it isn't open to you."


def test_problem_details_that_know_no_more_than_their_title_say_no_more(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/items", headers={"Accept-Language": "en"})

    assert answer.json is not None
    assert answer.json["title"] == "Please sign in"
    assert "detail" not in answer.json


def test_our_own_faults_say_nothing_technical(app: Flask, database: Database) -> None:
    broken = application_over(database, app.config["DATA"])
    broken.add_url_rule("/broken", "inbox.broken", lambda: 1 / 0)
    broken.testing = False

    answer = signed_in(broken, "liwen").get("/broken")

    assert answer.status_code == 500
    assert "系统出了问题" in answer.text
    assert "ZeroDivision" not in answer.text


@pytest.fixture
def stranded(postgres: PostgresServer, tmp_path: Path) -> Iterator[FlaskClient]:
    """Give a browser before a house whose database went away while it was served."""
    url = postgres.create(template=POSTGRES_TEMPLATE)
    database = open_database(url, processes.registry(), key=KEY)
    stranded = application_over(database, tmp_path)
    postgres.drop(url)
    yield stranded.test_client()
    database.sql.dispose()


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "连不上数据库"), ("en", "The database can&#39;t be reached")]
)
@pytest.mark.parametrize("path", ["/", "/sign-in", "/ledger"])
def test_a_page_says_that_the_database_cannot_be_reached(
    stranded: FlaskClient, path: str, language: str, words: str
) -> None:
    answer = stranded.get(path, headers={"Accept-Language": language})

    assert answer.status_code == 503
    assert words in answer.text
    assert "psycopg" not in answer.text


def test_a_program_is_told_so_too(stranded: FlaskClient) -> None:
    answer = stranded.get("/api/v1/items", headers={"Authorization": "Bearer whoever"})

    assert answer.status_code == 503
    assert answer.get_json()["type"] == "urn:duban:problem:DatabaseUnreachable"
    assert "postgres" not in answer.text


SUMMARY = '{% import "macros.html" as d with context %}{{ d.summary(errors) }}'


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("errors_", "heads"),
    [({"": "这一季已冻结"}, False), ({"reason": "请写明理由", "": "这一季已冻结"}, True)],
)
def test_a_refusal_of_state_is_headed_by_itself_not_as_something_typed_wrongly(
    app: Flask, errors_: dict[str, str], *, heads: bool
) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        told = render_template_string(SUMMARY, errors=errors_)

    assert ("to put right" in told) is heads
    assert ('<p class="b">这一季已冻结</p>' in told) is not heads


FIELD = re.compile(r'\b(?:f\.(?:area|line|day|select)|d\.field)\("(\w+)", *_\(')


def test_every_field_of_a_step_has_a_name_for_the_list_of_what_to_put_right() -> None:
    steps = (TEMPLATES / "steps").glob("*.html")

    asked = {field for page in steps for field in FIELD.findall(page.read_text("utf-8"))}

    assert len(asked) > 20
    assert asked - FIELDS.keys() == set()
