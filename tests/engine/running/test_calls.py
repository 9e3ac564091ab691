"""Call activities: what is given and taken, how the instances are counted, what may stop them."""

import pytest

from tests.engine.drawing import (
    boundary,
    call,
    choice,
    each,
    end,
    flow,
    path,
    service,
    start,
    sub,
    times,
    user,
)
from tests.engine.running.conftest import Play


def test_what_is_named_is_given_and_taken_and_nothing_else(play: Play) -> None:
    run = play(
        start(),
        call("c", "q", keep="kept", gives={"twice": "n * 2"}, takes={"result": "m + 1"}),
        end(),
        path("begin", "c", "end"),
        n=2,
        kept="k",
        secret=1,
    )
    given = run.calls

    run.child_ended("c", m=4, other="o")

    assert given == [("c", 0, None, {"kept": "k", "twice": 4})]
    assert run.data == {"n": 2, "kept": "k", "secret": 1, "result": 5}
    assert run.completed


@pytest.mark.parametrize("sequential", [False, True])
def test_each_instance_gets_its_element_and_its_number(play: Play, *, sequential: bool) -> None:
    run = play(
        start(),
        call(
            "c",
            "q",
            takes={"res": "m"},
            loop=each("items", "item", sequential=sequential, output="outs", output_item="res"),
        ),
        end(),
        path("begin", "c", "end"),
        items=["A", "B"],
    )

    for index in range(2):
        run.child_ended("c", index, m=index)

    assert run.calls == [("c", 0, "A", {"item": "A"}), ("c", 1, "B", {"item": "B"})]
    assert run.data["outs"] == [0, 1]
    assert run.completed


def test_results_of_instances_stand_in_the_order_of_the_list(play: Play) -> None:
    run = play(
        start(),
        call(
            "c",
            "q",
            takes={"res": "m"},
            loop=each("items", "item", output="outs", output_item="res"),
        ),
        end(),
        path("begin", "c", "end"),
        items=["A", "B", "C"],
    )

    for index in (2, 0, 1):
        assert not run.completed
        run.child_ended("c", index, m=index)

    assert run.data["outs"] == [0, 1, 2]
    assert run.completed


def test_enough_instances_end_the_call(play: Play) -> None:
    run = play(
        start(),
        call("c", "q", takes={"ok": "ok"}, loop=times("3", until="ok")),
        user("n"),
        end(),
        path("begin", "c", "n", "end"),
    )

    run.child_ended("c", 1, ok=False)
    before = run.called()
    run.child_ended("c", 0, ok=True)

    assert before == ["c"]
    assert (run.called(), run.open()) == ([], ["n"])


def test_an_instance_that_ends_while_another_has_failed_is_counted(play: Play) -> None:
    run = play(
        start(),
        call("c", "q", takes={"res": "m"}, loop=times("2", output="outs", output_item="res")),
        end(),
        path("begin", "c", "end"),
    )
    run.child_failed("c", "E", 0)

    run.child_ended("c", 1, m=1)
    failed = run.incidents()
    run.retry("c")
    run.child_ended("c", 0, m=0)

    assert failed == ["c"]
    assert [index for _, index, *_ in run.calls] == [0, 1, 0]
    assert run.data["outs"] == [0, 1]
    assert run.completed


def test_each_instance_that_has_failed_is_called_again(play: Play) -> None:
    run = play(
        start(),
        call("c", "q", loop=each("items", "item", until="False")),
        end(),
        path("begin", "c", "end"),
        items=["A", "B", "C"],
    )
    run.child_failed("c", "E", 0, "A")
    run.child_failed("c", "E", 2, "C")
    run.child_ended("c", 1)

    run.retry("c")

    assert [(index, item) for _, index, item, _ in run.calls[3:]] == [(0, "A"), (2, "C")]
    run.child_ended("c", 2)
    run.child_ended("c", 0)
    assert run.completed


def test_what_cannot_be_taken_is_an_incident_and_the_instance_is_not_called_again(
    play: Play,
) -> None:
    run = play(
        start(),
        call("c", "q", takes={"res": "1 / m"}),
        user("n"),
        end(),
        path("begin", "c", "n", "end"),
    )
    run.child_ended("c", m=0)
    failed = run.incidents()

    run.retry("c")

    assert failed == ["c"]
    assert run.incidents() == ["c"]
    assert len(run.calls) == 1


def test_a_condition_that_cannot_be_told_is_an_incident_that_forgets_no_instance(
    play: Play,
) -> None:
    run = play(
        start(),
        call(
            "c",
            "q",
            takes={"res": "m"},
            loop=times("3", output="outs", output_item="res", until="res > limit"),
        ),
        end(),
        path("begin", "c", "end"),
    )
    run.child_ended("c", 1, m=1)
    run.child_ended("c", 0, m=0)
    failed = run.incidents()
    run.write(limit=5)

    run.retry("c")
    again = (run.incidents(), run.called(), len(run.calls))
    run.child_ended("c", 2, m=2)

    assert failed == ["c"]
    assert again == ([], ["c"], 3)
    assert run.data["outs"] == [0, 1, 2]
    assert run.completed


def test_an_interrupting_event_on_a_call_gives_it_up(play: Play) -> None:
    run = play(
        start(),
        call("c", "q", loop=times("2")),
        boundary("late", "c", interrupting=True, duration="PT1H"),
        user("rescue"),
        end("rescued"),
        path("late", "rescue", "rescued"),
        end(),
        path("begin", "c", "end"),
    )

    run.tick(1)

    assert run.called() == []
    assert run.open() == ["rescue"]


def test_an_interrupting_event_gives_up_a_call_that_has_failed(play: Play) -> None:
    run = play(
        start(),
        call("c", "q"),
        boundary("late", "c", interrupting=True, duration="PT1H"),
        service("rescue", "note"),
        end("rescued"),
        path("late", "rescue", "rescued"),
        end(),
        path("begin", "c", "end"),
    )
    run.child_failed("c", "E")

    run.tick(1)

    assert run.done == ["rescue"]
    assert run.completed


def test_a_call_in_a_loop_calls_each_time(play: Play) -> None:
    run = play(
        start(),
        sub(
            "box",
            start("in"),
            call("c", "q", keep="n"),
            user("u"),
            choice("again", default="out"),
            end("out"),
            path("in", "c", "u", "again", "out"),
            flow("again", "c", "n < 3"),
        ),
        end(),
        path("begin", "box", "end"),
        n=0,
    )

    for n in (1, 2, 3):
        run.child_ended("c")
        run.complete("u", n=n)

    assert [given["n"] for *_, given in run.calls] == [0, 1, 2]
    assert run.completed


@pytest.mark.parametrize("sequential", [False, True])
def test_an_instance_that_is_withdrawn_leaves_no_result(play: Play, *, sequential: bool) -> None:
    run = play(
        start(),
        call(
            "c",
            "q",
            takes={"res": "m"},
            loop=each("items", "item", sequential=sequential, output="outs", output_item="res"),
        ),
        end(),
        path("begin", "c", "end"),
        items=["A", "B", "C"],
        res="outer",
    )

    run.child_ended("c", 0, m=0)
    run.child_cancelled("c", 1)
    before = run.completed
    run.child_ended("c", 1 if sequential else 2, m=2)

    assert not before
    assert run.data["outs"] == [0, 2]
    assert run.completed


def test_the_last_instance_that_is_withdrawn_ends_the_call(play: Play) -> None:
    run = play(
        start(),
        call("c", "q", loop=times("2", until="False")),
        end(),
        path("begin", "c", "end"),
    )
    run.child_ended("c", 1)

    run.child_cancelled("c", 0)

    assert run.completed
