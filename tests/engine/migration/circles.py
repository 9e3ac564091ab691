"""Pairs of versions with a way back, or with rounds side by side, and with vain joins."""

from typing import Final

from tests.engine.drawing import choice, diagram, each, end, flow, path, start, sub, user
from tests.engine.migration.drafts import both

MOVES: Final = ""
AGAIN: Final = 'outcome == "again"'


def circle(*steps: str, back: str = "a", may: str = "") -> bytes:
    """Draw steps that are done again and again; one of them may be left out."""
    drawn = [user(step) for step in steps]
    row = list(steps)
    more = ""
    if may:
        row.insert(row.index(may), "may")
        drawn.append(choice("may", default=may))
        more = flow("may", "good", "final")
    return diagram(
        "p",
        start(),
        *drawn,
        choice("good", default="end"),
        end(),
        path("begin", *row, "good", "end"),
        flow("good", back, AGAIN),
        more,
    )


def rounds(*steps: str) -> bytes:
    """Draw a sub-process that is done for each element, side by side."""
    body = [start("in"), *(user(step) for step in steps), end("out"), path("in", *steps, "out")]
    each_unit = sub("all", *body, loop=each("units", "unit"))
    return diagram("p", start(), each_unit, user("c"), end(), path("begin", "all", "c", "end"))


ABC: Final = circle("a", "b", "c")
ABD: Final = rounds("a", "b", "d")
SKIPPED: Final = "step_skipped"
ACB: Final = circle("a", "c", "b")
BRANCHES: Final = (("a1", "a2"), ("b1", "b2"))
CIRCLES: Final[list[tuple[str, bytes, bytes, tuple[str, ...], str]]] = [
    ("steps of a round change places, before both", ABC, ACB, (), MOVES),
    ("steps of a round change places, before the last", ABC, ACB, ("a", "b"), "step_repeated"),
    ("steps of a round change places, between", ABC, ACB, ("a",), "step_skipped"),
    ("in the next round too", ABC, ACB, ("a", "b", "c=again", "a"), "step_skipped"),
    ("the next round has just begun", ABC, ACB, ("a", "b", "c=again"), MOVES),
    ("a step may be left out", ABC, circle("a", "b", "c", may="c"), ("a",), MOVES),
    ("a step must be done now", circle("a", "b", "c", may="c"), ABC, ("a",), MOVES),
    ("the way back is shorter", ABC, circle("a", "b", "c", back="b"), ("a",), MOVES),
    ("a round stands at each step", rounds("a", "b"), rounds("a", "x", "b"), ("a",), MOVES),
    (
        "the steps of each round change places",
        rounds("a", "b"),
        rounds("b", "a"),
        (),
        "step_skipped",
    ),
    (
        "for one round more than for another",
        rounds("a", "b", "d"),
        rounds("b", "a", "d"),
        ("a",),
        "step_repeated",
    ),
    (
        "for one round it is too late",
        rounds("a", "b", "d"),
        rounds("b", "d", "a"),
        ("a", "b"),
        "step_repeated",
    ),
    (
        "the others are waited for in vain",
        both(*BRANCHES, fork="split", join="merge"),
        both(*BRANCHES, fork="split"),
        (),
        "marking_stuck",
    ),
]
