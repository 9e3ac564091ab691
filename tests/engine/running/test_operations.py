"""Operations and decisions: what they write is what the diagram goes on by."""

import pytest

from tests.engine.drawing import (
    choice,
    end,
    event_sub,
    flow,
    path,
    rule,
    service,
    start,
    user,
)
from tests.engine.running.conftest import Play
from tests.engine.running.twins import Twins


def decided(*first: str) -> tuple[str, ...]:
    """Draw a choice by what the first element writes."""
    return (
        start(),
        *first,
        choice("x", default="b"),
        user("a"),
        user("b"),
        end(),
        path("begin", "d", "x", "b", "end"),
        flow("x", "a", "limit > 5"),
        flow("a", "end"),
    )


@pytest.mark.parametrize(("limit", "way"), [(9, ["a"]), (5, ["b"])])
def test_what_a_decision_says_decides(play: Play, limit: int, way: list[str]) -> None:
    run = play(*decided(rule("d", "grade", writes="graded")), host={"writes": {"limit": limit}})

    assert run.open() == way


@pytest.mark.parametrize("slow", [False, True])
def test_what_an_operation_writes_decides(play: Play, *, slow: bool) -> None:
    run = play(*decided(service("d", "note")), host={"slow": slow, "writes": {"limit": 9}})

    if slow:
        assert (run.errands(), run.open()) == (["d"], [])
        run.finish("d", limit=9)

    assert run.open() == ["a"]


def test_a_decision_that_cannot_be_made_is_made_again(play: Play) -> None:
    run = play(*decided(rule("d", "grade", writes="graded")), host={"fails": True})
    failed = run.incidents()

    run.retry("d", fails=False, writes={"limit": 9})

    assert failed == ["d"]
    assert run.open() == ["a"]


def test_an_instance_changes_nothing_for_the_next_one(play: Play) -> None:
    first = play(
        start(),
        user("u"),
        end(),
        path("begin", "u", "end"),
        event_sub(
            "es",
            start("heard", interrupting=False, message="ask", key='"k"'),
            service("h", "note"),
            end("handled"),
            path("heard", "h", "handled"),
        ),
    )
    for _ in range(2):
        first.message("ask")
    first.complete("u")

    second = Twins(first.walkers[0].plan, {})

    assert (first.done, first.completed) == (["h", "h"], True)
    assert (second.done, second.open()) == ([], ["u"])
    second.complete("u")
    assert second.completed
