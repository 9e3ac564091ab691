"""Milestones: shown, reviewed, moved; and whose each of these verbs is."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import select

from tests.workflows.projects import site
from tests.workflows.town import NOT_THEIRS, Town
from workflows import drafts, papers
from workflows.errors import (
    ConsentMissing,
    EvidenceMissing,
    MilestoneUnknown,
    NotNow,
    PaperRefused,
    ProjectRefused,
    ReasonMissing,
)
from workflows.papers import inspect
from workflows.projects import milestones, money, photographs
from workflows.tables import ChangeKind, MilestoneState, Photograph

DAY = date(2020, 3, 2)
LATER = date(2020, 9, 1)


def test_a_milestone_is_shown_by_a_paper_or_not_at_all(town: Town) -> None:
    item_id = site.project(town)
    number = site.node(town, item_id, "签约").id

    with pytest.raises(EvidenceMissing):
        town.act("chu", milestones.claim, number, DAY, [])
    foreign = site.picture(town, site.project(town))
    with pytest.raises(EvidenceMissing):
        town.act("chu", milestones.claim, number, DAY, [foreign])


def test_it_isnt_reached_before_the_day(town: Town) -> None:
    item_id = site.project(town)
    number = site.node(town, item_id, "签约").id

    with pytest.raises(ProjectRefused):
        town.act("chu", milestones.claim, number, LATER, [site.picture(town, item_id)])


def test_what_waits_for_its_review_isnt_missed_but_what_is_returned_is(town: Town) -> None:
    item_id = site.project(town)
    free = town.item(item_id).plan_yellow_on
    number = site.claim(town, item_id, "签约", DAY)
    claimed = town.item(item_id).plan_yellow_on

    town.act("li", milestones.review, number, accepted=False, reason="合同未盖章")

    assert site.node(town, item_id, "签约").state is MilestoneState.OPEN
    assert site.node(town, item_id, "签约").returned_reason == "合同未盖章"
    assert town.item(item_id).plan_yellow_on == free
    assert claimed is not None
    assert free is not None
    assert claimed >= free


def test_a_return_says_why_and_nothing_is_reviewed_twice(town: Town) -> None:
    item_id = site.project(town)
    number = site.claim(town, item_id, "签约", DAY)

    with pytest.raises(ReasonMissing):
        town.act("li", milestones.review, number, accepted=False)
    town.act("li", milestones.review, number, accepted=True)
    with pytest.raises(NotNow):
        town.act("li", milestones.review, number, accepted=True)


def test_a_later_day_needs_the_leaders_consent_and_each_consent_moves_it_once(town: Town) -> None:
    item_id = site.project(town)
    node = site.node(town, item_id, "签约")
    with pytest.raises(ConsentMissing):
        town.act("li", milestones.move, node.id, LATER, "疫情停工")

    town.ask(item_id, kind=ChangeKind.ADJUST, new_due_on=None, new_target="九月前签约")
    town.pass_on(item_id)
    town.consent(item_id)
    moved = town.act("li", milestones.move, node.id, LATER, "疫情停工")

    assert moved.due_on == LATER
    with pytest.raises(ConsentMissing):
        town.act("li", milestones.move, node.id, date(2020, 9, 2), "再等等")
    assert "node_moved" in town.story(item_id)


def test_an_earlier_day_needs_a_reason_only(town: Town) -> None:
    item_id = site.project(town)
    node = site.node(town, item_id, "签约")

    with pytest.raises(ReasonMissing):
        town.act("li", milestones.move, node.id, date(2020, 3, 20), " ")
    town.act("li", milestones.move, node.id, date(2020, 3, 20), "提前开工")

    assert town.item(item_id).plan_yellow_on == date(2020, 3, 21)


def test_a_running_project_can_be_given_one_more(town: Town) -> None:
    item_id = site.project(town)

    town.act("li", milestones.add, item_id, "环评", date(2020, 3, 10), "补充")

    assert town.item(item_id).plan_yellow_on == date(2020, 3, 11)


VERBS: dict[str, tuple[Callable[[Town, int, str], object], frozenset[str]]] = {
    "claim": (
        lambda town, item_id, who: town.act(
            who,
            milestones.claim,
            site.node(town, item_id, "开工").id,
            DAY,
            [site.picture(town, item_id)],
        ),
        frozenset({"chu", "fan"}),
    ),
    "review": (
        lambda town, item_id, who: town.act(
            who, milestones.review, site.node(town, item_id, "签约").id, accepted=True
        ),
        frozenset({"li", "zhang"}),
    ),
    "move": (
        lambda town, item_id, who: town.act(
            who, milestones.move, site.node(town, item_id, "投产").id, DAY, "提前"
        ),
        frozenset({"li", "zhang"}),
    ),
    "add": (
        lambda town, item_id, who: town.act(who, milestones.add, item_id, "环评", LATER, "补"),
        frozenset({"li", "zhang"}),
    ),
    "plan": (
        lambda town, item_id, who: town.act(who, money.plan, item_id, 2020, Decimal(900), {}),
        frozenset({"li", "zhang"}),
    ),
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_somebodys_and_nobody_elses(town: Town, verb: str) -> None:
    item_id = site.project(town, "finance")
    site.claim(town, item_id, "签约", DAY)
    do, theirs = VERBS[verb]
    everybody = {"chu", "fan", "yang", "gao", "luo", "li", "zhang", "mayor", "auditor", "admin"}

    for who in sorted(everybody - theirs):
        with pytest.raises((*NOT_THEIRS, MilestoneUnknown)):
            do(town, item_id, who)
    do(town, item_id, min(theirs))


# -- money -------------------------------------------------------------------------------


def test_the_months_of_a_plan_add_up_to_the_year(town: Town) -> None:
    item_id = site.project(town)

    with pytest.raises(ProjectRefused) as refusal:
        town.act("li", money.plan, item_id, 2020, Decimal(1000), {3: Decimal(999)})
    town.act("li", money.plan, item_id, 2020, Decimal(1000), {3: Decimal(100), 12: Decimal(900)})

    assert refusal.value.facts["why"] == "months_uneven"
    planned = {month.month: month.planned for month in site.row(town, item_id).months}
    assert (planned[3], planned[12], planned[4]) == (100, 900, None)


def test_a_months_money_counts_once_the_head_has_signed(town: Town) -> None:
    item_id = site.project(town)
    site.report(town, item_id, 3, 120)
    before = site.row(town, item_id).months

    town.sign(item_id)

    assert before == []
    assert [month.done for month in site.row(town, item_id).months] == [120]


def test_the_latest_signed_report_of_a_month_counts_and_no_month_ahead(town: Town) -> None:
    item_id = site.project(town)
    site.weekly(town, item_id, 3, 120)
    site.weekly(town, item_id, 2, 30)
    site.weekly(town, item_id, 3, 150)

    done = {month.month: month.done for month in site.row(town, item_id).months}

    assert done == {2: 30, 3: 150}
    with pytest.raises(ProjectRefused):
        site.report(town, item_id, 4, 1)


def test_nobody_shows_a_paper_that_is_hidden_from_them(town: Town) -> None:
    item_id = site.project(town)
    number = site.node(town, item_id, "签约").id
    paper_id = site.picture(town, item_id)
    task = town.task(item_id, "report", "parks")
    town.act("chu", drafts.save_draft, task, {"paper_ids": [str(paper_id)]})

    with pytest.raises(EvidenceMissing):
        town.act("fan", milestones.claim, number, DAY, [paper_id])


def test_what_shows_a_milestone_stays_and_a_photograph_can_be_taken_back(town: Town) -> None:
    item_id = site.project(town)
    number = site.node(town, item_id, "签约").id
    evidence = site.picture(town, item_id)
    town.act("chu", milestones.claim, number, DAY, [evidence])
    checked = inspect("工地.png", BytesIO(site.PNG))
    photograph = town.act("chu", photographs.keep_photograph, item_id, checked).paper_id

    with pytest.raises(PaperRefused):
        town.act("chu", papers.remove_paper, evidence)
    town.act("chu", papers.remove_paper, photograph)

    assert town.rows(select(Photograph)) == []
