"""Parallel and inclusive gateways, and splits without one."""

import pytest

from tests.engine.drawing import (
    boundary,
    catch,
    choice,
    end,
    flow,
    inclusive,
    parallel,
    path,
    race,
    service,
    start,
    sub,
    times,
    user,
)
from tests.engine.running.conftest import Play
from tests.engine.running.twins import Twins


def test_a_parallel_join_waits_for_every_flow(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        user("c"),
        parallel("join"),
        service("n", "note"),
        end(),
        path("begin", "fork", "a", "join", "n", "end"),
        path("fork", "b", "join"),
        path("fork", "c", "join"),
    )

    for name in "cab":
        assert run.done == []
        run.complete(name)

    assert run.done == ["n"]
    assert run.completed


def test_a_parallel_join_counts_one_token_of_each_flow_and_keeps_the_rest(play: Play) -> None:
    run = play(
        start(),
        user("u"),
        boundary("asked", "u", message="ask", key='"k"'),
        parallel("fork"),
        user("x"),
        user("y"),
        parallel("join"),
        service("n", "note"),
        end(),
        path("begin", "u", "end"),
        path("asked", "fork", "x", "join", "n", "end"),
        path("fork", "y", "join"),
    )
    run.message("ask")
    run.message("ask")

    run.complete("x")
    run.complete("x")
    seen = [run.done.copy()]
    for name in "yyu":
        run.complete(name)
        seen.append(run.done.copy())

    assert seen == [[], ["n"], ["n", "n"], ["n", "n"]]
    assert run.completed


def test_parallel_branches_go_round_in_a_loop(play: Play) -> None:
    run = play(
        start(),
        choice("merge"),
        parallel("fork"),
        user("a"),
        user("b"),
        parallel("join"),
        choice("again", default="end"),
        end(),
        path("begin", "merge", "fork", "a", "join", "again", "end"),
        path("fork", "b", "join"),
        flow("again", "merge", 'outcome == "again"'),
    )

    for turn in range(5):
        assert run.open() == ["a", "b"]
        run.complete("ba"[turn % 2])
        run.complete("ab"[turn % 2], outcome="again" if turn < 4 else None)

    assert run.completed


def test_a_gateway_may_join_and_split_at_once(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        parallel("both"),
        user("c"),
        user("d"),
        end(),
        path("begin", "fork", "a", "both", "c", "end"),
        path("fork", "b", "both", "d", "end"),
    )

    run.complete("b")
    before = run.open()
    run.complete("a")

    assert before == ["a"]
    assert run.open() == ["c", "d"]


def chosen(play: Play, n: int) -> Twins:
    """Play an inclusive gateway that takes one way over 1, two over 2, else the default."""
    return play(
        start(),
        inclusive("i", default="d"),
        user("a"),
        user("b"),
        user("d"),
        inclusive("j"),
        service("n", "note"),
        end(),
        flow("begin", "i"),
        flow("i", "a", "n > 1"),
        flow("i", "b", "n > 2"),
        flow("i", "d"),
        *(flow(name, "j") for name in "abd"),
        path("j", "n", "end"),
        n=n,
    )


@pytest.mark.parametrize(("n", "ways"), [(0, ["d"]), (2, ["a"]), (3, ["a", "b"])])
def test_an_inclusive_join_waits_for_the_ways_that_were_taken(
    play: Play, n: int, ways: list[str]
) -> None:
    run = chosen(play, n)
    opened = run.open()

    for name in reversed(opened):
        assert run.done == []
        run.complete(name)

    assert opened == ways
    assert run.done == ["n"]
    assert run.completed


def test_an_inclusive_join_is_released_when_a_token_ends_elsewhere(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        choice("x", default="j"),
        end("gone"),
        inclusive("j"),
        service("n", "note"),
        end(),
        path("begin", "fork", "a", "j", "n", "end"),
        path("fork", "b", "x", "j"),
        flow("x", "gone", "out"),
    )
    run.complete("a")
    before = run.done.copy()

    run.complete("b", out=True)

    assert before == []
    assert run.done == ["n"]
    assert run.completed


def test_an_inclusive_join_is_released_when_a_boundary_event_leads_elsewhere(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        boundary("late", "b", interrupting=True, duration="PT1H"),
        user("rescue"),
        end("rescued"),
        inclusive("j"),
        service("n", "note"),
        end(),
        path("begin", "fork", "a", "j", "n", "end"),
        path("fork", "b", "j"),
        path("late", "rescue", "rescued"),
    )
    run.complete("a")

    run.tick(1)

    assert run.done == ["n"]
    assert run.open() == ["rescue"]


def test_an_inclusive_join_waits_for_a_token_that_can_come_by_a_boundary_event(
    play: Play,
) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        boundary("late", "b", interrupting=True, duration="PT1H"),
        end("b_end"),
        inclusive("j"),
        service("n", "note"),
        end(),
        path("begin", "fork", "a", "j", "n", "end"),
        path("fork", "b", "b_end"),
        flow("late", "j"),
    )
    run.complete("a")
    before = run.done.copy()

    run.tick(1)

    assert before == []
    assert run.done == ["n"]
    assert run.completed


def test_an_inclusive_join_waits_for_what_is_open_in_a_sub_process(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        sub("box", start("in"), user("u"), end("out"), path("in", "u", "out"), loop=times("2")),
        user("b"),
        inclusive("j"),
        service("n", "note"),
        end(),
        path("begin", "fork", "box", "j", "n", "end"),
        path("fork", "b", "j"),
    )

    for name in "ubu":
        assert run.done == []
        run.complete(name)

    assert run.done == ["n"]
    assert run.completed


def test_an_inclusive_join_in_a_loop_does_not_wait_for_itself(play: Play) -> None:
    run = play(
        start(),
        inclusive("j"),
        user("a"),
        choice("again", default="end"),
        end(),
        path("begin", "j", "a", "again", "end"),
        flow("again", "j", 'outcome == "again"'),
    )

    run.complete("a", outcome="again")
    run.complete("a", outcome="again")
    opened = run.open()
    run.complete("a")

    assert opened == ["a"]
    assert run.completed


def test_an_inclusive_join_does_not_wait_for_what_comes_by_a_flow_that_has_its_token(
    play: Play,
) -> None:
    # b may lead to either flow; as one of them has a token already, it holds nothing up.
    run = play(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        boundary("asked", "b", message="ask", key='"k"'),
        choice("one"),
        inclusive("j"),
        service("n", "note"),
        end(),
        path("begin", "fork", "a", "one", "j", "n", "end"),
        path("fork", "b", "one"),
        flow("asked", "j"),
    )

    run.complete("a")

    assert run.done == ["n"]
    assert run.open() == ["b"]


def test_a_race_before_an_inclusive_join_is_one_token(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("a"),
        race("r"),
        catch("c", message="ask", key='"k"'),
        catch("d", signal="go"),
        choice("one"),
        inclusive("j"),
        service("n", "note"),
        end(),
        path("begin", "fork", "a", "one", "j", "n", "end"),
        path("fork", "r", "c", "one"),
        path("r", "d", "j"),
    )

    run.complete("a")

    assert run.done == ["n"]
    assert run.waiting() == ["c", "d"]


def test_several_flows_out_of_a_task_are_all_taken(play: Play) -> None:
    run = play(
        start(),
        user("u"),
        user("a"),
        user("b"),
        parallel("j"),
        service("n", "note"),
        end(),
        path("begin", "u", "a", "j", "n", "end"),
        path("u", "b", "j"),
    )

    run.complete("u")
    opened = run.open()
    run.complete("a")
    run.complete("b")

    assert opened == ["a", "b"]
    assert run.done == ["n"]
    assert run.completed


@pytest.mark.parametrize(("n", "ways"), [(0, ["d"]), (2, ["a"]), (3, ["a", "b"])])
def test_conditional_flows_out_of_a_task_are_taken_if_they_hold(
    play: Play, n: int, ways: list[str]
) -> None:
    run = play(
        start(),
        user("u", default="d"),
        service("a", "note"),
        service("b", "note"),
        service("d", "note"),
        end(),
        flow("begin", "u"),
        flow("u", "a", "n > 1"),
        flow("u", "b", "n > 2"),
        flow("u", "d"),
        *(flow(name, "end") for name in "abd"),
    )

    run.complete("u", n=n)

    assert run.done == ways
    assert run.completed


@pytest.mark.parametrize(("n", "ways"), [(0, ["c"]), (2, ["a", "c"])])
def test_a_default_flow_is_not_taken_beside_one_that_always_is(
    play: Play, n: int, ways: list[str]
) -> None:
    run = play(
        start(),
        user("u", default="d"),
        service("a", "note"),
        service("c", "note"),
        service("d", "note"),
        end(),
        flow("begin", "u"),
        flow("u", "a", "n > 1"),
        flow("u", "c"),
        flow("u", "d"),
        *(flow(name, "end") for name in "acd"),
    )

    run.complete("u", n=n)

    assert sorted(run.done) == ways
    assert run.completed


def test_a_task_that_is_done_several_times_splits_once(play: Play) -> None:
    run = play(
        start(),
        user("u", loop=times("2")),
        boundary("asked", "u", interrupting=True, message="ask", key='"k"'),
        service("h", "note"),
        service("a", "note"),
        service("c", "note"),
        end(),
        path("begin", "u", "a", "end"),
        path("u", "c", "end"),
        path("asked", "h", "end"),
    )

    run.complete("u")
    run.complete("u")

    assert sorted(run.done) == ["a", "c"]
    assert run.completed


def test_what_two_branches_lead_to_is_done_twice(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        service("m", "note"),
        parallel("q"),
        user("x"),
        user("y"),
        end(),
        path("begin", "fork", "a", "m", "q", "x", "end"),
        path("fork", "b", "m"),
        path("q", "y", "end"),
    )
    run.complete("a")
    run.complete("b")
    opened = run.open()

    for name in "xxyy":
        run.complete(name)

    assert opened == ["x", "x", "y", "y"]
    assert run.done == ["m", "m"]
    assert run.completed


def test_a_choice_takes_the_first_flow_that_holds(play: Play) -> None:
    run = play(
        start(),
        choice("x", default="c"),
        user("a"),
        user("b"),
        user("c"),
        end(),
        flow("begin", "x"),
        flow("x", "a", "n > 1"),
        flow("x", "b", "n > 0"),
        flow("x", "c"),
        *(flow(name, "end") for name in "abc"),
        n=1,
    )

    assert run.open() == ["b"]


def test_an_inclusive_gateway_with_only_its_default_takes_it(play: Play) -> None:
    run = play(
        start(),
        inclusive("x", default="n"),
        service("n", "note"),
        end(),
        path("begin", "x", "n", "end"),
    )

    assert run.done == ["n"]
    assert run.completed
