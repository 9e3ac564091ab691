"""Signals reach everyone who waits for them, a message reaches one."""

import pytest

from engine.diagrams import EventKind
from tests.engine.drawing import (
    boundary,
    catch,
    end,
    flow,
    parallel,
    path,
    race,
    receive,
    send_task,
    service,
    start,
    sub,
    throw,
    user,
)
from tests.engine.running.conftest import Play
from tests.engine.running.twins import kinds


@pytest.mark.parametrize("where", ["throw", "end"])
def test_a_signal_is_heard_in_its_own_instance_and_goes_out(play: Play, where: str) -> None:
    last = (
        (throw("t", signal="go"), end(), path("t", "end"))
        if where == "throw"
        else (end("t", signal="go"),)
    )
    run = play(
        start(),
        parallel("fork"),
        user("u"),
        *last,
        catch("c", signal="go"),
        service("got", "note"),
        end("got_end"),
        path("begin", "fork", "u", "t"),
        path("fork", "c", "got", "got_end"),
    )

    run.complete("u")

    assert run.done == ["got"]
    assert run.completed
    assert kinds(run.sent) == [(EventKind.SIGNAL, "go")]


def test_a_signal_reaches_all_who_wait(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        catch("a", signal="go"),
        catch("b", signal="go"),
        catch("c", signal="other"),
        end(),
        *(path("fork", name, "end") for name in "abc"),
        path("begin", "fork"),
    )

    run.signal("go")

    assert run.waiting() == ["c"]


def test_a_signal_stops_its_own_thrower_at_once(play: Play) -> None:
    run = play(
        start(),
        sub(
            "a",
            start("in"),
            parallel("fork"),
            throw("t", signal="go"),
            service("b", "note"),
            user("u"),
            end("out"),
            path("in", "fork", "t", "b", "out"),
            path("fork", "u", "out"),
        ),
        boundary("heard", "a", interrupting=True, signal="go"),
        service("h", "note"),
        end("heard_end"),
        path("heard", "h", "heard_end"),
        service("later", "note"),
        end(),
        path("begin", "a", "later", "end"),
    )

    assert run.done == ["h"]
    assert run.completed


@pytest.mark.parametrize("first", ["beside", "instead"])
def test_one_signal_fires_each_event_on_a_boundary_in_any_order(play: Play, first: str) -> None:
    events = [
        boundary("beside", "work", signal="go") + service("b", "note"),
        boundary("instead", "work", interrupting=True, signal="go") + service("i", "note"),
    ]
    run = play(
        start(),
        user("work"),
        *(events if first == "beside" else reversed(events)),
        end(),
        path("begin", "work", "end"),
        path("beside", "b", "end"),
        path("instead", "i", "end"),
    )

    run.signal("go")

    assert sorted(run.done) == ["b", "i"]
    assert run.completed


def test_a_message_reaches_one_catcher(play: Play) -> None:
    run = play(
        start(),
        parallel("fork"),
        receive("a", "ask", key='"k"'),
        receive("b", "ask", key='"k"'),
        service("n", "note"),
        end(),
        path("begin", "fork", "a", "n", "end"),
        path("fork", "b", "n"),
    )

    taken = [run.message("ask") for _ in range(3)]

    assert taken == [True, True, False]
    assert run.done == ["n", "n"]
    assert run.completed


def test_a_message_is_for_those_who_wait_with_its_key(play: Play) -> None:
    run = play(
        start(), receive("a", "ask", key="number"), end(), path("begin", "a", "end"), number=7
    )

    taken = [run.message("ask", "8"), run.message("other", "7"), run.message("ask", "7")]

    assert taken == [False, False, True]


def test_a_message_carries_what_it_says_and_gives_what_is_asked_for(play: Play) -> None:
    run = play(
        start(),
        receive("a", "ask", key='"k"', take="mine"),
        send_task("t", "told", key="number", say={"no": "number + mine"}),
        end(),
        path("begin", "a", "t", "end"),
        number=1,
        secret="hidden",
    )

    run.message("ask", mine=7, number=9)

    (told,) = run.sent
    assert (told.name, told.key, told.payload) == ("told", "1", {"no": 8})
    assert run.data == {"number": 1, "secret": "hidden", "mine": 7}


@pytest.mark.parametrize("how", ["task", "throw", "end"])
def test_a_message_is_first_for_ones_own_instance(play: Play, how: str) -> None:
    thrown = {
        "task": send_task("t", "told") + end("t_end") + path("t", "t_end"),
        "throw": throw("t", message="told", key='"k"') + end("t_end") + path("t", "t_end"),
        "end": end("t", message="told", key='"k"'),
    }
    run = play(
        start(),
        parallel("fork"),
        user("u"),
        thrown[how],
        catch("c", message="told", key='"k"'),
        end(),
        path("begin", "fork", "u", "t"),
        path("fork", "c", "end"),
    )

    run.complete("u")

    assert run.completed
    assert run.sent == []


def test_a_message_on_a_boundary_may_come_often(play: Play) -> None:
    run = play(
        start(),
        user("work"),
        boundary("asked", "work", message="ask", key='"k"'),
        service("h", "note"),
        end("asked_end"),
        path("asked", "h", "asked_end"),
        end(),
        path("begin", "work", "end"),
    )

    taken = [run.message("ask") for _ in range(3)]
    run.complete("work")

    assert taken == [True] * 3
    assert run.done == ["h"] * 3
    assert run.completed


def test_a_race_is_won_once(play: Play) -> None:
    run = play(
        start(),
        race("r"),
        catch("a", signal="go"),
        catch("b", signal="go"),
        service("n", "note"),
        end(),
        path("begin", "r", "a", "n", "end"),
        path("r", "b", "n"),
    )

    run.signal("go")

    assert run.done == ["n"]
    assert run.completed


def test_a_throw_about_nothing_is_passed(play: Play) -> None:
    run = play(start(), throw("t"), user("u"), end(), path("begin", "t", "u", "end"))

    assert run.open() == ["u"]
    assert run.sent == []


def test_a_key_that_cannot_be_told_is_an_incident_and_nothing_is_sent(play: Play) -> None:
    run = play(
        start(),
        send_task("t", "told", key="1 / x"),
        end(),
        flow("begin", "t"),
        flow("t", "end"),
        x=0,
    )
    failed = (run.incidents(), run.sent.copy())
    run.write(x=1)

    run.retry("t")

    assert failed == (["t"], [])
    assert kinds(run.sent) == [(EventKind.MESSAGE, "told")]
    assert run.completed
