"""How the proposers rate: by a link of their own, or as the office heard it."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from tests.workflows.proposals import session as s
from tests.workflows.town import NOT_THEIRS, Town
from workflows import proposals
from workflows.errors import (
    ChoiceUnknown,
    LinkOver,
    NotNow,
    RatingsOpen,
    TextMissing,
    TooManyTries,
)
from workflows.proposals import ratings
from workflows.tables import Reply, ReplyRating, Satisfaction


@pytest.fixture
def issued(town: Town) -> int:
    """Return a proposal whose reply is out."""
    item_id = s.handled(town)
    s.issued(town, item_id)
    return item_id


def _opened(town: Town, token: str, address: str = s.ADDRESS) -> ratings.OpenRating | None:
    return town.database.write(lambda session: proposals.open_rating(session, token, address))


def _said(town: Town) -> list[Satisfaction | None]:
    return town.rows(select(ReplyRating.satisfaction).order_by(ReplyRating.id))


def test_only_the_hash_of_a_link_is_kept(town: Town, issued: int) -> None:
    tokens = s.links(town, issued)

    kept = town.rows(select(ReplyRating.link_hash).order_by(ReplyRating.id))
    assert kept == [sha256(token.encode()).hexdigest() for token in tokens.values()]
    assert len(set(tokens.values())) == len(tokens)


def test_a_link_takes_the_answer_of_its_own_proposer_alone(town: Town, issued: int) -> None:
    tokens = s.links(town, issued)

    opened = _opened(town, tokens["马代表"])
    s.rate(town, tokens["马代表"], Satisfaction.BASICALLY)

    assert opened is not None
    assert opened.proposer == "马代表"
    assert _said(town) == [None, Satisfaction.BASICALLY]


def test_an_answer_can_be_changed_until_the_case_goes_on(town: Town, issued: int) -> None:
    tokens = s.links(town, issued)
    s.rate(town, tokens["刘代表"], Satisfaction.DISSATISFIED, "没有答复")
    s.rate(town, tokens["刘代表"], Satisfaction.SATISFIED)
    s.rate(town, tokens["马代表"], Satisfaction.SATISFIED)
    s.settle(town, issued)

    with pytest.raises(LinkOver) as refused:
        s.rate(town, tokens["刘代表"], Satisfaction.DISSATISFIED, "改主意了")
    assert refused.value.facts["why"] == "settled"
    assert _said(town) == [Satisfaction.SATISFIED, Satisfaction.SATISFIED]


def test_who_is_dissatisfied_says_why(town: Town, issued: int) -> None:
    token = s.links(town, issued)["刘代表"]

    with pytest.raises(TextMissing):
        s.rate(town, token, Satisfaction.DISSATISFIED, " ")
    with pytest.raises(ChoiceUnknown):
        s.rate(town, token, Satisfaction.NO_ANSWER)


def test_a_link_runs_out(town: Town, issued: int) -> None:
    token = s.links(town, issued)["刘代表"]

    town.set_clock(date(2020, 3, 2) + timedelta(days=31))

    with pytest.raises(LinkOver) as refused:
        s.rate(town, token, Satisfaction.SATISFIED)
    assert refused.value.facts["why"] == "expired"


def test_new_links_put_the_old_ones_out_of_use(town: Town, issued: int) -> None:
    old = s.links(town, issued)["刘代表"]

    new = s.links(town, issued)["刘代表"]

    assert _opened(town, old) is None
    assert _opened(town, new) is not None


def test_whoever_guesses_is_stopped_and_nobody_else(town: Town, issued: int) -> None:
    token = s.links(town, issued)["刘代表"]
    for guess in range(ratings.UNKNOWN_LINKS):
        assert _opened(town, f"guess-{guess}") is None

    with pytest.raises(TooManyTries):
        _opened(town, token)

    assert _opened(town, token, "198.51.100.4") is not None


def test_the_office_waits_for_everybody_until_the_limit(town: Town, issued: int) -> None:
    s.rate(town, s.links(town, issued)["刘代表"], Satisfaction.SATISFIED)

    with pytest.raises(RatingsOpen) as refused:
        s.settle(town, issued)
    assert refused.value.facts["names"] == ["马代表"]
    town.pass_days(date(2020, 3, 18))
    assert "ratings_late" in town.story(issued)
    s.settle(town, issued)

    assert _said(town) == [Satisfaction.SATISFIED, Satisfaction.NO_ANSWER]
    assert town.open_steps(issued) == ["close"]


def test_what_is_heard_by_telephone_is_written_down_by_a_supervisor(
    town: Town, issued: int
) -> None:
    first, second = town.rows(select(ReplyRating.id).order_by(ReplyRating.id))

    with pytest.raises(NOT_THEIRS):
        town.act("chu", proposals.record_rating, first, "satisfied", "", "phone")
    with pytest.raises(ChoiceUnknown):
        town.act("li", proposals.record_rating, first, "satisfied", "", "link")
    for rating in (first, second):
        town.act("li", proposals.record_rating, rating, "satisfied", "", "phone")
    s.settle(town, issued)

    assert town.open_steps(issued) == ["close"]
    with pytest.raises(NotNow):
        town.act("li", proposals.record_rating, first, "dissatisfied", "反悔", "phone")


def test_the_office_writes_nothing_over_a_proposers_own_answer(town: Town, issued: int) -> None:
    own = select(ReplyRating.id).where(ReplyRating.satisfaction.is_not(None))
    s.rate(town, s.links(town, issued)["刘代表"], Satisfaction.DISSATISFIED, "没有说何时完工")
    (rating,) = town.rows(own)

    with pytest.raises(NotNow):
        town.act("li", proposals.record_rating, rating, "satisfied", "", "phone")

    assert Satisfaction.DISSATISFIED in _said(town)


def test_links_are_the_supervisors_to_make_and_only_for_a_reply_that_is_out(town: Town) -> None:
    item_id = s.handled(town)
    s.talk(town, item_id)
    s.drafted(town, item_id)
    (reply_id,) = town.rows(select(Reply.id))

    with pytest.raises(NotNow):
        town.act("li", proposals.make_links, reply_id)
    with pytest.raises(NOT_THEIRS):
        town.act("chu", proposals.make_links, reply_id)
