"""A project from registration to close, and what is refused on the way."""

from datetime import date
from decimal import Decimal

import pytest

from tests.workflows.projects import site
from tests.workflows.town import Town
from workflows import calendar, closing, inbox, ledger, store
from workflows.casefile import case_of
from workflows.errors import DetailsMissing, NodesOpen, ProjectRefused
from workflows.ledger_filter import LedgerFilter
from workflows.lights import Light
from workflows.projects import meetings, overview, photographs, supervision
from workflows.projects.registering import own_nodes
from workflows.tables import ClosedHow, ItemState, Period, Source


def test_a_project_from_registration_to_close(either_town: Town) -> None:
    town = either_town
    item_id = site.project(town, "finance")
    item = town.item(item_id)
    assert (item.kind, item.reporting_period) == ("key_project", Period.WEEKLY)
    assert (item.number, item.due_on) == ("督字〔2020〕1号", date(2020, 12, 31))

    town.pass_days(date(2020, 3, 9))
    site.weekly(town, item_id, 3, 250)
    week = town.task(item_id, "supervise")
    town.act("li", supervision.supervise, week, "on_site", "围挡已立，工人二十余名", sound=True)
    for name, day in (("签约", 3), ("开工", 5), ("投产", 9)):
        site.reach(town, item_id, name, date(2020, 3, day))
    site.weekly(town, item_id, 3, 1000, final=True, percent=100)
    town.finish(item_id, "finance")
    town.act("li", supervision.accept_project, town.task(item_id, "acceptance"), passed=True)
    town.act("zhang", closing.close_item, town.task(item_id, "close"))

    item = town.item(item_id)
    assert (item.state, item.closed_how) == (ItemState.CLOSED, ClosedHow.DONE)
    assert town.open_steps(item_id) == []
    told = town.story(item_id)
    assert [told.count(kind) for kind in ("node_done", "supervised", "project_accepted")] == [
        3,
        1,
        1,
    ]


def test_a_project_needs_the_details_of_its_kind(town: Town) -> None:
    with pytest.raises(DetailsMissing):
        town.registered(source=Source.LIVELIHOOD_PROJECT)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"investment": Decimal(0), "planned": Decimal(0)}, "investment"),
        ({"planned": Decimal(3001)}, "plan_above_investment"),
        ({"planned": Decimal(2000), "done_before": Decimal(1001)}, "plan_above_investment"),
        ({"ends_on": date(2020, 3, 1)}, "ends_before_start"),
        ({"template_id": None}, "nodes_missing"),
        ({"template_id": 10**6}, "template"),
        ({"planned": Decimal("NaN")}, "amount"),
    ],
)
def test_what_cannot_be_so_is_refused(town: Town, changed: dict[str, object], why: str) -> None:
    with pytest.raises(ProjectRefused) as refusal:
        site.project(town, **changed)

    assert refusal.value.facts["why"] == why


def test_a_template_gives_the_milestones_their_days(town: Town) -> None:
    item_id = site.project(town, starts_on=date(2020, 1, 1), ends_on=date(2020, 4, 10))

    assert [(node.name, node.due_on) for node in site.row(town, item_id).milestones] == [
        ("签约", date(2020, 1, 21)),
        ("开工", date(2020, 2, 20)),
        ("投产", date(2020, 4, 10)),
    ]


def test_a_project_may_have_milestones_of_its_own(town: Town) -> None:
    nodes = own_nodes("2020-04-01 清表\n\n2020年5月6日，桩基")

    item_id = site.project(town, template_id=None, nodes=nodes)

    assert [node.name for node in site.row(town, item_id).milestones] == ["清表", "桩基"]
    with pytest.raises(ProjectRefused):
        own_nodes("2020-02-30 不可能")


def test_a_final_report_waits_for_every_milestone(town: Town) -> None:
    item_id = site.project(town)
    site.reach(town, item_id, "签约", date(2020, 3, 2))
    site.claim(town, item_id, "开工", date(2020, 3, 2))

    with pytest.raises(NodesOpen) as refusal:
        site.report(town, item_id, 3, 5, final=True)

    assert refusal.value.facts["nodes"] == ["投产"]


def test_a_project_isnt_accepted_before_every_milestone_is_reviewed(town: Town) -> None:
    item_id = site.project(town)
    for name in ("签约", "开工", "投产"):
        site.claim(town, item_id, name, date(2020, 3, 2))
    site.weekly(town, item_id, 3, 1000, final=True, percent=100)
    task = town.task(item_id, "acceptance")

    with pytest.raises(NodesOpen):
        town.act("li", supervision.accept_project, task, passed=True)
    town.act("li", supervision.accept_project, task, passed=False, opinion="缺验收报告")

    assert town.open_steps(item_id) == ["assign"]


# -- the week ----------------------------------------------------------------------------


def test_supervision_is_called_for_every_week_but_not_twice(town: Town) -> None:
    item_id = site.project(town)

    town.pass_days(date(2020, 3, 8))
    before = town.open_steps(item_id)
    town.pass_days(date(2020, 3, 9))
    first = town.todo(item_id, "supervise")
    town.pass_days(date(2020, 3, 16))
    still = town.todo(item_id, "supervise")
    town.act("li", supervision.supervise, first.task_id, "telephone", "停工待料", sound=False)
    town.pass_days(date(2020, 3, 23))

    assert before == ["report"]
    assert first.task_id == still.task_id
    assert town.todo(item_id, "supervise").task_id != first.task_id
    assert town.story(item_id).count("supervised") == 1


def test_a_report_is_due_every_week(town: Town) -> None:
    item_id = site.project(town)

    town.pass_days(date(2020, 3, 9))
    site.weekly(town, item_id, 3, 10)
    town.pass_days(date(2020, 3, 16))

    assert town.story(item_id).count("interim_due") == 2


# -- the light ---------------------------------------------------------------------------


def light(town: Town, item_id: int) -> tuple[Light, Light]:
    """Return an item's light as its page and as the ledger show it."""
    (found,) = [
        line for line in town.look("li", ledger.rows, LedgerFilter()) if line.item.id == item_id
    ]
    return town.look("li", case_of, item_id).light, found.light


def test_the_plan_decides_the_items_light_on_its_page_and_in_the_ledger(either_town: Town) -> None:
    town = either_town
    item_id = site.project(town)
    shown = [light(town, item_id)]
    turns = site.row(town, item_id).item

    for day in (turns.plan_yellow_on, turns.plan_red_on):
        assert day is not None
        town.set_clock(day)
        shown.append(light(town, item_id))

    assert shown == [(each, each) for each in (Light.GREEN, Light.YELLOW, Light.RED)]
    reds = town.look("li", ledger.totals, LedgerFilter(lights=(Light.RED,)))
    assert reds.count == 1


def test_what_waits_takes_the_light_of_the_projects_plan(town: Town) -> None:
    item_id = site.project(town)
    day = calendar.office_day(town.clock.now())

    def shown(**turns: date) -> Light:
        town.database.write(lambda session: store.note(session, item_id, **turns))
        (row,) = town.look("chu", inbox.mine)
        return row.light

    assert shown() is Light.GREEN
    assert shown(plan_yellow_on=day) is Light.YELLOW
    assert shown(plan_red_on=day) is Light.RED


def test_money_that_comes_in_turns_the_light_back(town: Town) -> None:
    item_id = site.project(town, template_id=None, nodes=own_nodes("2020-12-31 竣工"))
    yellow = town.item(item_id).plan_yellow_on
    assert yellow is not None
    town.set_clock(yellow)

    site.weekly(town, item_id, yellow.month, 300)

    assert light(town, item_id)[0] is Light.GREEN


def test_the_ledger_of_projects_puts_the_worst_first(town: Town) -> None:
    good = site.project(town, planned=Decimal(0))
    bad = site.project(town, template_id=None, nodes=own_nodes("2020-03-03 清表"))
    town.set_clock(date(2020, 3, 20))

    lines = town.look("li", overview.ledger)

    assert [line.item.id for line in lines] == [bad, good]
    assert [node.name for node in lines[0].standing.missed] == ["清表"]


def test_years_add_up_over_all_of_a_project(town: Town) -> None:
    item_id = site.project(town, done_before=Decimal(500))
    site.weekly(town, item_id, 3, 250)

    file = town.look("li", overview.file_of, item_id)

    assert file is not None
    assert (file.standing.done, file.standing.share) == (250, 25)
    assert (file.standing.done_in_all, file.standing.share_in_all) == (750, 25)


def test_photographs_stand_by_week(town: Town) -> None:
    item_id = site.project(town)
    for day in (date(2020, 3, 1), date(2020, 3, 2)):
        checked = photographs.papers.inspect("现场.png", site.BytesIO(site.PNG))
        town.act("chu", photographs.keep_photograph, item_id, checked, day, "基坑")

    file = town.look("li", overview.file_of, item_id)

    assert file is not None
    assert [week.monday for week in file.weeks] == [date(2020, 3, 2), date(2020, 2, 24)]


def test_the_agenda_is_made_of_the_ledger(town: Town) -> None:
    site.project(town)
    troubled = site.project(town)
    site.weekly(town, troubled, 3, 300, problems="征地拆迁滞后")

    points = town.look("zhang", meetings.agenda)

    assert [(point["item_id"], point["problems"]) for point in points] == [
        (troubled, "征地拆迁滞后")
    ]
