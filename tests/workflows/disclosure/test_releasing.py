"""Replies are released masked and frozen, withdrawn with a record, and refused with a reason."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.workflows.proposals import session as s
from tests.workflows.town import HANDLERS, NOT_THEIRS, Town
from workflows import disclosure, proposals
from workflows.disclosure import Choice, counting, office, published
from workflows.disclosure.published import Wanted
from workflows.errors import DisclosureRefused, ReasonMissing
from workflows.tables import Disclosure, Reply, ReplyClass

SAID = "刘代表：您反映的农贸市场改造已完工，联系人李四，电话0571-88123456。"


@pytest.fixture
def town_url(sqlite_town: Path, tmp_path: Path) -> str:
    """Play on one product; the other one's SQL is tried by the walk of the pages."""
    path = tmp_path / "town.sqlite"
    path.write_bytes(sqlite_town.read_bytes())
    return f"sqlite:///{path}"


def reply_of(town: Town, item_id: int) -> int:
    """Return the number of the reply that was drafted last."""
    wanted = select(Reply.id).where(Reply.item_id == item_id).order_by(Reply.id.desc())
    return int(town.rows(wanted)[0])


def released(town: Town, item_id: int, choice: Choice | None = None) -> Disclosure:
    """Let the supervisor release an item's reply."""
    reply_id, choice = reply_of(town, item_id), choice or Choice()
    seal = town.act("li", disclosure.preview, reply_id, choice).seal
    return town.act("li", disclosure.release, reply_id, choice, seal)


def test_the_public_reads_the_masked_text_as_it_was_released(town: Town) -> None:
    item_id = s.handled(town)
    s.issued(town, item_id, said=SAID)

    made = released(town, item_id, Choice(shown=("0571-88123456",), more="农贸市场"))

    assert made.said == "刘某某：您反映的【略】改造已完工，联系人李某，电话0571-88123456。"
    assert made.title == "关于加快城区【略】改造的建议"
    assert made.proposers == "刘某某、马某某"
    assert {each["word"] for each in made.masked} == {"刘代表", "马代表", "李四", "农贸市场"}
    town.database.write(lambda session: setattr(session.get(Reply, made.reply_id), "said", "改"))
    with town.database.read() as session:
        assert published.one(session, made.id).said == made.said
        assert [row.id for row in published.found(session, Wanted("改造")).rows] == [made.id]
        assert published.found(session, Wanted("农贸")).total == 0
        assert published.found(session, Wanted("改造", 2019)).total == 0
        assert published.found(session, Wanted("", 2020, ReplyClass.A, made.unit_name)).total == 1


def test_only_the_words_that_were_looked_at_are_released(town: Town) -> None:
    item_id = s.handled(town)
    s.issued(town, item_id, said=SAID)
    reply_id = reply_of(town, item_id)
    masked = town.act("li", disclosure.preview, reply_id, Choice()).seal

    with pytest.raises(DisclosureRefused) as refusal:
        town.act("li", disclosure.release, reply_id, Choice(shown=("李四",)), masked)

    assert refusal.value.facts["why"] == "unseen"


def test_a_withdrawn_reply_keeps_its_record_and_may_come_again(town: Town) -> None:
    item_id = s.handled(town)
    s.issued(town, item_id)
    made = released(town, item_id)
    shown = town.act("li", disclosure.preview, made.reply_id, Choice())
    assert shown.why_not == "released", "what is public already is offered no release"
    with pytest.raises(DisclosureRefused):
        released(town, item_id)
    with pytest.raises(ReasonMissing):
        town.act("li", disclosure.withdraw, made.id, " ")

    gone = town.act("zhang", disclosure.withdraw, made.id, "涉及未公开规划")

    assert (gone.withdrawn_reason, gone.said) == ("涉及未公开规划", made.said)
    with town.database.read() as session:
        assert published.found(session, Wanted()).total == 0
    assert released(town, item_id).id != made.id


def test_what_was_not_reviewed_for_it_or_is_done_again_is_refused(town: Town) -> None:
    drafted, hidden = s.handled(town), s.opened(town, number="人大建议第2号", title="另一件建议")
    s.talk(town, drafted)
    s.drafted(town, drafted)
    town.act("li", proposals.assign_proposal, s.hand_out(town, hidden))
    town.acknowledge(hidden, "parks")
    s.issued(town, hidden)
    town.database.write(lambda session: hide(session.get_one(Reply, reply_of(town, hidden))))

    for item_id, why in ((drafted, "not_issued"), (hidden, "not_public")):
        with pytest.raises(DisclosureRefused) as refusal:
            released(town, item_id)
        assert refusal.value.facts["why"] == why
    with pytest.raises(NOT_THEIRS):
        town.act(HANDLERS["parks"], disclosure.release, reply_of(town, drafted), Choice(), "")


def hide(reply: Reply) -> None:
    """Find that a reply isn't for everybody."""
    reply.disclosed, reply.undisclosed_reason = False, "涉及商业秘密"


def test_a_reply_that_is_given_again_is_refused_and_a_released_one_asks_for_a_look(
    town: Town,
) -> None:
    item_id = s.handled(town)
    s.issued(town, item_id)
    made = released(town, item_id)
    for token in s.links(town, item_id).values():
        s.rate(town, token, "dissatisfied", "没有答到点子上")
    s.settle(town, item_id)

    (told,) = town.act("li", office.released)
    assert (told.disclosure.id, told.why_not) == (made.id, "redone")
    town.act("li", disclosure.withdraw, made.id, "正在重办")
    with pytest.raises(DisclosureRefused) as refusal:
        released(town, item_id)
    assert refusal.value.facts["why"] == "redone"


def test_released_figures_stay_and_are_counted_from_their_lines(town: Town) -> None:
    item_id = s.handled(town)
    s.settled(town, item_id)
    s.opened(town, number="人大建议第2号", title="尚未交办的建议")

    made = town.act("zhang", disclosure.release_figures, s.SESSION)
    s.opened(town, number="人大建议第3号", title="后来的建议")

    counted = counting.count(made.lines)
    assert (counted.all.total, counted.all.reply_rate, counted.all.contact_rate) == (2, 50.0, 50.0)
    assert counted.all.satisfaction_rate == 100.0
    assert counted.by_class["a"].total == 1
    assert counted.by_class["b"].satisfaction_rate is None
    later = town.act("zhang", disclosure.release_figures, s.SESSION)
    with town.database.read() as session:
        assert [row.id for row in counting.standing_figures(session)] == [later.id]
    assert made.released_at.date() == date(2020, 3, 2)
