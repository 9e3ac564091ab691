"""Errors: the nearest handler takes over, exact codes first; without one it is an incident."""

import pytest

from engine.diagrams import EventKind
from tests.engine.drawing import (
    boundary,
    call,
    catch,
    end,
    flow,
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
from tests.engine.running.twins import kinds


def caught(at: str, code: str, does: str) -> str:
    """Draw the handler of a code on a boundary, which does one thing."""
    name = f"at_{does}"
    return (
        boundary(name, at, interrupting=True, error=code)
        + service(does, "note")
        + end(f"{does}_end")
        + path(name, does, f"{does}_end")
    )


def failing(name: str, code: str = "E", before: str = "") -> str:
    """Draw a sub-process that ends with an error, after a task if it is named."""
    row = [f"{name}_in", *([before] if before else []), f"{name}_out"]
    task = user(before) if before else ""
    return sub(name, start(row[0]), task, end(row[-1], error=code), path(*row))


def test_it_goes_to_the_boundary_of_its_own_sub_process_alone(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        failing("a", before="work_a"),
        failing("c", before="work_c"),
        caught("a", "E", "mend_a"),
        caught("c", "E", "mend_c"),
        end(),
        path("begin", "fork", "a", "end"),
        path("fork", "c", "end"),
    )

    run.complete("work_a")
    first = (run.done.copy(), run.open())
    run.complete("work_c")

    assert first == (["mend_a"], ["work_c"])
    assert run.done == ["mend_a", "mend_c"]
    assert run.completed


@pytest.mark.parametrize(("code", "taken"), [("E", "exact"), ("F", "any_code")])
def test_an_exact_code_beats_a_catcher_of_all(play: Play, code: str, taken: str) -> None:
    run = play(
        start(),
        failing("a", code),
        caught("a", "", "any_code"),
        caught("a", "E", "exact"),
        end(),
        path("begin", "a", "end"),
    )

    assert run.done == [taken]
    assert run.completed


def test_a_nearer_catcher_of_all_beats_an_exact_one_further_out(play: Play) -> None:
    inner = sub(
        "outer",
        start("in"),
        failing("inner"),
        caught("inner", "", "near"),
        end("out"),
        path("in", "inner", "out"),
    )
    run = play(start(), inner, caught("outer", "E", "far"), end(), path("begin", "outer", "end"))

    assert run.done == ["near"]
    assert run.completed


def test_it_climbs_through_every_sub_process_around_it(play: Play) -> None:
    inner = sub("outer", start("in"), failing("inner"), end("out"), path("in", "inner", "out"))
    run = play(start(), inner, caught("outer", "E", "far"), end(), path("begin", "outer", "end"))

    assert run.done == ["far"]
    assert run.completed


def test_without_a_handler_it_is_an_incident_and_other_branches_go_on(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        end("fails", error="E"),
        user("work"),
        end(),
        path("begin", "fork", "fails"),
        path("fork", "work", "end"),
    )

    run.complete("work")

    assert run.incidents() == ["fails"]
    assert not run.completed


def test_an_incident_that_is_tried_again_in_vain_is_one_still(play: Play) -> None:
    run = play(start(), failing("a"), service("n", "note"), end(), path("begin", "a", "n", "end"))

    run.retry("a_out")

    assert run.incidents() == ["a_out"]
    assert run.done == []


def test_in_a_called_process_it_ends_the_whole_instance_for_its_caller(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("work"),
        user("other"),
        end("fails", error="E"),
        end(),
        path("begin", "fork", "work", "fails"),
        path("fork", "other", "end"),
        host={"called": True},
    )

    run.complete("work")

    assert (run.completed, run.end) == (True, "error")
    assert kinds(run.sent) == [(EventKind.ERROR, "E")]


def test_that_of_a_called_instance_climbs_from_the_call(play: Play) -> None:
    outer = sub(
        "outer",
        start("in"),
        call("units", "q"),
        service("never", "note"),
        end("out"),
        path("in", "units", "never", "out"),
    )
    run = play(start(), outer, caught("outer", "E", "mend"), end(), path("begin", "outer", "end"))

    run.child_failed("units", "E")

    assert run.done == ["mend"]
    assert run.completed


def test_that_of_a_called_instance_without_a_handler_is_an_incident_at_the_call(
    play: Play,
) -> None:
    run = play(start(), call("units", "q"), user("u"), end(), path("begin", "units", "u", "end"))
    run.child_failed("units", "E")
    failed = run.incidents()

    run.retry("units")
    run.child_ended("units")

    assert failed == ["units"]
    assert [where for where, *_ in run.calls] == ["units", "units"]
    assert run.open() == ["u"]


def test_one_round_that_fails_cancels_all_rounds(play: Play) -> None:
    run = play(
        start(),
        sub(
            "a",
            start("in"),
            user("u"),
            end("out", error="E"),
            path("in", "u", "out"),
            loop=times("3"),
        ),
        caught("a", "E", "mend"),
        end(),
        path("begin", "a", "end"),
    )

    run.complete("u")

    assert run.done == ["mend"]
    assert run.completed


@pytest.mark.parametrize("slow", [False, True])
def test_an_operation_may_end_with_one(play: Play, *, slow: bool) -> None:
    run = play(
        start(),
        service("work", "note"),
        caught("work", "E", "mend"),
        user("after"),
        end(),
        path("begin", "work", "after", "end"),
        host={"slow": slow, "refuses": None if slow else "E"},
    )

    if slow:
        run.turn(slow=False)
        run.refuse("work", "E")
    else:
        # The handler's own operation refuses as well, and nobody handles that.
        assert run.incidents() == ["mend"]
        run.retry("mend", refuses=None)

    assert run.done == ["mend"]
    assert run.completed


def test_an_operations_error_that_nobody_handles_is_an_incident(play: Play) -> None:
    run = play(
        start(),
        service("work", "note"),
        caught("work", "F", "mend"),
        end(),
        path("begin", "work", "end"),
        host={"refuses": "E"},
    )
    failed = run.incidents()

    run.retry("work", refuses=None)

    assert failed == ["work"]
    assert run.done == ["work"]
    assert run.completed


def test_an_operation_that_fails_is_an_incident_and_its_boundary_still_waits(play: Play) -> None:
    run = play(
        start(),
        service("work", "note"),
        boundary("late", "work", interrupting=True, duration="PT1H"),
        user("rescue"),
        end("rescued"),
        path("late", "rescue", "rescued"),
        end(),
        path("begin", "work", "end"),
        host={"fails": True},
    )
    failed = run.incidents()

    run.tick(1)

    assert failed == ["work"]
    assert run.incidents() == []
    assert run.open() == ["rescue"]


@pytest.mark.parametrize("where", ["event sub-process", "boundary"])
def test_an_incident_is_let_go_with_its_scope(play: Play, where: str) -> None:
    handler = service("mend", "note") + end("mended") + path("heard", "mend", "mended")
    listens = (
        f'<bpmn:subProcess id="es" name="es" triggeredByEvent="true">'
        f"{start('heard', interrupting=True, signal='go')}{handler}</bpmn:subProcess>"
    )
    on_it = boundary("heard", "a", interrupting=True, signal="go") + handler
    within = where != "boundary"
    run = play(
        start(),
        sub(
            "a",
            start("in"),
            parallel("fork"),
            end("fails", error="E"),
            user("u"),
            end("out"),
            path("in", "fork", "fails"),
            path("fork", "u", "out"),
            listens if within else "",
        ),
        "" if within else on_it,
        end(),
        flow("begin", "a"),
        flow("a", "end"),
    )
    failed = run.incidents()

    run.signal("go")

    assert failed == ["fails"]
    assert run.incidents() == []
    assert run.done == ["mend"]
    assert run.completed


def test_a_boundary_event_that_has_failed_goes_with_its_task(play: Play) -> None:
    run = play(
        start(),
        user("work"),
        boundary("odd", "work", condition="1 / x > 0"),
        end("odd_end"),
        flow("odd", "odd_end"),
        end(),
        path("begin", "work", "end"),
        x=0,
    )
    failed = run.incidents()

    run.complete("work")

    assert failed == ["odd"]
    assert run.completed


def test_a_listener_that_is_skipped_is_given_up(play: Play) -> None:
    run = play(
        start(),
        user("work"),
        boundary("odd", "work", condition="1 / x > 0"),
        user("rung"),
        end("odd_end"),
        path("odd", "rung", "odd_end"),
        end(),
        path("begin", "work", "end"),
        x=0,
    )

    run.skip("odd")
    run.write(x=1)

    assert run.open() == ["work"]
    assert run.waiting() == []


def test_an_event_in_a_race_that_is_skipped_has_won(play: Play) -> None:
    run = play(
        start(),
        race("r"),
        catch("a", condition="1 / x > 0"),
        catch("b", signal="go"),
        user("won"),
        user("lost"),
        end(),
        path("begin", "r", "a", "won", "end"),
        path("r", "b", "lost", "end"),
        x=0,
    )

    run.skip("a")

    assert run.open() == ["won"]
    assert run.waiting() == []


def test_an_operation_that_is_skipped_counts_as_done(play: Play) -> None:
    run = play(
        start(),
        service("s", "note"),
        user("u"),
        end(),
        path("begin", "s", "u", "end"),
        host={"fails": True},
    )

    run.skip("s")

    assert run.open() == ["u"]
    assert run.done == []
