"""The ledger: who sees which items, how they are filtered, counted and sorted."""

from datetime import date

import pytest

from tests.workflows.town import Town
from workflows import items, ledger
from workflows.errors import ViewRefused, ViewUnknown
from workflows.ledger import Sort
from workflows.ledger_filter import LedgerFilter, Scope
from workflows.lights import Light
from workflows.tables import Source, Urgency

ALL = LedgerFilter(scope=Scope.ALL)


def shown(town: Town, wanted: LedgerFilter = ALL, who: str = "li", **order: object) -> list[int]:
    """Return the items that somebody is shown, in their order."""
    return [row.item.id for row in town.look(who, ledger.rows, wanted, **order)]


# -- who sees what -----------------------------------------------------------------------


def test_the_office_sees_every_item(town: Town) -> None:
    ids = [town.registered(), town.assigned()]

    assert sorted(shown(town)) == ids


@pytest.mark.parametrize(("who", "sees"), [("chu", True), ("fan", True), ("yang", False)])
def test_a_unit_sees_its_own_items_only(town: Town, who: str, sees: bool) -> None:  # noqa: FBT001
    town.registered()
    item_id = town.assigned()

    assert shown(town, who=who) == ([item_id] if sees else [])


def test_an_administrator_sees_no_item(town: Town) -> None:
    town.assigned()

    assert shown(town, who="admin") == []


def test_counts_and_choices_keep_to_what_somebody_sees(town: Town) -> None:
    town.assigned(lead="finance")
    town.assigned("staffing")

    totals = town.look("chu", ledger.totals, ALL)
    units = town.look("chu", ledger.units_in)

    assert (totals.count, sum(totals.lights.values())) == (1, 1)
    assert {unit.name for unit in units} == {"市园林绿化处", "市委编办"}


# -- filters -----------------------------------------------------------------------------


def test_items_that_have_ended_are_shown_apart(town: Town) -> None:
    refused, alive = town.registered(), town.registered()
    town.act("zhang", items.approve_item, town.task(refused, "approve"), "refuse", "不是督查事项")

    assert shown(town, LedgerFilter()) == [alive]
    assert shown(town, LedgerFilter(scope=Scope.ENDED)) == [refused]


@pytest.mark.parametrize(
    "wanted",
    [
        LedgerFilter(sources=(Source.LIVELIHOOD, Source.CAMPAIGN)),
        LedgerFilter(urgencies=(Urgency.COMPLEX,)),
        LedgerFilter(text="校车"),
        LedgerFilter(steps=("approve",)),
        LedgerFilter(due_from=date(2020, 3, 1), steps=("approve",), text=""),
    ],
)
def test_a_filter_shows_what_it_asks_for(town: Town, wanted: LedgerFilter) -> None:
    town.assigned()
    item_id = town.registered(title="校车安全", source=Source.LIVELIHOOD, urgency=Urgency.COMPLEX)

    expected = [] if wanted.due_from else [item_id]

    assert shown(town, wanted) == expected


def test_items_are_found_by_unit_leader_supervisor_and_year(town: Town) -> None:
    item_id = town.assigned("finance", instructing_post_id=None)
    town.registered(sponsor_post_id=None)

    for wanted in (
        LedgerFilter(unit_id=town.units["finance"]),
        LedgerFilter(post_id=town.posts["secretary"]),
        LedgerFilter(year=2020),
    ):
        assert shown(town, wanted) == [item_id]
    assert len(shown(town, LedgerFilter(supervisor_id=town.people["li"]))) == 2
    assert shown(town, LedgerFilter(supervisor_id=town.people["zhou"])) == []


def test_days_include_both_ends(town: Town) -> None:
    item_id = town.assigned()
    due_on = town.item(item_id).due_on

    assert shown(town, LedgerFilter(due_from=due_on, due_to=due_on)) == [item_id]
    assert shown(town, LedgerFilter(assigned_from=date(2020, 3, 3))) == []


# -- lights ------------------------------------------------------------------------------


def one_of_each_light(town: Town) -> dict[Light, int]:
    """Return an item of each light."""
    done = town.registered()
    town.act("zhang", items.approve_item, town.task(done, "approve"), "refuse", "重复")
    late = town.assigned()
    town.set_clock(date(2020, 3, 18))
    returned = town.under_review()
    town.review(returned, verdict="returned", problem_solved=False, reason="没有解决")
    return {
        Light.DONE: done,
        Light.RED: late,
        Light.YELLOW: returned,
        Light.GREEN: town.assigned("finance"),
        Light.BLUE: town.registered(),
    }


def test_each_item_has_its_light_and_the_counts_add_up(town: Town) -> None:
    by_light = one_of_each_light(town)

    rows = town.look("li", ledger.rows, ALL)
    totals = town.look("li", ledger.totals, ALL)

    assert {row.light: row.item.id for row in rows} == by_light
    assert totals.lights == dict.fromkeys(by_light, 1)
    assert totals.count == sum(totals.lights.values()) == 5


def test_a_chosen_light_shows_its_items_and_leaves_the_counts(town: Town) -> None:
    by_light = one_of_each_light(town)
    wanted = LedgerFilter(scope=Scope.ALL, lights=(Light.RED, Light.BLUE))

    totals = town.look("li", ledger.totals, wanted)

    assert set(shown(town, wanted)) == {by_light[Light.RED], by_light[Light.BLUE]}
    assert totals.count == town.look("li", ledger.count, wanted) == 2
    assert sum(totals.lights.values()) == 5


# -- order and pages ---------------------------------------------------------------------


def test_what_is_due_first_stands_first_and_what_has_no_limit_last(town: Town) -> None:
    later = town.assigned(urgency=Urgency.COMPLEX)
    none = town.registered()
    sooner = town.assigned(urgency=Urgency.URGENT)

    assert shown(town) == [sooner, later, none]
    assert shown(town, descending=True) == [later, sooner, none]


def test_numbers_are_sorted_as_numbers(town: Town) -> None:
    ids = [town.approved() for _ in range(11)]

    assert shown(town, sort=Sort.NUMBER) == ids


def test_every_item_is_on_one_page(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "PAGE", 2)
    ids = {town.registered() for _ in range(5)}

    pages = [shown(town, page=page) for page in (1, 2, 3, 4)]

    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert {item_id for page in pages for item_id in page} == ids
    assert set(shown(town, page=None)) == ids


# -- a row -------------------------------------------------------------------------------


def test_a_row_names_its_units_and_steps(town: Town) -> None:
    item_id = town.handled("finance")
    town.report(item_id)

    (row,) = town.look("li", ledger.rows, ALL)

    assert row.lead
    assert row.lead.unit.name == "市园林绿化处"
    assert [part.unit.name for part in row.others] == ["市财政局"]
    assert sorted(todo.step for todo in row.todos) == ["confirm", "report"]


def test_a_row_holds_the_last_word_of_each_kind(town: Town) -> None:
    town.accepted()

    (row,) = town.look("li", ledger.rows, ALL)

    assert (row.said.reviewer, row.said.opinion) == ("李文", "")


# -- views -------------------------------------------------------------------------------


def test_a_view_is_kept_for_whoever_keeps_it(town: Town) -> None:
    town.act("li", ledger.keep_view, "逾期的", "light=red")

    assert [view.query for view in town.look("li", ledger.views)] == ["light=red"]
    assert town.look("zhou", ledger.views) == []


def test_the_same_name_takes_the_new_query(town: Town) -> None:
    town.act("li", ledger.keep_view, "我的", "light=red")
    town.act("li", ledger.keep_view, "我的", "scope=all")

    assert [view.query for view in town.look("li", ledger.views)] == ["scope=all"]


def test_nobody_drops_anothers_view(town: Town) -> None:
    view = town.act("li", ledger.keep_view, "我的", "light=red")

    with pytest.raises(ViewUnknown):
        town.act("zhou", ledger.drop_view, view.id)

    town.act("li", ledger.drop_view, view.id)
    assert town.look("li", ledger.views) == []


def test_there_is_an_end_to_views(town: Town) -> None:
    for number in range(ledger.MOST_VIEWS):
        town.act("li", ledger.keep_view, f"视图{number}", "")

    with pytest.raises(ViewRefused):
        town.act("li", ledger.keep_view, "再来一个", "")
