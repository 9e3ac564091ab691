"""Processes that are made to keep the search busy."""

from typing import Final

from tests.engine.drawing import (
    boundary,
    choice,
    diagram,
    end,
    flow,
    inclusive,
    parallel,
    path,
    start,
    sub,
    user,
)


def side_by_side(gateway: str, join: str, count: int) -> bytes:
    """Return so many tasks between a split and a join."""
    drawn = [user(f"t{n}") for n in range(count)]
    ways = [
        flow("split", f"t{n}", f"k == {n}" if "inclusive" in gateway and n else None)
        + flow(f"t{n}", "join")
        for n in range(count)
    ]
    return diagram(
        "p",
        start(),
        gateway,
        *drawn,
        join,
        end(),
        *ways,
        path("begin", "split"),
        path("join", "end"),
    )


def in_a_row(count: int) -> bytes:
    """Return so many tasks one after the other."""
    names = [f"t{n}" for n in range(count)]
    drawn = [user(name) for name in names]
    return diagram("p", start(), *drawn, end(), path("begin", *names, "end"))


def choices_in_a_row(count: int) -> bytes:
    """Return so many choices one after the other, without a wait."""
    parts = []
    for n in range(count):
        parts += [
            choice(f"c{n}", f"c{n + 1}" if n + 1 < count else "end"),
            flow(f"c{n}", f"c{n + 1}" if n + 1 < count else "end"),
            flow(f"c{n}", f"c{n + 2}", "x") if n + 2 < count else flow(f"c{n}", "u", "x"),
        ]
    return diagram("p", start(), *parts, user("u"), end(), path("begin", "c0"), path("u", "end"))


def nested(depth: int) -> bytes:
    """Return sub-processes in one another, two side by side at each depth."""
    inside = user("work")
    ways = path("in", "work", "out")
    drawn = start("in") + inside + end("out") + ways
    for n in range(depth):
        drawn = (
            start(f"in{n}")
            + parallel(f"split{n}")
            + sub(f"sub{n}", drawn)
            + boundary(f"stop{n}", f"sub{n}", interrupting=True, message="stop")
            + choice(f"merge{n}")
            + user(f"beside{n}")
            + parallel(f"join{n}")
            + end(f"out{n}")
            + path(f"in{n}", f"split{n}", f"sub{n}", f"merge{n}", f"join{n}", f"out{n}")
            + path(f"split{n}", f"beside{n}", f"join{n}")
            + flow(f"stop{n}", f"merge{n}")
        )
    return diagram("p", drawn)


def crossed(count: int) -> bytes:
    """Return choices that all lead to all: every task may follow every other."""
    names = [f"t{n}" for n in range(count)]
    parts = [user(name) + choice(f"{name}x", "end") for name in names]
    ways = [
        path(name, f"{name}x", "end")
        + "".join(flow(f"{name}x", other, "x") for other in names if other != name)
        for name in names
    ]
    return diagram("p", start(), *parts, end(), *ways, path("begin", "t0"))


HOSTILE: Final = {
    "twenty tasks side by side": side_by_side(parallel("split"), parallel("join"), 20),
    "any of twenty tasks": side_by_side(inclusive("split", "t0"), inclusive("join"), 20),
    "three hundred tasks side by side": side_by_side(parallel("split"), parallel("join"), 300),
    "a thousand elements in a row": in_a_row(490),
    "three hundred choices in a row": choices_in_a_row(300),
    "nested twenty deep": nested(19),
    "all to all": crossed(30),
}
