"""Random walks: a run that forgets all but a few bytes goes the same way as one that doesn't."""

import random
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import Registry
from engine.diagrams.gate import check
from engine.machine import Plan
from tests.engine.shapes import SHAPES
from tests.engine.shapes_wide import WIDE
from tests.engine.walking import Walker, assert_whole, planned

DATA: Final[dict[str, Any]] = {
    "units": ["a", "b"],
    "mark": 0,
    "outcome": "",
    "final": False,
    "revisit": True,
    "urgency": "normal",
    "interim_period": "P1W",
    "assignment": 1,
}
OUTCOMES: Final = (
    "again",
    "out",
    "accept",
    "return",
    "sign",
    "approve",
    "consent",
    "reassign",
    "new",
    "solved",
    "unsolved",
)
moves = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from(OUTCOMES), st.booleans(), st.integers(0, 9)),
    max_size=60,
)


@cache
def plan_of(shape: str) -> Plan:
    """Return the plan of a shape, made once."""
    return planned(SHAPES[shape])


def same(one: Walker, other: Walker) -> None:
    """Check that two runs stand at the same place, and came the same way."""
    assert_whole(one.run)
    assert_whole(other.run)
    assert one.completed == other.completed
    assert [offer for offer, _ in one.offers()] == [offer for offer, _ in other.offers()]
    assert one.run.data == other.run.data
    assert one.notes == other.notes


@pytest.mark.parametrize("shape", WIDE)
def test_the_gate_lets_each_shape_in(shape: str, registry: Registry) -> None:
    assert not [problem for problem in check(WIDE[shape], registry) if problem.refuses]


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moves=moves)
def test_a_run_that_forgets_goes_the_same_way(
    shape: str, moves: list[tuple[int, str, bool, int]]
) -> None:
    remembering, forgetting = (
        Walker(plan_of(shape), forgetful=forgetful, data=DATA) for forgetful in (False, True)
    )
    same(remembering, forgetting)
    for number, outcome, final, failing in moves:
        offers = [
            place
            for place, ((name, _), _) in enumerate(remembering.offers())
            if not name.startswith("scope")
        ]
        if not offers:
            break
        values = {"outcome": outcome, "final": final, "step": number}
        for walker in (remembering, forgetting):
            walker.take(offers[number % len(offers)], values, fails=failing == 0)
        same(remembering, forgetting)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_walk_leaves_no_trace_in_the_state(shape: str) -> None:
    chance = random.Random(shape)
    walker = Walker(plan_of(shape), forgetful=True, data=DATA)
    for step in range(1_500):
        offers = [
            place
            for place, ((name, _), _) in enumerate(walker.offers())
            if name.startswith(("user", "elsewhere", "error")) or chance.random() < 0.02
        ]
        offers = [p for p in offers if not walker.offers()[p][0][0].startswith("scope")]
        if walker.completed or not offers:
            walker = Walker(plan_of(shape), forgetful=True, data=DATA, sizes=walker.sizes)
            continue
        values = {"outcome": chance.choice(OUTCOMES), "final": chance.random() < 0.1, "step": step}
        walker.take(chance.choice(offers), values)

    assert max(walker.sizes) < 10_000
