"""A decision is broken down, its parts run each on its own, and it ends when they have."""

from datetime import date

import pytest

import engine
from engine import Session
from tests.workflows.decisions.stories import LIMIT, broken_down, decided, done, parts, row
from tests.workflows.town import NOT_THEIRS, Town
from workflows import results
from workflows.closing import close_item, strike_off
from workflows.decisions.breakdown import BreakdownRow, decompose
from workflows.errors import BreakdownHoles, PartsOpen
from workflows.tables import ClosedHow, Item, ItemState, Kind, Period, Source, Urgency

HOLES = {
    "title": " ",
    "sponsor_post_id": None,
    "lead_unit_id": None,
    "responsible_person": "",
    "due_on": None,
}


@pytest.mark.parametrize("field", HOLES)
def test_a_row_with_a_hole_is_refused_by_row_and_field(small_town: Town, field: str) -> None:
    town, whole = small_town, decided(small_town)
    rows = [row(town), row(town, "finance", **{field: HOLES[field]})]

    with pytest.raises(BreakdownHoles) as refused:
        town.act("li", decompose, town.task(whole, "decompose"), rows)

    assert refused.value.facts["holes"] == [{"row": 2, "field": field, "why": "missing"}]
    assert parts(town, whole) == []
    assert town.open_steps(whole) == ["decompose"]


def test_what_cant_be_is_named_like_a_hole(small_town: Town) -> None:
    town, whole = small_town, decided(small_town)
    strange = row(
        town,
        due_on=date(2020, 3, 1),
        weight=0,
        co_unit_ids=(town.units["parks"],),
        sponsor_post_id=town.posts["fan"],
    )

    with pytest.raises(BreakdownHoles) as refused:
        town.act("li", decompose, town.task(whole, "decompose"), [strange])

    found = {(hole["field"], hole["why"]) for hole in refused.value.facts["holes"]}
    assert found == {
        ("due_on", "past"),
        ("weight", "out_of_range"),
        ("co_unit_ids", "twice"),
        ("sponsor_post_id", "unknown"),
    }


def test_no_rows_at_all_are_refused(small_town: Town) -> None:
    whole = decided(small_town)

    with pytest.raises(BreakdownHoles):
        small_town.act("li", decompose, small_town.task(whole, "decompose"), [])


@pytest.mark.parametrize("who", ["zhang", "mayor", "chu", "fan", "auditor", "admin"])
def test_only_a_supervisor_breaks_down(small_town: Town, who: str) -> None:
    town, whole = small_town, decided(small_town)

    with pytest.raises(NOT_THEIRS):
        town.act(who, decompose, town.task(whole, "decompose"), [row(town), row(town, "finance")])


def test_each_row_becomes_an_item_numbered_below_the_decision(town: Town) -> None:
    whole, (first, second) = broken_down(town, "parks", "finance")

    assert town.item(whole).number == "督字〔2020〕1号"
    assert town.item(first).number == "督字〔2020〕1号-1"
    assert town.item(second).number == "督字〔2020〕1号-2"
    assert town.item(first).kind is Kind.DECISION
    assert town.item(first).responsible_person == "范志国"
    assert town.item(first).sponsor_post_id == town.posts["secretary"]
    assert town.part(second, "finance").due_on == LIMIT
    assert town.item(whole).due_on == LIMIT
    assert town.open_steps(whole) == []
    assert town.open_steps(first) == ["acknowledge"]
    assert town.item(decided(town)).number == "督字〔2020〕2号"


def test_a_top_urgent_decision_skips_its_approval_and_says_who_let_it(small_town: Town) -> None:
    urgent = {"source": Source.EXECUTIVE_MEETING, "urgency": Urgency.FLASH}
    item_id = small_town.registered(**urgent)

    assert small_town.open_steps(item_id) == ["decompose"]
    assert small_town.item(item_id).fast_track_by_id == small_town.people["li"]
    assert small_town.item(item_id).number
    assert "fast_track" in small_town.story(item_id)


def test_the_decision_goes_on_once_every_part_has_ended(town: Town) -> None:
    whole, (first, second) = broken_down(town, "parks", "finance")

    done(town, second, "finance")
    assert town.item(second).state is ItemState.CLOSED
    assert town.open_steps(whole) == []

    done(town, first, "parks")
    assert town.open_steps(whole) == ["instruct"]

    town.act("secretary", results.record_instruction, town.task(whole, "instruct"), False)  # noqa: FBT003
    town.act("zhang", close_item, town.task(whole, "close"))
    assert town.item(whole).closed_how is ClosedHow.DONE


def test_a_part_that_is_cancelled_counts_as_ended(town: Town) -> None:
    whole, (first, second) = broken_down(town, "parks", "finance")
    done(town, first, "parks")

    town.database.write(lambda session: _cancel(session, second))

    assert town.item(second).state is ItemState.CANCELLED
    assert town.item(whole).percent == 100
    assert town.open_steps(whole) == ["instruct"]


def _cancel(session: Session, item_id: int) -> None:
    instance_id = session.get_one(Item, item_id).instance_id
    assert instance_id is not None
    engine.cancel(session, instance_id, reason="领导同意取消", by="person:1")


def test_a_decision_that_is_given_up_takes_its_parts_along(small_town: Town) -> None:
    whole, both = broken_down(small_town, "parks", "finance")

    small_town.database.write(lambda session: _cancel(session, whole))

    assert {small_town.item(part).state for part in both} == {ItemState.CANCELLED}


def test_no_diagram_closes_a_decision_with_an_open_part(small_town: Town) -> None:
    whole, (first, second) = broken_down(small_town, "parks", "finance")
    done(small_town, first, "parks")

    with pytest.raises(PartsOpen) as refused:
        small_town.database.write(
            lambda session: strike_off(session, session.get_one(Item, whole), None)
        )

    assert refused.value.facts["parts"] == [small_town.item(second).number]


def test_progress_is_the_mean_of_the_parts_by_weight(town: Town) -> None:
    whole = decided(town)
    rows = [row(town, weight=3), row(town, "finance")]
    town.act("li", decompose, town.task(whole, "decompose"), rows)
    first, second = parts(town, whole)
    for part, unit in ((first, "parks"), (second, "finance")):
        town.acknowledge(part, unit)

    town.report(first, "parks", final=False, percent=40)
    town.sign(first, "parks")
    assert town.item(whole).percent == 30

    town.report(second, "finance", final=False, percent=80)
    town.sign(second, "finance")
    assert town.item(whole).percent == 50


def test_what_one_unit_does_alone_needs_no_part(town: Town) -> None:
    whole = decided(town, source=Source.WORK_REPORT_CITY)

    town.act("li", decompose, town.task(whole, "decompose"), [row(town)])

    assert parts(town, whole) == []
    assert town.part(whole, "parks").due_on == LIMIT
    done(town, whole, "parks")
    assert town.open_steps(whole) == ["instruct"]


def test_a_new_demand_breaks_the_decision_down_again(town: Town) -> None:
    whole, (first,) = _two_done(town)
    said = {"new_instruction": True, "opinion": "再抓一项"}
    town.act("secretary", results.record_instruction, town.task(whole, "instruct"), **said)

    rows = [row(town, "parks", title="补植"), row(town, "staffing", title="核编")]
    town.act("li", decompose, town.task(whole, "decompose"), rows)

    third, fourth = parts(town, whole)[2:]
    assert town.item(third).number == "督字〔2020〕1号-3"
    assert town.open_steps(whole) == []
    done(town, third, "parks")
    done(town, fourth, "staffing")
    assert town.open_steps(whole) == ["instruct"]
    assert town.item(first).state is ItemState.CLOSED


def _two_done(town: Town) -> tuple[int, tuple[int]]:
    whole, (first, second) = broken_down(town, "parks", "finance")
    done(town, first, "parks")
    done(town, second, "finance")
    return whole, (first,)


def test_a_meetings_decision_is_reported_first_within_five_working_days(small_town: Town) -> None:
    town = small_town
    _, (first, _) = broken_down(town, "parks", "finance")
    assert town.part(first, "parks").interim_due_on == date(2020, 3, 9)

    town.acknowledge(first, "parks")
    assert town.todo(first, "report").due_on == date(2020, 3, 9)
    town.report(first, "parks", final=False, percent=10)
    town.sign(first, "parks")

    assert town.part(first, "parks").interim_due_on == date(2020, 4, 2)


@pytest.mark.parametrize(
    ("source", "period", "first_on"),
    [
        (Source.WORK_REPORT_CITY, Period.MONTHLY, date(2020, 4, 2)),
        (Source.INCENTIVES, Period.QUARTERLY, date(2020, 6, 2)),
    ],
)
def test_reports_are_due_as_the_source_says(
    small_town: Town, source: Source, period: Period, first_on: date
) -> None:
    _, (first, _) = broken_down(small_town, "parks", "finance", source=source)

    assert small_town.item(first).reporting_period is period
    assert small_town.part(first, "parks").interim_due_on == first_on


def test_another_period_can_be_chosen(small_town: Town) -> None:
    chosen = {"source": Source.WORK_REPORT_CITY, "reporting_period": Period.WEEKLY}
    _, (first, _) = broken_down(small_town, "parks", "finance", **chosen)

    assert small_town.part(first, "parks").interim_due_on == date(2020, 3, 9)


def test_an_empty_row_names_all_that_it_lacks(small_town: Town) -> None:
    whole = decided(small_town)

    with pytest.raises(BreakdownHoles) as refused:
        small_town.act(
            "li", decompose, small_town.task(whole, "decompose"), [BreakdownRow(), BreakdownRow()]
        )

    assert len(refused.value.facts["holes"]) == 2 * len(HOLES)
