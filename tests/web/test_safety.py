"""Forged forms and what the browser is told to refuse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser.cast import PASSWORD
from tests.conftest import copied
from tests.web.conftest import Enter, token
from tests.web.test_auth import address_of
from web.config import DEFAULT_KEY, Config, ConfigRefused, from_environment
from web.security import HEADERS
from web.shapes import proposals as proposal_shapes

CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the city on one product: nothing here is about the database."""
    yield from copied(request, tmp_path, sqlite="sqlite_city", postgresql="postgres_city")


def forms(app: Flask) -> list[tuple[str, str]]:
    """Return every address of a page that takes more than a GET, from the URL map."""
    return [
        (method, address_of(rule.rule, {}))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) & CHANGING
        if not rule.rule.startswith("/api/")
    ]


def test_every_form_without_a_token_is_refused(app: Flask, enter: Enter) -> None:
    client = enter("liwen")
    answers = {
        (method, path): client.open(path, method=method, data={"a": "b"}).status_code
        for method, path in forms(app)
    }

    assert ("POST", "/sign-out") in answers
    assert set(answers.values()) == {400}, answers


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://["])
def test_every_form_from_another_origin_is_refused(app: Flask, enter: Enter, origin: str) -> None:
    client = enter("liwen")
    form = {"csrf_token": token(client, "/me")}
    foreign = {"Origin": origin}
    answers = {
        path: client.open(path, method=method, data=form, headers=foreign).status_code
        for method, path in forms(app)
    }

    assert set(answers.values()) == {400}, answers


def test_a_form_sent_by_another_site_is_refused(enter: Enter) -> None:
    client = enter("liwen")
    form = {"csrf_token": token(client, "/me"), "theme": "dark"}

    crossed = client.post("/preferences", data=form, headers={"Sec-Fetch-Site": "cross-site"})
    own = client.post("/preferences", data=form, headers={"Sec-Fetch-Site": "same-origin"})

    assert (crossed.status_code, own.status_code) == (400, 303)


def test_one_browsers_token_is_worth_nothing_in_another(enter: Enter) -> None:
    stolen = token(enter("liwen"), "/me")
    victim = enter("zhangming")

    answer = victim.post("/preferences", data={"csrf_token": stolen, "theme": "dark"})

    assert answer.status_code == 400


def sign_in_again(client: FlaskClient, whom: FlaskClient) -> None:
    """Let another session begin in a browser."""
    session = whom.get_cookie("duban")
    assert session
    client.set_cookie("duban", session.value)


def test_a_page_goes_on_when_its_person_has_signed_in_again(enter: Enter) -> None:
    client = enter("liwen")
    form = {"csrf_token": token(client, "/me"), "theme": "dark"}
    sign_in_again(client, enter("liwen"))

    assert client.post("/preferences", data=form).status_code == 303


def test_a_page_sends_nothing_in_the_name_of_somebody_else(enter: Enter) -> None:
    client = enter("liwen")
    form = {"csrf_token": token(client, "/me"), "theme": "dark"}
    sign_in_again(client, enter("zhangming"))

    page = client.post("/preferences", data=form)
    told = client.post("/preferences", data=form, headers={"Accept": "application/json"})

    assert page.status_code == 409
    assert "现已由其他人登录" in page.text
    assert told.json
    assert told.json["title"] == "现已由其他人登录"


def test_a_page_of_an_ended_session_does_what_anybody_may(enter: Enter) -> None:
    client = enter("liwen")
    form = {"csrf_token": token(client, "/me"), "theme": "dark"}
    client.delete_cookie("duban")

    assert client.post("/preferences", data=form).status_code == 303


def test_of_two_tabs_that_ask_to_sign_in_the_second_signs_in_too(enter: Enter) -> None:
    client = enter("liwen")
    client.delete_cookie("duban")
    form = {"csrf_token": token(client, "/sign-in"), "login": "liwen", "password": PASSWORD}
    sign_in_again(client, enter("liwen"))

    assert client.post("/sign-in", data=form).status_code == 303


@pytest.mark.parametrize("forged", ["", ".", "0.", "1.0", "x" * 9000, "²." + "0" * 64])
def test_a_made_up_token_is_refused_in_words_that_its_script_reads(
    enter: Enter, forged: str
) -> None:
    headers = {"Accept": "application/json", "X-CSRF-Token": forged}

    refused = enter("liwen").put("/publications/1/content", json={}, headers=headers)

    assert (refused.status_code, refused.mimetype) == (400, "application/problem+json")
    assert refused.json
    assert refused.json["detail"] == "请返回，刷新页面后再提交一次。"


def test_every_answer_forbids_foreign_scripts_and_frames(client: FlaskClient) -> None:
    for path in ("/sign-in", "/me", "/nowhere", "/static/icon.svg"):
        with client.get(path) as answer:
            headers = answer.headers
        policy = headers["Content-Security-Policy"]

        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-eval" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_every_route_answers_with_every_header_of_safety(app: Flask, enter: Enter) -> None:
    client = enter("hemin")

    unsafe = []
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"OPTIONS"}):
            with client.open(address_of(rule.rule, {}), method=method) as answer:
                wrong = {
                    name: answer.headers.get(name)
                    for name, value in HEADERS.items()
                    if answer.headers.get(name) != value
                }
            if wrong:
                unsafe.append((method, rule.rule, answer.status_code, wrong))

    assert unsafe == []


def test_pages_of_people_are_kept_by_no_shared_cache(client: FlaskClient, enter: Enter) -> None:
    with client.get("/sign-in") as signing, client.get("/static/icon.svg") as icon:
        page, built = signing.headers, icon.headers

    with enter("liwen").get("/targets/targets.xlsx") as file:
        assert file.status_code == 200
        assert file.headers["Cache-Control"].startswith("private")
    assert page["Cache-Control"] == "private, no-cache"
    assert "Cookie" in page["Vary"]
    assert "max-age=31536000" in built["Cache-Control"]


def test_cookies_are_bound_to_the_host_where_readers_come_over_https(app: Flask) -> None:
    app.config.update(SECURE=True)
    answer = app.test_client().get("/sign-in", base_url="https://duban.example")

    assert answer.headers["Set-Cookie"].startswith("__Host-duban_seed=")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DUBAN_KEY": DEFAULT_KEY, "DUBAN_HTTPS": "1"},
        {"DUBAN_KEY": "short", "DUBAN_HTTPS": "1"},
        {"DUBAN_KEY": "k" * 40, "DUBAN_HTTPS": "1", "DUBAN_DEBUG": "1"},
        {"DUBAN_KEY": "k" * 40},
    ],
)
def test_production_refuses_to_start_unsafely(environment: dict[str, str]) -> None:
    with pytest.raises(ConfigRefused):
        from_environment({**environment, "DUBAN_ENV": "production"})


def test_production_starts_with_a_key_of_its_own_over_https() -> None:
    config = from_environment(
        {"DUBAN_ENV": "production", "DUBAN_KEY": "k" * 40, "DUBAN_HTTPS": "1"}
    )

    assert isinstance(config, Config)
    assert config.production


def test_signs_that_no_database_or_paper_can_hold_are_left_out() -> None:
    sent = {"said": " 一\x00二\x0b\n三\ud800 "}

    assert proposal_shapes.CoOpinion().load(sent) == {"said": "一二\n三"}
