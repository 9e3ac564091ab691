"""Small processes with events on boundaries, each with what is to be said of it."""

from typing import Final

from tests.engine.drawing import (
    again,
    boundary,
    call,
    catch,
    choice,
    diagram,
    each,
    end,
    flow,
    inclusive,
    parallel,
    path,
    race,
    service,
    start,
    throw,
    times,
    user,
)
from tests.engine.soundness.gateways import TWO, X

SPLIT: Final = (
    start(),
    parallel("split"),
    *TWO,
    parallel("join"),
    end(),
    path("begin", "split", "a", "join", "end"),
    path("split", "b", "join"),
)


def joined(*more: str) -> bytes:
    """Return two tasks side by side that are joined, and more."""
    return diagram("p", *SPLIT, *more)


def alone(task: str, *more: str) -> bytes:
    """Return one activity ``x``, and what hangs on it."""
    return diagram("p", start(), task, end(), *more, path("begin", "x", "end"))


EVENTS: Final[dict[str, tuple[bytes, set[str]]]] = {
    "a reminder": (
        joined(boundary("late", "a", cycle="R/PT1H"), end("told"), flow("late", "told")),
        set(),
    ),
    "a branch that begins beside a task": (
        joined(
            boundary("asked", "a", message="ask"),
            user("c"),
            end("told"),
            path("asked", "c", "told"),
        ),
        set(),
    ),
    "an event beside a task leads into the join": (
        joined(boundary("late", "a", message="ask"), flow("late", "join")),
        {"deadlock join"},
    ),
    "an interruption beside the join": (
        joined(
            boundary("late", "a", interrupting=True, duration="PT1H"),
            end("given_up"),
            flow("late", "given_up"),
        ),
        {"left_behind join"},
    ),
    "an interruption, merged before the join": (
        diagram(
            "p",
            *SPLIT[:-2],
            choice("merge"),
            path("begin", "split", "a", "merge", "join", "end"),
            path("split", "b", "join"),
            boundary("late", "a", interrupting=True, duration="PT1H"),
            user("c"),
            path("late", "c", "merge"),
        ),
        set(),
    ),
    "an interruption that leads back": (
        joined(
            boundary("back", "a", interrupting=True, message="withdraw"),
            user("c"),
            path("back", "c", "a"),
        ),
        set(),
    ),
    "a beside event and an inclusive join": (
        diagram(
            "p",
            start(),
            user("a"),
            boundary("asked", "a", message="ask"),
            user("b"),
            inclusive("join"),
            end(),
            path("begin", "a", "join", "end"),
            path("asked", "b", "join"),
        ),
        set(),
    ),
    "a beside event once": (
        alone(
            user("x"),
            boundary("late", "x", duration="PT1H"),
            user("b"),
            end("told"),
            path("late", "b", "told"),
        ),
        set(),
    ),
    "a call with an error": (
        alone(
            call("x", "q"),
            boundary("bad", "x", interrupting=True, error="bad"),
            user("b"),
            end("repaired"),
            path("bad", "b", "repaired"),
        ),
        set(),
    ),
    "a call with an error past the join": (
        diagram(
            "p",
            start(),
            parallel("split"),
            call("a", "q"),
            user("b"),
            parallel("join"),
            end(),
            path("begin", "split", "a", "join", "end"),
            path("split", "b", "join"),
            boundary("bad", "a", interrupting=True, error="bad"),
            end("given_up"),
            flow("bad", "given_up"),
        ),
        {"left_behind join"},
    ),
    "a service with an error past the join": (
        diagram(
            "p",
            start(),
            parallel("split"),
            service("a", "mail"),
            user("b"),
            parallel("join"),
            end(),
            path("begin", "split", "a", "join", "end"),
            path("split", "b", "join"),
            boundary("bad", "a", interrupting=True, error=""),
            end("given_up"),
            flow("bad", "given_up"),
        ),
        {"left_behind join"},
    ),
    "a call that escalates": (
        alone(
            call("x", "q"),
            boundary("up", "x", escalation="up"),
            user("b"),
            end("told"),
            path("up", "b", "told"),
        ),
        set(),
    ),
    "a call that escalates into a parallel join": (
        alone(
            call("x", "q"),
            boundary("up", "x", escalation="up"),
            user("b"),
            parallel("join"),
            user("c"),
            end("told"),
            path("up", "join", "c", "told"),
            path("up", "b", "join"),
        ),
        set(),
    ),
    "a task for each of a list": (alone(user("x", loop=each("units", "unit"))), set()),
    "a task again and again": (alone(user("x", loop=again("more"))), set()),
    "a task that may be done no times in a loop": (
        diagram(
            "p",
            start(),
            choice("merge"),
            user("x", loop=each("units", "unit")),
            choice("good", "end"),
            end(),
            path("begin", "merge", "x", "good", "end"),
            flow("good", "merge", X),
        ),
        set(),
    ),
    "a task done no times in a loop": (
        diagram(
            "p",
            start(),
            choice("merge"),
            service("x", "note", loop=times("0")),
            choice("good", "end"),
            end(),
            path("begin", "merge", "x", "good", "end"),
            flow("good", "merge", X),
        ),
        {"livelock merge"},
    ),
    "a call for each of a list, interrupted": (
        alone(
            call("x", "q", items="units", item="unit"),
            boundary("late", "x", interrupting=True, duration="PT1H"),
            end("given_up"),
            flow("late", "given_up"),
        ),
        set(),
    ),
    "a signal that is thrown to another branch": (
        joined(
            boundary("heard", "a", interrupting=True, signal="news"),
            throw("say", signal="news"),
            flow("heard", "join"),
            boundary("asked", "b", message="ask"),
            end("said"),
            path("asked", "say", "said"),
        ),
        {"deadlock join"},
    ),
    "a race between an event that leads back and one that ends": (
        diagram(
            "p",
            start(),
            choice("merge"),
            race("first"),
            catch("one", duration="PT1H"),
            catch("two", signal="news"),
            end(),
            path("begin", "merge", "first", "one", "merge"),
            path("first", "two", "end"),
        ),
        set(),
    ),
    "a beside event that leads back to the task before": (
        diagram(
            "p",
            start(),
            user("a"),
            user("b"),
            boundary("asked", "b", message="ask"),
            end(),
            path("begin", "a", "b", "end"),
            flow("asked", "a"),
        ),
        set(),
    ),
}
