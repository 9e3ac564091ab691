"""What anybody reads: cacheable, without cookies, in two languages, and nothing else."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine import Database, MovableClock, Session
from tests.conftest import KEY
from tests.web import proposal_places
from tests.web.places import Place
from web.pages.public import VISITORS
from web.visitors import Visitors
from workflows import disclosure
from workflows.disclosure import Choice
from workflows.disclosure.visitors import LOT, pseudonym
from workflows.tables import Reply, Setting, SignInAttempt


@pytest.fixture
def reply_id(app: Flask, database: Database) -> int:
    """Return the number of an issued reply that was reviewed as public."""
    del app
    proposal_places.issued(Place(database, "市交通运输局", "qianjin", "zhouju"))
    with database.read() as session:
        return session.scalars(select(Reply.id)).one()


def released(database: Database, reply_id: int) -> str:
    """Let the office release it; return its address."""

    def release(session: Session) -> int:
        actor, choice = proposal_places.actor(session, "liwen"), Choice()
        seal = disclosure.preview(session, actor, reply_id, choice).seal
        return disclosure.release(session, actor, reply_id, choice, seal).id

    return f"/public/replies/{database.write(release)}"


def test_anybody_reads_a_released_reply_and_a_cache_may_keep_it(
    client: FlaskClient, database: Database, reply_id: int
) -> None:
    before = client.get("/public/")
    address = released(database, reply_id)

    page, found = client.get(address), client.get("/public/?q=公交线路&year=2020")

    assert "公交线路" not in before.text
    assert (page.status_code, found.text.count('href="/public/replies/')) == (200, 1)
    assert "马某某" in page.text
    assert "马代表" not in page.text
    for answer in (before, page, found, client.get("/public/figures"), client.get("/robots.txt")):
        assert answer.headers["Cache-Control"].startswith("public")
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
    again = client.get(address, headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    english = client.get(f"{address}?lang=en", headers={"Accept-Language": "zh"})
    assert '<html lang="en">' in english.text
    assert '<html lang="zh-CN">' in page.text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_withdrawn_reply_is_gone_and_what_never_was_is_not_there(
    client: FlaskClient, database: Database, reply_id: int
) -> None:
    address = released(database, reply_id)
    number = int(Path(address).name)
    database.write(
        lambda session: disclosure.withdraw(
            session, proposal_places.actor(session, "zhangming"), number, "涉及未公开规划"
        )
    )

    gone, never = client.get(address), client.get("/public/replies/999")

    assert (gone.status_code, never.status_code) == (410, 404)
    assert "公交" not in gone.text
    assert "未公开规划" not in gone.text
    assert "Set-Cookie" not in never.headers


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_what_was_looked_at_is_released(
    enter: object, database: Database, reply_id: int
) -> None:
    client: FlaskClient = enter("liwen")  # type: ignore[operator] # signs somebody in
    address = f"/disclosure/replies/{reply_id}"
    page = client.get(address)
    seen = page.text.partition('name="seen" value="')[2].partition('"')[0]
    csrf = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    sent = {"csrf_token": csrf, "seen": seen, "deed": "release"}

    changed = client.post(address, data={**sent, "more": "公交"})
    kept = client.post(address, data=sent)

    assert changed.status_code == 409
    assert kept.status_code == 303
    assert client.get("/public/").text.count('href="/public/replies/') == 1


def test_hostile_questions_are_answered(client: FlaskClient, reply_id: int) -> None:
    del reply_id
    asked = {
        "q=%00": 400,
        "unit=%00": 400,
        f"q={'%E5%85%AC' * 500}": 200,
        "q=" + "+".join("公交线路优化建议之一二三四五"): 200,
        f"page={10**30}&year=99999&class=%25": 200,
        "page=-1&year=0": 200,
    }

    assert {each: client.get(f"/public/?{each}").status_code for each in asked} == asked
    assert client.get(f"/public/replies/{10**30}").status_code == 404


def test_one_address_has_its_fill_of_all_processes_together(
    app: Flask, database: Database, clock: MovableClock
) -> None:
    processes, reader = (Visitors(), Visitors()), "198.51.100.7"
    most = Setting(name="public.most", value=str(2 * LOT))
    database.write(lambda session: session.merge(most))

    def ask(process: int, place: str = reader, address: str = "/robots.txt") -> TestResponse:
        app.extensions[VISITORS] = processes[process]
        return app.test_client().get(address, environ_base={"REMOTE_ADDR": place})

    free = [ask(process).status_code for process in (0, 1) for _ in range(LOT)]
    with database.read() as session:
        nobody = session.scalars(select(SignInAttempt)).all()
    counted = [ask(0).status_code for _ in range(LOT + 1)]
    with database.read() as session:
        written = session.scalars(select(SignInAttempt.subject)).all()
    refused, english = ask(1), ask(1, address="/public/?lang=en")

    assert ({*free, *counted}, nobody, len(written)) == ({200}, [], 2)
    assert reader not in "".join(written)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "900")
    assert refused.headers["Cache-Control"] == "no-store"
    assert "请稍后再看" in refused.text
    assert "go on a little later" in english.text
    assert ask(1, "198.51.100.8").headers["Cache-Control"].startswith("public")
    clock.move(timedelta(minutes=15))
    assert [ask(process).status_code for process in (0, 1)] == [200, 200]


def test_an_address_counts_with_its_network_and_by_a_pseudonym() -> None:
    near, far = (pseudonym(f"2001:db8:1:{number}::7", KEY) for number in (2, 3))

    assert near == pseudonym("2001:db8:1:2:ffff::8", KEY) != far
    assert pseudonym("198.51.100.7", KEY) != pseudonym("198.51.100.8", KEY)
    assert pseudonym("::ffff:198.51.100.7", KEY) == pseudonym("198.51.100.7", KEY)
    assert pseudonym("198.51.100.7", KEY) != pseudonym("198.51.100.7", b"another key")
