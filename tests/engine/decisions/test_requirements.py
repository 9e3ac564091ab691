"""Decisions that need other decisions: made in order, and known by their names."""

import pytest

from engine import Fault
from engine.decisions import check, passed
from tests.engine.decisions.drawing import column, decision, file, input_data, output

SEASON = decision(
    "Season",
    [column("day", "date")],
    [output("season", "string")],
    '< date("2020-04-01") -> "Winter"',
    '>= date("2020-04-01") -> "Summer"',
)
DISH = decision(
    "Dish",
    [column("Season", "string"), column("guests", "number")],
    [output("dish", "string")],
    '"Winter" | <= 8 -> "Roast"',
    '"Winter" | > 8 -> "Stew"',
    '"Summer" | - -> "Salad"',
    needs=["Season"],
)


def test_what_is_required_is_decided_first() -> None:
    verdict = passed(file(DISH, SEASON)).decide("Dish", {"day": "2020-01-01", "guests": 9})

    assert verdict.result == "Stew"
    assert verdict.rules == {"Season": ("Season_r1",), "Dish": ("Dish_r2",)}


def test_each_decision_can_be_asked_for() -> None:
    verdict = passed(file(DISH, SEASON)).decide("Season", {"day": "2020-05-01"})

    assert (verdict.result, list(verdict.rules)) == ("Summer", ["Season"])


def test_a_result_is_known_by_the_name_of_its_variable() -> None:
    season = SEASON.replace('name="Season">', 'name="Season"><variable name="time of year"/>')
    dish = DISH.replace("<text>Season</text>", "<text>time of year</text>")

    verdict = passed(file(dish, season)).decide("Dish", {"day": "2020-01-01", "guests": 2})

    assert verdict.result == "Roast"


def test_several_outputs_are_read_by_their_names() -> None:
    fee = decision(
        "Fee",
        [column("kind", "string")],
        [output("amount", "number"), output("due", "date")],
        '"a" -> 10 | date("2020-01-01")',
        'not("a") -> 20 | date("2020-02-01")',
    )
    bill = decision(
        "Bill",
        [column("Fee.due", "date")],
        [output("total", "number"), output("last", "date")],
        '> date("2020-01-15") -> Fee.amount * 2 | Fee.due + duration("P1M")',
        needs=["Fee"],
    )

    verdict = passed(file(bill, fee)).decide("Bill", {"kind": "b"})

    assert verdict.result == {"total": 40, "last": "2020-03-01"}


def test_a_diamond_is_decided_once_each() -> None:
    def adding(name: str, *needs: str) -> str:
        parts = " + ".join(needs) or "value"
        columns = [column(each, "number") for each in needs or ["value"]]
        row = " | ".join("-" for _ in columns)
        outputs = [output(name, "number")]
        return decision(name, columns, outputs, f"{row} -> {parts}", needs=needs)

    drawn = file(
        adding("top", "left", "right"),
        adding("left", "base"),
        adding("right", "base"),
        adding("base"),
    )

    verdict = passed(drawn).decide("top", {"value": 3})

    assert verdict.result == 6
    assert list(verdict.rules) == ["base", "left", "right", "top"]


def test_a_long_chain_is_decided() -> None:
    links = [
        decision(
            f"d{n}",
            [column(f"d{n + 1}", "number")],
            [output("x", "number")],
            f"- -> d{n + 1} + 1",
            needs=[f"d{n + 1}"],
        )
        for n in range(99)
    ]
    last = decision("d99", [column("value", "number")], [output("x", "number")], "- -> value")

    assert passed(file(*links, last)).decide("d0", {"value": 1}).result == 100


@pytest.mark.parametrize("ring", [["a"], ["a", "b"], ["a", "b", "c"]])
def test_a_ring_is_refused(ring: list[str]) -> None:
    drawn = [
        decision(name, [column(after)], [output()], "- -> 1", needs=[after])
        for name, after in zip(ring, [*ring[1:], ring[0]], strict=True)
    ]

    (problem,) = check(file(*drawn)).problems

    assert problem.code == "decision_cycle"
    assert problem.facts["decisions"] == ", ".join([*ring, "a"])


def test_drawn_inputs_are_all_that_there_is() -> None:
    drawn = decision("d", [column("other")], [output()], "- -> 1", reads=["guests"])

    (problem,) = check(file(drawn, input_data("guests"))).problems

    assert (problem.code, problem.facts) == ("name_unknown", {"name": "other"})


def test_a_drawn_input_brings_its_type() -> None:
    drawn = decision(
        "d", [column("last day", "date")], [output()], "<= today -> true", reads=["a", "b"]
    )
    inputs = [input_data("last day", "date"), input_data("today", "date")]
    named = drawn.replace("#a", "#last_day").replace("#b", "#today")
    plan = passed(file(named, *inputs))

    assert plan.inputs("d") == {"last day": "date", "today": "date"}
    assert plan.decide("d", {"last day": "2020-01-01", "today": "2020-01-01"}).result is True
    with pytest.raises(Fault, match="'today' holds 'soon', which is not a date"):
        plan.decide("d", {"last day": "2020-01-01", "today": "soon"})


def test_tells_what_is_read_from_the_data() -> None:
    plan = passed(file(DISH, SEASON))

    assert plan.inputs("Dish") == {"day": "date", "guests": "number"}
    assert plan.inputs("Season") == {"day": "date"}
