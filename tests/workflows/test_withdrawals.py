"""Withdrawing one's own submission: possible until the next person has opened it."""

import pytest
from sqlalchemy import select

from tests.workflows.town import Town
from workflows import assignments, steps
from workflows.errors import NothingToWithdraw, WithdrawLate
from workflows.tables import AssignmentState, Objection, Report
from workflows.withdrawals import withdraw


def test_a_registration_is_withdrawn_before_the_director_opens_it(town: Town) -> None:
    item_id = town.registered()

    town.act("li", withdraw, town.task(item_id, "approve"))

    assert town.open_steps(item_id) == ["register"]
    assert town.story(item_id)[-1] == "withdrawn"


def test_what_the_next_person_has_opened_stays(town: Town) -> None:
    task = town.task(town.registered(), "approve")
    town.act("zhang", steps.see_task, task)

    with pytest.raises(WithdrawLate) as refusal:
        town.act("li", withdraw, task)

    assert refusal.value.facts == {"seen_by": "张明", "seen_at": town.clock.now()}


def test_looking_at_it_oneself_or_by_others_doesnt_hold_it(town: Town) -> None:
    item_id = town.registered()
    task = town.task(item_id, "approve")
    for who in ("li", "zhou", "mayor", "auditor"):
        town.act(who, steps.see_task, task)

    town.act("li", withdraw, task)

    assert town.open_steps(item_id) == ["register"]


def test_nobody_elses_submission_can_be_withdrawn(town: Town) -> None:
    task = town.task(town.registered(), "approve")

    for who in ("zhou", "zhang"):
        with pytest.raises(NothingToWithdraw):
            town.act(who, withdraw, task)


def test_a_report_is_withdrawn_before_its_signature(town: Town) -> None:
    item_id = town.handled()
    town.report(item_id)

    town.act("chu", withdraw, town.task(item_id, "confirm"))

    (report,) = town.rows(select(Report))
    assert report.withdrawn_at == town.clock.now()
    assert town.open_steps(item_id) == ["report"]
    assert town.part(item_id, "parks").state is AssignmentState.HANDLING


def test_the_next_report_after_a_withdrawal_gets_the_next_number(town: Town) -> None:
    item_id = town.handled()
    town.report(item_id)
    town.act("chu", withdraw, town.task(item_id, "confirm"))

    town.report(item_id)

    assert town.rows(select(Report.number).order_by(Report.id)) == [1, 2]


def test_a_signature_is_withdrawn_before_the_review(town: Town) -> None:
    item_id = town.under_review()

    town.act("fan", withdraw, town.task(item_id, "review"))

    (report,) = town.rows(select(Report))
    assert report.confirmed_at is None
    assert town.open_steps(item_id) == ["confirm"]


def test_what_a_withdrawn_signature_said_counts_no_more(town: Town) -> None:
    item_id = town.under_review(final=False, percent=40, progress="已受理")
    town.review(item_id)
    town.report(item_id, percent=90, progress="已批复")
    town.sign(item_id)
    assert town.item(item_id).percent == 90

    town.act("fan", withdraw, town.task(item_id, "review"))

    assert (town.item(item_id).percent, town.item(item_id).progress) == (40, "已受理")


def test_an_objection_is_withdrawn_before_its_decision(town: Town) -> None:
    item_id = town.assigned()
    town.act("chu", assignments.object_to, town.task(item_id, "acknowledge"), "不属本单位")

    town.act("chu", withdraw, town.task(item_id, "objection"))

    (objection,) = town.rows(select(Objection))
    assert objection.decision == "withdrawn"
    assert town.open_steps(item_id) == ["acknowledge"]


def test_a_handing_over_cannot_be_withdrawn(town: Town) -> None:
    item_id = town.assigned()

    with pytest.raises(NothingToWithdraw):
        town.act("li", withdraw, town.task(item_id, "acknowledge"))


def test_who_withdrew_has_nothing_more_to_withdraw(town: Town) -> None:
    item_id = town.handled()
    town.report(item_id)
    town.act("chu", withdraw, town.task(item_id, "confirm"))

    with pytest.raises(NothingToWithdraw):
        town.act("chu", withdraw, town.task(item_id, "report"))


def test_the_open_task_says_whether_it_can_be_withdrawn(town: Town) -> None:
    task = town.task(town.registered(), "approve")

    assert town.act("li", steps.see_task, task).withdrawable
    assert not town.act("zhou", steps.see_task, task).withdrawable
    assert town.act("zhang", steps.see_task, task).may_act
    assert not town.act("li", steps.see_task, task).withdrawable
