"""Visits: planned, recorded by a checklist, concluded, objected to; the unsolved comes back."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.workflows.revisits.closed import asked_after_closing, closed, plan, record
from tests.workflows.town import NOT_THEIRS, Town, found
from workflows import revisits
from workflows.closing import close_item
from workflows.errors import (
    AlreadyAsked,
    ChecklistRefused,
    LimitInPast,
    NotYours,
    ObjectionLate,
    PersonUnknown,
    TextMissing,
    VisitorDecides,
)
from workflows.methods import Method
from workflows.revisits import Answer, Finding, Guest, Mark, Plan, Question
from workflows.tables import Cause, ItemState, Notice, Revisit, RevisitObjection


def test_a_closed_item_that_somebody_asks_about_is_visited_within_30_days_of_closing(
    town: Town,
) -> None:
    item_id = asked_after_closing(town)

    (visit,) = town.rows(select(Revisit))
    assert (visit.cause, visit.asked_by_id) == (Cause.ASKED, town.people["zhang"])
    item = town.item(item_id)
    assert item.state is ItemState.CLOSED
    assert item.closed_at is not None
    assert (town.todo(item_id, "revisit").due_on - item.closed_at.date()).days == 30
    with pytest.raises(AlreadyAsked):
        town.act("mayor", revisits.ask_for_revisit, item_id)


def test_what_is_really_solved_stays_closed(town: Town) -> None:
    item_id = asked_after_closing(town)
    before = town.item(item_id)

    record(town, item_id, solved=True)

    item = town.item(item_id)
    assert (item.state, item.closed_at) == (ItemState.CLOSED, before.closed_at)
    assert town.open_steps(item_id) == []


def test_what_isnt_comes_back_under_its_number_and_closes_only_after_a_second_visit(
    town: Town,
) -> None:
    item_id = asked_after_closing(town)
    before, told = town.item(item_id), town.story(item_id)

    record(town, item_id, solved=False)

    item = town.item(item_id)
    assert (item.number, item.state, item.times_reopened) == (before.number, ItemState.OPEN, 1)
    assert item.closed_at is None
    assert town.story(item_id)[: len(told)] == told
    assert town.open_steps(item_id) == ["assign"]

    town.assign(item_id)
    town.acknowledge(item_id)
    assert town.part(item_id, "parks").due_on is not None
    town.finish(item_id)
    assert town.open_steps(item_id) == ["revisit"]
    assert town.rows(select(Revisit.cause).order_by(Revisit.id))[-1] is Cause.RECTIFICATION

    record(town, item_id, solved=False)
    assert town.item(item_id).times_reopened == 2
    town.assign(item_id)
    town.acknowledge(item_id)
    town.finish(item_id)
    record(town, item_id, solved=True)
    town.act("zhang", close_item, town.task(item_id, "close"))

    item = town.item(item_id)
    assert (item.number, item.state) == (before.number, ItemState.CLOSED)


def test_a_plan_names_the_method_the_day_and_the_team(town: Town) -> None:
    item_id = asked_after_closing(town)

    team = [town.people["zhou"], town.people["zhang"]]
    visit = plan(town, item_id, Method.JOINT, team=team, guests=[Guest("王芳", "市人大办公室")])

    assert (visit.method, visit.planned_on) == ("joint", date(2020, 12, 1))
    assert visit.team == team
    assert visit.guests == [{"name": "王芳", "organisation": "市人大办公室"}]
    assert town.open_steps(item_id) == ["revisit"]


def test_a_plan_that_nobody_can_keep_is_refused(town: Town) -> None:
    task = town.task(asked_after_closing(town), "revisit")

    for wanted, refusal in (
        (Plan(Method.ON_SITE, date(2019, 1, 1)), LimitInPast),
        (Plan(Method.ON_SITE, date(2020, 12, 1), team=[4711]), PersonUnknown),
        (Plan(Method.ON_SITE, date(2020, 12, 1), guests=[Guest(" ")]), TextMissing),
    ):
        with pytest.raises(refusal):
            town.act("li", revisits.plan_visit, task, wanted)


def test_only_a_supervisor_plans_and_records(town: Town) -> None:
    item_id = asked_after_closing(town)
    task = town.task(item_id, "revisit")

    for who in ("chu", "fan", "mayor", "zhang", "auditor", "admin"):
        with pytest.raises(NOT_THEIRS):
            town.act(who, revisits.plan_visit, task, Plan(Method.ON_SITE, date(2020, 12, 1)))
        with pytest.raises(NOT_THEIRS):
            town.act(who, revisits.record_revisit, task, found("on_site", "属实", solved=True))


def test_solved_isnt_said_over_a_decisive_no(town: Town) -> None:
    item_id = asked_after_closing(town)
    task = town.task(item_id, "revisit")
    answers = [Answer(Mark.YES), Answer(Mark.NO, "仍有积水"), Answer(Mark.YES)]

    finding = Finding("on_site", "查看", solved=True, answers=answers)
    with pytest.raises(ChecklistRefused) as refused:
        town.act("li", revisits.record_revisit, task, finding)
    assert refused.value.facts["questions"] == ["问题是否解决"]

    finding = Finding("on_site", "查看", solved=False, answers=answers)
    visit = town.act("li", revisits.record_revisit, task, finding)
    assert [line["mark"] for line in visit.checklist] == ["yes", "no", "yes", "na", "na", "na"]
    assert visit.checklist[1]["note"] == "仍有积水"


def test_an_administrator_edits_the_checklist_and_what_was_answered_keeps_its_words(
    town: Town,
) -> None:
    item_id = asked_after_closing(town)
    with pytest.raises(NotYours):
        town.act("li", revisits.change_questions, [Question("路灯亮了吗")])
    town.act("admin", revisits.change_questions, [Question("路灯亮了吗", decisive=True)])

    record(town, item_id, solved=True)
    town.act("admin", revisits.change_questions, [Question("换一个问题")])

    (visit,) = town.rows(select(Revisit))
    assert [line["text"] for line in visit.checklist] == ["路灯亮了吗"]


def concluded(town: Town, *, team: str = "zhou") -> tuple[int, Revisit]:
    """Return an item whose visit found it unsolved, and the visit."""
    item_id = asked_after_closing(town)
    plan(town, item_id, Method.ON_SITE, team=[town.people[team]])
    return item_id, record(town, item_id, solved=False)


def objected(town: Town, visit: Revisit, who: str = "chu") -> RevisitObjection:
    """Let a unit object to a conclusion."""
    part = town.part(visit.item_id, "parks")
    return town.act(who, revisits.object_to_conclusion, visit.id, part.id, "现场已整改")


def test_the_conclusion_is_fed_back_and_the_unit_may_object_for_30_days(town: Town) -> None:
    item_id, visit = concluded(town)
    told = town.rows(select(Notice.person_id).where(Notice.kind == "revisit_concluded"))
    assert set(told) == {town.people["chu"], town.people["fan"]}
    done_on = town.clock.now().date()

    objected(town, visit)

    assert set(town.open_steps(item_id)) == {"assign", "conclusion"}
    assert (town.todo(item_id, "conclusion").due_on - done_on).days == 30
    with pytest.raises(AlreadyAsked):
        objected(town, visit, "fan")


def test_a_late_objection_is_refused(town: Town) -> None:
    _, visit = concluded(town)
    town.set_clock(date(2021, 3, 1))

    with pytest.raises(ObjectionLate):
        objected(town, visit)


def test_nobody_else_objects_for_a_unit(town: Town) -> None:
    _, visit = concluded(town)

    for who in ("yang", "li", "zhang", "mayor", "auditor"):
        with pytest.raises(NOT_THEIRS):
            objected(town, visit, who)


def test_whoever_was_there_doesnt_decide(town: Town) -> None:
    item_id, visit = concluded(town, team="zhang")
    objected(town, visit)
    task = town.task(item_id, "conclusion")

    with pytest.raises(VisitorDecides):
        town.act("zhang", revisits.decide_conclusion, task, "成立", upheld=True)


def test_only_the_director_decides(town: Town) -> None:
    item_id, visit = concluded(town)
    objected(town, visit)
    task = town.task(item_id, "conclusion")

    for who in ("li", "zhou", "chu", "mayor", "auditor"):
        with pytest.raises(NOT_THEIRS):
            town.act(who, revisits.decide_conclusion, task, "成立", upheld=True)


@pytest.mark.parametrize(("upheld", "weighs"), [(True, 100), (False, 150)])
def test_a_conclusion_that_was_set_aside_doesnt_count_against_the_unit(
    town: Town, *, upheld: bool, weighs: int
) -> None:
    item_id, visit = concluded(town)
    objected(town, visit)
    task = town.task(item_id, "conclusion")

    town.act("zhang", revisits.decide_conclusion, task, "复核现场照片", upheld=upheld)

    assert town.open_steps(item_id) == ["assign"]
    told = town.rows(select(Notice.person_id).where(Notice.kind == "conclusion_decided"))
    assert {town.people["chu"], town.people["fan"]} <= set(told)
    town.act("mayor", revisits.ask_for_revisit, other := closed(town))
    (drawn,) = town.rows(select(Revisit).where(Revisit.item_id == other))
    assert next(each for each in drawn.factors if each["name"] == "failed")["percent"] == weighs
