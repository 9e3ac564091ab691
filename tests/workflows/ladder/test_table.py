"""The decision table decides: which rung, on which day, for which kind and urgency."""

from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.errors import LimitRefused
from workflows.ladder_rules import (
    DEFAULT,
    ORDER,
    Case,
    Rule,
    decide,
    height,
    must_climb,
    rows_for,
)
from workflows.tables import Kind, Rung, Urgency

NORMAL = Case(Kind.INSTRUCTION, Urgency.NORMAL, 0, 99)


@pytest.mark.parametrize(
    ("days", "climbed", "rung"),
    [
        (0, 0, None),
        (1, 0, Rung.REMINDER),
        (1, 1, None),
        (2, 1, Rung.URGE),
        (3, 2, Rung.NOTICE_BLUE),
        (4, 3, None),
        (5, 3, Rung.NOTICE_YELLOW),
        (10, 4, Rung.NOTICE_RED),
        (15, 5, Rung.INTERVIEW),
        (20, 6, Rung.CRITICISM),
        (29, 7, None),
        (30, 7, Rung.ACCOUNTABILITY),
        (300, 8, None),
        (300, 0, Rung.REMINDER),
    ],
)
def test_the_default_table_climbs_in_the_order_of_the_domain(
    days: int, climbed: int, rung: Rung | None
) -> None:
    row = decide(DEFAULT, NORMAL._replace(days=days, climbed=ORDER[:climbed]))

    assert (row.rung if row else None) is rung


def test_a_flash_matter_has_a_shorter_ladder_that_ends_as_everybodys() -> None:
    rows = rows_for(DEFAULT, Kind.INSTRUCTION, Urgency.FLASH)

    assert [(row.rung, row.days_overdue) for row in rows] == [
        (Rung.URGE, 1),
        (Rung.NOTICE_YELLOW, 2),
        (Rung.NOTICE_RED, 3),
        (Rung.INTERVIEW, 5),
        (Rung.CRITICISM, 20),
        (Rung.ACCOUNTABILITY, 30),
    ]


def test_a_rung_waits_until_enough_has_reached_the_unit() -> None:
    case = NORMAL._replace(days=3, climbed=ORDER[:2])

    assert decide(DEFAULT, case._replace(times=0)) is None
    assert decide(DEFAULT, case._replace(times=1)) is not None


def test_rows_of_a_kind_stand_before_those_of_all() -> None:
    own = Rule(Rung.NOTICE_RED, None, 4, 0, Kind.KEY_PROJECT)

    rows = rows_for([*DEFAULT, own], Kind.KEY_PROJECT, Urgency.NORMAL)

    assert [row.rung for row in rows] == [
        Rung.NOTICE_RED,
        Rung.INTERVIEW,
        Rung.CRITICISM,
        Rung.ACCOUNTABILITY,
    ]
    assert rows[0].days_overdue == 4
    assert rows_for([*DEFAULT, own], Kind.DECISION, Urgency.NORMAL)[0].rung is Rung.REMINDER


def test_the_default_table_passes_its_own_checks() -> None:
    must_climb(DEFAULT)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ([], "empty_ladder"),
        ([Rule(Rung.URGE, None, 0, 0)], "number"),
        ([Rule(Rung.URGE, None, 1, -1)], "number"),
        ([Rule(Rung.URGE, None, 1, 0), Rule(Rung.URGE, None, 2, 0)], "rung_twice"),
        ([Rule(Rung.URGE, Urgency.FLASH, 1, 0)], "ladder_gap"),
        ([Rule(Rung.REMINDER, None, 5, 0), Rule(Rung.URGE, None, 2, 0)], "goes_down"),
        ([Rule(Rung.URGE, None, 5, 1)], "out_of_reach"),
        (
            [Rule(Rung.REMINDER, None, 9, 0, Kind.PROPOSAL), Rule(Rung.URGE, None, 2, 0)],
            "goes_down",
        ),
        (
            [
                Rule(Rung.REMINDER, None, 1, 0),
                Rule(Rung.URGE, None, 2, 1),
                Rule(Rung.NOTICE_BLUE, None, 3, 0),
            ],
            "goes_down",
        ),
    ],
)
def test_a_table_with_a_gap_an_overlap_or_a_way_down_is_refused(
    table: list[Rule], why: str
) -> None:
    with pytest.raises(LimitRefused) as refused:
        must_climb(table)

    assert refused.value.facts["why"] == why


def test_a_refusal_names_the_kind_and_the_urgency() -> None:
    late = replace(DEFAULT[-1], days_overdue=25)

    with pytest.raises(LimitRefused) as refused:
        must_climb([*DEFAULT[:-1], late])

    assert refused.value.facts["urgency"] is Urgency.FLASH


rules = st.builds(
    Rule,
    st.sampled_from(Rung),
    st.none() | st.sampled_from(Urgency),
    st.integers(1, 40),
    st.integers(0, 3),
    st.none() | st.sampled_from(Kind),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(rules, min_size=1, max_size=12))
def test_no_table_that_is_let_in_puts_a_higher_rung_before_a_lower(table: list[Rule]) -> None:
    general = [row for row in DEFAULT if row.urgency is None]
    for candidate in (table, [*general, *table]):
        try:
            must_climb(candidate)
        except LimitRefused:
            continue
        for kind, urgency in product(Kind, Urgency):
            climb(candidate, kind, urgency)


def climb(table: list[Rule], kind: Kind, urgency: Urgency) -> None:
    """Climb day by day as far as the table leads, and look at every step."""
    taken: list[Rung] = []
    for day in range(1, 45):
        row = decide(table, Case(kind, urgency, day, len(taken), taken))
        if row is not None:
            taken.append(row.rung)
    heights = [height(rung) for rung in taken]
    assert all(lower < higher for lower, higher in pairwise(heights))
    assert taken == [row.rung for row in rows_for(table, kind, urgency)][: len(taken)]
    assert taken
