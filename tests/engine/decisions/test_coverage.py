"""Gaps, overlaps and rules that never decide: found, all of them and nothing else."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine import Fault, Problem
from engine.decisions import Plan, check, passed
from engine.decisions.parse import unary_tests
from engine.decisions.unary import passing
from engine.decisions.values import taken
from tests.engine.decisions.drawing import column, decision, file, output

GRID = [n / 2 for n in range(-1, 12)]
"""Each whole number that the tables below compare with, and one value between each two."""
FIRST_DAY = date(2020, 1, 1)


def endpoints() -> st.SearchStrategy[str]:
    """Give the cells of a column of numbers."""
    whole = st.integers(0, 3)
    ranges = st.builds(
        lambda begin, low, length, end: f"{begin}{low}..{low + length}{end}",
        st.sampled_from("[("),
        whole,
        st.integers(0, 2),
        st.sampled_from("])"),
    )
    single = st.one_of(
        whole.map(str),
        st.builds("{} {}".format, st.sampled_from(["<", "<=", ">", ">="]), whole),
        ranges,
    )
    lists = st.lists(single, min_size=1, max_size=2).map(", ".join)
    return st.one_of(st.just("-"), single, lists, lists.map("not({})".format), st.just("null"))


def words() -> st.SearchStrategy[str]:
    """Give the cells of a column of texts."""
    listed = st.lists(st.sampled_from(['"a"', '"b"', '"c"']), min_size=1, max_size=3).map(", ".join)
    return st.one_of(st.just("-"), listed, listed.map("not({})".format))


ROWS = st.lists(st.tuples(endpoints(), words(), endpoints()), min_size=1, max_size=5)


def drawn(rows: Iterable[tuple[str, ...]], policy: str, *columns: str) -> bytes:
    """Return a file whose rules give their own numbers."""
    lines = [f"{' | '.join(row)} -> {number}" for number, row in enumerate(rows, 1)]
    return file(decision("d", columns, [output("r", "number")], *lines, policy=policy))


def numbers_and_words(rows: Iterable[tuple[str, ...]], policy: str) -> bytes:
    """Return a file that looks at two numbers and a text."""
    return drawn(rows, policy, column("x", "number"), column("t", "string"), column("y", "number"))


def matches(plan: Plan, **data: Any) -> list[int]:
    """Return the rules that match, by brute force."""
    found: list[int] = plan.decide("d", data).result
    return found


def told(xml: bytes, code: str) -> list[Problem]:
    """Return the warnings of a kind."""
    return [warning for warning in check(xml).warnings if warning.code == code]


def everywhere(rows: list[tuple[str, str, str]]) -> list[tuple[bool, list[int]]]:
    """Return for all values whether each has one, and which rules match."""
    plan = passed(numbers_and_words(rows, "RULE ORDER"))
    values = product([*GRID, None], ["a", "b", "c", "z", None], [*GRID, None])
    return [(None not in (x, t, y), matches(plan, x=x, t=t, y=y)) for x, t, y in values]


@settings(max_examples=40, deadline=None)
@given(ROWS)
@example([("(0..1)", "-", "-"), ("not((0..1))", "-", "-")])
@example([("null", "-", "-"), ("not(null)", "-", "-")])
def test_finds_what_brute_force_finds(rows: list[tuple[str, str, str]]) -> None:
    met = everywhere(rows)

    unique, first = (numbers_and_words(rows, policy) for policy in ("UNIQUE", "FIRST"))

    gaps, clashes = told(unique, "rules_gap"), told(unique, "rules_overlap")
    assert bool(gaps) == any(whole and not hits for whole, hits in met)
    pairs = {(a, b) for _, hits in met for a in hits for b in hits if a < b}
    listed = {tuple(map(int, each.facts["rules"].split(", "))) for each in clashes}
    assert listed == pairs or (len(listed) == 10 and listed < pairs)
    idle = {
        int(str(each.element_name).split(" · ")[1])
        for code in ("rule_unmatchable", "rule_covered")
        for each in told(first, code)
    }
    assert idle == set(range(1, len(rows) + 1)) - {hits[0] for _, hits in met if hits}


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_each_example_is_one(rows: list[tuple[str, str, str]]) -> None:
    plan = passed(numbers_and_words(rows, "RULE ORDER"))
    unique = numbers_and_words(rows, "UNIQUE")

    for warning in check(unique).warnings:
        if warning.code not in {"rules_gap", "rules_overlap"}:
            continue
        inside = list(values_in(warning.facts["example"]))
        assert inside
        for data in inside:
            hits = matches(plan, **data)
            if warning.code == "rules_gap":
                assert hits == []
            else:
                assert set(map(int, warning.facts["rules"].split(", "))) <= set(hits)


def values_in(told_example: str) -> Iterable[dict[str, Any]]:
    """Return the values that an example of a warning speaks of."""
    cells = dict(part.split(": ", 1) for part in told_example.split("; ") if ": " in part)
    kept: list[list[Any]] = []
    grids: dict[str, list[Any]] = {"x": GRID, "t": ["a", "b", "c", "z"], "y": GRID}
    for name, grid in grids.items():
        passes = passing(unary_tests(cells.get(name, "-")), {}, None)
        both = [*grid, None] if "null" in cells.get(name, "-") else grid
        kept.append([each for each in both if passes is None or passes(taken(each), {})])
    for x, t, y in product(*kept):
        yield {"x": x, "t": t, "y": y}


@settings(max_examples=40, deadline=None)
@given(ROWS, st.sampled_from(GRID), st.sampled_from("abcz"), st.sampled_from(GRID))
def test_each_hit_policy_follows_from_the_rules_that_match(
    rows: list[tuple[str, str, str]], x: float, t: str, y: float
) -> None:
    data = {"x": x, "t": t, "y": y}
    hits = matches(passed(numbers_and_words(rows, "RULE ORDER")), **data)

    def by(policy: str) -> Any:
        try:
            return passed(numbers_and_words(rows, policy)).decide("d", data).result
        except Fault:
            return "fault"

    assert by("COLLECT") == hits
    assert by("FIRST") == (hits[0] if hits else None)
    assert by("UNIQUE") == by("ANY") == ("fault" if len(hits) > 1 else by("FIRST"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), min_size=1, max_size=5))
def test_days_have_nothing_between_them(spans: list[tuple[int, int]]) -> None:
    days = [FIRST_DAY + timedelta(days=n) for n in range(-1, 11)]
    rows = [
        (f'[date("{days[low + 1]}")..date("{days[low + length + 1]}")]',) for low, length in spans
    ]
    rows += [(f'< date("{FIRST_DAY}")',), (f'> date("{days[-2]}")',)]

    gaps = told(drawn(rows, "FIRST", column("day", "date")), "rules_gap")

    plan = passed(drawn(rows, "COLLECT", column("day", "date")))
    free = [day for day in days if not matches(plan, day=day.isoformat())]
    assert bool(gaps) == bool(free)
    for gap in gaps:
        cell = unary_tests(gap.facts["example"].removeprefix("day: "))
        passes = passing(cell, {}, None)
        assert passes is not None
        assert [day for day in days if passes(day, {})] == free


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("number", ["< 0", "[0..10]", "> 10"]),
        ("number", ["<= 0.1", "]0.1..0.2[", "[0.2..5]", "not(<= 5)"]),
        ("boolean", ["true", "false"]),
        ("string", ['"a","b"', 'not("a","b")']),
        ("string", ['< "b"', '>= "b"']),
        ("date", ['<= date("2020-01-01")', '>= date("2020-01-02")']),
        ("dateTime", [f'{sign} date and time("2020-01-01T00:00:00Z")' for sign in ("<", ">=")]),
        ("dayTimeDuration", ['< duration("P1D")', '>= duration("PT24H")']),
        ("yearMonthDuration", ['<= duration("P1Y")', '>= duration("P13M")']),
        ("", ["1", "not(1)"]),
        ("number", ["-"]),
    ],
)
def test_a_table_without_flaws_gets_no_warning(kind: str, rows: list[str]) -> None:
    xml = drawn([(row,) for row in rows], "UNIQUE", column("x", kind))

    assert check(xml).warnings == []


@pytest.mark.parametrize(
    ("kind", "rows", "gap"),
    [
        ("number", ["< 0", "> 10"], "[0..10]"),
        ("number", ["<= 0", ">= 10"], "]0..10["),
        ("number", ["< 0", "> 0"], "0"),
        ("number", ["[0..10]"], "< 0, > 10"),
        ("number", ["not(0)"], "0"),
        ("number", ["0"], "< 0, > 0"),
        ("boolean", ["true"], "false"),
        ("string", ['"a","b"'], 'not("a", "b")'),
        ("string", ['not("a","b")', '"a"'], '"b"'),
        ("string", ['> "b"'], '<= "b"'),
        ("date", ['< date("2020-01-01")'], '>= date("2020-01-01")'),
        ("date", ['<= date("2020-01-01")', '> date("2020-01-02")'], 'date("2020-01-02")'),
        ("yearMonthDuration", ['> duration("P13M")'], '<= duration("P1Y1M")'),
    ],
)
def test_a_gap_is_told_as_a_cell_would_write_it(kind: str, rows: list[str], gap: str) -> None:
    (warning,) = told(drawn([(row,) for row in rows], "UNIQUE", column("x", kind)), "rules_gap")

    assert warning.facts["example"] == f"x: {gap}"


def test_only_values_that_may_come_are_looked_at() -> None:
    columns = [
        column("n", "number", allowed="[0..10]"),
        column("s", "string", allowed='"a","b"'),
    ]

    rows = [("< 5", '"a","b"'), (">= 5", '"a"'), (">= 5", '"b"')]

    assert check(drawn(rows, "UNIQUE", *columns)).warnings == []


def test_two_columns_that_look_at_the_same_thing_cannot_differ() -> None:
    columns = [column("n", "number"), column("n", "number")]
    rows = [("< 0", "< 5"), (">= 0", "< 5"), (">= 0", ">= 5")]

    assert check(drawn(rows, "UNIQUE", *columns)).warnings == []


def test_a_rule_is_idle_if_more_important_ones_always_match() -> None:
    risk = output("risk", "string", '"high","low"')
    rows = ['< 10 -> "high"', '< 5 -> "low"', '- -> "low"']
    xml = file(decision("d", [column("n", "number")], [risk], *rows, policy="PRIORITY"))

    (warning,) = told(xml, "rule_covered")

    assert (warning.element_id, warning.facts) == ("d_r2", {"rules": "1"})


def test_any_may_overlap_as_long_as_it_agrees() -> None:
    columns, outputs = [column("n", "number")], [output()]
    rows = ["< 10 -> 1", "< 5 -> 1", "> 3 -> {}"]

    agreed, differing = (
        file(decision("d", columns, outputs, *rows[:2], rows[2].format(n), policy="ANY"))
        for n in (1, 2)
    )

    assert told(agreed, "rules_overlap") == []
    assert {each.facts["rules"] for each in told(differing, "rules_overlap")} == {"1, 3"}


def test_a_default_or_a_list_fills_every_gap() -> None:
    columns = [column("n", "number")]
    default = file(decision("d", columns, [output(default="0")], "< 10 -> 1"))
    collected = file(decision("d", columns, [output()], "< 10 -> 1", policy="COLLECT"))

    assert check(default).warnings == check(collected).warnings == []
