"""What a proposal and its reply must have; every refusal with its facts."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.workflows.proposals import session as s
from tests.workflows.town import NOT_THEIRS, Town
from workflows import assignments, items, proposals
from workflows.assignments import UnitTask
from workflows.errors import (
    CeilingReached,
    ClassMissing,
    ContactMissing,
    DayAhead,
    DetailsMissing,
    HandlingUnfit,
    KindFixed,
    NumberTaken,
    ObjectionLate,
    PromiseUnfit,
    ReasonMissing,
    TextMissing,
    UnitsMissing,
)
from workflows.proposals import Contact, HandOut, Meeting, Opinion
from workflows.tables import (
    ContactWay,
    CoOpinion,
    Handling,
    Notice,
    Proposal,
    ReplyClass,
    Source,
)

SIGNED = {"sign": True, "document_number": "市园建〔2020〕3号"}


# -- registered ---------------------------------------------------------------------------


def test_a_proposal_is_not_registered_without_its_details(town: Town) -> None:
    bare = s.registration(details=None)

    with pytest.raises(DetailsMissing):
        town.act("li", items.register_item, bare)


@pytest.mark.parametrize("lacking", [{"session": " "}, {"number": ""}, {"proposers": ()}])
def test_session_number_and_proposers_are_asked(town: Town, lacking: dict[str, Any]) -> None:
    with pytest.raises(TextMissing):
        town.act("li", items.register_item, s.registration(**lacking))


def test_a_number_is_given_once_in_a_session(town: Town) -> None:
    s.opened(town)

    with pytest.raises(NumberTaken):
        town.act("li", items.register_item, s.registration())
    s.opened(town, session="八届人大一次会议")


def test_a_returned_registration_keeps_its_kind_and_takes_new_details(town: Town) -> None:
    item_id = town.act("li", items.register_item, s.registration()).id
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "return", "写明领衔人")
    task = town.task(item_id, "register")

    with pytest.raises(KindFixed):
        town.act("li", items.amend_registration, task, town.registration())
    bill = s.registration(source=Source.NPC_BILL, number="议案第1号", proposers=(s.MA,))
    town.act("li", items.amend_registration, task, bill)

    with town.database.read() as session:
        proposal = session.get_one(Proposal, item_id)
        assert (proposal.number, [one.name for one in proposal.proposers]) == (
            "议案第1号",
            ["马代表"],
        )


# -- handed over --------------------------------------------------------------------------


def test_the_meeting_leaves_no_proposal_without_a_unit(town: Town) -> None:
    first, second = s.opened(town), s.opened(town, number="人大建议第2号")
    meeting = Meeting(s.SESSION, date(2020, 3, 2), "全部交办。")
    one = s.hand_out(town, first, "finance")
    unnamed = HandOut(town.task(second, "assign"), None)

    with pytest.raises(UnitsMissing) as refused:
        town.act("li", proposals.hold_meeting, meeting, [one, unnamed])
    assert refused.value.facts["numbers"] == ["人大建议第2号"]
    assert town.open_steps(first) == ["assign"]

    town.act("li", proposals.hold_meeting, meeting, [one, s.hand_out(town, second)])
    assert town.open_steps(first) == ["acknowledge", "acknowledge"]
    assert town.story(second)[-1] == "handed_at_meeting"
    with town.database.read() as session:
        (held,) = {row.meeting_id for row in session.scalars(select(Proposal))}
        assert held is not None


def test_only_a_supervisor_holds_the_meeting_and_not_ahead_of_its_day(town: Town) -> None:
    handed = [s.hand_out(town, s.opened(town))]

    with pytest.raises(NOT_THEIRS):
        town.act("chu", proposals.hold_meeting, Meeting(s.SESSION, date(2020, 3, 2), "."), handed)
    with pytest.raises(DayAhead):
        town.act("li", proposals.hold_meeting, Meeting(s.SESSION, date(2020, 3, 3), "."), handed)
    with pytest.raises(TextMissing):
        town.act("li", proposals.hold_meeting, Meeting(s.SESSION, date(2020, 3, 2), " "), handed)


@pytest.mark.parametrize(
    ("others", "handling"),
    [((), Handling.LEAD_CO), ((), Handling.SEPARATE), (("finance",), Handling.SINGLE)],
)
def test_how_it_is_handled_fits_the_units(
    town: Town, others: tuple[str, ...], handling: Handling
) -> None:
    item_id = s.opened(town)
    units = tuple(UnitTask(town.units[unit]) for unit in others)
    handed = HandOut(town.task(item_id, "assign"), UnitTask(town.units["parks"]), units, handling)

    with pytest.raises(HandlingUnfit):
        town.act("li", proposals.assign_proposal, handed)


def test_a_unit_refuses_in_writing_within_ten_days_and_names_where_it_belongs(town: Town) -> None:
    item_id = s.opened(town)
    town.act("li", proposals.assign_proposal, s.hand_out(town, item_id, "finance"))
    task = town.task(item_id, "acknowledge", "parks")
    staffing = town.units["staffing"]

    with pytest.raises(TextMissing):
        town.act("chu", assignments.object_to, task, "不属本单位职责")
    town.set_clock(date(2020, 3, 12))
    town.act("chu", assignments.object_to, task, "不属本单位职责", staffing)
    decide = town.task(item_id, "objection")
    town.act("li", assignments.decide_objection, decide, "reassign", "", staffing)
    assert town.todo(item_id, "acknowledge", "staffing").closed_at is None

    town.set_clock(date(2020, 3, 13))
    late = town.task(item_id, "acknowledge", "finance")
    with pytest.raises(ObjectionLate):
        town.act("yang", assignments.object_to, late, "不属本单位职责", staffing)


# -- its limit ----------------------------------------------------------------------------


def test_a_proposal_has_three_months_and_is_extended_once_to_six_at_most(town: Town) -> None:
    item_id = s.handled(town, "finance")
    days = {unit: town.part(item_id, unit).due_on for unit in ("parks", "finance")}
    last = date(2020, 9, 2)

    with pytest.raises(CeilingReached):
        town.ask(item_id, new_due_on=last + timedelta(days=1))
    town.ask(item_id, new_due_on=last)
    town.pass_on(item_id)
    town.consent(item_id)
    with pytest.raises(CeilingReached) as refusal:
        town.ask(item_id, new_due_on=last + timedelta(days=1))

    assert days == {"parks": date(2020, 6, 2), "finance": date(2020, 4, 2)}
    assert town.part(item_id, "parks").due_on == last
    assert refusal.value.facts == {"why": "times", "times": 1}


# -- the opinion --------------------------------------------------------------------------


def test_a_late_opinion_is_reminded_of_and_climbs_the_ladder(town: Town) -> None:
    item_id = s.handled(town, "finance")

    town.pass_days(date(2020, 4, 8))

    told = town.story(item_id)
    assert {"reminded", "escalated"} <= set(told)
    late = town.part(item_id, "finance").id
    with town.database.read() as session:
        wanted = select(Notice.kind).where(Notice.assignment_id == late)
        assert {"reminded", "escalated"} <= set(session.scalars(wanted))


def test_the_opinion_goes_to_the_lead_unit(town: Town) -> None:
    item_id = s.handled(town, "finance")
    task = town.task(item_id, "opinion", "finance")

    with pytest.raises(NOT_THEIRS):
        town.act("chu", proposals.give_opinion, task, "同意")
    with pytest.raises(TextMissing):
        town.act("yang", proposals.give_opinion, task, " ")
    town.act("yang", proposals.give_opinion, task, "同意")

    with town.database.read() as session:
        assert session.scalars(select(CoOpinion.said)).all() == ["同意"]
        told = select(Notice.kind).where(Notice.person_id == town.people["chu"])
        assert "opinion_given" in session.scalars(told).all()


# -- the reply ----------------------------------------------------------------------------


def test_a_talk_says_how_when_and_what(town: Town) -> None:
    item_id = s.handled(town)

    with pytest.raises(TextMissing):
        s.talk(town, item_id, said=" ")
    with pytest.raises(DayAhead):
        s.talk(town, item_id, met_on=date(2020, 3, 3))
    task = town.task(item_id, "contact")
    contact = Contact(ContactWay.PHONE, date(2020, 3, 2), "谈过")
    with pytest.raises(NOT_THEIRS):
        town.act("yang", proposals.record_contact, task, contact)


@pytest.mark.parametrize(
    ("draft", "refusal"),
    [
        ({"reply_class": None}, ClassMissing),
        ({"reply_class": "e"}, ClassMissing),
        ({"said": " "}, TextMissing),
        ({"reply_class": ReplyClass.B}, PromiseUnfit),
        (
            {"reply_class": ReplyClass.B, "promise": "年底完工", "promised_on": date(2020, 3, 2)},
            PromiseUnfit,
        ),
        ({"promise": "年底完工", "promised_on": date(2020, 12, 20)}, PromiseUnfit),
        ({"disclosed": False}, TextMissing),
    ],
)
def test_a_reply_that_lacks_something_is_refused(
    town: Town, draft: dict[str, Any], refusal: type[Exception]
) -> None:
    item_id = s.handled(town)
    s.talk(town, item_id)

    with pytest.raises(refusal):
        s.drafted(town, item_id, **draft)


def test_a_reply_goes_back_for_its_reason_and_is_signed_under_a_number(town: Town) -> None:
    item_id = s.handled(town)
    s.talk(town, item_id)
    s.drafted(town, item_id)
    task = town.task(item_id, "review_reply")

    with pytest.raises(NOT_THEIRS):
        town.act("chu", proposals.review_reply, task, Opinion(accept=True, disclosed=True))
    with pytest.raises(ReasonMissing):
        town.act("li", proposals.review_reply, task, Opinion(accept=False, disclosed=True))
    with pytest.raises(TextMissing):
        town.act("li", proposals.review_reply, task, Opinion(accept=True, disclosed=False))
    back = Opinion(accept=False, disclosed=True, reason="写明完工日期")
    town.act("li", proposals.review_reply, task, back)
    s.drafted(town, item_id)
    hidden = Opinion(accept=True, disclosed=False, undisclosed_reason="涉及个人隐私")
    town.act("li", proposals.review_reply, town.task(item_id, "review_reply"), hidden)

    sign = town.task(item_id, "sign_reply")
    with pytest.raises(NOT_THEIRS):
        town.act("chu", proposals.sign_reply, sign, **SIGNED)
    with pytest.raises(TextMissing):
        town.act("fan", proposals.sign_reply, sign, sign=True)
    with pytest.raises(ReasonMissing):
        town.act("fan", proposals.sign_reply, sign, sign=False)
    town.act("fan", proposals.sign_reply, sign, **SIGNED)

    assert town.open_steps(item_id) == ["satisfaction"]
    with town.database.read() as session:
        reply = proposals.queries.latest_reply(session, town.part(item_id, "parks"))
        assert (reply.number, reply.disclosed, reply.undisclosed_reason) == (
            2,
            False,
            "涉及个人隐私",
        )


def test_one_more_talk_can_be_had_before_the_reply(town: Town) -> None:
    item_id = s.handled(town)
    s.talk(town, item_id, way=ContactWay.PHONE)

    town.act("chu", proposals.contact_again, town.task(item_id, "reply"))

    assert town.open_steps(item_id) == ["contact"]


def test_after_a_dissatisfied_one_they_meet_face_to_face(town: Town) -> None:
    item_id = s.redone(town)

    s.talk(town, item_id, way=ContactWay.PHONE)
    with pytest.raises(ContactMissing) as refused:
        s.drafted(town, item_id)
    assert refused.value.facts["why"] == "face_to_face"
    town.act("chu", proposals.contact_again, town.task(item_id, "reply"))
    s.talk(town, item_id, way=ContactWay.TALK)
    s.drafted(town, item_id)


def test_a_promise_says_its_new_day(town: Town) -> None:
    item_id = s.promised(town, date(2020, 3, 20))
    town.pass_days(date(2020, 3, 20))
    task = town.task(item_id, "promise")

    with pytest.raises(PromiseUnfit):
        town.act("chu", proposals.check_promise, task, kept=False, said="未完工")
    with pytest.raises(TextMissing):
        town.act("chu", proposals.check_promise, task, kept=True, said="")
    with pytest.raises(NOT_THEIRS):
        town.act("yang", proposals.check_promise, task, kept=True, said="已完工")
