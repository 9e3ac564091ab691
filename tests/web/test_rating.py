"""The page of a proposer: one reply, one answer, and nothing else of the house."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

import engine
from engine import Database, Session
from tests.web import proposal_places
from tests.web.forms import token
from tests.web.places import Place
from workflows import proposals
from workflows.proposals import ratings
from workflows.tables import Reply, ReplyRating, Satisfaction


@pytest.fixture
def link(app: Flask, database: Database) -> str:
    """Return the address of a proposer's page."""
    del app
    place = Place(database, "市交通运输局", "qianjin", "zhouju")
    proposal_places.issued(place)

    def work(session: Session) -> str:
        reply_id = session.scalars(select(Reply.id)).one()
        (made,) = proposals.make_links(session, proposal_places.actor(session, "liwen"), reply_id)
        return f"/rate/{made.token}"

    return database.write(work)


def _said(database: Database) -> tuple[Satisfaction | None, str]:
    with database.read() as session:
        rating = session.scalars(select(ReplyRating)).one()
        return rating.satisfaction, rating.why


def test_a_proposer_rates_without_an_account(
    client: FlaskClient, database: Database, link: str
) -> None:
    page = client.get(link)
    sent = {"satisfaction": "dissatisfied", "why": "没有说何时完工"}

    answer = client.post(link, data={**sent, "csrf_token": token(client, link)})

    assert (page.status_code, answer.status_code) == (200, 200)
    assert "马代表" in page.text
    assert "督字" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert _said(database) == (Satisfaction.DISSATISFIED, "没有说何时完工")


def test_the_log_opens_no_link(
    client: FlaskClient,
    link: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_told: object) -> None:
        raise engine.Busy(5)

    monkeypatch.setattr(proposals, "open_rating", broken)

    assert client.get(link).status_code == 503
    assert "/rate/<token>" in caplog.text
    assert link.removeprefix("/rate/") not in caplog.text


def test_another_site_cannot_rate_for_them(
    client: FlaskClient, database: Database, link: str
) -> None:
    client.get(link)

    answer = client.post(link, data={"satisfaction": "satisfied"})

    assert answer.status_code == 400
    assert _said(database) == (None, "")


def test_what_is_missing_is_said_at_its_field_and_the_rest_is_kept(
    client: FlaskClient, link: str
) -> None:
    sent = {"satisfaction": "dissatisfied", "csrf_token": token(client, link)}

    answer = client.post(link, data=sent)

    assert answer.status_code == 422
    assert 'id="why-why"' in answer.text


def test_links_that_lead_nowhere_tell_nothing_and_are_counted(
    client: FlaskClient, link: str
) -> None:
    answers = [client.get(f"/rate/guess-{n}").status_code for n in range(ratings.UNKNOWN_LINKS)]

    assert set(answers) == {404}
    assert client.get("/rate/one-more").status_code == 429
    assert client.get(link).status_code == 429


def test_a_link_that_has_run_out_shows_nothing_any_more(
    client: FlaskClient, database: Database, link: str
) -> None:
    def run_out(session: Session) -> None:
        session.scalars(select(ReplyRating)).one().link_until = date(2000, 1, 1)

    database.write(run_out)
    with database.read() as session:
        said = session.scalars(select(Reply.said)).one()

    page = client.get(link)
    answer = client.post(
        link, data={"satisfaction": "satisfied", "csrf_token": token(client, "/sign-in")}
    )

    assert said not in page.text
    assert "马代表" not in page.text
    assert answer.status_code != 200
    assert _said(database) == (None, "")
