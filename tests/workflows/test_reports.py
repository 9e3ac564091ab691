"""Reporting, signing and reviewing: what counts, and the three no-let-goes."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.workflows.town import NOT_THEIRS, Town, text
from workflows.errors import (
    NoLetGo,
    PercentOutOfRange,
    ReasonMissing,
    TextMissing,
)
from workflows.reports import confirm_report, submit_report
from workflows.reviews import Judgement, review_report
from workflows.tables import AssignmentState, Paper, Report, Verdict


def latest(town: Town, item_id: int) -> Report:
    """Return the item's latest report."""
    wanted = select(Report).where(Report.item_id == item_id).order_by(Report.id)
    report: Report = town.rows(wanted)[-1]
    return report


def test_a_report_waits_for_the_unit_heads_signature(town: Town) -> None:
    item_id = town.handled()

    town.report(item_id, percent=60, final=False)

    assert town.open_steps(item_id) == ["confirm"]
    assert town.part(item_id, "parks").state is AssignmentState.REPORTED
    assert town.item(item_id).percent == 0


def test_a_report_counts_once_it_is_signed(town: Town) -> None:
    item_id = town.handled()
    town.report(item_id, percent=60, final=False, progress="已受理", problems="编制未批")

    town.sign(item_id)

    item = town.item(item_id)
    assert (item.percent, item.progress, item.problems) == (60, "已受理", "编制未批")
    assert latest(town, item_id).confirmed_by_id == town.people["fan"]


def test_a_co_units_report_leaves_the_items_progress_alone(town: Town) -> None:
    item_id = town.handled("finance")

    town.report(item_id, "finance", percent=100)
    town.sign(item_id, "finance")

    assert town.item(item_id).percent == 0
    assert town.part(item_id, "finance").percent == 100


def test_reports_are_numbered_for_each_unit(town: Town) -> None:
    item_id = town.handled("finance")
    for _ in range(2):
        town.report(item_id, "finance", final=False, percent=50)
        town.sign(item_id, "finance")
        town.review(item_id, "finance")
    town.report(item_id)

    assert town.part(item_id, "finance").reports_made == 2
    assert latest(town, item_id).number == 1


def test_the_head_may_decline_with_a_reason(town: Town) -> None:
    item_id = town.handled()
    town.report(item_id)

    town.act("fan", confirm_report, town.task(item_id, "confirm"), sign=False, reason="数字有误")

    assert town.open_steps(item_id) == ["report"]
    assert latest(town, item_id).declined_reason == "数字有误"


def test_declining_needs_a_reason(town: Town) -> None:
    item_id = town.handled()
    town.report(item_id)

    with pytest.raises(ReasonMissing):
        town.act("fan", confirm_report, town.task(item_id, "confirm"), sign=False)


@pytest.mark.parametrize("who", ["chu", "gao", "li", "mayor", "auditor"])
def test_only_the_units_own_head_signs(town: Town, who: str) -> None:
    item_id = town.handled()
    town.report(item_id)

    with pytest.raises(NOT_THEIRS):
        town.act(who, confirm_report, town.task(item_id, "confirm"), sign=True)


@pytest.mark.parametrize("who", ["fan", "yang", "he", "li"])
def test_only_the_units_own_handler_reports(town: Town, who: str) -> None:
    task = town.task(town.handled(), "report")

    with pytest.raises(NOT_THEIRS):
        town.act(who, submit_report, task, text())


def test_an_empty_report_is_refused(town: Town) -> None:
    task = town.task(town.handled(), "report")

    with pytest.raises(TextMissing):
        town.act("chu", submit_report, task, text(progress=" \n"))


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_share_of_work_lies_between_nothing_and_all(town: Town, percent: int) -> None:
    task = town.task(town.handled(), "report")

    with pytest.raises(PercentOutOfRange):
        town.act("chu", submit_report, task, text(percent=percent))


def test_accepting_a_final_report_ends_the_units_part(town: Town) -> None:
    item_id = town.under_review()

    town.review(item_id)

    assert town.part(item_id, "parks").state is AssignmentState.ACCEPTED
    assert town.part(item_id, "parks").finished_at == town.clock.now()
    assert town.open_steps(item_id) == ["instruct"]


def test_accepting_an_interim_report_asks_for_the_next(town: Town) -> None:
    item_id = town.under_review(final=False, percent=40)

    town.review(item_id, target_reached=False)

    assert town.part(item_id, "parks").state is AssignmentState.HANDLING
    assert town.open_steps(item_id) == ["report"]


def test_the_result_waits_for_every_unit(town: Town) -> None:
    item_id = town.handled("finance")

    town.finish(item_id, "parks")
    assert town.open_steps(item_id) == ["report"]

    town.finish(item_id, "finance")
    assert town.open_steps(item_id) == ["instruct"]


@pytest.mark.parametrize("check", ["measures_done", "problem_solved", "target_reached"])
def test_one_of_the_three_missing_holds_a_final_report_up(town: Town, check: str) -> None:
    item_id = town.under_review()

    with pytest.raises(NoLetGo) as refusal:
        town.review(item_id, **{check: False})

    assert refusal.value.facts == {"missing": [check]}
    assert town.open_steps(item_id) == ["review"]


def test_a_returned_report_is_made_again(town: Town) -> None:
    item_id = town.under_review()

    town.review(item_id, verdict=Verdict.RETURNED, problem_solved=False, reason="编办未受理")

    assert town.open_steps(item_id) == ["report"]
    assert town.item(item_id).times_returned == 1
    assert town.part(item_id, "parks").state is AssignmentState.RETURNED
    assert latest(town, item_id).reason == "编办未受理"


def test_a_return_keeps_the_clock(town: Town) -> None:
    item_id = town.under_review()
    due_on = town.part(item_id, "parks").due_on

    town.review(item_id, verdict=Verdict.RETURNED, reason="再核实")

    assert town.part(item_id, "parks").due_on == due_on
    assert town.todo(item_id, "report").due_on == due_on


def test_a_return_needs_a_reason(town: Town) -> None:
    item_id = town.under_review()

    with pytest.raises(ReasonMissing):
        town.review(item_id, verdict=Verdict.RETURNED, reason=" ")


@pytest.mark.parametrize("who", ["chu", "fan", "zhang", "mayor", "auditor", "admin"])
def test_only_a_supervisor_reviews(town: Town, who: str) -> None:
    task = town.task(town.under_review(), "review")

    with pytest.raises(NOT_THEIRS):
        town.act(who, review_report, task, Judgement("accepted", True, True, True))  # noqa: FBT003


def test_a_report_takes_only_its_authors_own_papers(town: Town) -> None:
    item_id = town.handled()
    own, foreign = keep_paper(town, item_id, "chu"), keep_paper(town, item_id, "li")

    task = town.task(item_id, "report")
    report = town.act("chu", submit_report, task, text(), [own.id, foreign.id])

    kept = town.rows(select(Paper).where(Paper.report_id == report.id))
    assert [paper.id for paper in kept] == [own.id]


def keep_paper(town: Town, item_id: int, who: str) -> Paper:
    """Keep a file with the item, in somebody's name."""
    paper = Paper(
        id=uuid4(),
        item_id=item_id,
        name="市财政局意见.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_by_id=town.people[who],
        uploaded_at=town.clock.now(),
    )
    town.database.write(lambda session: session.add(paper))
    return paper


def test_nothing_of_a_refused_report_is_kept(town: Town) -> None:
    item_id = town.handled()
    before = town.story(item_id)

    with pytest.raises(PercentOutOfRange):
        town.act("chu", submit_report, town.task(item_id, "report"), text(percent=300))

    assert town.rows(select(Report)) == []
    assert town.story(item_id) == before
