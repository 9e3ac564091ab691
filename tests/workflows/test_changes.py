"""Extensions: asked in time, decided by the leader, and what then moves with the limit."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.workflows.town import NOT_THEIRS, Town, text
from workflows import changes
from workflows.errors import (
    AlreadyAsked,
    ExtensionBackwards,
    ExtensionLate,
    LimitTooFar,
    NotNow,
    ReasonMissing,
)
from workflows.reports import submit_report
from workflows.story import story_of
from workflows.tables import Extension

DUE, LATER = date(2020, 3, 17), date(2020, 4, 10)


def asked(town: Town, *co: str) -> int:
    """Return an item whose lead unit has asked for more time."""
    item_id = town.handled(*co)
    town.act("chu", changes.ask_extension, town.part(item_id, "parks").id, LATER, "编委会未召开")
    return item_id


def test_an_extension_waits_for_the_sponsor_while_the_report_stays_due(town: Town) -> None:
    item_id = asked(town)

    assert town.open_steps(item_id) == ["consent", "report"]
    assert town.todo(item_id, "consent").post_id == town.posts["secretary"]
    assert town.part(item_id, "parks").due_on == DUE


def test_consent_moves_the_limit_and_keeps_the_first_one(town: Town) -> None:
    item_id = asked(town)

    town.act("secretary", changes.decide_extension, town.task(item_id, "consent"), consent=True)

    part, item = town.part(item_id, "parks"), town.item(item_id)
    assert (part.original_due_on, part.due_on, item.due_on) == (DUE, LATER, LATER)
    assert part.due_why[-1] == {
        "kind": "extended",
        "asked": "2020-03-02",
        "decided": "2020-03-02",
        "from": "2020-03-17",
        "to": "2020-04-10",
    }
    assert item.times_extended == 1
    assert town.todo(item_id, "report").due_on == LATER
    assert town.open_steps(item_id) == ["report"]


def test_after_consent_nobody_is_escalated_at_the_old_limit(town: Town) -> None:
    item_id = asked(town)
    town.act("secretary", changes.decide_extension, town.task(item_id, "consent"), consent=True)

    town.pass_days(date(2020, 3, 19))

    assert "escalated" not in town.story(item_id)


def test_after_consent_the_reminders_follow_the_new_limit(town: Town) -> None:
    item_id = asked(town)
    town.act("secretary", changes.decide_extension, town.task(item_id, "consent"), consent=True)

    town.pass_days(date(2020, 3, 16))
    assert "reminded" not in town.story(item_id)
    town.pass_days(date(2020, 3, 31))

    assert town.story(item_id).count("reminded") == 1


def test_who_was_reminded_before_consent_is_reminded_anew(town: Town) -> None:
    item_id = asked(town)
    town.pass_days(date(2020, 3, 16))
    assert town.story(item_id).count("reminded") == 1
    town.act("secretary", changes.decide_extension, town.task(item_id, "consent"), consent=True)

    town.pass_days(LATER)

    assert town.story(item_id).count("reminded") == 3


def test_refusing_leaves_the_limit_where_it_was(town: Town) -> None:
    item_id = asked(town)

    consent = town.task(item_id, "consent")
    town.act("secretary", changes.decide_extension, consent, consent=False, opinion="按期办结")

    assert town.part(item_id, "parks").due_on == DUE
    assert town.item(item_id).times_extended == 0


def test_refusing_needs_a_reason(town: Town) -> None:
    consent = town.task(asked(town), "consent")

    with pytest.raises(ReasonMissing):
        town.act("secretary", changes.decide_extension, consent, consent=False)


@pytest.mark.parametrize("who", ["mayor", "zhang", "li", "chu", "auditor"])
def test_only_the_sponsor_decides(town: Town, who: str) -> None:
    consent = town.task(asked(town), "consent")

    with pytest.raises(NOT_THEIRS):
        town.act(who, changes.decide_extension, consent, consent=True)


def test_a_co_units_extension_leaves_the_items_limit_alone(town: Town) -> None:
    item_id = town.handled("finance")
    town.act("yang", changes.ask_extension, town.part(item_id, "finance").id, LATER, "待批复")

    town.act("secretary", changes.decide_extension, town.task(item_id, "consent"), consent=True)

    assert town.part(item_id, "finance").due_on == LATER
    assert town.item(item_id).due_on == DUE


def test_the_last_day_is_still_in_time(town: Town) -> None:
    item_id = town.handled()
    town.set_clock(DUE, hour=23)

    part = town.part(item_id, "parks")
    town.act("chu", changes.ask_extension, part.id, LATER, "编委会未召开")

    assert town.open_steps(item_id) == ["consent", "report"]


def test_an_extension_after_the_limit_is_refused(town: Town) -> None:
    part = town.part(town.handled(), "parks")
    town.set_clock(date(2020, 3, 18))

    with pytest.raises(ExtensionLate) as refusal:
        town.act("chu", changes.ask_extension, part.id, LATER, "编委会未召开")

    assert refusal.value.facts == {"due_on": DUE, "today": date(2020, 3, 18)}


def test_an_extension_leads_past_the_present_limit(town: Town) -> None:
    part = town.part(town.handled(), "parks")

    with pytest.raises(ExtensionBackwards):
        town.act("chu", changes.ask_extension, part.id, DUE, "编委会未召开")


def test_an_extension_of_more_than_ten_years_is_refused(town: Town) -> None:
    part = town.part(town.handled(), "parks")

    with pytest.raises(LimitTooFar) as refusal:
        town.act("chu", changes.ask_extension, part.id, date(9999, 12, 31), "编委会未召开")

    assert refusal.value.facts == {"given": date(9999, 12, 31), "last": date(2030, 2, 28)}


def test_an_extension_needs_a_reason(town: Town) -> None:
    part = town.part(town.handled(), "parks")

    with pytest.raises(ReasonMissing):
        town.act("chu", changes.ask_extension, part.id, LATER, "")


def test_one_extension_at_a_time(town: Town) -> None:
    part = town.part(asked(town), "parks")

    with pytest.raises(AlreadyAsked):
        town.act("chu", changes.ask_extension, part.id, LATER, "再延")


def test_a_second_extension_may_follow_the_first(town: Town) -> None:
    item_id = asked(town)
    town.act("secretary", changes.decide_extension, town.task(item_id, "consent"), consent=True)

    part = town.part(item_id, "parks")
    town.act("chu", changes.ask_extension, part.id, date(2020, 5, 8), "疫情影响")
    town.act("secretary", changes.decide_extension, town.task(item_id, "consent"), consent=True)

    assert town.part(item_id, "parks").due_on == date(2020, 5, 8)
    assert town.part(item_id, "parks").original_due_on == DUE


@pytest.mark.parametrize("who", ["yang", "li", "mayor", "auditor"])
def test_only_the_unit_itself_asks(town: Town, who: str) -> None:
    part = town.part(town.handled("finance"), "parks")

    with pytest.raises(NOT_THEIRS):
        town.act(who, changes.ask_extension, part.id, LATER, "编委会未召开")


def test_a_unit_signs_for_its_part_before_it_asks_for_more_time(town: Town) -> None:
    part = town.part(town.assigned(), "parks")

    with pytest.raises(NotNow):
        town.act("chu", changes.ask_extension, part.id, LATER, "编委会未召开")


def test_a_finished_part_cannot_be_extended(town: Town) -> None:
    part = town.part(town.accepted(), "parks")

    with pytest.raises(NotNow):
        town.act("chu", changes.ask_extension, part.id, LATER, "编委会未召开")


def test_a_finished_part_waits_for_no_extension(town: Town) -> None:
    item_id = asked(town)

    town.finish(item_id)

    (extension,) = town.rows(select(Extension))
    assert town.open_steps(item_id) == ["instruct"]
    assert (extension.consented, extension.decided_by_id) == (False, None)
    assert town.part(item_id, "parks").due_on == DUE
    told, *_ = town.look("li", story_of, item_id, ["extension_decided"])
    assert (told.facts["moot"], told.unit) == (True, "市园林绿化处")


def test_an_interim_report_leaves_the_request_with_the_leader(town: Town) -> None:
    item_id = asked(town)

    town.report(item_id, final=False, percent=50)
    town.sign(item_id)
    town.review(item_id)

    assert town.open_steps(item_id) == ["consent", "report"]


def test_a_report_may_be_made_while_the_leader_thinks(town: Town) -> None:
    item_id = asked(town)

    town.act("chu", submit_report, town.task(item_id, "report"), text())

    assert town.open_steps(item_id) == ["confirm", "consent"]
