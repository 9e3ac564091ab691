"""Registering and approving: what is refused at the door, and how items get their numbers."""

from datetime import date

import pytest

import engine
from tests.workflows.town import NOT_THEIRS, Town
from workflows import items
from workflows.errors import (
    ChoiceUnknown,
    LimitInPast,
    LimitTooFar,
    PostRefused,
    ReasonMissing,
    SecretRefused,
    TextMissing,
    TextTooLong,
    WrongStep,
)
from workflows.tables import ItemState, Period, Urgency


def test_a_registered_item_waits_for_the_director(town: Town) -> None:
    item_id = town.registered()

    assert town.open_steps(item_id) == ["approve"]
    assert town.item(item_id).state is ItemState.REGISTERED
    assert town.item(item_id).number == ""


def test_the_first_item_of_a_year_gets_the_number_one(town: Town) -> None:
    item_id = town.approved()

    assert town.item(item_id).number == "督字〔2020〕1号"
    assert town.open_steps(item_id) == ["assign"]


def test_numbers_follow_the_order_of_approval_without_gaps(town: Town) -> None:
    first, refused, second = town.registered(), town.registered(), town.registered()

    for item_id, outcome in ((second, "approve"), (refused, "refuse"), (first, "approve")):
        town.act(
            "zhang", items.approve_item, town.task(item_id, "approve"), outcome, "不属督查范围"
        )

    assert town.item(second).serial == 1
    assert town.item(first).serial == 2
    assert town.item(refused).serial is None


def test_every_year_starts_its_numbers_again(town: Town) -> None:
    town.approved()
    town.set_clock(date(2021, 1, 4))

    item_id = town.approved()

    assert town.item(item_id).number == "督字〔2021〕1号"


def test_a_secret_matter_is_refused_at_the_door(town: Town) -> None:
    with pytest.raises(SecretRefused):
        town.registered(secret=True)

    assert town.look("li", lambda session, _: engine.instances(session, "1")) == []


def test_a_limit_in_the_past_is_refused(town: Town) -> None:
    with pytest.raises(LimitInPast) as refusal:
        town.registered(planned_due_on=date(2020, 3, 1))

    assert refusal.value.facts == {"given": date(2020, 3, 1), "today": date(2020, 3, 2)}


@pytest.mark.parametrize("day", [date(2030, 3, 1), date(9999, 12, 31)])
def test_a_limit_further_away_than_ten_years_is_refused(town: Town, day: date) -> None:
    with pytest.raises(LimitTooFar) as refusal:
        town.registered(planned_due_on=day)

    assert refusal.value.facts == {"given": day, "last": date(2030, 2, 28)}


def test_a_limit_of_today_is_taken(town: Town) -> None:
    item_id = town.registered(planned_due_on=date(2020, 3, 2))

    assert town.item(item_id).planned_due_on == date(2020, 3, 2)


@pytest.mark.parametrize("field", ["title", "basis"])
def test_an_item_needs_a_title_and_a_basis(town: Town, field: str) -> None:
    with pytest.raises(TextMissing) as refusal:
        town.registered(**{field: "　 "})

    assert refusal.value.facts == {"field": field}


def test_a_title_longer_than_its_column_is_refused(town: Town) -> None:
    with pytest.raises(TextTooLong):
        town.registered(title="长" * 201)


def test_a_handlers_post_cannot_sponsor_an_item(town: Town) -> None:
    with pytest.raises(PostRefused):
        town.registered(sponsor_post_id=town.posts["chu"])


@pytest.mark.parametrize("who", ["chu", "zhang", "mayor", "auditor", "admin"])
def test_only_a_supervisor_registers_items(town: Town, who: str) -> None:
    with pytest.raises(NOT_THEIRS):
        town.act(who, items.register_item, town.registration())


def test_a_long_term_item_reports_weekly_unless_said_otherwise(town: Town) -> None:
    weekly = town.registered(urgency=Urgency.LONG_TERM)
    monthly = town.registered(urgency=Urgency.LONG_TERM, reporting_period=Period.MONTHLY)

    assert town.item(weekly).reporting_period is Period.WEEKLY
    assert town.item(monthly).reporting_period is Period.MONTHLY


def test_the_fast_track_skips_the_approval_and_records_who_used_it(town: Town) -> None:
    item_id = town.registered(urgency=Urgency.FLASH)

    assert town.open_steps(item_id) == ["assign"]
    assert town.item(item_id).fast_track_by_id == town.people["li"]
    assert town.story(item_id) == ["registered", "fast_track", "numbered"]


def test_a_returned_registration_is_amended_and_sent_again(town: Town) -> None:
    item_id = town.registered()
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "return", "目标不明确")

    amended = town.registration(target="完成经费形式变更手续")
    town.act("li", items.amend_registration, town.task(item_id, "register"), amended)

    assert town.open_steps(item_id) == ["approve"]
    assert town.item(item_id).target == "完成经费形式变更手续"
    assert town.story(item_id) == ["registered", "returned_to_register", "amended"]


def test_amending_to_flash_takes_the_fast_track(town: Town) -> None:
    item_id = town.registered()
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "return", "应为特急")

    amended = town.registration(urgency=Urgency.FLASH)
    town.act("li", items.amend_registration, town.task(item_id, "register"), amended)

    assert town.open_steps(item_id) == ["assign"]


def test_the_fast_track_names_who_took_it_and_not_who_registered(town: Town) -> None:
    item_id = town.registered()
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "return", "应为特急")

    amended = town.registration(urgency=Urgency.FLASH)
    town.act("zhou", items.amend_registration, town.task(item_id, "register"), amended)

    assert town.item(item_id).fast_track_by_id == town.people["zhou"]


def test_a_refused_item_ends_without_a_number(town: Town) -> None:
    item_id = town.registered()

    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "refuse", "属信访事项")

    assert town.open_steps(item_id) == []
    assert town.item(item_id).state is ItemState.REFUSED


@pytest.mark.parametrize("outcome", ["return", "refuse"])
def test_returning_or_refusing_needs_a_reason(town: Town, outcome: str) -> None:
    task = town.task(town.registered(), "approve")

    with pytest.raises(ReasonMissing):
        town.act("zhang", items.approve_item, task, outcome, " ")


def test_an_answer_that_nobody_offered_is_refused(town: Town) -> None:
    task = town.task(town.registered(), "approve")

    with pytest.raises(ChoiceUnknown):
        town.act("zhang", items.approve_item, task, "perhaps")


@pytest.mark.parametrize("who", ["li", "mayor", "fan", "auditor"])
def test_only_the_director_approves(town: Town, who: str) -> None:
    task = town.task(town.registered(), "approve")

    with pytest.raises(NOT_THEIRS):
        town.act(who, items.approve_item, task, "approve")


def test_a_step_that_somebody_else_finished_meanwhile_says_who_and_when(town: Town) -> None:
    task = town.task(town.registered(), "approve")
    town.act("zhang", items.approve_item, task, "approve")

    with pytest.raises(engine.TaskClosed) as refusal:
        town.act("zhang", items.approve_item, task, "approve")

    assert refusal.value.closed_by == "张明"
    assert refusal.value.closed_at == town.clock.now()


def test_a_task_is_done_only_by_its_own_verb(town: Town) -> None:
    task = town.task(town.approved(), "assign")

    with pytest.raises(WrongStep):
        town.act("zhang", items.approve_item, task, "approve")
