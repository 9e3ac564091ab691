"""The versions that several pairs share."""

from typing import Final

from tests.engine.drawing import (
    boundary,
    choice,
    diagram,
    end,
    flow,
    parallel,
    path,
    service,
    start,
    sub,
    user,
)


def row(*steps: str, **more: str) -> bytes:
    """Draw user tasks in a row; ``more`` draws one of them otherwise."""
    drawn = [more.get(step, user(step)) for step in steps]
    return diagram("p", start(), *drawn, end(), path("begin", *steps, "end"), more.get("extra", ""))


def both(*branches: tuple[str, ...], fork: str = "fork", join: str = "join") -> bytes:
    """Draw branches side by side, and a step behind them."""
    drawn = [user(step) for branch in branches for step in branch]
    flows = [path(fork, *branch, join) for branch in branches]
    kinds = {"fork": parallel, "join": parallel, "split": choice, "merge": choice}
    split = choice(fork, default=branches[0][0]) if fork == "split" else kinds[fork](fork)
    if fork == "split":
        flows[1] = flow(fork, branches[1][0], "final") + path(*branches[1], join)
    parts = [start(), split, *drawn, kinds[join](join), user("c"), end()]
    return diagram("p", *parts, path("begin", fork), *flows, path(join, "c", "end"))


def inside(*steps: str, scope: str = "handling", more: str = "", around: str = "") -> bytes:
    """Draw steps in a sub-process, with a step before and one behind."""
    body = sub(
        scope,
        start("in"),
        *(user(step) for step in steps),
        end("out"),
        path("in", *steps, "out"),
        around,
    )
    return diagram(
        "p",
        start(),
        user("first"),
        body,
        user("last"),
        end(),
        path("begin", "first", scope, "last", "end"),
        more,
    )


TIMED: Final = boundary("late", "b", duration="P1D") + user("urge") + end("urged")
TIMED_FLOW: Final = path("late", "urge", "urged")
CUT: Final = boundary("cut", "b", interrupting=True, duration="P1D") + flow("cut", "c")
SUBBED: Final = sub("box", start("in"), user("b"), end("out"), path("in", "b", "out"))
ABC: Final = row("a", "b", "c")
LATE: Final = row("a", "b", "c", extra=TIMED + TIMED_FLOW)
ASIDE: Final = diagram(
    "p",
    start(),
    user("a"),
    parallel("fork"),
    user("b"),
    user("x"),
    parallel("join"),
    user("c"),
    end(),
    path("begin", "a", "fork", "b", "join", "c", "end"),
    path("fork", "x", "join"),
)


def judged(condition: str, *back: str) -> bytes:
    """Draw a gateway behind ``b`` whose condition leads elsewhere."""
    return diagram(
        "p",
        start(),
        user("a"),
        user("b"),
        choice("which", default="c"),
        user("c"),
        user("x"),
        end(),
        path("begin", "a", "b", "which", "c", "end"),
        flow("which", "x", condition),
        path("x", *(back or ("end",))),
    )


def marked(*steps: str) -> bytes:
    """Draw a service that writes a mark somewhere before the gateway that asks for it."""
    drawn = [service(one, "note") if one == "count" else user(one) for one in steps]
    return diagram(
        "p",
        start(),
        *drawn,
        choice("which", default="end"),
        end(),
        end("other"),
        path("begin", *steps, "which", "end"),
        flow("which", "other", "mark > 3"),
    )
