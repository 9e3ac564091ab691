"""Pairs of versions with branches side by side."""

from collections.abc import Mapping
from typing import Final

from tests.engine.migration.drafts import (
    both,
    row,
)

MOVES: Final = ""
NONE: Final[Mapping[str, str]] = {}

AB: Final = both(("a1", "a2"), ("b1", "b2"))
BRANCHES: Final[list[tuple[str, bytes, bytes, tuple[str, str, str, str]]]] = [
    ("nothing changes", AB, AB, (MOVES,) * 4),
    (
        "a branch is removed",
        AB,
        both(("a1", "a2")),
        ("element_gone", "element_gone", "join_changed", MOVES),
    ),
    (
        "a branch is added",
        AB,
        both(("a1", "a2"), ("b1", "b2"), ("d",)),
        ("marking_impossible", "marking_impossible", "join_changed", MOVES),
    ),
    ("a step is added in a branch", AB, both(("a1", "x", "a2"), ("b1", "b2")), (MOVES,) * 4),
    (
        "a step is added at a branch's end",
        AB,
        both(("a1", "a2", "x"), ("b1", "b2")),
        (MOVES, MOVES, "join_changed", MOVES),
    ),
    (
        "a step is removed from a branch",
        AB,
        both(("a1", "a2"), ("b1",)),
        (MOVES, "element_gone", "join_changed", MOVES),
    ),
    (
        "a step goes to the other branch",
        AB,
        both(("a1", "a2", "b2"), ("b1",)),
        (MOVES, "marking_impossible", "join_changed", MOVES),
    ),
    (
        "the branches become a row",
        AB,
        row("a1", "a2", "b1", "b2", "c"),
        ("marking_impossible", "marking_impossible", "element_gone", MOVES),
    ),
    (
        "one of them is chosen",
        AB,
        both(("a1", "a2"), ("b1", "b2"), fork="split", join="merge"),
        ("marking_impossible", "marking_impossible", "element_gone", MOVES),
    ),
    (
        "one is chosen, all are waited for",
        AB,
        both(("a1", "a2"), ("b1", "b2"), fork="split"),
        ("marking_impossible",) * 4,
    ),
    (
        "nobody waits for the others",
        AB,
        both(("a1", "a2"), ("b1", "b2"), join="merge"),
        (MOVES, MOVES, "element_gone", MOVES),
    ),
]
