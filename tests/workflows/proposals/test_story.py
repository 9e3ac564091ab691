"""The whole story of a proposal, from its session to the promise that was kept."""

from datetime import date

from sqlalchemy import select

from tests.workflows.proposals import session as s
from tests.workflows.revisits.closed import PERIOD, record
from tests.workflows.town import Town
from workflows import proposals, revisits
from workflows.proposals import Meeting
from workflows.tables import (
    Assignment,
    Handling,
    ItemState,
    Kind,
    Part,
    Reply,
    ReplyClass,
    Satisfaction,
)


def test_a_proposal_is_answered_rated_answered_anew_and_its_promise_kept(town: Town) -> None:
    item_id = s.opened(town)
    meeting = Meeting(s.SESSION, date(2020, 3, 2), "会议要求三个月内答复。")
    town.act("li", proposals.hold_meeting, meeting, [s.hand_out(town, item_id, "finance")])
    assert town.part(item_id, "parks").due_on == date(2020, 6, 2)
    assert town.part(item_id, "finance").due_on == date(2020, 4, 2)

    for unit in ("parks", "finance"):
        town.acknowledge(item_id, unit)
    opinion = "资金可在年度预算内安排。"
    town.act("yang", proposals.give_opinion, town.task(item_id, "opinion", "finance"), opinion)
    assert town.open_steps(item_id) == ["contact"]

    s.issued(town, item_id)
    links = s.links(town, item_id)
    s.rate(town, links["刘代表"], Satisfaction.SATISFIED)
    s.rate(town, links["马代表"], Satisfaction.DISSATISFIED, "没有说明何时完工")
    s.settle(town, item_id)

    assert town.open_steps(item_id) == ["contact"]
    assert town.part(item_id, "parks").due_on == date(2020, 6, 2)
    s.issued(
        town,
        item_id,
        reply_class=ReplyClass.B,
        promise="年底前全部完工",
        promised_on=date(2020, 12, 20),
    )
    for token in s.links(town, item_id).values():
        s.rate(town, token, Satisfaction.BASICALLY)
    s.settle(town, item_id)
    s.close(town, item_id)

    assert town.item(item_id).state is ItemState.CLOSED
    assert town.open_steps(item_id) == []
    town.pass_days(date(2020, 12, 20))
    task = town.task(item_id, "promise")
    later = date(2021, 1, 10)
    town.act("chu", proposals.check_promise, task, kept=False, said="差一处", new_promised_on=later)
    town.pass_days(date(2021, 1, 2))
    task = town.task(item_id, "promise")
    town.act("chu", proposals.check_promise, task, kept=True, said="已全部完工")
    assert town.open_steps(item_id) == []
    (kept,) = town.rows(select(Reply).where(Reply.kept_at.is_not(None)))
    assert (kept.number, kept.back_on) == (2, None)
    assert town.story(item_id)[-1] == "promise_kept"


def test_handled_separately_every_unit_replies_itself(town: Town) -> None:
    item_id = s.handled(town, "finance", handling=Handling.SEPARATE)

    assert town.part(item_id, "finance").part is Part.SEPARATE
    assert town.open_steps(item_id) == ["contact", "contact"]
    for unit in ("parks", "finance"):
        s.issued(town, item_id, unit)
        for token in s.links(town, item_id).values():
            s.rate(town, token, Satisfaction.SATISFIED)
        s.settle(town, item_id, unit)
    assert town.open_steps(item_id) == ["close"]


def test_a_reply_that_did_not_hold_is_answered_anew_under_the_same_number(town: Town) -> None:
    item_id = s.handled(town)
    number = town.item(item_id).number
    town.act("zhang", revisits.ask_for_revisit, item_id)
    s.settled(town, item_id)

    record(town, item_id, solved=False)

    assert town.open_steps(item_id) == ["assign"]
    assert town.item(item_id).number == number
    town.act("li", proposals.assign_proposal, s.hand_out(town, item_id))
    town.acknowledge(item_id)
    s.settled(town, item_id)
    assert town.open_steps(item_id) == ["revisit"]
    record(town, item_id, solved=True)
    s.close(town, item_id)
    replies = town.rows(select(Reply).where(Reply.item_id == item_id).order_by(Reply.id))
    assert [reply.assignment_id for reply in replies] == [
        part.id for part in town.rows(select(Assignment).order_by(Assignment.id))
    ]


def test_a_closed_proposal_is_drawn_and_put_right_by_its_unit(town: Town) -> None:
    item_id = s.handled(town)
    s.settled(town, item_id)
    s.close(town, item_id)
    town.act("li", revisits.draw_sample, *PERIOD, [Kind.PROPOSAL], 1)

    record(town, item_id, solved=False)
    town.act("li", proposals.assign_proposal, s.hand_out(town, item_id))
    town.acknowledge(item_id)
    town.finish(item_id)
    record(town, item_id, solved=True)
    s.close(town, item_id)

    assert town.item(item_id).state is ItemState.CLOSED
    assert town.item(item_id).times_reopened == 1
