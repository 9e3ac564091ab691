"""How scopes end: by their last token, by a terminate end, with links and starts on the way."""

import pytest

from tests.engine.drawing import (
    catch,
    choice,
    end,
    event_sub,
    flow,
    parallel,
    path,
    service,
    start,
    sub,
    throw,
    times,
    user,
)
from tests.engine.running.conftest import Play


def test_a_process_ends_with_its_last_token(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        end("end_a"),
        end("end_b"),
        path("begin", "fork", "a", "end_a"),
        path("fork", "b", "end_b"),
    )

    run.complete("a")
    before = run.completed
    run.complete("b")

    assert not before
    assert (run.completed, run.end) == (True, "completed")


def test_a_terminate_end_stops_all_else_in_the_process(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("a"),
        end("stop", terminate=""),
        user("b"),
        sub("box", start("in"), user("c"), end("out"), path("in", "c", "out")),
        end(),
        path("begin", "fork", "a", "stop"),
        path("fork", "b", "end"),
        path("fork", "box", "end"),
        event_sub(
            "es",
            start("heard", interrupting=False, signal="go"),
            user("h"),
            end("handled"),
            path("heard", "h", "handled"),
        ),
    )
    run.signal("go")
    opened = run.open()

    run.complete("a")

    assert opened == ["a", "b", "c", "h"]
    assert (run.completed, run.end) == (True, "completed")
    assert run.open() == []


def test_a_terminate_end_in_a_sub_process_ends_only_that(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        sub(
            "box",
            start("in"),
            parallel("inner"),
            user("a"),
            end("stop", terminate=""),
            user("b"),
            end("out"),
            path("in", "inner", "a", "stop"),
            path("inner", "b", "out"),
        ),
        service("later", "note"),
        user("beside"),
        end(),
        path("begin", "fork", "box", "later", "end"),
        path("fork", "beside", "end"),
    )

    run.complete("a")

    assert run.done == ["later"]
    assert run.open() == ["beside"]


def test_a_terminate_end_in_a_handler_ends_only_the_handling(play: Play) -> None:
    run = play(
        start(),
        user("u"),
        service("n", "note"),
        end(),
        path("begin", "u", "n", "end"),
        event_sub(
            "es",
            start("heard", interrupting=False, signal="go"),
            parallel("fork"),
            user("h"),
            user("i"),
            end("stop", terminate=""),
            end("handled"),
            path("heard", "fork", "h", "stop"),
            path("fork", "i", "handled"),
        ),
    )
    run.signal("go")

    run.complete("h")
    left = run.open()
    run.complete("u")

    assert left == ["u"]
    assert run.done == ["n"]
    assert run.completed


def test_a_terminate_end_in_one_round_ends_only_that_round(play: Play) -> None:
    run = play(
        start(),
        sub(
            "box",
            start("in"),
            parallel("fork"),
            user("a"),
            end("stop", terminate=""),
            user("b"),
            end("out"),
            path("in", "fork", "a", "stop"),
            path("fork", "b", "out"),
            loop=times("2"),
        ),
        user("n"),
        end(),
        path("begin", "box", "n", "end"),
    )

    run.complete("a")
    left = run.open()
    run.complete("a")

    assert left == ["a", "b"]
    assert run.open() == ["n"]


@pytest.mark.parametrize("called", [True, False])
def test_a_terminated_process_has_completed_for_its_caller(play: Play, *, called: bool) -> None:
    run = play(
        start(),
        user("a"),
        end("stop", terminate=""),
        path("begin", "a", "stop"),
        host={"called": called},
    )

    run.complete("a")

    assert (run.completed, run.end) == (True, "completed")


def linked(scope: str = "") -> tuple[str, ...]:
    """Draw two places from which a link leads to a third."""
    return (
        start(f"begin{scope}"),
        choice(f"x{scope}", default=f"from_b{scope}"),
        throw(f"from_a{scope}", link="L"),
        throw(f"from_b{scope}", link="L"),
        catch(f"to{scope}", link="L"),
        service(f"n{scope}", "note"),
        end(f"end{scope}"),
        flow(f"begin{scope}", f"x{scope}"),
        flow(f"x{scope}", f"from_a{scope}", "y"),
        flow(f"x{scope}", f"from_b{scope}"),
        path(f"to{scope}", f"n{scope}", f"end{scope}"),
    )


@pytest.mark.parametrize("y", [True, False])
def test_a_link_goes_on_where_it_leads(play: Play, *, y: bool) -> None:
    run = play(*linked(), y=y)

    assert run.done == ["n"]
    assert run.completed


def test_a_link_stays_in_its_own_scope(play: Play) -> None:
    box = sub("box", *linked("_in"))
    run = play(
        start("begin_all"),
        box,
        throw("there", link="L"),
        catch("here", link="L"),
        service("m", "note"),
        end("end_all"),
        path("begin_all", "box", "there"),
        path("here", "m", "end_all"),
        y=True,
    )

    assert run.done == ["n_in", "m"]
    assert run.completed


def test_a_link_may_lead_back(play: Play) -> None:
    run = play(
        start(),
        choice("merge"),
        user("u"),
        choice("again", default="end"),
        throw("back", link="L"),
        catch("top", link="L"),
        end(),
        path("begin", "merge", "u", "again", "end"),
        flow("again", "back", 'outcome == "again"'),
        flow("top", "merge"),
    )

    for _ in range(3):
        run.complete("u", outcome="again")
    opened = run.open()
    run.complete("u")

    assert opened == ["u"]
    assert run.completed


def test_a_sub_process_in_a_loop_is_opened_anew_each_time(play: Play) -> None:
    run = play(
        start(),
        sub("box", start("in"), user("u"), end("out"), path("in", "u", "out")),
        choice("again", default="end"),
        end(),
        path("begin", "box", "again", "end"),
        flow("again", "box", 'outcome == "again"'),
    )

    for _ in range(3):
        run.complete("u", outcome="again")
    opened = run.open()
    run.complete("u")

    assert opened == ["u"]
    assert run.completed
