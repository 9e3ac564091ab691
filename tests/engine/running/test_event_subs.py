"""Event sub-processes: they listen while their scope is open, and handle beside it or instead."""

from collections.abc import Callable
from typing import Final

import pytest

from tests.engine.drawing import (
    boundary,
    call,
    catch,
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
from tests.engine.running.twins import Twins

TRIGGERS: Final[dict[str, tuple[dict[str, str], Callable[[Twins], object]]]] = {
    "message": ({"message": "ask", "key": '"k"'}, lambda run: run.message("ask")),
    "signal": ({"signal": "go"}, lambda run: run.signal("go")),
    "timer": ({"duration": "PT1H"}, lambda run: run.tick(1)),
    "condition": ({"condition": "x > 3"}, lambda run: run.write(x=5)),
}
WHERE: Final = ("process", "sub-process")


def handler(*, interrupting: bool, **event: str) -> str:
    """Draw an event sub-process that does one thing."""
    return event_sub(
        "es",
        start("heard", interrupting=interrupting, **event),
        service("handle", "note"),
        end("handled"),
        path("heard", "handle", "handled"),
    )


def within(where: str, *body: str) -> tuple[str, ...]:
    """Return the body as a process, or as its sub-process ``box``, before ``later``."""
    if where == "process":
        return body
    box = sub("box", *body)
    around = path("begin_all", "box", "later", "end_all")
    return (start("begin_all"), box, service("later", "note"), end("end_all"), around)


def worked(*more: str) -> tuple[str, ...]:
    """Draw a task and what follows it."""
    row = path("begin", "work", "next", "end")
    return (start(), user("work"), service("next", "note"), end(), row, *more)


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("event", TRIGGERS)
def test_an_interrupting_one_stops_all_else_and_its_scope_ends_well(
    play: Play, event: str, where: str
) -> None:
    drawn, trigger = TRIGGERS[event]
    run = play(*within(where, *worked(handler(interrupting=True, **drawn))), x=1)
    before = (run.open(), run.done.copy())

    trigger(run)

    assert before == (["work"], [])
    assert run.done == ["handle", *(["later"] if where != "process" else [])]
    assert run.completed


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("event", TRIGGERS)
def test_one_that_does_not_interrupt_handles_beside_the_work(
    play: Play, event: str, where: str
) -> None:
    drawn, trigger = TRIGGERS[event]
    run = play(*within(where, *worked(handler(interrupting=False, **drawn))), x=1)

    trigger(run)
    beside = run.open()
    run.complete("work")

    assert beside == ["work"]
    assert run.done == ["handle", "next", *(["later"] if where != "process" else [])]
    assert run.completed


@pytest.mark.parametrize("event", ["message", "signal"])
def test_one_that_does_not_interrupt_hears_every_time(play: Play, event: str) -> None:
    drawn, trigger = TRIGGERS[event]
    run = play(*worked(handler(interrupting=False, **drawn)))

    for _ in range(3):
        trigger(run)

    assert run.done == ["handle"] * 3


def test_a_condition_is_heard_each_time_that_it_becomes_true(play: Play) -> None:
    run = play(*worked(handler(interrupting=False, condition="x > 3")), x=1)

    for x in (4, 5, 2, 6):
        run.write(x=x)

    assert run.done == ["handle"] * 2


def test_a_cycle_is_heard_as_often_as_it_says(play: Play) -> None:
    run = play(*within("sub-process", *worked(handler(interrupting=False, cycle="R3/PT10M"))))

    for _ in range(5):
        run.tick(0.2)

    assert run.done == ["handle"] * 3
    run.complete("work")
    assert run.completed


def thrown(event: str) -> tuple[str, ...]:
    """Draw two branches, the first of which ends by throwing."""
    return (
        start(),
        parallel("fork"),
        user("work"),
        user("other"),
        end("end", **{event: "E"}),
        end("other_end"),
        path("begin", "fork", "work", "end"),
        path("fork", "other", "other_end"),
    )


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("event", ["error", "escalation"])
def test_what_is_thrown_in_its_scope_interrupts_it(play: Play, event: str, where: str) -> None:
    run = play(*within(where, *thrown(event), handler(interrupting=True, **{event: "E"})))
    before = run.done.copy()

    run.complete("work")

    assert before == []
    assert run.done[0] == "handle"
    assert run.completed


def test_an_escalation_is_handled_beside_the_rest_as_often_as_it_is_thrown(play: Play) -> None:
    run = play(
        *within(
            "sub-process",
            start(),
            throw("t", escalation="X"),
            service("b", "note"),
            throw("t2", escalation="X"),
            service("c", "note"),
            end(),
            path("begin", "t", "b", "t2", "c", "end"),
            handler(interrupting=False, escalation="X"),
        )
    )

    assert sorted(run.done) == ["b", "c", "handle", "handle", "later"]
    assert run.completed


def test_an_interrupting_escalation_stops_at_once(play: Play) -> None:
    run = play(
        start(),
        throw("t", escalation="X"),
        service("b", "note"),
        end(),
        path("begin", "t", "b", "end"),
        handler(interrupting=True, escalation="X"),
    )

    assert run.done == ["handle"]
    assert run.completed


def test_a_task_in_a_handler_keeps_the_scope_open(play: Play) -> None:
    run = play(
        *worked(),
        event_sub(
            "es",
            start("heard", interrupting=False, signal="go"),
            user("h"),
            end("handled"),
            path("heard", "h", "handled"),
        ),
    )
    run.signal("go")
    run.signal("go")
    opened = run.open()

    run.complete("work")
    held = run.completed
    run.complete("h")
    run.complete("h")

    assert opened == ["h", "h", "work"]
    assert not held
    assert run.completed


def nested(*last: str) -> tuple[str, ...]:
    """Draw a sub-process that throws ``E``, a handler in it that ends so, and one around it."""
    inner = event_sub(
        "near",
        start("near_heard", interrupting=True, error="E"),
        service("inner", "note"),
        *last,
        path("near_heard", "inner", "near_end"),
    )
    outer = event_sub(
        "far",
        start("far_heard", interrupting=True, error="E"),
        service("outer", "note"),
        end("far_end"),
        path("far_heard", "outer", "far_end"),
    )
    box = sub("box", start("in"), end("out", error="E"), flow("in", "out"), inner)
    return (start(), box, end(), path("begin", "box", "end"), outer)


def test_the_nearest_handler_wins(play: Play) -> None:
    run = play(*nested(end("near_end")))

    assert run.done == ["inner"]
    assert run.completed


def test_an_error_of_a_handler_goes_further_out(play: Play) -> None:
    run = play(*nested(end("near_end", error="E")))

    assert run.done == ["inner", "outer"]
    assert run.completed


@pytest.mark.parametrize("interrupting", [True, False])
def test_what_a_handler_throws_is_not_heard_by_its_own_listener(
    play: Play, *, interrupting: bool
) -> None:
    run = play(
        start(),
        throw("t", escalation="X"),
        service("n", "note"),
        end(),
        path("begin", "t", "n", "end"),
        event_sub(
            "es",
            start("heard", interrupting=interrupting, escalation="X"),
            service("h", "note"),
            throw("again", escalation="X"),
            end("handled"),
            path("heard", "h", "again", "handled"),
        ),
    )

    assert sorted(run.done) == (["h"] if interrupting else ["h", "n"])
    assert run.completed


def test_what_a_handler_throws_is_not_heard_by_its_siblings(play: Play) -> None:
    run = play(
        *within(
            "sub-process",
            *worked(),
            event_sub(
                "es",
                start("heard", interrupting=True, signal="go"),
                end("fails", error="E"),
                flow("heard", "fails"),
            ),
            event_sub(
                "sibling",
                start("never", interrupting=True, error="E"),
                service("wrong", "note"),
                end("never_end"),
                path("never", "wrong", "never_end"),
            ),
        ),
        boundary("failed", "box", interrupting=True, error="E"),
        service("right", "note"),
        end("failed_end"),
        path("failed", "right", "failed_end"),
    )

    run.signal("go")

    assert run.done == ["right"]
    assert run.completed


def test_an_interrupting_one_disarms_the_other_listeners(play: Play) -> None:
    run = play(
        *worked(),
        event_sub(
            "es",
            start("heard", interrupting=True, signal="go"),
            user("h"),
            end("handled"),
            path("heard", "h", "handled"),
        ),
        event_sub(
            "other",
            start("asked", interrupting=False, message="ask", key='"k"'),
            user("answer"),
            end("answered"),
            path("asked", "answer", "answered"),
        ),
    )
    run.message("ask")

    run.signal("go")

    assert run.open() == ["h"]
    assert not run.message("ask")
    assert run.waiting() == []


def test_each_round_of_a_repeated_sub_process_listens_for_itself(play: Play) -> None:
    run = play(
        start(),
        sub(
            "box",
            start("in"),
            user("u"),
            end("out"),
            path("in", "u", "out"),
            handler(interrupting=False, signal="go"),
            loop=times("2"),
        ),
        service("later", "note"),
        end(),
        path("begin", "box", "later", "end"),
    )

    run.signal("go")
    run.complete("u")
    run.complete("u")

    assert run.done == ["handle", "handle", "later"]
    assert run.completed


def test_a_boundary_event_around_it_clears_all_of_it(play: Play) -> None:
    run = play(
        start(),
        sub(
            "box",
            start("in"),
            user("u"),
            end("out"),
            path("in", "u", "out"),
            event_sub(
                "es",
                start("heard", interrupting=False, signal="go"),
                user("h"),
                end("handled"),
                path("heard", "h", "handled"),
            ),
        ),
        boundary("late", "box", interrupting=True, duration="PT5H"),
        service("rescue", "note"),
        end("rescued"),
        path("late", "rescue", "rescued"),
        end(),
        path("begin", "box", "end"),
    )
    run.signal("go")
    opened = run.open()

    run.tick(6)

    assert opened == ["h", "u"]
    assert run.done == ["rescue"]
    assert run.completed


def test_a_handler_waits_and_calls_like_any_process(play: Play) -> None:
    run = play(
        *worked(),
        event_sub(
            "es",
            start("heard", interrupting=True, signal="go"),
            catch("pause", duration="PT2H"),
            call("units", "q"),
            end("handled"),
            path("heard", "pause", "units", "handled"),
        ),
    )
    run.signal("go")

    run.tick(2)
    called = run.called()
    run.child_ended("units")

    assert called == ["units"]
    assert run.completed


def test_what_a_handler_writes_is_the_scopes_once_it_has_ended(play: Play) -> None:
    run = play(
        *worked(),
        event_sub(
            "es",
            start("heard", interrupting=False, signal="go"),
            user("h"),
            end("handled"),
            path("heard", "h", "handled"),
        ),
        x=1,
    )
    run.signal("go")

    run.complete("h", x=2)

    assert run.seen("work")["x"] == 2


def test_a_handler_in_a_handler_hears_what_its_scope_throws(play: Play) -> None:
    run = play(
        *worked(),
        event_sub(
            "es",
            start("heard", interrupting=True, signal="go"),
            user("h"),
            end("fails", error="E"),
            path("heard", "h", "fails"),
            event_sub(
                "inner",
                start("failed", interrupting=True, error="E"),
                service("mend", "note"),
                end("mended"),
                path("failed", "mend", "mended"),
            ),
        ),
    )
    run.signal("go")

    run.complete("h")

    assert run.done == ["mend"]
    assert run.completed


def test_a_listener_whose_rule_fails_does_not_hold_its_scope(play: Play) -> None:
    run = play(*worked(handler(interrupting=False, condition="1 / x > 0")), x=0)
    failed = run.incidents()

    run.complete("work")

    assert failed == ["es"]
    assert run.completed


def test_a_listener_that_has_failed_listens_again(play: Play) -> None:
    run = play(*worked(handler(interrupting=False, condition="1 / x > 0")), x=0)
    run.write(x=1)

    run.retry("es")

    assert run.done == ["handle"]
    assert run.open() == ["work"]
