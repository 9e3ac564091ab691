"""Pairs of versions, the states in which an instance may be, and what becomes of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    event_sub,
    flow,
    inclusive,
    parallel,
    path,
    race,
    receive,
    service,
    start,
    sub,
    user,
)

MOVES: Final = ""
NONE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Case:
    """From one version to another in some state: moves, or stays for this reason."""

    name: str
    old: bytes
    new: bytes
    acts: tuple[str, ...]
    expected: str
    renamed: Mapping[str, str]


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
        "p", start(), user("first"), body, user("last"), end(),
        path("begin", "first", scope, "last", "end"), more,
    )  # fmt: skip


TIMED: Final = boundary("late", "b", duration="P1D") + user("urge") + end("urged")
TIMED_FLOW: Final = path("late", "urge", "urged")
CUT: Final = boundary("cut", "b", interrupting=True, duration="P1D") + flow("cut", "c")
SUBBED: Final = sub("box", start("in"), user("b"), end("out"), path("in", "b", "out"))
ABC: Final = row("a", "b", "c")
LATE: Final = row("a", "b", "c", extra=TIMED + TIMED_FLOW)
ASIDE: Final = (
    diagram(
        "p", start(), user("a"), parallel("fork"), user("b"), user("x"), parallel("join"),
        user("c"), end(), path("begin", "a", "fork", "b", "join", "c", "end"),
        path("fork", "x", "join"),
    )
)  # fmt: skip


def judged(condition: str, *back: str) -> bytes:
    """Draw a gateway behind ``b`` whose condition leads elsewhere."""
    return diagram(
        "p", start(), user("a"), user("b"), choice("which", default="c"), user("c"), user("x"),
        end(), path("begin", "a", "b", "which", "c", "end"), flow("which", "x", condition),
        path("x", *(back or ("end",))),
    )  # fmt: skip


def marked(*steps: str) -> bytes:
    """Draw a service that writes a mark somewhere before the gateway that asks for it."""
    drawn = [service(one, "note") if one == "count" else user(one) for one in steps]
    return diagram(
        "p", start(), *drawn, choice("which", default="end"), end(), end("other"),
        path("begin", *steps, "which", "end"), flow("which", "other", "mark > 3"),
    )  # fmt: skip


A_B_C: Final = {(): "a", ("a",): "b", ("a", "b"): "c"}
LINE: Final[list[tuple[str, bytes, bytes, Mapping[str, str], tuple[str, str, str]]]] = [
    ("nothing changes", ABC, ABC, NONE, (MOVES, MOVES, MOVES)),
    ("a step is added in front", ABC, row("x", "a", "b", "c"), NONE, (MOVES, MOVES, MOVES)),
    ("a step is added between", ABC, row("a", "b", "x", "c"), NONE, (MOVES, MOVES, MOVES)),
    ("a step is added at the end", ABC, row("a", "b", "c", "x"), NONE, (MOVES, MOVES, MOVES)),
    ("a step is removed", ABC, row("a", "c"), NONE, (MOVES, "element_gone", MOVES)),
    ("the last step is removed", ABC, row("a", "b"), NONE, (MOVES, MOVES, "element_gone")),
    ("a step has another id", ABC, row("a", "z", "c"), NONE, (MOVES, "element_gone", MOVES)),
    ("a step is renamed", ABC, row("a", "z", "c"), {"b": "z"}, (MOVES, MOVES, MOVES)),
    ("two steps swap names", ABC, row("b", "a", "c"), {"a": "b", "b": "a"}, (MOVES,) * 3),
    ("steps change places", ABC, row("a", "c", "b"), NONE, (MOVES, "step_skipped", "step_repeated")),
    ("the first comes last", ABC, row("b", "c", "a"), NONE, ("step_skipped",) + ("step_repeated",) * 2),
    ("a step becomes a service", ABC, row("a", "b", "c", b=service("b", "note")), NONE, (MOVES, "element_kind", MOVES)),
    ("a step goes into a branch", ABC, ASIDE, NONE, (MOVES, "marking_impossible", MOVES)),
    ("a branch becomes a row", ASIDE, row("a", "b", "x", "c"), NONE, (MOVES, "marking_impossible", "element_gone")),
    ("a step goes into a sub-process", ABC, row("a", "box", "c", box=SUBBED), NONE, (MOVES, "scope_changed", MOVES)),
    ("a step comes out of a sub-process", row("a", "box", "c", box=SUBBED), ABC, NONE, (MOVES, "element_gone", MOVES)),
    ("a sub-process is renamed", row("a", "box", "c", box=SUBBED), row("a", "box2", "c", box2=SUBBED.replace("box", "box2")), {"box": "box2"}, (MOVES,) * 3),
    ("a step is done for each", ABC, row("a", "b", "c", b=user("b", loop=each("units", "unit"))), NONE, (MOVES, "loop_changed", MOVES)),
    ("a reminder is added", ABC, LATE, NONE, (MOVES, MOVES, MOVES)),
    ("a reminder is removed", LATE, ABC, NONE, (MOVES, MOVES, MOVES)),
    ("a limit that cuts is added", ABC, row("a", "b", "c", extra=CUT), NONE, (MOVES, MOVES, MOVES)),
    ("a reminder becomes a cut", LATE, row("a", "b", "c", extra=TIMED.replace('"false"', '"true"') + TIMED_FLOW), NONE, (MOVES,) * 3),
    ("a step is of another type", ABC, row("a", "b", "c", b=user("b", "yes", step="judge")), NONE, (MOVES, "step_changed", MOVES)),
    ("others do a step", ABC, row("a", "b", "c", b=user("b").replace("duban:step", 'duban:who="sponsor" duban:step')), NONE, (MOVES, "hands_changed", MOVES)),
    ("a step gets outcomes", ABC, row("a", "b", "c", b=user("b", "yes", "no")), NONE, (MOVES,) * 3),
    ("a step has another limit", ABC, row("a", "b", "c", b=user("b").replace('"none"', '"week"')), NONE, (MOVES,) * 3),
    ("data nobody has are asked for", ABC, judged("mark > 1"), NONE, ("data_missing", "data_missing", MOVES)),
    ("data that are there are asked for", ABC, judged("final"), NONE, (MOVES,) * 3),
    ("an outcome is asked for", ABC, judged('outcome == "yes"'), NONE, (MOVES,) * 3),
    ("a way back is added", ABC, judged('outcome == "yes"', "a"), NONE, (MOVES,) * 3),
    ("a way back is removed", judged('outcome == "yes"', "a"), ABC, NONE, (MOVES,) * 3),
    ("another process", ABC, ABC.replace(b'id="p"', b'id="q"'), NONE, ("other_process",) * 3),
    ("a count moves to the front", marked("a", "b", "count"), marked("count", "a", "b"), NONE, ("step_skipped", "step_skipped", "")),
    ("a count moves behind a step", marked("count", "a", "b"), marked("a", "count", "b"), NONE, ("step_repeated", MOVES, "")),
]  # fmt: skip
AB: Final = both(("a1", "a2"), ("b1", "b2"))
BRANCHES: Final[list[tuple[str, bytes, bytes, tuple[str, str, str, str]]]] = [
    ("nothing changes", AB, AB, (MOVES,) * 4),
    ("a branch is removed", AB, both(("a1", "a2")), ("element_gone", "element_gone", "join_changed", MOVES)),
    ("a branch is added", AB, both(("a1", "a2"), ("b1", "b2"), ("d",)), ("marking_impossible", "marking_impossible", "join_changed", MOVES)),
    ("a step is added in a branch", AB, both(("a1", "x", "a2"), ("b1", "b2")), (MOVES,) * 4),
    ("a step is added at a branch's end", AB, both(("a1", "a2", "x"), ("b1", "b2")), (MOVES, MOVES, "join_changed", MOVES)),
    ("a step is removed from a branch", AB, both(("a1", "a2"), ("b1",)), (MOVES, "element_gone", "join_changed", MOVES)),
    ("a step goes to the other branch", AB, both(("a1", "a2", "b2"), ("b1",)), (MOVES, "marking_impossible", "join_changed", MOVES)),
    ("the branches become a row", AB, row("a1", "a2", "b1", "b2", "c"), ("marking_impossible", "marking_impossible", "element_gone", MOVES)),
    ("one of them is chosen", AB, both(("a1", "a2"), ("b1", "b2"), fork="split", join="merge"), ("marking_impossible", "marking_impossible", "element_gone", MOVES)),
    ("one is chosen, all are waited for", AB, both(("a1", "a2"), ("b1", "b2"), fork="split"), ("marking_impossible",) * 4),
    ("nobody waits for the others", AB, both(("a1", "a2"), ("b1", "b2"), join="merge"), (MOVES, MOVES, "element_gone", MOVES)),
]  # fmt: skip
SUB: Final = inside("a", "b")
RUSH: Final = boundary("rush", "handling", message="rush") + user("hurry") + end("hurried")
RUSHED: Final = RUSH + path("rush", "hurry", "hurried")
ASK: Final = event_sub("asking", start("asked", message="ask", interrupting=False), user("answer"), end("told"), path("asked", "answer", "told"))  # fmt: skip
STOP: Final = event_sub("stopping", start("stop", message="stop"), user("mop"), end("mopped"), path("stop", "mop", "mopped"))  # fmt: skip
ASK_HARD: Final = ASK.replace('isInterrupting="false"', 'isInterrupting="true"')
NESTED: Final[list[tuple[str, bytes, bytes, tuple[str, ...], str]]] = [
    ("nothing changes", SUB, SUB, ("first", "a"), MOVES),
    ("a step is added inside", SUB, inside("a", "b", "x"), ("first", "a"), MOVES),
    ("a step is added behind", SUB, inside("a", "b", "x"), ("first", "a", "b"), MOVES),
    ("a step is removed inside", SUB, inside("b"), ("first",), "element_gone"),
    ("another step is removed inside", SUB, inside("a"), ("first",), MOVES),
    ("steps change places inside", SUB, inside("b", "a"), ("first",), "step_skipped"),
    ("the sub-process has another id", SUB, inside("a", "b", scope="other"), ("first",), "element_gone"),
    ("a sub-process that waits is replaced", SUB, inside("a", "b", scope="other"), (), MOVES),
    ("an event is added on it", SUB, inside("a", "b", more=RUSHED), ("first",), MOVES),
    ("an event on it is removed", inside("a", "b", more=RUSHED), SUB, ("first",), MOVES),
    ("what an event set off is gone", inside("a", "b", more=RUSHED), SUB, ("first", "!rush"), "element_gone"),
    ("an event set something off", inside("a", "b", more=RUSHED), inside("a", "b", "x", more=RUSHED), ("first", "!rush"), MOVES),
    ("it was set off twice", inside("a", "b", more=RUSHED), inside("a", "b", "x", more=RUSHED), ("first", "!rush", "!rush"), MOVES),
    ("a listener is added", SUB, inside("a", "b", around=ASK), ("first",), MOVES),
    ("a listener is removed", inside("a", "b", around=ASK), SUB, ("first",), MOVES),
    ("a listener that handles is gone", inside("a", "b", around=ASK), SUB, ("first", "!asking"), "element_gone"),
    ("a listener handles", inside("a", "b", around=ASK), inside("a", "x", "b", around=ASK), ("first", "!asking"), MOVES),
    ("a listener that handles now cuts", inside("a", "b", around=ASK), inside("a", "b", around=ASK_HARD), ("first", "!asking"), "interrupting_changed"),
    ("a listener that waits now cuts", inside("a", "b", around=ASK), inside("a", "b", around=ASK_HARD), ("first",), MOVES),
    ("all else has been stopped", inside("a", "b", around=STOP), inside("a", "b", "x", around=STOP), ("first", "!stopping"), MOVES),
    ("all is stopped, and a listener is added", inside("a", "b", around=STOP), inside("a", "b", around=STOP + ASK), ("first", "!stopping"), MOVES),
]  # fmt: skip


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
        "p", start(), race(gate), *(events[one] for one in targets), user("c"), end(),
        path("begin", gate), *(path(gate, one, "c") for one in targets), path("c", "end"),
    )  # fmt: skip


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
    ("the loop has another end", looping(ALL), looping(each("units", "unit", until="final")), ("a",), "loop_changed"),
    ("the results are kept", looping(ALL), looping(each("units", "unit", output="all", output_item="outcome")), ("a",), "loop_changed"),
    ("the loop is removed", looping(ALL), ABC, ("a",), "loop_changed"),
    ("the loop is over", looping(ALL), ABC, ("a", "b", "b"), MOVES),
    ("it is done again while", looping(again("final")), looping(again("final"), "x"), ("a",), MOVES),
    ("it is done again while something else", looping(again("final")), looping(again("not final")), ("a",), "loop_changed"),
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
    ("mail is under way", pausing(service("b", "mail")), pausing(service("b", "mail")), ("a",), "errand"),
    ("mail was sent", pausing(service("b", "mail")), ABC, ("a", ">b"), MOVES),
    ("a pause is longer", pausing(catch("b", duration="P1D")), pausing(catch("b", duration="P2D")), ("a",), MOVES),
    ("a pause waits for a message", pausing(catch("b", duration="P1D")), pausing(catch("b", message="m")), ("a",), "event_changed"),
    ("a message has another name", pausing(receive("b", "m")), pausing(receive("b", "n")), ("a",), MOVES),
    ("a message has another key", pausing(receive("b", "m", key="k")), pausing(receive("b", "m", key='k + "1"')), ("a",), MOVES),
    ("a message has a key that nobody knows", pausing(receive("b", "m", key="k")), pausing(receive("b", "m", key="lost")), ("a",), "data_missing"),
    ("a condition is added that holds already", ABC, row("a", "b", "c", extra=boundary("when", "b", interrupting=True, condition="not final") + flow("when", "c")), ("a",), "would_move"),
    ("a condition is added that may hold", ABC, row("a", "b", "c", extra=boundary("when", "b", interrupting=True, condition="final") + flow("when", "c")), ("a",), MOVES),
]  # fmt: skip


def some(*more: str) -> bytes:
    """Draw an inclusive gateway with two ways, and more behind the first."""
    return diagram(
        "p", start(), user("a"), inclusive("some", default="x"), user("x"), user("y"),
        *(user(one) for one in more), inclusive("all"), user("c"), end(),
        path("begin", "a", "some"), flow("some", "y", "not final"), flow("some", "x"),
        path("x", "all"), path("y", *more, "all"), path("all", "c", "end"),
    )  # fmt: skip


INCLUSIVE: Final[list[tuple[str, bytes, bytes, tuple[str, ...], str]]] = [
    ("nothing changes", some(), some(), ("a",), MOVES),
    ("a step is added in a way", some("z"), some("w", "z"), ("a",), MOVES),
    ("a step is added at a way's end", some(), some("z"), ("a",), MOVES),
    ("the ways have come together", some(), ABC, ("a", "y"), MOVES),
]  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield every pair of versions with every state."""
    for name, old, new, renamed, expected in LINE:
        states = [(), ("a",), ("a", "b")]
        for acts, one in zip(states, expected, strict=True):
            if "count" not in name or len(acts) < 2 or one:
                yield Case(f"{name}, after {acts}", old, new, acts, one, renamed)
    for name, old, new, four in BRANCHES:
        states = [(), ("a1", "b1"), ("b1", "b2"), ("a1", "b1", "b2", "a2")]
        for acts, one in zip(states, four, strict=True):
            yield Case(f"branches: {name}, after {acts}", old, new, acts, one, NONE)
    for family, table in (("inside", NESTED), ("other", OTHERS), ("inclusive", INCLUSIVE)):
        for name, old, new, acts, expected_one in table:
            yield Case(f"{family}: {name}, after {acts}", old, new, acts, expected_one, NONE)


CASES: Final = list(cases())
