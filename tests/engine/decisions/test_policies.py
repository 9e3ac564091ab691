"""Hit policies: what a table makes of several rules that match, or of none."""

from typing import Any

import pytest

from engine import Fault
from engine.decisions import Verdict, passed
from tests.engine.decisions.drawing import column, decision, file, output

RISKS = '"high","middle","low"'
AGES = ("[0..20] -> {}", "[10..30] -> {}", "[15..40] -> {}")


def decided(policy: str, rows: tuple[str, ...], value: Any, *outputs: str, **more: str) -> Verdict:
    """Decide by a table with one number as its input."""
    drawn = decision(
        "d", [column("value", "number")], outputs or [output()], *rows, policy=policy, **more
    )
    return passed(file(drawn)).decide("d", {"value": value})


def rows(*results: str) -> tuple[str, ...]:
    """Return three overlapping rules that give these results."""
    return tuple(row.format(each) for row, each in zip(AGES, results, strict=True))


def test_unique_gives_the_one_rule_that_matches() -> None:
    verdict = decided("UNIQUE", rows('"a"', '"b"', '"c"'), 5)

    assert (verdict.result, verdict.rules) == ("a", {"d": ("d_r1",)})


def test_unique_fails_when_several_match() -> None:
    with pytest.raises(Fault, match="the rules 1, 2 match at once"):
        decided("UNIQUE", rows('"a"', '"b"', '"c"'), 10)


def test_first_gives_the_first_rule_that_matches() -> None:
    verdict = decided("FIRST", rows('"a"', '"b"', '"c"'), 18)

    assert (verdict.result, verdict.rules) == ("a", {"d": ("d_r1",)})


def test_any_gives_what_all_agree_on() -> None:
    verdict = decided("ANY", rows('"a"', '"a"', '"b"'), 12)

    assert (verdict.result, verdict.rules["d"]) == ("a", ("d_r1", "d_r2"))


def test_any_fails_when_they_differ() -> None:
    with pytest.raises(Fault, match="the rules 1, 2, 3 differ"):
        decided("ANY", rows('"a"', '"a"', '"b"'), 18)


@pytest.mark.parametrize(
    ("results", "first"), [(("low", "high", "middle"), "high"), (("low", "low", "low"), "low")]
)
def test_priority_gives_the_result_that_is_listed_first(
    results: tuple[str, ...], first: str
) -> None:
    verdict = decided(
        "PRIORITY", rows(*(f'"{each}"' for each in results)), 18, output("risk", "string", RISKS)
    )

    assert verdict.result == first


def test_priority_looks_at_the_first_output_first() -> None:
    verdict = decided(
        "PRIORITY",
        rows('"low" | 1', '"high" | 3', '"high" | 2'),
        18,
        output("risk", "string", RISKS),
        output("order", "number", "1,2,3"),
    )

    assert verdict.result == {"risk": "high", "order": 2}
    assert verdict.rules["d"] == ("d_r3",)


def test_rule_order_gives_all_in_the_order_of_the_rules() -> None:
    verdict = decided("RULE ORDER", rows('"c"', '"a"', '"b"'), 18)

    assert verdict.result == ["c", "a", "b"]


def test_output_order_gives_all_in_the_order_of_the_allowed_values() -> None:
    verdict = decided(
        "OUTPUT ORDER", rows('"low"', '"high"', '"middle"'), 18, output("risk", "string", RISKS)
    )

    assert verdict.result == ["high", "middle", "low"]
    assert verdict.rules["d"] == ("d_r2", "d_r3", "d_r1")


def test_collect_gives_all() -> None:
    verdict = decided("COLLECT", rows("1", "2", "2"), 18)

    assert verdict.result == [1, 2, 2]


@pytest.mark.parametrize(
    ("aggregation", "result"), [("SUM", 6.5), ("MIN", 1), ("MAX", 3), ("COUNT", 3)]
)
def test_collect_aggregates(aggregation: str, result: float) -> None:
    verdict = decided("COLLECT", rows("2.5", "1", "3"), 18, aggregation=aggregation)

    assert verdict.result == result


@pytest.mark.parametrize(("aggregation", "result"), [("MIN", "2020-01-01"), ("MAX", "2020-03-01")])
def test_collect_finds_the_smallest_and_the_largest_date(aggregation: str, result: str) -> None:
    days = (f'date("2020-0{month}-01")' for month in (2, 1, 3))

    verdict = decided("COLLECT", rows(*days), 18, output("day", "date"), aggregation=aggregation)

    assert verdict.result == result


@pytest.mark.parametrize(
    ("aggregation", "results"),
    [
        ("SUM", ('"a"', '"b"', '"c"')),
        ("MIN", ("1", '"a"', "2")),
        ("MAX", ("true", "false", "true")),
        (
            "MIN",
            tuple(f'date and time("2020-01-01T00:00:00{zone}")' for zone in ("", "Z", "+08:00")),
        ),
    ],
)
def test_what_cannot_be_aggregated_is_a_fault(aggregation: str, results: tuple[str, ...]) -> None:
    with pytest.raises(Fault, match=aggregation):
        decided("COLLECT", rows(*results), 18, aggregation=aggregation)


def test_a_value_that_is_missing_makes_the_sum_missing() -> None:
    assert decided("COLLECT", rows("1", "null", "3"), 18, aggregation="SUM").result is None


@pytest.mark.parametrize(
    ("policy", "aggregation", "result"),
    [
        ("UNIQUE", "", None),
        ("FIRST", "", None),
        ("ANY", "", None),
        ("PRIORITY", "", None),
        ("RULE ORDER", "", []),
        ("OUTPUT ORDER", "", []),
        ("COLLECT", "", []),
        ("COLLECT", "SUM", None),
        ("COLLECT", "MIN", None),
        ("COLLECT", "MAX", None),
        ("COLLECT", "COUNT", 0),
    ],
)
def test_no_rule_matches(policy: str, aggregation: str, result: Any) -> None:
    verdict = decided(
        policy, rows("1", "2", "3"), 50, output("o", "number", "1,2,3"), aggregation=aggregation
    )

    assert (verdict.result, verdict.rules["d"]) == (result, ())


@pytest.mark.parametrize(
    ("policy", "result"), [("UNIQUE", "usual"), ("FIRST", "usual"), ("COLLECT", ["usual"])]
)
def test_no_rule_matches_and_there_is_a_default(policy: str, result: Any) -> None:
    verdict = decided(policy, rows('"a"', '"b"', '"c"'), 50, output(default='"usual"'))

    assert verdict.result == result


def test_several_outputs_are_named() -> None:
    verdict = decided(
        "UNIQUE", ("> 0 -> 1 | value + 1",), 4, output("one", "number"), output("two", "number")
    )

    assert verdict.result == {"one": 1, "two": 5}


def test_a_default_for_one_of_two_outputs_leaves_the_other_out() -> None:
    outputs = output("one", "number", default="7"), output("two", "number")

    assert decided("UNIQUE", ("> 0 -> 1 | 2",), -1, *outputs).result == {"one": 7, "two": None}


def test_a_computed_result_must_be_allowed() -> None:
    with pytest.raises(Fault, match="which is not allowed"):
        decided("UNIQUE", ("- -> value",), 4, output("o", "number", "1,2,3"))


def test_an_input_must_be_allowed() -> None:
    drawn = decision("d", [column("value", "number", allowed="[0..10]")], [output()], "- -> 1")
    plan = passed(file(drawn))

    assert plan.decide("d", {"value": 10}).result == 1
    with pytest.raises(Fault, match="'value' holds 11, which is not allowed"):
        plan.decide("d", {"value": 11})


def test_a_result_of_another_type_is_a_fault() -> None:
    drawn = decision("d", [column("value")], [output("o", "number")], '- -> value + "!"')
    plan = passed(file(drawn))

    with pytest.raises(Fault, match="'o' holds 'text!', which is not a number"):
        plan.decide("d", {"value": "text"})
