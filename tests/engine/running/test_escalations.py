"""Escalations: told to the nearest handler, which may leave the rest running."""

import pytest

from engine.diagrams import EventKind
from tests.engine.drawing import (
    boundary,
    call,
    end,
    parallel,
    path,
    service,
    start,
    sub,
    throw,
    user,
)
from tests.engine.running.conftest import Play
from tests.engine.running.twins import Twins, kinds


def told(play: Play, *, interrupting: bool, code: str = "X", on: str = "X") -> Twins:
    """Play a sub-process that escalates beside a task, with a handler on its boundary."""
    return play(
        start(),
        sub(
            "a",
            start("in"),
            parallel("fork"),
            throw("t", escalation=code),
            service("b", "note"),
            user("u"),
            end("out"),
            path("in", "fork", "t", "b", "out"),
            path("fork", "u", "out"),
        ),
        boundary("told", "a", interrupting=interrupting, escalation=on),
        service("h", "note"),
        end("told_end"),
        path("told", "h", "told_end"),
        service("later", "note"),
        end(),
        path("begin", "a", "later", "end"),
    )


def test_nobody_has_to_hear_it(play: Play) -> None:
    run = play(
        start(),
        throw("t", escalation="X"),
        service("n", "note"),
        end("end", escalation="X"),
        path("begin", "t", "n", "end"),
    )

    assert run.done == ["n"]
    assert run.completed
    assert run.sent == []


def test_it_may_leave_the_rest_running(play: Play) -> None:
    run = told(play, interrupting=False)
    beside = (sorted(run.done), run.open())

    run.complete("u")

    assert beside == (["b", "h"], ["u"])
    assert run.done[-1] == "later"
    assert run.completed


def test_it_may_stop_the_rest_at_once(play: Play) -> None:
    run = told(play, interrupting=True)

    assert run.done == ["h"]
    assert run.completed


@pytest.mark.parametrize(("on", "heard"), [("", True), ("X", True), ("Y", False)])
def test_a_code_is_heard_by_its_own_catcher_or_by_that_of_all(
    play: Play, on: str, *, heard: bool
) -> None:
    run = told(play, interrupting=False, on=on)

    assert ("h" in run.done) is heard


def test_it_is_heard_as_often_as_it_is_thrown(play: Play) -> None:
    run = play(
        start(),
        sub(
            "a",
            start("in"),
            throw("t", escalation="X"),
            throw("t2", escalation="X"),
            end("out"),
            path("in", "t", "t2", "out"),
        ),
        boundary("told", "a", escalation="X"),
        service("h", "note"),
        end("told_end"),
        path("told", "h", "told_end"),
        service("later", "note"),
        end(),
        path("begin", "a", "later", "end"),
    )

    assert sorted(run.done) == ["h", "h", "later"]
    assert run.completed


def test_an_end_may_escalate_and_its_branch_is_over(play: Play) -> None:
    run = play(
        start(),
        sub("a", start("in"), end("out", escalation="X"), path("in", "out")),
        boundary("told", "a", escalation="X"),
        service("h", "note"),
        end("told_end"),
        path("told", "h", "told_end"),
        service("later", "note"),
        end(),
        path("begin", "a", "later", "end"),
    )

    assert sorted(run.done) == ["h", "later"]
    assert run.completed


def test_in_a_called_process_its_caller_hears_it(play: Play) -> None:
    run = play(
        start(),
        throw("t", escalation="X"),
        user("u"),
        end(),
        path("begin", "t", "u", "end"),
        host={"called": True},
    )

    assert kinds(run.sent) == [(EventKind.ESCALATION, "X")]
    assert run.open() == ["u"]


@pytest.mark.parametrize("interrupting", [True, False])
def test_that_of_a_called_instance_is_heard_at_the_call(play: Play, *, interrupting: bool) -> None:
    run = play(
        start(),
        call("units", "q"),
        boundary("told", "units", interrupting=interrupting, escalation="X"),
        service("h", "note"),
        end("told_end"),
        path("told", "h", "told_end"),
        end(),
        path("begin", "units", "end"),
    )

    run.child_escalates("units", "X")

    assert run.done == ["h"]
    assert run.called() == ([] if interrupting else ["units"])
    assert run.completed is interrupting
