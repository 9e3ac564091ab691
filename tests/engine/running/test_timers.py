"""Timers and conditions: in the flow, on boundaries, and in races."""

import pytest

from tests.engine.drawing import (
    boundary,
    catch,
    end,
    flow,
    parallel,
    path,
    race,
    receive,
    service,
    start,
    sub,
    times,
    user,
)
from tests.engine.running.conftest import Play
from tests.engine.running.twins import Twins


def on_task(*, interrupting: bool = False, loop: str = "", **event: str) -> tuple[str, ...]:
    """Draw a task with an event that leads to a note."""
    return (
        start(),
        user("work", loop=loop),
        boundary("event", "work", interrupting=interrupting, **event),
        service("rung", "note"),
        end("rung_end"),
        path("event", "rung", "rung_end"),
        end(),
        path("begin", "work", "end"),
    )


def raced(play: Play) -> Twins:
    """Play a race of two timers, a message and a condition."""
    ways = {
        "a": catch("a", duration="PT9H"),
        "b": catch("b", duration="PT5H"),
        "c": catch("c", message="ask", key='"k"'),
        "d": catch("d", condition="x > 3"),
    }
    after = "".join(service(f"n_{w}", "note") + path("r", w, f"n_{w}", "end") for w in ways)
    return play(start(), race("r"), *ways.values(), end(), flow("begin", "r"), after, x=0)


def test_the_timer_that_is_due_first_wins_a_race(play: Play) -> None:
    run = raced(play)
    run.tick(3)
    early = run.done.copy()

    run.tick(20)

    assert early == []
    assert run.done == ["n_b"]
    assert run.completed


def test_a_message_wins_a_race_and_the_timers_are_given_up(play: Play) -> None:
    run = raced(play)

    run.message("ask")
    run.tick(20)

    assert run.done == ["n_c"]
    assert run.completed


def test_a_condition_wins_a_race(play: Play) -> None:
    run = raced(play)

    run.write(x=4)

    assert run.done == ["n_d"]
    assert run.completed


def test_receive_tasks_race_too(play: Play) -> None:
    run = play(
        start(),
        race("r"),
        receive("a", "ask", key='"k"'),
        receive("b", "tell", key='"k"'),
        service("n_a", "note"),
        service("n_b", "note"),
        end(),
        path("begin", "r", "a", "n_a", "end"),
        path("r", "b", "n_b", "end"),
    )

    taken = [run.message("tell"), run.message("ask")]

    assert taken == [True, False]
    assert run.done == ["n_b"]
    assert run.completed


def test_missed_rings_of_a_cycle_are_one(play: Play) -> None:
    run = play(*on_task(cycle="R/PT1H"))

    run.tick(10.5)
    late = run.done.copy()
    run.tick(0.6)

    assert late == ["rung"]
    assert run.done == ["rung"] * 2


def test_missed_rings_count(play: Play) -> None:
    run = play(*on_task(cycle="R3/PT1H"))

    run.tick(2.5)
    run.tick(1)
    run.tick(10)

    assert len(run.done) <= 3
    assert run.waiting() == []
    run.complete("work")
    assert run.completed


def test_a_timer_stops_a_task_and_its_rounds(play: Play) -> None:
    run = play(*on_task(interrupting=True, loop=times("3"), duration="PT5H"))
    run.complete("work")

    run.tick(6)

    assert run.done == ["rung"]
    assert run.completed


def test_a_timer_stops_what_waits_in_a_repeated_sub_process(play: Play) -> None:
    run = play(
        start(),
        sub(
            "a",
            start("in"),
            catch("c", message="ask", key='"k"'),
            end("out"),
            path("in", "c", "out"),
            loop=times("2"),
        ),
        boundary("late", "a", interrupting=True, duration="PT5H"),
        user("rescue"),
        end("rescued"),
        path("late", "rescue", "rescued"),
        end(),
        path("begin", "a", "end"),
    )

    run.tick(6)

    assert run.open() == ["rescue"]
    assert run.waiting() == []
    assert not run.message("ask")


def test_a_timer_that_was_due_long_ago_still_stops_its_sub_process(play: Play) -> None:
    run = play(
        start(),
        sub("a", start("in"), user("u"), end("out"), path("in", "u", "out")),
        boundary("late", "a", interrupting=True, duration="PT5H"),
        service("rescue", "note"),
        end("rescued"),
        path("late", "rescue", "rescued"),
        end(),
        path("begin", "a", "end"),
    )

    run.tick(24 * 365)

    assert run.done == ["rescue"]
    assert run.completed


def test_a_timer_in_the_flow_holds_its_branch_alone(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        catch("pause", duration="PT1H"),
        service("woken", "note"),
        user("other"),
        end(),
        path("begin", "fork", "pause", "woken", "end"),
        path("fork", "other", "end"),
    )
    run.complete("other")
    before = (run.completed, run.done.copy())

    run.tick(1)

    assert before == (False, [])
    assert run.completed


def test_a_condition_stops_its_task_as_it_becomes_true(play: Play) -> None:
    run = play(*on_task(interrupting=True, condition="n > 2"), n=0)
    run.write(n=2)
    before = run.done.copy()

    run.write(n=3)

    assert before == []
    assert run.done == ["rung"]
    assert run.completed


def test_a_condition_beside_a_task_is_heard_at_each_false_to_true(play: Play) -> None:
    run = play(*on_task(condition="n > 2"), n=0)

    for n in (3, 4, 1, 5, 6):
        run.write(n=n)

    assert run.done == ["rung"] * 2
    run.complete("work")
    assert run.completed


def test_a_condition_in_the_flow_is_passed_if_it_holds_already(play: Play) -> None:
    run = play(
        start(),
        catch("c", condition="n > 2"),
        user("u"),
        end(),
        path("begin", "c", "u", "end"),
        n=3,
    )

    assert run.open() == ["u"]


def test_a_condition_waits_for_data_that_are_not_there_yet(play: Play) -> None:
    run = play(
        start(), catch("c", condition="n > 2"), user("u"), end(), path("begin", "c", "u", "end")
    )
    before = run.open()

    run.write(n=3)

    assert before == []
    assert run.open() == ["u"]


def test_a_condition_sees_what_another_branch_writes(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("work"),
        catch("c", condition="ready"),
        user("next"),
        end(),
        path("begin", "fork", "work", "end"),
        path("fork", "c", "next", "end"),
    )

    run.complete("work", ready=True)

    assert run.open() == ["next"]


def test_a_condition_on_a_sub_process_sees_what_is_written_inside(play: Play) -> None:
    run = play(
        start(),
        sub("a", start("in"), user("u"), user("v"), end("out"), path("in", "u", "v", "out")),
        boundary("seen", "a", interrupting=True, condition="ready"),
        service("rung", "note"),
        end("rung_end"),
        path("seen", "rung", "rung_end"),
        end(),
        path("begin", "a", "end"),
    )

    run.complete("u", ready=True)

    assert run.done == ["rung"]
    assert run.completed


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_event_rings_no_more_once_its_task_is_done(play: Play, *, interrupting: bool) -> None:
    run = play(*on_task(interrupting=interrupting, duration="PT1H"))

    run.complete("work")
    run.tick(5)

    assert run.done == []
    assert run.completed
