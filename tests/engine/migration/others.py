"""Pairs of versions with loops, races, calls, events and inclusive gateways."""

from collections.abc import Mapping
from typing import Final

from tests.engine.drawing import (
    again,
    boundary,
    call,
    catch,
    diagram,
    each,
    end,
    flow,
    inclusive,
    path,
    race,
    receive,
    service,
    start,
    user,
)
from tests.engine.migration.drafts import ABC, CUT, row

MOVES: Final = ""
NONE: Final[Mapping[str, str]] = {}


def looping(loop: str, *behind: str) -> bytes:
    """Draw a step that is done several times."""
    return row("a", "b", *behind, "c", b=user("b", loop=loop))


def waiting(*targets: str, gate: str = "first") -> bytes:
    """Draw a race of a message and a timer, and of more."""
    events = {
        "m": catch("m", message="hello"),
        "t": catch("t", duration="P1D"),
        "s": catch("s", signal="all"),
    }
    return diagram(
        "p",
        start(),
        race(gate),
        *(events[one] for one in targets),
        user("c"),
        end(),
        path("begin", gate),
        *(path(gate, one, "c") for one in targets),
        path("c", "end"),
    )


def calling(process: str = "q", loop: str = "", more: str = "") -> bytes:
    """Draw a call activity."""
    return row("a", "b", "c", b=call("b", process, loop=loop), extra=more)


def pausing(pause: str) -> bytes:
    """Draw an event between two steps."""
    return row("a", "b", "c", b=pause)


ALL: Final = each("units", "unit")
ROW: Final = each("units", "unit", sequential=True)
OTHERS: Final[list[tuple[str, bytes, bytes, tuple[str, ...], str]]] = [
    ("a loop stays the same", looping(ALL), looping(ALL, "x"), ("a",), MOVES),
    ("one round is over", looping(ALL), looping(ALL, "x"), ("a", "b"), MOVES),
    ("the rounds come in a row", looping(ALL), looping(ROW), ("a",), "loop_changed"),
    ("a row stays a row", looping(ROW), looping(ROW, "x"), ("a", "b"), MOVES),
    (
        "the loop has another end",
        looping(ALL),
        looping(each("units", "unit", until="final")),
        ("a",),
        "loop_changed",
    ),
    (
        "the results are kept",
        looping(ALL),
        looping(each("units", "unit", output="all", output_item="outcome")),
        ("a",),
        "loop_changed",
    ),
    ("the loop is removed", looping(ALL), ABC, ("a",), "loop_changed"),
    ("the loop is over", looping(ALL), ABC, ("a", "b", "b"), MOVES),
    (
        "it is done again while",
        looping(again("final")),
        looping(again("final"), "x"),
        ("a",),
        MOVES,
    ),
    (
        "it is done again while something else",
        looping(again("final")),
        looping(again("not final")),
        ("a",),
        "loop_changed",
    ),
    ("a race stays the same", waiting("m", "t"), waiting("m", "t"), (), MOVES),
    ("a race gets an event", waiting("m", "t"), waiting("m", "t", "s"), (), "race_changed"),
    ("a race loses an event", waiting("m", "t", "s"), waiting("m", "t"), (), "race_changed"),
    ("a race is over", waiting("m", "t"), waiting("m", "t", "s"), ("!m",), MOVES),
    ("a call stays the same", calling(), calling(), ("a",), MOVES),
    ("a call calls another", calling(), calling("other"), ("a",), MOVES),
    ("a call is done for each", calling(), calling(loop=ALL), ("a",), "loop_changed"),
    ("a call becomes a step", calling(), ABC, ("a",), "element_kind"),
    ("a call gets a limit", calling(), calling(more=CUT), ("a",), MOVES),
    ("a call is over", calling(), ABC, ("a", ">b"), MOVES),
    (
        "mail is under way",
        pausing(service("b", "mail")),
        pausing(service("b", "mail")),
        ("a",),
        "errand",
    ),
    ("mail was sent", pausing(service("b", "mail")), ABC, ("a", ">b"), MOVES),
    (
        "a pause is longer",
        pausing(catch("b", duration="P1D")),
        pausing(catch("b", duration="P2D")),
        ("a",),
        MOVES,
    ),
    (
        "a pause waits for a message",
        pausing(catch("b", duration="P1D")),
        pausing(catch("b", message="m")),
        ("a",),
        "event_changed",
    ),
    (
        "a message has another name",
        pausing(receive("b", "m")),
        pausing(receive("b", "n")),
        ("a",),
        MOVES,
    ),
    (
        "a message has another key",
        pausing(receive("b", "m", key="k")),
        pausing(receive("b", "m", key='k + "1"')),
        ("a",),
        MOVES,
    ),
    (
        "a message has a key that nobody knows",
        pausing(receive("b", "m", key="k")),
        pausing(receive("b", "m", key="lost")),
        ("a",),
        "data_missing",
    ),
    (
        "a condition is added that holds already",
        ABC,
        row(
            "a",
            "b",
            "c",
            extra=boundary("when", "b", interrupting=True, condition="not final")
            + flow("when", "c"),
        ),
        ("a",),
        "would_move",
    ),
    (
        "a condition is added that may hold",
        ABC,
        row(
            "a",
            "b",
            "c",
            extra=boundary("when", "b", interrupting=True, condition="final") + flow("when", "c"),
        ),
        ("a",),
        MOVES,
    ),
]


def some(*more: str) -> bytes:
    """Draw an inclusive gateway with two ways, and more behind the first."""
    return diagram(
        "p",
        start(),
        user("a"),
        inclusive("some", default="x"),
        user("x"),
        user("y"),
        *(user(one) for one in more),
        inclusive("all"),
        user("c"),
        end(),
        path("begin", "a", "some"),
        flow("some", "y", "not final"),
        flow("some", "x"),
        path("x", "all"),
        path("y", *more, "all"),
        path("all", "c", "end"),
    )


INCLUSIVE: Final[list[tuple[str, bytes, bytes, tuple[str, ...], str]]] = [
    ("nothing changes", some(), some(), ("a",), MOVES),
    ("a step is added in a way", some("z"), some("w", "z"), ("a",), MOVES),
    ("a step is added at a way's end", some(), some("z"), ("a",), MOVES),
    ("the ways have come together", some(), ABC, ("a", "y"), MOVES),
]
