"""Rungs: who approves them, how they reach the unit, and what they leave behind."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.workflows.ladder import climbing
from tests.workflows.ladder.climbing import approve, climb_to, interview, records, rungs, states
from tests.workflows.test_together import at_once
from tests.workflows.town import NOT_THEIRS, Town
from workflows import changes, ladder
from workflows.casefile import case_of
from workflows.errors import (
    DayOutside,
    LimitInPast,
    ReasonMissing,
    RungUnknown,
    TextMissing,
)
from workflows.ladder import views
from workflows.tables import Interview, Notice, Rung, RungState, SuggestionState

DECLINE = ladder.Word(approve=False, reason="先电话了解情况")


def test_the_whole_ladder_is_climbed_from_the_limit_to_the_suggestion_of_accountability(
    town: Town,
) -> None:
    item_id = town.handled()

    last = climb_to(town, item_id, Rung.ACCOUNTABILITY)

    assert rungs(town) == list(Rung)
    assert states(town) == [RungState.DELIVERED] * 7 + [RungState.WAITING]
    days = [str(rung.at.date()) for rung in records(town)]
    assert days == [
        "2020-03-18", "2020-03-19", "2020-03-20", "2020-03-24",
        "2020-03-31", "2020-04-08", "2020-04-15", "2020-04-28",
    ]  # fmt: skip
    assert last.rule["days_overdue"] == 30
    assert "report" in town.open_steps(item_id)


def test_a_reminder_and_an_urge_reach_the_unit_at_once(town: Town) -> None:
    item_id = town.handled()

    town.pass_days(date(2020, 3, 19))

    assert states(town) == [RungState.DELIVERED, RungState.DELIVERED]
    assert town.item(item_id).times_urged == 1
    assert town.open_steps(item_id) == ["report"]


def test_a_slip_waits_for_the_director_without_a_number_and_unknown_to_the_unit(
    town: Town,
) -> None:
    item_id = town.handled()

    rung = climb_to(town, item_id, Rung.NOTICE_BLUE)

    assert (rung.state, rung.serial) == (RungState.WAITING, None)
    assert town.todo(item_id, "approve_rung").role == "director"
    assert "approve_rung" not in [
        line.todo.step for line in town.look("chu", case_of, item_id).waiting
    ]
    with pytest.raises(RungUnknown):
        town.look("chu", views.rung_file, rung.id)
    assert len(town.look("li", views.rungs_of, item_id)) == 3
    assert len(town.look("chu", views.rungs_of, item_id)) == 2


def test_an_approved_slip_takes_its_number_and_says_by_when_it_wants_an_answer(
    town: Town,
) -> None:
    item_id = town.handled()
    climb_to(town, item_id, Rung.NOTICE_BLUE)

    approve(town, item_id, demand="请三日内书面说明")

    slip = town.look("chu", views.slip_of, records(town)[-1].id)
    rung = slip.file.rung
    assert slip.number == "督查通知〔2020〕第1期"
    assert rung.demand == "请三日内书面说明"
    assert rung.answer_by == date(2020, 3, 27)  # five working days
    assert slip.file.people[rung.decided_by_id or 0] == "张明"
    assert town.story(item_id)[-1] == "escalated"


def test_a_slip_wants_its_answer_on_a_day_that_lies_ahead(town: Town) -> None:
    item_id = town.handled()
    climb_to(town, item_id, Rung.NOTICE_BLUE)

    with pytest.raises(LimitInPast):
        approve(town, item_id, answer_by=date(2020, 3, 2))


def test_a_declined_slip_takes_no_number_and_the_next_rung_comes_in_its_time(
    town: Town,
) -> None:
    item_id = town.handled()
    climb_to(town, item_id, Rung.NOTICE_BLUE)
    task = town.task(item_id, "approve_rung")
    with pytest.raises(ReasonMissing):
        town.act("zhang", ladder.approve_rung, task, ladder.Word(approve=False))
    town.act("zhang", ladder.approve_rung, task, DECLINE)

    climb_to(town, item_id, Rung.NOTICE_YELLOW)
    approve(town, item_id)

    blue, yellow = records(town)[-2:]
    assert (blue.state, blue.serial) == (RungState.DECLINED, None)
    assert (yellow.state, yellow.serial) == (RungState.DELIVERED, 1)


def test_no_higher_rung_comes_while_a_lower_one_waits(town: Town) -> None:
    item_id = town.handled()
    climb_to(town, item_id, Rung.NOTICE_BLUE)

    town.pass_days(date(2020, 4, 20))

    assert rungs(town)[-1] is Rung.NOTICE_BLUE
    approve(town, item_id)
    town.pass_days(date(2020, 4, 21))
    assert rungs(town)[-1] is Rung.NOTICE_YELLOW


@pytest.mark.parametrize("who", ["li", "mayor", "chu", "fan", "auditor", "admin"])
def test_only_the_director_approves_a_rung(town: Town, who: str) -> None:
    item_id = town.handled()
    climb_to(town, item_id, Rung.NOTICE_BLUE)

    with pytest.raises(NOT_THEIRS):
        town.act(who, ladder.approve_rung, town.task(item_id, "approve_rung"), DECLINE)


def test_an_interview_is_held_after_the_directors_word_and_its_record_kept(town: Town) -> None:
    item_id = town.handled()
    climb_to(town, item_id, Rung.INTERVIEW)
    assert "hold_interview" not in town.open_steps(item_id)
    approve(town, item_id)
    assert states(town)[-1] is RungState.APPROVED

    with pytest.raises(DayOutside):
        interview(town, item_id, held_on=date(2020, 3, 1))
    with pytest.raises(TextMissing):
        interview(town, item_id, record=" ")
    interview(town, item_id)

    (held,) = town.rows(select(Interview))
    assert (held.interviewed, held.place) == ("范志国", "市政府201会议室")
    assert states(town)[-1] is RungState.DELIVERED


@pytest.mark.parametrize("who", ["mayor", "chu", "fan", "auditor"])
def test_only_the_office_records_an_interview(town: Town, who: str) -> None:
    item_id = town.handled()
    climb_to(town, item_id, Rung.INTERVIEW)
    approve(town, item_id)
    text = ladder.InterviewText(date(2020, 4, 8), "会议室", "张明", "范志国", "已谈")

    with pytest.raises(NOT_THEIRS):
        town.act(who, ladder.hold_interview, town.task(item_id, "hold_interview"), text)


def test_the_receipt_says_who_of_the_unit_opened_it_first(town: Town) -> None:
    item_id = town.handled()
    town.pass_days(date(2020, 3, 18))

    assert town.act("li", ladder.open_rungs, item_id) == []
    town.act("fan", ladder.open_rungs, item_id)
    town.act("chu", ladder.open_rungs, item_id)

    (rung,) = records(town)
    assert rung.read_by_id == town.people["fan"]
    assert town.story(item_id).count("rung_read") == 1


def test_a_rung_that_still_waits_leaves_no_receipt(town: Town) -> None:
    item_id = town.handled()
    climb_to(town, item_id, Rung.NOTICE_BLUE)

    town.act("chu", ladder.open_rungs, item_id)

    assert records(town)[-1].read_at is None


def test_what_waits_lapses_once_the_part_is_done(town: Town) -> None:
    item_id = town.handled()
    climb_to(town, item_id, Rung.NOTICE_BLUE)

    town.finish(item_id)

    assert states(town)[-1] is RungState.LAPSED
    assert town.open_steps(item_id) == ["instruct"]


def test_a_suggestion_outlives_the_part_and_doesnt_hold_up_the_item(town: Town) -> None:
    item_id = town.handled()
    climb_to(town, item_id, Rung.CRITICISM)

    town.finish(item_id)

    assert town.open_steps(item_id) == ["evidence", "instruct"]
    assert climbing.suggestion(town).state is SuggestionState.DRAFTED


def test_a_later_limit_begins_the_ladder_anew_and_lets_what_waits_lapse(town: Town) -> None:
    item_id = town.handled()
    part = town.part(item_id, "parks")
    wish = changes.Wish("extend", "材料未到", "已完成一半", date(2020, 4, 1))
    town.act("chu", changes.ask_change, part.id, wish)
    town.act("fan", changes.endorse_change, town.task(item_id, "endorse_change"), endorse=True)
    town.act(
        "li",
        changes.advise_change,
        town.task(item_id, "advise_change"),
        pass_on=True,
        opinion="属实",
    )
    climb_to(town, item_id, Rung.NOTICE_BLUE)
    before = rungs(town)
    town.act(
        "secretary",
        changes.decide_change,
        town.task(item_id, "consent"),
        consent=True,
        opinion="同意",
    )

    assert states(town)[-1] is RungState.LAPSED
    town.pass_days(date(2020, 5, 20))

    due_on = {rung.rule["due_on"] for rung in records(town)[len(before) :]}
    assert due_on == {str(town.part(item_id, "parks").due_on)}
    assert rungs(town)[len(before)] is Rung.REMINDER


def test_the_picture_tells_what_was_climbed_what_waits_and_what_comes_when(town: Town) -> None:
    item_id = town.handled()
    climb_to(town, item_id, Rung.NOTICE_BLUE)

    def look(session: object, actor: object) -> views.Picture:
        item = case_of(session, actor, item_id).item  # type: ignore[arg-type]
        (picture,) = views.pictures(session, actor, item)  # type: ignore[arg-type]
        return picture

    mine, theirs = town.look("li", look), town.look("chu", look)

    assert [step.climbed is not None for step in mine.steps] == [True] * 3 + [False] * 5
    assert mine.pending is not None
    assert mine.next is not None
    assert (mine.next.rung, mine.next.due_on) == (Rung.NOTICE_YELLOW, date(2020, 3, 24))
    assert theirs.pending is None
    assert theirs.next is not None
    assert theirs.next.rung is Rung.NOTICE_BLUE


def test_the_unit_and_the_supervisor_hear_of_a_slip_only_when_it_is_issued(town: Town) -> None:
    item_id = town.handled()
    climb_to(town, item_id, Rung.NOTICE_BLUE)
    told = select(Notice.id).where(Notice.kind == "escalated")
    before = len(town.rows(told))

    approve(town, item_id)

    assert len(town.rows(told)) == before + 3  # the handler, the head, the supervisor


def test_slips_issued_at_once_get_numbers_without_a_gap(either_town: Town) -> None:
    town = either_town
    items = [town.handled() for _ in range(4)]
    town.pass_days(date(2020, 3, 20))
    tasks = [town.task(item_id, "approve_rung") for item_id in items]
    town.act("zhang", ladder.approve_rung, tasks.pop(), DECLINE)

    yes = ladder.Word(approve=True)
    at_once(
        *(lambda task=task: town.act("zhang", ladder.approve_rung, task, yes) for task in tasks)
    )

    numbers = [rung.serial for rung in records(town) if rung.serial]
    assert sorted(numbers) == [1, 2, 3]


def test_what_was_said_in_an_interview_stays_in_its_unit(town: Town) -> None:
    item_id = town.handled("finance")
    town.finish(item_id, "finance")
    rung = climb_to(town, item_id, Rung.INTERVIEW)
    approve(town, item_id)
    interview(town, item_id)

    def hears(who: str) -> bool:
        return town.look(who, views.rung_file, rung.id).interview is not None

    assert [hears(who) for who in ("fan", "li", "auditor", "gao")] == [True, True, True, False]
