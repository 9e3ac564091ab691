"""Activities that are done several times: side by side, in a row, or while a condition holds."""

from typing import Any

import pytest

from tests.engine.drawing import (
    again,
    boundary,
    call,
    choice,
    each,
    end,
    flow,
    parallel,
    path,
    receive,
    service,
    start,
    sub,
    times,
    user,
)
from tests.engine.running.conftest import Play
from tests.engine.running.twins import Twins


def done(play: Play, loop: str, **data: Any) -> Twins:
    """Play one task with a mark."""
    return play(
        start(),
        user("u", loop=loop),
        user("n"),
        end(),
        path("begin", "u", "n", "end"),
        **data,
    )


def listed(**more: Any) -> str:
    """Draw the mark of a task that is done for each item, with results."""
    return each("items", "item", output="outs", output_item="res", **more)


ITEMS = ["A", "B", "C"]


def test_results_stand_in_the_order_of_the_list(play: Play) -> None:
    run = done(play, listed(), items=ITEMS)

    for item in "CAB":
        run.complete("u", at={"item": item}, res=item.lower())

    assert run.data["outs"] == ["a", "b", "c"]
    assert run.open() == ["n"]


def test_only_the_results_come_out_of_a_round(play: Play) -> None:
    run = done(play, listed(), items=["A"], other=0)

    run.complete("u", res=1, other=2)

    assert run.data == {"items": ["A"], "other": 0, "outs": [1]}
    assert run.seen("n").keys() == {"items", "other", "outs"}


def test_rounds_do_not_see_one_another(play: Play) -> None:
    run = play(
        start(),
        sub(
            "box",
            start("in"),
            user("u"),
            user("v"),
            end("out"),
            path("in", "u", "v", "out"),
            loop=each("items", "item"),
        ),
        end(),
        path("begin", "box", "end"),
        items=ITEMS,
    )

    for item in ITEMS:
        run.complete("u", at={"item": item}, mine=item)

    for item in ITEMS:
        run.complete("v", at={"item": item, "mine": item})
    assert run.completed


def test_the_rounds_count_as_the_standard_says(play: Play) -> None:
    until = "nrOfCompletedInstances >= 2 and nrOfInstances == 3 and nrOfActiveInstances == 1"
    run = done(play, listed(until=until), items=ITEMS)
    run.complete("u", at={"item": "C"}, res=1)
    before = run.open()

    run.complete("u", at={"item": "A"}, res=2)

    assert before == ["u", "u"]
    assert run.data["outs"] == [2, 1]
    assert run.open() == ["n"]


def test_a_condition_may_ask_what_a_round_has_written(play: Play) -> None:
    run = done(play, listed(until="res == 0"), items=ITEMS)

    run.complete("u", at={"item": "A"}, res=1)
    run.complete("u", at={"item": "B"}, res=0)

    assert run.data["outs"] == [1, 0]
    assert run.open() == ["n"]


def test_in_a_row_each_round_waits_for_the_one_before(play: Play) -> None:
    run = done(play, listed(sequential=True), items=ITEMS)

    for item in ITEMS:
        assert run.open() == ["u"]
        assert run.seen("u")["item"] == item
        run.complete("u", res=item)

    assert run.data["outs"] == ITEMS
    assert run.open() == ["n"]


def test_in_a_row_one_round_is_active(play: Play) -> None:
    until = "nrOfActiveInstances == 0 and nrOfCompletedInstances == 2"
    run = done(play, times("3", sequential=True, until=until))

    run.complete("u")
    before = run.open()
    run.complete("u")

    assert before == ["u"]
    assert run.open() == ["n"]


def test_a_list_that_changes_meanwhile_changes_nothing(play: Play) -> None:
    run = done(play, listed(sequential=True), items=ITEMS)
    run.complete("u", res=1)

    run.write(items=[])

    assert run.seen("u")["item"] == "B"


@pytest.mark.parametrize("loop", [listed(), listed(sequential=True), times("0")])
def test_without_a_round_the_token_goes_on(play: Play, loop: str) -> None:
    run = done(play, loop, items=[])

    assert run.open() == ["n"]
    assert run.data.get("outs", []) == []


@pytest.mark.parametrize("count", [-1, 1.5, True, "x", None, 1001])
def test_what_is_no_number_of_times_is_an_incident(play: Play, count: object) -> None:
    run = done(play, times("n"), n=count)
    failed = run.incidents()
    run.write(n=1)

    run.retry("u")

    assert failed == ["u"]
    assert run.open() == ["u"]


def test_a_condition_that_fails_is_an_incident_of_its_round(play: Play) -> None:
    run = done(play, times("2", until="x > 1"))
    run.complete("u")
    failed = (run.incidents(), run.open())
    run.write(x=0)

    run.retry("u")
    run.complete("u")

    assert failed == (["u"], ["u"])
    assert run.open() == ["n"]


def test_the_second_time_round_begins_anew(play: Play) -> None:
    run = play(
        start(),
        user("u", loop=listed()),
        choice("x", default="end"),
        end(),
        path("begin", "u", "x", "end"),
        flow("x", "u", "not ok"),
        items=["A", "B"],
        item="outer",
        ok=False,
    )
    for item, res in (("B", 1), ("A", 2)):
        run.complete("u", at={"item": item}, res=res)
    first = run.data["outs"]

    run.write(ok=True)
    for item, res in (("A", 7), ("B", 8)):
        run.complete("u", at={"item": item}, res=res)

    assert (first, run.data["outs"]) == ([2, 1], [7, 8])
    assert run.data["item"] == "outer"
    assert run.completed


def test_a_receive_task_for_each_waits_for_as_many_messages(play: Play) -> None:
    run = play(
        start(),
        receive(
            "r",
            "ask",
            key="item",
            take="res",
            loop=each("items", "item", output="outs", output_item="res"),
        ),
        end(),
        path("begin", "r", "end"),
        items=["A", "B"],
    )

    taken = [run.message("ask", key, res=key) for key in ("B", "B", "A")]

    assert taken == [True, False, True]
    assert run.data["outs"] == ["A", "B"]
    assert run.completed


def test_an_operation_for_each_is_done_for_each(play: Play) -> None:
    run = play(
        start(),
        service("s", "note", loop=each("items", "item", output="outs", output_item="mark")),
        end(),
        path("begin", "s", "end"),
        items=ITEMS,
    )

    assert run.done == ["s"] * 3
    assert run.data["outs"] == [1, 2, 3]


def test_jobs_for_each_end_in_any_order(play: Play) -> None:
    run = play(
        start(),
        service("s", "note", loop=times("3")),
        user("n"),
        end(),
        path("begin", "s", "n", "end"),
        host={"slow": True},
    )
    waiting = run.errands()

    for _ in range(3):
        assert run.open() == []
        run.finish("s", mark=1)

    assert waiting == ["s"] * 3
    assert run.open() == ["n"]


def test_rounds_may_have_branches_of_their_own(play: Play) -> None:
    run = play(
        start(),
        sub(
            "box",
            start("in"),
            parallel("fork"),
            user("a"),
            user("b"),
            parallel("join"),
            service("s", "note"),
            end("out"),
            path("in", "fork", "a", "join", "s", "out"),
            path("fork", "b", "join"),
            loop=each("items", "item"),
        ),
        end(),
        path("begin", "box", "end"),
        items=["A", "B"],
    )
    run.complete("a", at={"item": "A"})
    run.complete("b", at={"item": "B"})
    crossed = run.done.copy()

    run.complete("b", at={"item": "A"})
    run.complete("a", at={"item": "B"})

    assert crossed == []
    assert run.done == ["s", "s"]
    assert run.completed


def test_rounds_within_rounds(play: Play) -> None:
    inner = user("u", loop=each("item", "one", output="inner", output_item="res"))
    run = play(
        start(),
        sub(
            "box",
            start("in"),
            inner,
            end("out"),
            path("in", "u", "out"),
            loop=each("items", "item", output="outs", output_item="inner"),
        ),
        end(),
        path("begin", "box", "end"),
        items=[[1, 2], [3]],
    )

    for one in (3, 2, 1):
        run.complete("u", at={"one": one}, res=one * 10)

    assert run.data["outs"] == [[10, 20], [30]]
    assert run.completed


def test_a_boundary_event_stands_on_all_rounds_at_once(play: Play) -> None:
    run = play(
        start(),
        user("u", loop=times("3")),
        boundary("asked", "u", message="ask", key='"k"'),
        service("h", "note"),
        end("asked_end"),
        path("asked", "h", "asked_end"),
        end(),
        path("begin", "u", "end"),
    )

    run.message("ask")

    assert run.done == ["h"]
    assert run.open() == ["u"] * 3


def test_a_loop_goes_on_while_its_condition_holds(play: Play) -> None:
    run = done(play, again('outcome == "again"'))

    run.complete("u", outcome="again", x=1)
    run.complete("u", outcome="again", x=2)
    before = run.open()
    run.complete("u", outcome="enough", x=3)

    assert before == ["u"]
    assert run.open() == ["n"]
    assert run.data == {"x": 3}


def test_a_loop_that_is_tested_before_may_do_nothing(play: Play) -> None:
    run = done(play, again("more", before=True), more=False)

    assert run.open() == ["n"]


def test_a_loop_has_a_limit(play: Play) -> None:
    run = done(play, again("more", most=3), more=True)

    for _ in range(3):
        assert run.open() == ["u"]
        run.complete("u")

    assert run.open() == ["n"]


def test_a_loop_counts_its_rounds(play: Play) -> None:
    run = done(play, again("loopCounter < 2"))
    counted = []

    while run.open() == ["u"]:
        counted.append(run.seen("u")["loopCounter"])
        run.complete("u")

    assert counted == [0, 1, 2]
    assert "loopCounter" not in run.seen("n")


def test_a_sub_process_loops_with_what_it_wrote(play: Play) -> None:
    run = play(
        start(),
        sub(
            "box",
            start("in"),
            user("u"),
            end("out"),
            path("in", "u", "out"),
            loop=again("n < 3"),
        ),
        end(),
        path("begin", "box", "end"),
        n=0,
    )

    for n in (1, 2, 3):
        assert run.open() == ["u"]
        run.complete("u", n=n)

    assert run.completed
    assert run.data == {"n": 3}


def test_a_call_loops_with_what_it_takes(play: Play) -> None:
    run = play(
        start(),
        call("c", "q", takes={"n": "m"}, loop=again("n < 2")),
        end(),
        path("begin", "c", "end"),
        n=0,
    )

    run.child_ended("c", m=1)
    before = run.called()
    run.child_ended("c", m=2)

    assert before == ["c"]
    assert run.completed
    assert run.data == {"n": 2}
