"""Signing in and out, and what a stranger may not see."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine import MovableClock
from tests.browser.cast import PASSWORD
from tests.web.conftest import token

Enter = Callable[..., FlaskClient]


@pytest.fixture
def enter(app: Flask) -> Enter:
    """Give what opens a browser and signs somebody in by the form, as people do."""

    def go_in(login: str, password: str = PASSWORD) -> FlaskClient:
        client = app.test_client()
        sent = {"login": login, "password": password, "csrf_token": token(client)}
        client.post("/sign-in", data=sent)
        return client

    return go_in


def test_a_stranger_is_led_to_the_sign_in_page_and_back(client: FlaskClient) -> None:
    refused = client.get("/me?a=1")

    assert refused.status_code == 302
    assert refused.location == "/sign-in?next=/me?a%3D1"

    form = {"login": "liwen", "password": PASSWORD, "csrf_token": token(client)}
    entered = client.post(refused.location, data=form)

    assert entered.location == "/me?a=1"


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(client: FlaskClient) -> None:
    def try_with(login: str) -> tuple[int, str]:
        form = {"login": login, "password": "wrong", "csrf_token": token(client)}
        answer = client.post("/sign-in", data=form)
        return answer.status_code, answer.text.replace(login, "…")

    assert try_with("liwen") == try_with("nobody")


def test_the_refused_form_keeps_the_account_and_never_the_password(client: FlaskClient) -> None:
    form = {"login": "liwen", "password": "secret-word", "csrf_token": token(client)}
    answer = client.post("/sign-in", data=form)

    assert answer.status_code == 401
    assert 'value="liwen"' in answer.text
    assert "secret-word" not in answer.text
    assert "账号或密码不对" in answer.text


def test_too_many_tries_are_told_when_to_come_back(client: FlaskClient) -> None:
    form = {"login": "liwen", "password": "wrong", "csrf_token": token(client)}
    answers = [client.post("/sign-in", data=form) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert "请等15分钟，09:15以后再试" in answers[-1].text


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_stranger_s_script_is_told_instead_of_being_led_to_a_page(
    client: FlaskClient, method: str
) -> None:
    refused = client.open("/me", method=method, headers={"Accept": "application/json"})

    assert (refused.status_code, refused.location) == (401, None)


@pytest.mark.parametrize(
    ("stood", "leads"),
    [
        ("http://localhost/items/new?a=1", "/sign-in?next=/items/new?a%3D1&unsent=yes"),
        ("http://localhost/tasks/1/draft", "/sign-in?unsent=yes"),
        ("https://evil.example/me", "/sign-in?unsent=yes"),
        ("http://[", "/sign-in?unsent=yes"),
        ("", "/sign-in?unsent=yes"),
    ],
)
def test_whoever_sends_a_form_too_late_is_told_and_led_back_to_it(
    client: FlaskClient, stood: str, leads: str
) -> None:
    refused = client.post("/items/new", data={"title": "x"}, headers={"Referer": stood})

    assert (refused.status_code, refused.location) == (302, leads)
    assert "刚才的内容没有提交" in client.get(refused.location).text


def test_the_session_gets_a_new_key_at_sign_in(enter: Enter) -> None:
    client = enter("liwen")
    first = client.get_cookie("duban")
    form = {"login": "liwen", "password": PASSWORD, "csrf_token": token(client, "/me")}
    client.post("/sign-in", data=form)
    second = client.get_cookie("duban")

    assert first is not None
    assert second is not None
    assert first.value != second.value
    assert first.http_only
    assert first.same_site == "Lax"


def test_the_old_key_is_worth_nothing_after_signing_in_again(enter: Enter, app: Flask) -> None:
    client = enter("liwen")
    old = client.get_cookie("duban")
    assert old is not None
    form = {"login": "liwen", "password": PASSWORD, "csrf_token": token(client, "/me")}
    client.post("/sign-in", data=form)

    thief = app.test_client()
    thief.set_cookie("duban", old.value)

    assert thief.get("/me").status_code == 302


def test_the_old_key_is_worth_nothing_after_signing_out(enter: Enter, app: Flask) -> None:
    client = enter("liwen")
    key = client.get_cookie("duban")
    assert key
    client.post("/sign-out", data={"csrf_token": token(client, "/me")})

    thief = app.test_client()
    thief.set_cookie("duban", key.value)

    assert thief.get("/me").status_code == 302


def test_a_new_password_signs_every_other_browser_out(enter: Enter) -> None:
    here, elsewhere = enter("liwen"), enter("liwen")
    new = "huang-he-zhi-shui-tian-shang-lai"
    form = {"csrf_token": token(here, "/me"), "old": PASSWORD, "new": new}

    changed = here.post("/me/password", data=form, follow_redirects=True)

    assert "密码已更换" in changed.text
    assert elsewhere.get("/me").status_code == 302
    assert enter("liwen").get("/me").status_code == 302
    assert enter("liwen", new).get("/me").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("not mine", "huang-he-zhi-shui-tian-shang-lai", "现在的密码不对"),
        (PASSWORD, "short", "至少15个字符"),
    ],
)
def test_a_bad_new_password_changes_nothing(enter: Enter, old: str, new: str, said: str) -> None:
    client = enter("liwen")
    form = {"csrf_token": token(client, "/me"), "old": old, "new": new}

    refused = client.post("/me/password", data=form)

    assert said in refused.text
    assert enter("liwen").get("/me").status_code == 200


def test_an_idle_session_ends(enter: Enter, clock: MovableClock) -> None:
    client = enter("liwen")
    clock.move(timedelta(minutes=110))
    assert client.get("/me").status_code == 200

    clock.move(timedelta(hours=2, minutes=1))

    assert client.get("/me").status_code == 302


def test_a_poll_keeps_no_session_alive(enter: Enter, clock: MovableClock) -> None:
    client = enter("liwen")
    for _ in range(3):
        clock.move(timedelta(minutes=50))
        answer = client.get("/me", headers={"X-Poll": "yes"})

    assert answer.status_code == 302


@pytest.mark.parametrize(
    "hostile",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=1",
        "///evil.example",
        "/\tevil.example",
        "evil.example",
        " //evil.example",
        "/%0d%0aa" + "\x0b",
    ],
)
def test_nobody_is_led_to_another_site(client: FlaskClient, hostile: str) -> None:
    form = {"login": "liwen", "password": PASSWORD, "csrf_token": token(client)}
    answer = client.post("/sign-in", query_string={"next": hostile}, data=form)

    assert answer.location == "/"


def test_every_page_but_the_public_ones_asks_to_sign_in(app: Flask, client: FlaskClient) -> None:
    open_to_all = {"/sign-in", "/static/<path:filename>", "/rate/<token>", "/robots.txt"}
    open_to_all |= {"/public/", "/public/figures", "/public/replies/<int:disclosure_id>"}
    asked_by_scripts = {"/diagrams/drafts/<int:draft_id>/xml"}
    pages = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/")
    ]
    values = {"item_id": 1, "unit_id": 1, "year": 2020, "filename": "x"}
    seen = set()
    with app.test_request_context():
        for rule in pages:
            if rule.rule not in open_to_all:
                answer = client.get(address_of(rule.rule, values))
                seen.add((rule.rule, answer.status_code))

    assert {page for page, status in seen if status != 302} == asked_by_scripts
    assert {status for _, status in seen} == {302, 401}


def address_of(rule: str, values: dict[str, object]) -> str:
    """Fill in a rule with anything: the door stands before the address is looked at."""
    parts = []
    for part in rule.split("/"):
        if "<uuid:" in part:
            parts.append("00000000-0000-4000-8000-000000000000")
        elif part.startswith("<"):
            parts.append(str(values.get(part.strip("<>").rpartition(":")[2], 1)))
        else:
            parts.append(part)
    return "/".join(parts)


def test_wrong_present_passwords_are_counted(enter: Enter) -> None:
    client = enter("liwen")
    form = {"old": "wrong", "new": "another long password", "csrf_token": token(client, "/me")}

    answers = [client.post("/me/password", data=form) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert "请等15分钟，09:15以后再试" in answers[-1].text
