"""Pairs of versions with sub-processes, their events and listeners."""

from collections.abc import Mapping
from typing import Final

from tests.engine.drawing import (
    boundary,
    end,
    event_sub,
    path,
    start,
    user,
)
from tests.engine.migration.drafts import inside

MOVES: Final = ""
NONE: Final[Mapping[str, str]] = {}

SUB: Final = inside("a", "b")
RUSH: Final = boundary("rush", "handling", message="rush") + user("hurry") + end("hurried")
RUSHED: Final = RUSH + path("rush", "hurry", "hurried")
ASK: Final = event_sub(
    "asking",
    start("asked", message="ask", interrupting=False),
    user("answer"),
    end("told"),
    path("asked", "answer", "told"),
)
STOP: Final = event_sub(
    "stopping",
    start("stop", message="stop"),
    user("mop"),
    end("mopped"),
    path("stop", "mop", "mopped"),
)
ASK_HARD: Final = ASK.replace('isInterrupting="false"', 'isInterrupting="true"')
NESTED: Final[list[tuple[str, bytes, bytes, tuple[str, ...], str]]] = [
    ("nothing changes", SUB, SUB, ("first", "a"), MOVES),
    ("a step is added inside", SUB, inside("a", "b", "x"), ("first", "a"), MOVES),
    ("a step is added behind", SUB, inside("a", "b", "x"), ("first", "a", "b"), MOVES),
    ("a step is removed inside", SUB, inside("b"), ("first",), "element_gone"),
    ("another step is removed inside", SUB, inside("a"), ("first",), MOVES),
    ("steps change places inside", SUB, inside("b", "a"), ("first",), "step_skipped"),
    (
        "the sub-process has another id",
        SUB,
        inside("a", "b", scope="other"),
        ("first",),
        "element_gone",
    ),
    ("a sub-process that waits is replaced", SUB, inside("a", "b", scope="other"), (), MOVES),
    ("an event is added on it", SUB, inside("a", "b", more=RUSHED), ("first",), MOVES),
    ("an event on it is removed", inside("a", "b", more=RUSHED), SUB, ("first",), MOVES),
    (
        "what an event set off is gone",
        inside("a", "b", more=RUSHED),
        SUB,
        ("first", "!rush"),
        "element_gone",
    ),
    (
        "an event set something off",
        inside("a", "b", more=RUSHED),
        inside("a", "b", "x", more=RUSHED),
        ("first", "!rush"),
        MOVES,
    ),
    (
        "it was set off twice",
        inside("a", "b", more=RUSHED),
        inside("a", "b", "x", more=RUSHED),
        ("first", "!rush", "!rush"),
        MOVES,
    ),
    ("a listener is added", SUB, inside("a", "b", around=ASK), ("first",), MOVES),
    ("a listener is removed", inside("a", "b", around=ASK), SUB, ("first",), MOVES),
    (
        "a listener that handles is gone",
        inside("a", "b", around=ASK),
        SUB,
        ("first", "!asking"),
        "element_gone",
    ),
    (
        "a listener handles",
        inside("a", "b", around=ASK),
        inside("a", "x", "b", around=ASK),
        ("first", "!asking"),
        MOVES,
    ),
    (
        "a listener that handles now cuts",
        inside("a", "b", around=ASK),
        inside("a", "b", around=ASK_HARD),
        ("first", "!asking"),
        "interrupting_changed",
    ),
    (
        "a listener that waits now cuts",
        inside("a", "b", around=ASK),
        inside("a", "b", around=ASK_HARD),
        ("first",),
        MOVES,
    ),
    (
        "all else has been stopped",
        inside("a", "b", around=STOP),
        inside("a", "b", "x", around=STOP),
        ("first", "!stopping"),
        MOVES,
    ),
    (
        "all is stopped, and a listener is added",
        inside("a", "b", around=STOP),
        inside("a", "b", around=STOP + ASK),
        ("first", "!stopping"),
        MOVES,
    ),
]
