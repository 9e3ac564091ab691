"""The weekly meeting: its agenda, its decisions as tasks, and whose they are."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.workflows.projects import site
from tests.workflows.town import NOT_THEIRS, Town
from workflows.errors import (
    DecisionUnknown,
    LimitInPast,
    NotNow,
    ProjectRefused,
    TextMissing,
    UnitUnknown,
)
from workflows.lights import Light
from workflows.projects import lights, meetings, templates
from workflows.projects.meetings import DecisionEntry
from workflows.projects.templates import NodeEntry, TemplateEntry
from workflows.tables import MeetingDecision

MONDAY = date(2020, 3, 2)


def meeting(town: Town) -> int:
    """Return a meeting that was held today."""
    return town.act("li", meetings.hold_meeting, MONDAY, "常务副市长").id


def entry(town: Town, **changed: Any) -> DecisionEntry:
    """Return a sound decision, but for what a test changes."""
    usual: dict[str, Any] = {
        "text": "月底前完成剩余三户拆迁",
        "unit_id": town.units["parks"],
        "responsible_person": "范志国",
        "due_on": date(2020, 3, 31),
    }
    return DecisionEntry(**{**usual, **changed})


def decided(town: Town, **changed: Any) -> MeetingDecision:
    """Return a decision of a meeting."""
    return town.act("li", meetings.decide, meeting(town), entry(town, **changed))


def test_the_agenda_is_kept_as_it_was_on_the_day(town: Town) -> None:
    item_id = site.project(town)
    site.weekly(town, item_id, 3, 300, problems="征地拆迁滞后")
    number = meeting(town)
    site.weekly(town, item_id, 3, 300, problems="")

    kept = town.look("zhang", meetings.meeting_of, number)

    assert [point["problems"] for point in kept.agenda] == ["征地拆迁滞后"]
    assert town.look("zhang", meetings.agenda) == []


def test_a_decision_that_isnt_done_brings_its_project_to_the_next_meeting(town: Town) -> None:
    item_id = site.project(town, planned=Decimal(0))
    decision = decided(town, item_id=item_id)

    (point,) = town.look("li", meetings.agenda)
    town.act("chu", meetings.finish_decision, decision.id, "三户已签约")

    assert [each["text"] for each in point["undone"]] == [decision.text]
    assert town.look("li", meetings.agenda) == []
    assert town.story(item_id)[-2:] == ["meeting_decided", "meeting_done"]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"text": " "}, TextMissing),
        ({"responsible_person": ""}, TextMissing),
        ({"due_on": date(2020, 3, 1)}, LimitInPast),
        ({"unit_id": 10**6}, UnitUnknown),
    ],
)
def test_none_of_text_unit_person_and_limit_may_be_missing(
    town: Town, changed: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        decided(town, **changed)


def test_a_late_task_is_red_until_it_is_done(town: Town) -> None:
    decision = decided(town)
    town.set_clock(date(2020, 4, 1))
    (late,) = town.look("chu", meetings.tasks)

    town.act("fan", meetings.finish_decision, decision.id, "已拆除")

    assert late.light is Light.RED
    assert town.look("chu", meetings.tasks) == []
    (done,) = town.look("chu", meetings.tasks, done=True)
    assert done.light is Light.DONE
    with pytest.raises(NotNow):
        town.act("fan", meetings.finish_decision, decision.id, "再办")


def test_a_decision_can_become_an_item_once(town: Town) -> None:
    decision = decided(town)
    item_id = town.registered()

    town.act("li", meetings.open_as_item, decision.id, item_id)

    with pytest.raises(NotNow):
        town.act("li", meetings.open_as_item, decision.id, item_id)


def test_units_see_their_own_tasks_and_no_meeting(town: Town) -> None:
    decision = decided(town)

    assert town.look("yang", meetings.tasks) == []
    with pytest.raises(DecisionUnknown):
        town.act("yang", meetings.finish_decision, decision.id, "办了")
    for look in (meetings.agenda, meetings.meetings):
        with pytest.raises(NOT_THEIRS):
            town.look("yang", look)


@pytest.mark.parametrize("who", ["chu", "fan", "mayor", "auditor", "admin"])
def test_only_the_office_holds_meetings_and_records_decisions(town: Town, who: str) -> None:
    number = meeting(town)

    with pytest.raises(NOT_THEIRS):
        town.act(who, meetings.hold_meeting, MONDAY)
    with pytest.raises(NOT_THEIRS):
        town.act(who, meetings.decide, number, entry(town))


def test_a_meeting_isnt_recorded_before_it_was_held(town: Town) -> None:
    with pytest.raises(ProjectRefused):
        town.act("li", meetings.hold_meeting, date(2020, 3, 3))


# -- what an administrator changes -------------------------------------------------------


def test_the_shipped_templates_have_3_4_and_11_milestones(town: Town) -> None:
    with town.database.read() as session:
        found = [len(template.nodes) for template in templates.templates(session)]

    assert found == [3, 4, 11]


@pytest.mark.parametrize(
    ("nodes", "why"),
    [
        ((), "nodes_missing"),
        ((NodeEntry("一", 50), NodeEntry("二", 40)), "shares"),
        ((NodeEntry("一", 50),), "shares"),
    ],
)
def test_a_template_goes_up_to_the_whole(
    town: Town, nodes: tuple[NodeEntry, ...], why: str
) -> None:
    with pytest.raises(ProjectRefused) as refusal:
        town.act("admin", templates.write_template, TemplateEntry("新", nodes))

    assert refusal.value.facts["why"] == why


def test_changing_a_template_leaves_projects_as_they_are(town: Town) -> None:
    item_id = site.project(town)
    changed = TemplateEntry("招商项目", (NodeEntry("一次到位", 100),))

    town.act("admin", templates.write_template, changed, site.template(town))

    assert len(site.row(town, item_id).milestones) == 3
    assert len(site.row(town, site.project(town)).milestones) == 1
    with pytest.raises(NOT_THEIRS):
        town.act("li", templates.write_template, changed)


def test_other_thresholds_turn_every_light_at_once(town: Town) -> None:
    item_id = site.project(town)
    before = town.item(item_id).plan_yellow_on
    wanted = {lights.YELLOW: "1", lights.RED: "30", lights.GRACE: "15"}

    town.act("admin", lights.change_thresholds, wanted)

    after = town.item(item_id).plan_yellow_on
    assert before is not None
    assert after is not None
    assert after < before
    with pytest.raises(ProjectRefused):
        town.act("admin", lights.change_thresholds, {**wanted, lights.YELLOW: "31"})
    with pytest.raises(NOT_THEIRS):
        town.act("li", lights.change_thresholds, wanted)


def test_an_administrator_sees_no_task_and_a_unit_no_item_that_isnt_its_own(town: Town) -> None:
    item_id = site.project(town)
    decided(town, item_id=item_id, unit_id=town.units["finance"])
    decided(town, unit_id=town.units["office"])

    assert town.look("admin", meetings.tasks) == []
    (theirs,) = town.look("gao", meetings.tasks)
    assert theirs.item is None
    assert item_id in [task.item.id for task in town.look("li", meetings.tasks) if task.item]
