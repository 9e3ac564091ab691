"""The clock at work: reminders, the ladder rung by rung, and interim reports."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.workflows.ladder.climbing import approve, rungs
from tests.workflows.town import Town
from workflows import assignments, urges
from workflows.casefile import case_of
from workflows.lights import Light
from workflows.periods import due_after_report
from workflows.tables import Escalation, Notice, Period, Rung, Urgency, Verdict
from workflows.withdrawals import withdraw


def test_a_unit_is_reminded_twice_before_its_limit(town: Town) -> None:
    item_id = town.handled(urgency=Urgency.COMPLEX)

    town.pass_days(date(2020, 3, 26))
    assert town.story(item_id).count("reminded") == 1
    town.pass_days(date(2020, 4, 1))

    assert town.story(item_id).count("reminded") == 2
    assert rungs(town) == []


def test_the_unit_finds_a_notice_of_each_reminder(town: Town) -> None:
    town.handled(urgency=Urgency.COMPLEX)

    town.pass_days(date(2020, 4, 1))

    told = town.rows(select(Notice.person_id).where(Notice.kind == "reminded"))
    assert sorted(told) == sorted([town.people["chu"], town.people["fan"]] * 2)


def test_the_unit_finds_a_notice_of_each_interim_report(town: Town) -> None:
    town.handled(urgency=Urgency.LONG_TERM)

    town.pass_days(date(2020, 3, 9))

    told = town.rows(select(Notice.person_id).where(Notice.kind == "interim_due"))
    assert sorted(told) == sorted([town.people["chu"], town.people["fan"]])


def test_a_unit_that_never_acknowledges_is_reminded_and_the_supervisor_told(town: Town) -> None:
    item_id = town.assigned()

    town.pass_days(date(2020, 3, 3))
    assert "unacknowledged" not in town.story(item_id)
    town.pass_days(date(2020, 3, 9))

    told = town.rows(select(Notice.person_id).where(Notice.kind == "unacknowledged"))
    assert sorted(told) == sorted(town.people[each] for each in ("chu", "fan", "li"))
    assert town.story(item_id).count("unacknowledged") == 1
    assert town.open_steps(item_id) == ["acknowledge"]


def test_a_unit_that_acknowledges_in_time_is_not_reminded_to(town: Town) -> None:
    item_id = town.handled()

    town.pass_days(date(2020, 3, 9))

    assert "unacknowledged" not in town.story(item_id)


def test_whoever_must_take_a_part_after_all_has_a_new_day_to_acknowledge_it(town: Town) -> None:
    item_id = town.assigned()
    task = town.task(item_id, "acknowledge")
    town.act("chu", assignments.object_to, task, "不属本单位")
    town.pass_days(date(2020, 3, 10))
    town.act(
        "li", assignments.decide_objection, town.task(item_id, "objection"), "insist", "属本单位"
    )

    town.pass_days(date(2020, 3, 11))
    assert "unacknowledged" not in town.story(item_id)
    town.pass_days(date(2020, 3, 12))

    assert "unacknowledged" in town.story(item_id)


def test_the_ladder_is_climbed_rung_by_rung_while_the_report_stays_due(town: Town) -> None:
    item_id = town.handled()

    town.pass_days(date(2020, 3, 18))
    assert rungs(town) == [Rung.REMINDER]
    town.pass_days(date(2020, 3, 20))
    assert rungs(town) == [Rung.REMINDER, Rung.URGE, Rung.NOTICE_BLUE]
    approve(town, item_id)
    town.pass_days(date(2020, 3, 24))

    assert rungs(town)[-1] is Rung.NOTICE_YELLOW
    assert town.open_steps(item_id) == ["approve_rung", "report"]
    assert town.item(item_id).times_urged == 1


def test_each_rung_is_climbed_once_in_an_overdue_period(town: Town) -> None:
    town.handled()

    town.pass_days(date(2020, 3, 23))

    assert len(rungs(town)) == len(set(rungs(town)))


def test_a_weekend_moves_nobody_up_the_ladder(town: Town) -> None:
    town.handled()
    town.pass_days(date(2020, 3, 20))  # Friday, three working days late

    town.pass_days(date(2020, 3, 22))

    assert rungs(town)[-1] is Rung.NOTICE_BLUE


def test_after_a_pause_one_rung_is_climbed_not_all_at_once(town: Town) -> None:
    town.handled()
    town.set_clock(date(2020, 6, 1))

    town.tick()

    assert rungs(town) == [Rung.REMINDER]


def test_a_flash_item_climbs_faster(town: Town) -> None:
    item_id = town.registered(urgency=Urgency.FLASH)
    town.assign(item_id)
    town.acknowledge(item_id)

    town.pass_days(date(2020, 3, 4))
    approve(town, item_id)
    town.pass_days(date(2020, 3, 5))

    assert rungs(town) == [Rung.URGE, Rung.NOTICE_YELLOW, Rung.NOTICE_RED]


def test_an_urge_by_hand_counts_towards_the_next_rung(town: Town) -> None:
    item_id = town.handled()
    town.act("li", urges.urge, [town.part(item_id, "parks").id], "telephone", "请反馈")
    town.pass_days(date(2020, 3, 18))

    (rung,) = town.rows(select(Escalation))
    assert rung.rule == {
        "due_on": "2020-03-17",
        "days_overdue": 1,
        "times_before": 0,
        "urgency": None,
        "kind": None,
    }


def test_the_unit_and_the_supervisor_hear_of_a_reminder(town: Town) -> None:
    town.handled()

    town.pass_days(date(2020, 3, 18))

    told = town.rows(select(Notice.person_id).where(Notice.kind == "escalated"))
    assert sorted(told) == sorted(town.people[who] for who in ("chu", "fan", "li"))


def test_a_unit_climbs_nothing_while_the_office_reviews(town: Town) -> None:
    town.under_review()

    town.pass_days(date(2020, 3, 20))

    assert rungs(town) == []


def test_a_report_that_nobody_signed_doesnt_stop_the_clock(town: Town) -> None:
    item_id = town.handled()
    town.report(item_id)

    town.pass_days(date(2020, 3, 18))

    assert rungs(town) == [Rung.REMINDER]


@pytest.mark.parametrize("back", ["returned", "withdrawn"])
def test_the_ladder_goes_on_once_it_is_the_units_turn_again(town: Town, back: str) -> None:
    item_id = town.under_review()
    town.pass_days(date(2020, 3, 17))
    if back == "returned":
        town.review(item_id, verdict=Verdict.RETURNED, reason="再核实")
    else:
        town.act("fan", withdraw, town.task(item_id, "review"))

    town.pass_days(date(2020, 3, 18))

    assert rungs(town) == [Rung.REMINDER]


def test_a_part_isnt_red_because_of_the_office(town: Town) -> None:
    item_id = town.handled("finance")
    town.report(item_id)
    town.sign(item_id)

    town.set_clock(date(2020, 3, 18))

    lines = town.look("li", case_of, item_id).current
    assert [line.light for line in lines] == [Light.YELLOW, Light.RED]


def test_an_accepted_part_is_never_escalated(town: Town) -> None:
    town.accepted()

    town.pass_days(date(2020, 4, 1))

    assert rungs(town) == []


def test_a_returned_report_keeps_its_timers(town: Town) -> None:
    item_id = town.under_review()
    town.review(item_id, verdict=Verdict.RETURNED, reason="再核实")

    town.pass_days(date(2020, 3, 18))

    assert rungs(town) == [Rung.REMINDER]


def test_a_unit_that_never_signs_for_its_part_is_escalated_too(town: Town) -> None:
    item_id = town.assigned()

    town.pass_days(date(2020, 3, 18))

    assert rungs(town) == [Rung.REMINDER]
    assert town.open_steps(item_id) == ["acknowledge"]


def test_each_unit_climbs_its_own_ladder(town: Town) -> None:
    item_id = town.handled("finance")
    town.finish(item_id, "finance")

    town.pass_days(date(2020, 3, 18))

    (late,) = town.rows(select(Escalation.assignment_id))
    assert late == town.part(item_id, "parks").id


def test_a_long_term_item_is_asked_for_its_report_every_week(town: Town) -> None:
    item_id = town.handled(urgency=Urgency.LONG_TERM)
    assert town.todo(item_id, "report").due_on == date(2020, 3, 9)

    town.pass_days(date(2020, 3, 16))

    assert town.story(item_id).count("interim_due") == 2


def test_a_report_in_time_moves_the_next_one_on(town: Town) -> None:
    item_id = town.handled(urgency=Urgency.LONG_TERM)
    town.set_clock(date(2020, 3, 6))
    town.report(item_id, final=False, percent=10)
    town.sign(item_id)
    town.review(item_id)

    assert town.todo(item_id, "report").due_on == date(2020, 3, 16)
    town.pass_days(date(2020, 3, 15))
    assert "interim_due" not in town.story(item_id)


@pytest.mark.parametrize(
    ("due_on", "day", "following"),
    [
        ("2020-03-09", "2020-03-03", "2020-03-16"),  # early: answers for the 9th
        ("2020-03-09", "2020-03-09", "2020-03-16"),  # on the day
        ("2020-03-16", "2020-03-06", "2020-03-16"),  # a second one before the 9th
        ("2020-03-09", "2020-03-11", "2020-03-16"),  # late: answers for the 9th only
        ("2020-03-09", "2020-03-24", "2020-03-30"),  # very late: for all that were missed
    ],
)
def test_a_report_answers_for_one_turn(town: Town, due_on: str, day: str, following: str) -> None:
    first, due, made = date(2020, 3, 2), date.fromisoformat(due_on), date.fromisoformat(day)

    with town.database.read() as session:
        moved = due_after_report(session, Period.WEEKLY, first, due, made)

    assert moved == date.fromisoformat(following)


def test_a_monthly_rhythm_keeps_its_day(town: Town) -> None:
    item_id = town.handled(urgency=Urgency.COMPLEX, reporting_period=Period.MONTHLY)

    part = town.part(item_id, "parks")

    assert part.interim_due_on == date(2020, 4, 2)
    assert part.due_on == date(2020, 3, 2) + timedelta(days=30)
