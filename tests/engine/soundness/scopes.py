"""Small processes with sub-processes, each with what is to be said of it."""

from typing import Final

from tests.engine.drawing import (
    boundary,
    choice,
    diagram,
    end,
    event_sub,
    flow,
    inclusive,
    parallel,
    path,
    service,
    start,
    sub,
    throw,
    times,
    user,
)
from tests.engine.soundness.events import SPLIT, joined
from tests.engine.soundness.gateways import X

STUCK: Final = (
    start("in"),
    choice("split", "a"),
    user("a"),
    user("b"),
    parallel("join"),
    end("out"),
    path("in", "split", "a", "join", "out"),
    flow("split", "b", X),
    flow("b", "join"),
)


def handler(*body: str, interrupting: bool = True, **event: str) -> str:
    """Return an event sub-process with one task, or with a body of one's own."""
    drawn = body or (user("h"), end("handled"), path("heard", "h", "handled"))
    return event_sub("handler", start("heard", interrupting=interrupting, **event), *drawn)


def around(*inside: str, more: tuple[str, ...] = (), loop: str = "") -> bytes:
    """Return a process around one sub-process."""
    return diagram(
        "p",
        start(),
        sub("work", *inside, loop=loop),
        end(),
        path("begin", "work", "end"),
        *more,
    )


def task(inner: str = "x") -> tuple[str, ...]:
    """Return the inside of a sub-process with one task."""
    return (
        start(f"{inner}_in"),
        user(inner),
        end(f"{inner}_out"),
        path(f"{inner}_in", inner, f"{inner}_out"),
    )


SCOPES: Final[dict[str, tuple[bytes, set[str]]]] = {
    "a sub-process": (around(*task()), set()),
    "a sub-process for each": (around(*task(), loop=times("3")), set()),
    "a sub-process that is stuck": (around(*STUCK), {"deadlock join"}),
    "a sub-process in a sub-process that is stuck": (
        around(start("a1"), sub("inner", *STUCK), end("a2"), path("a1", "inner", "a2")),
        {"deadlock join"},
    ),
    "a stuck sub-process that a message ends": (
        around(
            *STUCK,
            more=(
                boundary("stop", "work", interrupting=True, message="stop"),
                end("stopped"),
                flow("stop", "stopped"),
            ),
        ),
        {"deadlock join"},
    ),
    "an interrupted sub-process with a join in it": (
        around(
            start("in"),
            *SPLIT[1:-3],
            end("out"),
            path("in", "split", "a", "join", "out"),
            path("split", "b", "join"),
            more=(
                boundary("stop", "work", interrupting=True, message="stop"),
                user("c"),
                path("stop", "c", "end"),
            ),
        ),
        set(),
    ),
    "an interrupting handler while a join waits": (joined(handler(message="stop")), set()),
    "a handler beside the rest": (joined(handler(message="ask", interrupting=False)), set()),
    "a reminding handler": (
        joined(handler(cycle="R/PT1H", interrupting=False)),
        set(),
    ),
    "a handler that is stuck": (
        diagram(
            "p",
            *task(),
            handler(
                choice("h_split", "h_a"),
                user("h_a"),
                parallel("h_join"),
                end("handled"),
                path("heard", "h_split", "h_a", "h_join", "handled"),
                flow("h_split", "h_join", X),
                message="ask",
                interrupting=False,
            ),
        ),
        {"deadlock h_join"},
    ),
    "a handler that a stuck process doesn't excuse": (
        diagram("p", *STUCK, handler(message="stop")),
        {"deadlock join"},
    ),
    "a caught error": (
        around(
            start("in"),
            user("x"),
            end("failed", error="bad"),
            path("in", "x", "failed"),
            more=(
                boundary("caught", "work", interrupting=True, error="bad"),
                user("c"),
                path("caught", "c", "end"),
            ),
        ),
        set(),
    ),
    "a caught error past a join": (
        diagram(
            "p",
            start(),
            parallel("split"),
            user("b"),
            sub(
                "work",
                start("in"),
                user("x"),
                choice("good", "out"),
                end("out"),
                end("failed", error="bad"),
                path("in", "x", "good", "out"),
                flow("good", "failed", X),
            ),
            boundary("caught", "work", interrupting=True, error="bad"),
            end("given_up"),
            flow("caught", "given_up"),
            parallel("join"),
            end(),
            path("begin", "split", "work", "join", "end"),
            path("split", "b", "join"),
        ),
        {"left_behind join"},
    ),
    "an error of another code, never thrown": (
        diagram(
            "p",
            start(),
            parallel("split"),
            user("b"),
            sub("work", *task()),
            boundary("caught", "work", interrupting=True, error="bad"),
            end("given_up"),
            flow("caught", "given_up"),
            parallel("join"),
            end(),
            path("begin", "split", "work", "join", "end"),
            path("split", "b", "join"),
        ),
        set(),
    ),
    "an error of a service inside": (
        around(
            start("in"),
            service("x", "note"),
            end("out"),
            path("in", "x", "out"),
            more=(
                boundary("caught", "work", interrupting=True, error="bad"),
                parallel("odd"),
                user("c"),
                path("caught", "odd", "end"),
                path("odd", "c", "odd"),
            ),
        ),
        {"deadlock odd"},
    ),
    "an error that a handler catches": (
        diagram(
            "p",
            start(),
            user("x"),
            end("failed", error="bad"),
            path("begin", "x", "failed"),
            handler(error="bad"),
        ),
        set(),
    ),
    "an escalation beside": (
        around(
            start("in"),
            user("x"),
            throw("up", escalation="up"),
            user("y"),
            end("out"),
            path("in", "x", "up", "y", "out"),
            more=(
                boundary("caught", "work", escalation="up"),
                user("c"),
                end("told"),
                path("caught", "c", "told"),
            ),
        ),
        set(),
    ),
    "an escalation that interrupts": (
        around(
            start("in"),
            user("x"),
            throw("up", escalation="up"),
            user("y"),
            end("out"),
            path("in", "x", "up", "y", "out"),
            more=(
                boundary("caught", "work", interrupting=True, escalation="up"),
                user("c"),
                path("caught", "c", "end"),
            ),
        ),
        set(),
    ),
    "a terminate end inside": (
        around(
            start("in"),
            parallel("split"),
            user("x"),
            user("y"),
            end("out"),
            end("stop", terminate=""),
            path("in", "split", "x", "out"),
            path("split", "y", "stop"),
        ),
        {"cuts_off stop"},
    ),
    "a sub-process that is begun again and again": (
        diagram(
            "p",
            start(),
            choice("merge"),
            parallel("split"),
            sub("work", *task()),
            user("again"),
            end(),
            path("begin", "merge", "split", "work", "end"),
            path("split", "again", "merge"),
        ),
        {"grows work"},
    ),
    "a sub-process that has nothing to wait for, in a loop": (
        diagram(
            "p",
            start(),
            choice("merge"),
            sub("work", start("in"), end("out"), path("in", "out")),
            choice("good", "end"),
            end(),
            path("begin", "merge", "work", "good", "end"),
            flow("good", "merge", X),
        ),
        {"livelock merge"},
    ),
    "conditions on the flows out of a sub-process": (
        diagram(
            "p",
            start(),
            sub("work", *task(), default="a"),
            user("a"),
            user("b"),
            inclusive("join"),
            end(),
            path("begin", "work", "a", "join", "end"),
            flow("work", "b", X),
            flow("b", "join"),
        ),
        set(),
    ),
}
