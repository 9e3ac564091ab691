"""Data belong to a scope; only its outcome, and what a loop gives to a round, are a token's own."""

from tests.engine.drawing import (
    boundary,
    choice,
    each,
    end,
    event_sub,
    flow,
    parallel,
    path,
    service,
    start,
    sub,
    user,
)
from tests.engine.running.conftest import Play


def test_branches_see_what_others_write(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        end(),
        path("begin", "fork", "a", "end"),
        path("fork", "b", "end"),
    )

    run.complete("a", x=1)

    assert run.seen("b")["x"] == 1


def test_after_a_join_what_was_written_last_holds(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        parallel("join"),
        user("c"),
        end(),
        path("begin", "fork", "a", "join", "c", "end"),
        path("fork", "b", "join"),
    )

    run.complete("b", x="older")
    run.complete("a", x="newer")

    assert run.seen("c")["x"] == "newer"


def test_an_outcome_decides_in_its_own_branch_alone(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        choice("xa", default="na"),
        choice("xb", default="nb"),
        service("ya", "note"),
        service("na", "note"),
        service("yb", "note"),
        service("nb", "note"),
        end(),
        path("begin", "fork", "a", "xa", "na", "end"),
        path("fork", "b", "xb", "nb", "end"),
        flow("xa", "ya", 'outcome == "yes"'),
        flow("xb", "yb", 'outcome == "yes"'),
        flow("ya", "end"),
        flow("yb", "end"),
    )

    run.complete("a", outcome="yes")
    run.complete("b", outcome="no")

    assert run.done == ["ya", "nb"]
    assert "outcome" not in run.data


def boxed(*more: str) -> tuple[str, ...]:
    """Draw a sub-process of two tasks beside another task."""
    return (
        start(),
        parallel("fork"),
        sub("box", start("in"), user("u"), user("v"), end("out"), path("in", "u", "v", "out")),
        user("beside"),
        user("after"),
        end(),
        path("begin", "fork", "box", "after", "end"),
        path("fork", "beside", "end"),
        *more,
    )


def test_a_sub_process_hands_up_what_it_wrote_when_it_has_ended(play: Play) -> None:
    run = play(*boxed(), x=0)

    run.complete("u", x=1)
    inside, outside = run.seen("v")["x"], run.seen("beside")["x"]
    run.complete("v")

    assert (inside, outside) == (1, 0)
    assert run.data == {"x": 1}


def test_a_sub_process_sees_what_is_written_around_it(play: Play) -> None:
    run = play(*boxed(), x=0)

    run.complete("beside", x=1)

    assert run.seen("u")["x"] == 1


def test_an_event_on_a_sub_process_sees_what_it_has_written_so_far(play: Play) -> None:
    run = play(
        *boxed(
            boundary("asked", "box", message="ask", key='"k"'),
            user("answer"),
            flow("asked", "answer"),
            flow("answer", "end"),
        ),
        x=0,
    )
    run.complete("u", x=1)

    run.message("ask")

    assert run.seen("answer")["x"] == 1


def test_what_an_interrupted_sub_process_wrote_may_be_written_over(play: Play) -> None:
    run = play(
        *boxed(
            boundary("asked", "box", interrupting=True, message="ask", key='"k"'),
            user("correct"),
            user("read"),
            path("asked", "correct", "read", "end"),
        ),
        x=0,
    )
    run.complete("u", x=1)
    run.message("ask")

    run.complete("correct", x=2)

    assert run.seen("read")["x"] == 2


def test_a_round_sees_its_element_in_everything_inside(play: Play) -> None:
    run = play(
        start(),
        sub(
            "box",
            start("in"),
            sub("inner", start("in2"), user("u"), end("out2"), path("in2", "u", "out2")),
            end("out"),
            path("in", "inner", "out"),
            loop=each("items", "item"),
        ),
        user("n"),
        end(),
        path("begin", "box", "n", "end"),
        items=["A", "B"],
        item="outer",
    )

    for item in "BA":
        run.complete("u", at={"item": item})

    assert run.seen("n")["item"] == "outer"


def test_what_a_message_brings_is_the_scopes(play: Play) -> None:
    run = play(
        start(),
        user("u"),
        end(),
        path("begin", "u", "end"),
        event_sub(
            "es",
            start("heard", interrupting=False, message="ask", key='"k"', take="x"),
            user("h"),
            end("handled"),
            path("heard", "h", "handled"),
        ),
    )

    run.message("ask", x=1, y=2)

    assert run.seen("h")["x"] == 1
    assert "y" not in run.seen("h")


def test_true_and_one_stay_what_they_are(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        end(),
        path("begin", "fork", "a", "end"),
        path("fork", "b", "end"),
        x=True,
        y=1,
    )

    run.complete("a", z=1.0)

    assert [type(run.seen("b")[key]) for key in "xyz"] == [bool, int, float]
