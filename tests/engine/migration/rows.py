"""Pairs of versions that are rows of steps, with what becomes of each state."""

from collections.abc import Mapping
from typing import Final

from tests.engine.drawing import (
    each,
    service,
    user,
)
from tests.engine.migration.drafts import (
    ABC,
    ASIDE,
    CUT,
    LATE,
    SUBBED,
    TIMED,
    TIMED_FLOW,
    judged,
    marked,
    row,
)

MOVES: Final = ""
NONE: Final[Mapping[str, str]] = {}

LINE: Final[list[tuple[str, bytes, bytes, Mapping[str, str], tuple[str, str, str]]]] = [
    ("nothing changes", ABC, ABC, NONE, (MOVES, MOVES, MOVES)),
    ("a step is added in front", ABC, row("x", "a", "b", "c"), NONE, (MOVES, MOVES, MOVES)),
    ("a step is added between", ABC, row("a", "b", "x", "c"), NONE, (MOVES, MOVES, MOVES)),
    ("a step is added at the end", ABC, row("a", "b", "c", "x"), NONE, (MOVES, MOVES, MOVES)),
    ("a step is removed", ABC, row("a", "c"), NONE, (MOVES, "element_gone", MOVES)),
    ("the last step is removed", ABC, row("a", "b"), NONE, (MOVES, MOVES, "element_gone")),
    ("a step has another id", ABC, row("a", "z", "c"), NONE, (MOVES, "element_gone", MOVES)),
    ("a step is renamed", ABC, row("a", "z", "c"), {"b": "z"}, (MOVES, MOVES, MOVES)),
    (
        "one takes the name of another",
        ABC,
        row("b", "c"),
        {"a": "b"},
        (MOVES, "element_gone", MOVES),
    ),
    ("two steps swap names", ABC, row("b", "a", "c"), {"a": "b", "b": "a"}, (MOVES,) * 3),
    (
        "steps change places",
        ABC,
        row("a", "c", "b"),
        NONE,
        (MOVES, "step_skipped", "step_repeated"),
    ),
    (
        "the first comes last",
        ABC,
        row("b", "c", "a"),
        NONE,
        ("step_skipped",) + ("step_repeated",) * 2,
    ),
    (
        "a step becomes a service",
        ABC,
        row("a", "b", "c", b=service("b", "note")),
        NONE,
        (MOVES, "element_kind", MOVES),
    ),
    ("a step goes into a branch", ABC, ASIDE, NONE, (MOVES, "marking_impossible", MOVES)),
    (
        "a branch becomes a row",
        ASIDE,
        row("a", "b", "x", "c"),
        NONE,
        (MOVES, "marking_impossible", "element_gone"),
    ),
    (
        "a step goes into a sub-process",
        ABC,
        row("a", "box", "c", box=SUBBED),
        NONE,
        (MOVES, "scope_changed", MOVES),
    ),
    (
        "a step comes out of a sub-process",
        row("a", "box", "c", box=SUBBED),
        ABC,
        NONE,
        (MOVES, "element_gone", MOVES),
    ),
    (
        "a sub-process is renamed",
        row("a", "box", "c", box=SUBBED),
        row("a", "box2", "c", box2=SUBBED.replace("box", "box2")),
        {"box": "box2"},
        (MOVES,) * 3,
    ),
    (
        "a step is done for each",
        ABC,
        row("a", "b", "c", b=user("b", loop=each("units", "unit"))),
        NONE,
        (MOVES, "loop_changed", MOVES),
    ),
    ("a reminder is added", ABC, LATE, NONE, (MOVES, MOVES, MOVES)),
    ("a reminder is removed", LATE, ABC, NONE, (MOVES, MOVES, MOVES)),
    ("a limit that cuts is added", ABC, row("a", "b", "c", extra=CUT), NONE, (MOVES, MOVES, MOVES)),
    (
        "a reminder becomes a cut",
        LATE,
        row("a", "b", "c", extra=TIMED.replace('"false"', '"true"') + TIMED_FLOW),
        NONE,
        (MOVES,) * 3,
    ),
    (
        "a step is of another type",
        ABC,
        row("a", "b", "c", b=user("b", "yes", step="judge")),
        NONE,
        (MOVES, "step_changed", MOVES),
    ),
    (
        "others do a step",
        ABC,
        row("a", "b", "c", b=user("b").replace("duban:step", 'duban:who="sponsor" duban:step')),
        NONE,
        (MOVES, "hands_changed", MOVES),
    ),
    ("a step gets outcomes", ABC, row("a", "b", "c", b=user("b", "yes", "no")), NONE, (MOVES,) * 3),
    (
        "a step has another limit",
        ABC,
        row("a", "b", "c", b=user("b").replace('"none"', '"week"')),
        NONE,
        (MOVES,) * 3,
    ),
    (
        "data nobody has are asked for",
        ABC,
        judged("mark > 1"),
        NONE,
        ("data_missing", "data_missing", MOVES),
    ),
    ("data that are there are asked for", ABC, judged("final"), NONE, (MOVES,) * 3),
    ("an outcome is asked for", ABC, judged('outcome == "yes"'), NONE, (MOVES,) * 3),
    ("a way back is added", ABC, judged('outcome == "yes"', "a"), NONE, (MOVES,) * 3),
    ("a way back is removed", judged('outcome == "yes"', "a"), ABC, NONE, (MOVES,) * 3),
    ("another process", ABC, ABC.replace(b'id="p"', b'id="q"'), NONE, ("other_process",) * 3),
    (
        "a count moves to the front",
        marked("a", "b", "count"),
        marked("count", "a", "b"),
        NONE,
        ("step_skipped", "step_skipped", ""),
    ),
    (
        "a count moves behind a step",
        marked("count", "a", "b"),
        marked("a", "count", "b"),
        NONE,
        ("step_repeated", MOVES, ""),
    ),
]
