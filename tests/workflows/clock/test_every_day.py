"""Whatever the legal clock reckons moves with it, and is shown first: reports, slips, windows."""

from datetime import date

import pytest
from sqlalchemy import select, update

from tests.workflows.clock.test_moves import days, save, seen, table
from tests.workflows.decisions.stories import broken_down
from tests.workflows.ladder.climbing import approve
from tests.workflows.town import Town
from workflows import moves, periods
from workflows.errors import LimitRefused, MovesUnseen, NotYours
from workflows.tables import Escalation, Notice, Period, Source, Urgency

WORK_REPORT = Source.WORK_REPORT_CITY.value
QUARTERLY = {WORK_REPORT: Period.QUARTERLY}


def test_a_meeting_s_first_report_moves_with_the_calendar(small_town: Town) -> None:
    town = small_town
    _, (first, _) = broken_down(town, "parks", "finance")
    town.acknowledge(first, "parks")
    wanted = table(town, 3, 4)

    shown = seen(town, wanted)
    save(town, wanted, shown.seal)

    moved = ("市园林绿化处", "report", date(2020, 3, 9), date(2020, 3, 11))
    assert moved in days(shown)
    assert town.part(first, "parks").interim_due_on == date(2020, 3, 11)
    todo = town.todo(first, "report")
    assert todo.due_on == date(2020, 3, 11)
    assert [part["name"] for part in todo.due_why if part["kind"] == "limit"] == [
        "decision.first_report"
    ]
    assert "limit_moved" in town.story(first)


def test_a_slip_s_answer_and_the_next_rung_move_with_the_calendar(small_town: Town) -> None:
    town = small_town
    item_id = town.handled(urgency=Urgency.URGENT)  # due on 5 March
    town.pass_days(date(2020, 3, 10))
    approve(town, item_id)
    (slip,) = town.rows(select(Escalation).where(Escalation.rung == "notice_blue"))
    wanted = table(town, 11, 12)

    shown = seen(town, wanted)
    save(town, wanted, shown.seal)

    assert ("市园林绿化处", "answer", date(2020, 3, 17), date(2020, 3, 19)) in days(shown)
    assert ("市园林绿化处", "rung", date(2020, 3, 12), date(2020, 3, 16)) in days(shown)
    (moved,) = town.rows(select(Escalation).where(Escalation.id == slip.id))
    assert (slip.answer_by, moved.answer_by) == (date(2020, 3, 17), date(2020, 3, 19))
    assert moved.answer_why[-1]["because"] == "calendar"


def test_a_slip_s_day_that_the_director_chose_stays_and_a_day_off_is_named(
    small_town: Town,
) -> None:
    town = small_town
    item_id = town.handled(urgency=Urgency.URGENT)
    town.pass_days(date(2020, 3, 10))
    approve(town, item_id, answer_by=date(2020, 3, 18))
    wanted = table(town, 18)

    shown = seen(town, wanted)
    save(town, wanted, shown.seal)

    assert [(stay.what, stay.on) for stay in shown.stays] == [("answer", date(2020, 3, 18))]
    (slip,) = town.rows(select(Escalation).where(Escalation.rung == "notice_blue"))
    assert slip.answer_by == date(2020, 3, 18)
    assert slip.answer_why[0]["kind"] == "chosen"


def test_an_old_slip_that_kept_no_reason_moves_as_its_rule_says(small_town: Town) -> None:
    town = small_town
    item_id = town.handled(urgency=Urgency.URGENT)
    town.pass_days(date(2020, 3, 10))
    approve(town, item_id)
    town.database.write(lambda session: session.execute(update(Escalation).values(answer_why=[])))
    wanted = table(town, 11, 12)

    shown = seen(town, wanted)
    save(town, wanted, shown.seal)

    assert ("市园林绿化处", "answer", date(2020, 3, 17), date(2020, 3, 19)) in days(shown)
    (slip,) = town.rows(select(Escalation).where(Escalation.rung == "notice_blue"))
    assert slip.answer_by == date(2020, 3, 19)
    assert slip.answer_why[0]["name"] == "slip.blue"


def test_a_chosen_day_that_becomes_a_day_off_is_named_and_stays(small_town: Town) -> None:
    item_id = small_town.assigned(planned_due_on=date(2020, 3, 18))

    shown = seen(small_town, table(small_town, 18))

    assert [(stay.what, stay.on) for stay in shown.stays] == [("limit", date(2020, 3, 18))]
    assert small_town.part(item_id, "parks").due_on == date(2020, 3, 18)


def test_reporting_periods_are_a_table_and_open_items_follow_if_that_was_seen(
    small_town: Town,
) -> None:
    town = small_town
    _, (first, _) = broken_down(town, "parks", "finance", source=Source.WORK_REPORT_CITY)
    own = {"source": Source.WORK_REPORT_CITY, "reporting_period": Period.WEEKLY}
    _, (other, _) = broken_down(town, "parks", "finance", **own)
    with pytest.raises(MovesUnseen):
        town.act("admin", moves.change_periods, QUARTERLY, follow=True)
    shown = town.act("admin", moves.of_periods, QUARTERLY)

    town.act("admin", moves.change_periods, QUARTERLY, follow=True, seal=shown.seal)

    assert [each.item.id == first for each in shown.moved].count(True) == 1
    assert {(each.old, each.new) for each in shown.moved} == {(date(2020, 4, 2), date(2020, 6, 2))}
    assert town.item(first).reporting_period is Period.QUARTERLY
    assert town.part(first, "parks").interim_due_on == date(2020, 6, 2)
    assert town.item(other).reporting_period is Period.WEEKLY
    told = town.rows(select(Notice).where(Notice.kind == "limit_moved"))
    assert {notice.facts["because"] for notice in told} == {"period"}


def test_open_items_keep_their_period_unless_somebody_says_so(small_town: Town) -> None:
    town = small_town
    _, (first, _) = broken_down(town, "parks", "finance", source=Source.WORK_REPORT_CITY)

    town.act("admin", moves.change_periods, {WORK_REPORT: None})
    _, (later, _) = broken_down(town, "parks", "finance", source=Source.WORK_REPORT_CITY)

    assert town.part(first, "parks").interim_due_on == date(2020, 4, 2)
    assert town.part(later, "parks").interim_due_on is None


def test_a_report_that_is_due_stays_due_when_the_period_changes(small_town: Town) -> None:
    town = small_town
    item_id = town.handled(urgency=Urgency.LONG_TERM)
    town.set_clock(date(2020, 3, 11))
    wanted = {periods.LONG_TERM: Period.MONTHLY}

    shown = town.act("admin", moves.of_periods, wanted)
    town.act("admin", moves.change_periods, wanted, follow=True, seal=shown.seal)

    assert shown.moved == []
    assert town.part(item_id, "parks").interim_due_on == date(2020, 3, 9)
    town.report(item_id, final=False, percent=5)
    town.sign(item_id)
    assert town.part(item_id, "parks").interim_due_on == date(2020, 4, 2)


def test_nobody_else_changes_the_periods_and_no_source_is_made_up(small_town: Town) -> None:
    with pytest.raises(NotYours):
        small_town.act("zhang", moves.change_periods, QUARTERLY)
    with pytest.raises(LimitRefused):
        small_town.act("admin", moves.change_periods, {"dream": Period.WEEKLY})


def test_a_notice_says_that_a_day_is_provisional(small_town: Town) -> None:
    small_town.set_clock(date(2031, 3, 3))

    small_town.assigned()

    facts = small_town.rows(select(Notice.facts).where(Notice.kind == "assigned"))
    assert {tuple(each["provisional"]) for each in facts} == {(2031,)}
