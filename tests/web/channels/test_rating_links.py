"""Links to proposers: made as they leave, sent once, and kept by nobody but their reader."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from engine import Base, Database, MovableClock, Registry
from tests.web import proposal_places
from tests.web.channels.conftest import Ear, kept, set_to, work_all
from tests.web.conftest import signed_in
from tests.web.places import Place
from workflows import proposals
from workflows.calendar import instant_of, office_day
from workflows.errors import AddressUnfit, AlreadyAsked, NobodyReached
from workflows.tables import MessageState, RatingLink, Reply, ReplyRating, Satisfaction

FROM = "203.0.113.7"
TOKEN = re.compile(r"/rate/([\w-]{43})")


@dataclass
class Office:
    """An issued reply whose one proposer has a mobile telephone, and a gateway that hears."""

    database: Database
    gateway: Ear
    reply_id: int
    rating_id: int
    proposer_id: int

    def act(self, deed: object, *told: object) -> object:
        """Do something as the supervisor."""
        return self.database.write(
            lambda session: deed(session, proposal_places.actor(session, "liwen"), *told)  # type: ignore[operator] # a test's own
        )

    def tokens(self) -> list[str]:
        """Return the tokens that arrived, in order."""
        return [found for sent in self.gateway.told for found in TOKEN.findall(sent["text"])]

    def opens(self, token: str) -> bool:
        """Say whether a token leads to the reply."""
        return (
            self.database.write(lambda session: proposals.open_rating(session, token, FROM))
            is not None
        )


@pytest.fixture
def office(
    app: Flask, database: Database, registry: Registry, ear: Ear, clock: MovableClock
) -> Office:
    """Found it."""
    del app, registry
    place = Place(database, "市交通运输局", "qianjin", "zhouju")
    proposal_places.issued(place)
    set_to(database, "sms.url", ear.url)
    clock.set(instant_of(office_day(clock.now())) + timedelta(hours=10))
    with database.read() as session:
        reply_id = session.scalars(select(Reply.id)).one()
        rating = session.scalars(select(ReplyRating)).one()
    found = Office(database, ear, reply_id, rating.id, rating.proposer_id)
    found.act(proposals.change_reach, rating.proposer_id, "", "138 0000 0001", "")
    return found


def test_a_link_is_sent_once_and_opens_the_reply(office: Office) -> None:
    office.act(proposals.send_links, office.reply_id)
    with pytest.raises(NobodyReached):
        office.act(proposals.send_links, office.reply_id)

    work_all(office.database)

    (sent,) = office.tokens()
    assert office.opens(sent)
    assert [sent["phone"] for sent in office.gateway.told] == ["13800000001"]


def test_what_is_kept_has_no_token(office: Office) -> None:
    office.act(proposals.send_links, office.reply_id)

    work_all(office.database)

    (sent,) = office.tokens()
    (message,) = kept(office.database)
    assert (message.state, message.address) == (MessageState.SENT, "13800000001")
    assert "/rate/••••••" in message.body
    with office.database.read() as session:
        tables = Base.metadata.sorted_tables
        rows = [tuple(row) for table in tables for row in session.execute(select(table))]
    assert sent not in json.dumps(rows, default=repr)


def test_another_try_is_another_link_and_both_open(
    office: Office, clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    office.gateway.answer = 503
    office.act(proposals.send_links, office.reply_id)
    work_all(office.database)
    office.gateway.answer = 200
    clock.set(clock.now() + timedelta(hours=1))

    work_all(office.database)

    first, *others = office.tokens()
    assert others
    assert all(office.opens(each) for each in (first, *others))
    assert len({sent["id"] for sent in office.gateway.told}) == 1
    assert not [each for each in (first, *others) if each in caplog.text]


def test_a_withdrawn_link_leads_nowhere_and_one_that_waits_is_not_sent(office: Office) -> None:
    office.act(proposals.send_links, office.reply_id)
    with pytest.raises(AlreadyAsked):
        office.act(proposals.resend_link, office.rating_id)
    work_all(office.database)
    office.act(proposals.resend_link, office.rating_id)
    work_all(office.database)
    first, second = office.tokens()
    assert (office.opens(first), office.opens(second)) == (False, True)

    office.act(proposals.resend_link, office.rating_id)
    office.act(proposals.withdraw_link, office.rating_id)
    work_all(office.database)

    assert office.tokens() == [first, second]
    assert not office.opens(second)
    assert kept(office.database)[0].state is MessageState.DROPPED


def test_whoever_has_rated_is_asked_no_more_and_without_a_gateway_there_is_no_link(
    office: Office,
) -> None:
    office.act(proposals.change_reach, office.proposer_id, "ma@example.cn", "", "")
    office.act(proposals.send_links, office.reply_id)
    work_all(office.database)
    assert kept(office.database)[0].state is MessageState.KEPT
    with office.database.read() as session:
        assert session.scalars(select(RatingLink)).all() == []

    said = (Satisfaction.SATISFIED, "", "phone")
    office.act(proposals.record_rating, office.rating_id, *said)
    with pytest.raises(NobodyReached):
        office.act(proposals.send_links, office.reply_id)


def test_no_letter_goes_to_what_is_no_address(office: Office) -> None:
    for email, phone in (("a@b\nBcc: c@d", ""), ("", "110"), ("no", "")):
        with pytest.raises(AddressUnfit):
            office.act(proposals.change_reach, office.proposer_id, email, phone, "")


def test_the_page_shows_what_was_sent_to_whom(office: Office, app: Flask) -> None:
    office.act(proposals.send_links, office.reply_id)
    work_all(office.database)

    page = signed_in(app, "liwen").get(f"/proposals/replies/{office.reply_id}/ratings")

    assert "13800000001" in page.text
    assert not [each for each in office.tokens() if each in page.text]
