"""Changes: asked in time, signed, passed on, decided by the leader, and what then moves."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import engine
from tests.workflows.town import NOT_THEIRS, Town, text, wish
from workflows import changes
from workflows.calendar import office_day
from workflows.closing import close_item
from workflows.errors import (
    AlreadyAsked,
    CeilingReached,
    ChangeLate,
    ExtensionBackwards,
    LimitTooFar,
    NotNow,
    ReasonMissing,
    Refusal,
    TextMissing,
    WithdrawLate,
)
from workflows.reports import submit_report
from workflows.steps import see_task
from workflows.story import story_of
from workflows.tables import (
    AssignmentState,
    ChangeDecision,
    ChangeKind,
    ChangeRequest,
    ClosedHow,
    ItemState,
    Notice,
)
from workflows.withdrawals import withdraw

DUE, LATER = date(2020, 3, 17), date(2020, 3, 31)
ADJUST = {"kind": ChangeKind.ADJUST, "new_due_on": None, "new_target": "先完成编制核定"}
CANCEL = {"kind": ChangeKind.CANCEL, "new_due_on": None}


@pytest.fixture
def town_url(sqlite_town: Path, tmp_path: Path) -> str:
    """Play on SQLite alone: the whole story is played on both."""
    path = tmp_path / "town.sqlite"
    shutil.copy(sqlite_town, path)
    return f"sqlite:///{path}"


def asked(town: Town, *co: str, **changed: object) -> int:
    """Return an item whose lead unit has asked for a change."""
    item_id = town.handled(*co)
    town.ask(item_id, **changed)
    return item_id


def before_the_leader(town: Town, *co: str, **changed: object) -> int:
    """Return an item whose lead unit's request waits for the leader."""
    item_id = asked(town, *co, **changed)
    town.pass_on(item_id)
    return item_id


def request_of(town: Town) -> ChangeRequest:
    """Return the request that was made last."""
    return town.rows(select(ChangeRequest).order_by(ChangeRequest.id))[-1]


# -- the way of a request ---------------------------------------------------------------------


def test_a_request_goes_from_the_head_over_the_office_to_the_sponsor(town: Town) -> None:
    item_id = asked(town)
    assert town.open_steps(item_id) == ["endorse_change", "report"]
    endorse = town.task(item_id, "endorse_change")
    town.act("fan", changes.endorse_change, endorse, endorse=True)
    assert town.open_steps(item_id) == ["advise_change", "report"]
    advise = town.task(item_id, "advise_change")
    town.act("li", changes.advise_change, advise, pass_on=True, opinion="属实")

    assert town.open_steps(item_id) == ["consent", "report"]
    assert town.todo(item_id, "consent").post_id == town.posts["secretary"]
    assert town.part(item_id, "parks").due_on == DUE


def test_it_keeps_what_held_before_and_who_has_said_what(town: Town) -> None:
    town.consent(before_the_leader(town), opinion="同意")

    request = request_of(town)
    assert (request.old_due_on, request.new_due_on) == (DUE, LATER)
    assert (request.reason, request.progress) == ("编委会未召开", "方案已报市财政局。")
    who = (request.asked_by_id, request.endorsed_by_id, request.advised_by_id)
    assert who == tuple(town.people[login] for login in ("chu", "fan", "li"))
    assert (request.decision, request.opinion) == (ChangeDecision.CONSENTED, "同意")
    assert request.decided_by_id == town.people["secretary"]


def test_the_story_tells_every_step_of_it(town: Town) -> None:
    item_id = before_the_leader(town)

    town.consent(item_id)

    told = ["change_asked", "change_endorsed", "change_advised", "change_decided"]
    assert [kind for kind in town.story(item_id) if kind.startswith("change_")] == told


@pytest.mark.parametrize(
    ("who", "step", "verb", "said"),
    [
        ("fan", "endorse_change", changes.endorse_change, {"endorse": False, "reason": "可按期"}),
        ("li", "advise_change", changes.advise_change, {"pass_on": False, "opinion": "可按期"}),
        ("secretary", "consent", changes.decide_change, {"consent": False, "opinion": "可按期"}),
    ],
)
def test_each_of_the_three_may_decline_with_a_reason(
    town: Town, who: str, step: str, verb: Callable[..., object], said: dict[str, object]
) -> None:
    item_id = asked(town)
    if step != "endorse_change":
        signing = town.task(item_id, "endorse_change")
        town.act("fan", changes.endorse_change, signing, endorse=True)
    if step == "consent":
        advising = town.task(item_id, "advise_change")
        town.act("li", changes.advise_change, advising, pass_on=True, opinion="请定")
    task = town.task(item_id, step)
    silent = {key: "" if isinstance(value, str) else value for key, value in said.items()}
    with pytest.raises(ReasonMissing):
        town.act(who, verb, task, **silent)

    town.act(who, verb, task, **said)

    request = request_of(town)
    assert (request.decision, request.opinion) == (ChangeDecision.DECLINED, "可按期")
    assert request.decided_by_id == town.people[who]
    assert town.open_steps(item_id) == ["report"]
    assert town.part(item_id, "parks").due_on == DUE
    assert town.item(item_id).times_extended == 0


@pytest.mark.parametrize("who", ["chu", "gao", "li", "zhang", "secretary", "auditor"])
def test_only_the_units_own_head_signs(town: Town, who: str) -> None:
    task = town.task(asked(town), "endorse_change")

    with pytest.raises(NOT_THEIRS):
        town.act(who, changes.endorse_change, task, endorse=True)


@pytest.mark.parametrize("who", ["chu", "fan", "zhang", "secretary", "auditor"])
def test_only_a_supervisor_passes_it_on(town: Town, who: str) -> None:
    item_id = asked(town)
    town.act("fan", changes.endorse_change, town.task(item_id, "endorse_change"), endorse=True)
    task = town.task(item_id, "advise_change")

    with pytest.raises(NOT_THEIRS):
        town.act(who, changes.advise_change, task, pass_on=True, opinion="请定")


@pytest.mark.parametrize("who", ["mayor", "zhang", "li", "chu", "auditor"])
def test_only_the_sponsor_decides(town: Town, who: str) -> None:
    task = town.task(before_the_leader(town), "consent")

    with pytest.raises(NOT_THEIRS):
        town.act(who, changes.decide_change, task, consent=True)


# -- taking it back ---------------------------------------------------------------------------


def test_what_the_head_has_not_opened_is_taken_back_and_may_be_asked_anew(town: Town) -> None:
    item_id = asked(town)

    town.act("chu", withdraw, town.task(item_id, "endorse_change"))

    assert request_of(town).decision is ChangeDecision.WITHDRAWN
    assert town.open_steps(item_id) == ["report"]
    town.ask(item_id, reason="编委会改期")
    assert town.open_steps(item_id) == ["endorse_change", "report"]


def test_what_the_head_has_opened_stays(town: Town) -> None:
    task = town.task(asked(town), "endorse_change")
    town.act("fan", see_task, task)

    with pytest.raises(WithdrawLate):
        town.act("chu", withdraw, task)


def test_a_signature_and_an_advice_are_taken_back_step_by_step(town: Town) -> None:
    item_id = before_the_leader(town)

    town.act("li", withdraw, town.task(item_id, "consent"))
    assert town.open_steps(item_id) == ["advise_change", "report"]
    assert (request_of(town).advice, request_of(town).advised_at) == ("", None)

    advise = town.task(item_id, "advise_change")
    town.act("li", changes.advise_change, advise, pass_on=False, opinion="可按期")
    assert request_of(town).decision is ChangeDecision.DECLINED


def test_a_head_takes_the_signature_back(town: Town) -> None:
    item_id = asked(town)
    town.act("fan", changes.endorse_change, town.task(item_id, "endorse_change"), endorse=True)

    town.act("fan", withdraw, town.task(item_id, "advise_change"))

    assert town.open_steps(item_id) == ["endorse_change", "report"]
    assert (request_of(town).endorsed_at, request_of(town).decision) == (None, None)


# -- a later limit ----------------------------------------------------------------------------


def test_consent_moves_the_limit_and_keeps_the_first_one(town: Town) -> None:
    item_id = before_the_leader(town)

    town.consent(item_id)

    part, item = town.part(item_id, "parks"), town.item(item_id)
    assert (part.original_due_on, part.due_on, item.due_on) == (DUE, LATER, LATER)
    assert item.times_extended == 1
    assert town.todo(item_id, "report").due_on == LATER
    assert town.open_steps(item_id) == ["report"]


@pytest.mark.parametrize("moved_to", [date(2020, 3, 24), date(2020, 3, 27), date(2020, 4, 1)])
def test_after_consent_every_timer_waits_for_a_day_of_the_new_limit(
    town: Town, moved_to: date
) -> None:
    item_id = asked(town, new_due_on=moved_to)
    old = timers_of(town, item_id)
    town.pass_on(item_id)

    town.consent(item_id)

    new = timers_of(town, item_id)
    part = town.part(item_id, "parks")
    expected = {"warning": part.warn_on, "overdue": moved_to + timedelta(days=1)}
    if part.warn_again_on != part.warn_on:
        expected["second_warning"] = part.warn_again_on
    assert new == expected
    assert all(new[name] > old[name] for name in old)


def timers_of(town: Town, item_id: int) -> dict[str, date]:
    """Return the day for which each timer of an item waits."""
    with town.database.read() as session:
        waiting = engine.waiting_timers(session, str(item_id))
    return {timer.element_id: office_day(timer.due_at) for timer in waiting}


def test_after_consent_nobody_is_escalated_at_the_old_limit(town: Town) -> None:
    item_id = before_the_leader(town)
    town.consent(item_id)

    town.pass_days(date(2020, 3, 19))

    assert "escalated" not in town.story(item_id)


def test_who_was_reminded_before_consent_is_reminded_anew(town: Town) -> None:
    item_id = before_the_leader(town)
    town.pass_days(date(2020, 3, 16))
    assert town.story(item_id).count("reminded") == 1
    town.consent(item_id)

    town.pass_days(LATER)

    assert town.story(item_id).count("reminded") == 3


def test_a_co_units_extension_leaves_the_items_limit_alone(town: Town) -> None:
    item_id = town.handled("finance")
    town.ask(item_id, "finance")
    town.pass_on(item_id, "finance")

    town.consent(item_id, "finance")

    assert town.part(item_id, "finance").due_on == LATER
    assert town.item(item_id).due_on == DUE


# -- another target ---------------------------------------------------------------------------


def test_an_adjustment_changes_the_target_and_how_the_item_is_closed(town: Town) -> None:
    item_id = before_the_leader(town, **ADJUST)

    town.consent(item_id)

    request, item = request_of(town), town.item(item_id)
    assert (request.old_target, item.target) == ("", "先完成编制核定")
    assert (item.due_on, item.times_extended) == (DUE, 0)
    town.finish(item_id)
    town.answer(item_id)
    town.act("zhang", close_item, town.task(item_id, "close"))
    assert town.item(item_id).closed_how is ClosedHow.ADJUSTED


def test_an_adjustment_may_bring_a_later_limit_along(town: Town) -> None:
    item_id = before_the_leader(town, **{**ADJUST, "new_due_on": LATER})

    town.consent(item_id)

    assert (town.item(item_id).due_on, town.item(item_id).times_extended) == (LATER, 1)


def test_a_co_units_adjustment_leaves_the_items_target_alone(town: Town) -> None:
    item_id = town.handled("finance")
    town.ask(item_id, "finance", **ADJUST)
    town.pass_on(item_id, "finance")
    town.consent(item_id, "finance")

    town.ask(item_id, "finance", **{**ADJUST, "new_target": "出具意见"})

    assert town.item(item_id).target == ""
    assert request_of(town).old_target == "先完成编制核定"


# -- cancelling -------------------------------------------------------------------------------


def test_a_cancelled_part_is_let_go_and_the_item_goes_on(town: Town) -> None:
    item_id = town.handled("finance")
    town.ask(item_id, "finance", **CANCEL)
    town.pass_on(item_id, "finance")

    town.consent(item_id, "finance")

    assert town.part(item_id, "finance").state is AssignmentState.RELEASED
    assert town.open_steps(item_id) == ["report"]
    assert town.item(item_id).state is ItemState.OPEN
    town.finish(item_id)
    assert town.open_steps(item_id) == ["instruct"]


def test_with_the_leads_part_the_whole_item_is_cancelled(town: Town) -> None:
    item_id = town.handled("finance")
    town.ask(item_id, "finance")
    town.ask(item_id, **CANCEL)
    town.pass_on(item_id)

    town.consent(item_id, opinion="政策已变，同意取消。")

    item = town.item(item_id)
    assert (item.state, item.closed_how) == (ItemState.CANCELLED, ClosedHow.CANCELLED)
    assert town.open_steps(item_id) == []
    states = {town.part(item_id, unit).state for unit in ("parks", "finance")}
    assert states == {AssignmentState.RELEASED}
    assert town.rows(select(ChangeRequest).where(ChangeRequest.decided_at.is_(None))) == []
    told = select(Notice.person_id).where(Notice.kind == "item_cancelled")
    assert set(town.rows(told)) == {town.people["yang"], town.people["gao"]}
    with town.database.read() as session:
        assert all(each.ended_at for each in engine.instances(session, str(item_id)))


# -- refused ----------------------------------------------------------------------------------


def test_the_last_day_is_still_in_time(town: Town) -> None:
    item_id = town.handled()
    town.set_clock(DUE, hour=23)

    town.ask(item_id)

    assert town.open_steps(item_id) == ["endorse_change", "report"]


@pytest.mark.parametrize("changed", [{}, ADJUST, CANCEL])
def test_a_change_after_the_limit_is_refused(town: Town, changed: dict[str, object]) -> None:
    item_id = town.handled()
    town.set_clock(date(2020, 3, 18))

    with pytest.raises(ChangeLate) as refusal:
        town.ask(item_id, **changed)

    assert refusal.value.facts == {"due_on": DUE, "today": date(2020, 3, 18)}


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"new_due_on": DUE}, ExtensionBackwards),
        ({"new_due_on": None}, TextMissing),
        ({"new_due_on": date(9999, 12, 31)}, LimitTooFar),
        ({"new_due_on": date(2020, 4, 2)}, CeilingReached),
        ({**ADJUST, "new_due_on": date(2020, 4, 2)}, CeilingReached),
        ({**ADJUST, "new_target": " "}, TextMissing),
        ({"reason": " "}, ReasonMissing),
        ({"progress": ""}, TextMissing),
    ],
)
def test_a_wish_with_a_hole_is_refused(
    town: Town, changed: dict[str, object], refusal: type[Refusal]
) -> None:
    item_id = town.handled()

    with pytest.raises(refusal):
        town.ask(item_id, **changed)

    assert town.open_steps(item_id) == ["report"]


def test_a_second_extension_may_follow_and_a_third_may_not(town: Town) -> None:
    item_id = town.handled()
    for day in (date(2020, 3, 20), date(2020, 3, 25)):
        town.ask(item_id, new_due_on=day)
        town.pass_on(item_id)
        town.consent(item_id)

    with pytest.raises(CeilingReached) as refusal:
        town.ask(item_id, new_due_on=date(2020, 3, 27))

    assert refusal.value.facts == {"why": "times", "times": 2}
    assert town.part(item_id, "parks").original_due_on == DUE


@pytest.mark.parametrize("changed", [{}, ADJUST, CANCEL])
def test_one_request_at_a_time(town: Town, changed: dict[str, object]) -> None:
    item_id = asked(town)

    with pytest.raises(AlreadyAsked):
        town.ask(item_id, **changed)

    assert town.open_steps(item_id) == ["endorse_change", "report"]


@pytest.mark.parametrize("who", ["yang", "li", "mayor", "auditor"])
def test_only_the_unit_itself_asks(town: Town, who: str) -> None:
    part = town.part(town.handled("finance"), "parks")

    with pytest.raises(NOT_THEIRS):
        town.act(who, changes.ask_change, part.id, wish())


def test_a_unit_signs_for_its_part_before_it_asks(town: Town) -> None:
    item_id = town.assigned()

    with pytest.raises(NotNow):
        town.ask(item_id)


def test_a_finished_part_cannot_be_changed(town: Town) -> None:
    item_id = town.accepted()

    with pytest.raises(NotNow):
        town.ask(item_id)


# -- beside the reports -----------------------------------------------------------------------


@pytest.mark.parametrize("far", [False, True])
def test_a_finished_part_waits_for_no_change(town: Town, far: bool) -> None:  # noqa: FBT001
    item_id = before_the_leader(town) if far else asked(town)

    town.finish(item_id)

    request = request_of(town)
    assert town.open_steps(item_id) == ["instruct"]
    assert (request.decision, request.decided_by_id) == (ChangeDecision.LAPSED, None)
    assert town.part(item_id, "parks").due_on == DUE
    told, *_ = town.look("li", story_of, item_id, ["change_decided"])
    assert (told.facts["decision"], told.unit) == ("lapsed", "市园林绿化处")


def test_an_interim_report_leaves_the_request_where_it_is(town: Town) -> None:
    item_id = before_the_leader(town)

    town.report(item_id, final=False, percent=50)
    town.sign(item_id)
    town.review(item_id)

    assert town.open_steps(item_id) == ["consent", "report"]


def test_a_report_may_be_made_while_the_leader_thinks(town: Town) -> None:
    item_id = before_the_leader(town)

    town.act("chu", submit_report, town.task(item_id, "report"), text())

    assert town.open_steps(item_id) == ["confirm", "consent"]
