"""No expression reaches Python, wherever in a diagram or a decision table it stands."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

import pytest

import engine
from engine import DecisionUnknown, Fault, Refused, Registry
from engine.decisions import check as check_table
from engine.decisions import passed
from engine.diagrams import Armed
from engine.diagrams.timers import read_cycle
from engine.machine import CallActivity
from tests.engine.attacks import attacks
from tests.engine.drawing import (
    again,
    boundary,
    call,
    catch,
    choice,
    diagram,
    end,
    flow,
    inclusive,
    path,
    rule,
    send_task,
    service,
    start,
    times,
    user,
)
from tests.engine.walking import Walker, planned

ATTACK: Final = "ATTACK"
DATA: Final[dict[str, Any]] = {
    "outcome": "accept",
    "final": False,
    "percent": 40,
    "units": ["a", "b"],
    "item": {"urgency": "flash", "days": 3},
    "none": None,
}
LINE: Final = path("begin", "x", "end")
PLACES: Final = {
    "a choice": (
        start(),
        choice("x", default="end"),
        end(),
        end("other"),
        LINE,
        flow("x", "other", ATTACK),
    ),
    "an inclusive split": (
        start(),
        inclusive("x", default="end"),
        end(),
        end("other"),
        LINE,
        flow("x", "other", ATTACK),
    ),
    "a flow out of a task": (
        start(),
        service("x", "note", default="end"),
        end(),
        end("other"),
        LINE,
        flow("x", "other", ATTACK),
    ),
    "a parameter": (start(), service("x", "tell", text=ATTACK), end(), LINE),
    "an input of a decision": (start(), rule("x", "d", n=ATTACK), end(), LINE),
    "what a message says": (start(), send_task("x", "m", say={"a": ATTACK}), end(), LINE),
    "whom a message is for": (start(), send_task("x", "m", key=ATTACK), end(), LINE),
    "for whom somebody waits": (start(), catch("x", message="m", key=ATTACK), end(), LINE),
    "a conditional event": (start(), catch("x", condition=ATTACK), end(), LINE),
    "how often": (start(), user("x", loop=times(ATTACK)), end(), LINE),
    "when it is enough": (
        start(),
        service("x", "note", loop=times("2", until=ATTACK)),
        end(),
        LINE,
    ),
    "whether again": (start(), service("x", "note", loop=again(ATTACK, most=2)), end(), LINE),
    "what a call gives": (start(), call("x", "q", gives={"a": ATTACK}), end(), LINE),
    "what a call takes": (start(), call("x", "q", takes={"a": ATTACK}), end(), LINE),
    "a duration": (start(), catch("x", duration=ATTACK), end(), LINE),
    "a date": (start(), catch("x", date=ATTACK), end(), LINE),
    "a cycle": (
        start(),
        user("x"),
        end(),
        LINE,
        boundary("e", "x", cycle=ATTACK),
        end("late"),
        flow("e", "late"),
    ),
}


def drawn_with(body: tuple[str, ...], attack: str) -> bytes:
    """Return a diagram with an attack where the body has a place for it."""
    text = diagram("p", *body).decode()
    in_attribute = quoteattr(attack)[1:-1].replace('"', "&quot;")
    text = text.replace(f'"{ATTACK}"', f'"{in_attribute}"')
    return text.replace(ATTACK, escape(attack)).encode("utf-8", "replace")


def run(xml: bytes) -> None:
    """Run a diagram as far as it goes by itself, and let its call come back."""
    walker = Walker(planned(xml), forgetful=False, data=DATA)
    for token in list(walker.run.tokens()):
        if isinstance(token.task_spec, CallActivity):
            walker.run.child_ended(token, 0, DATA)
    walker.run.receive("m", "k", {})


@pytest.mark.parametrize("place", PLACES)
def test_no_attack_in_a_diagram_gets_through(
    place: str, registry: Registry, tmp_path: Path
) -> None:
    sentinel = tmp_path / "sentinel"
    tried = 0

    for attack in attacks(sentinel):
        xml = drawn_with(PLACES[place], attack)
        tried += 1
        if not any(problem.refuses for problem in engine.check(xml, registry)):
            run(xml)

    assert tried >= 200
    assert not sentinel.exists()


TABLE: Final = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f" name="f"
 namespace="urn:x"><decision id="d" name="d"><decisionTable id="t" hitPolicy="FIRST">
 <input id="i"><inputExpression id="ie" typeRef="{type}"><text>{asked}</text></inputExpression>
 </input><output id="o" name="out" typeRef="{type}"/>
 <rule id="r"><inputEntry id="c"><text>{cell}</text></inputEntry>
 <outputEntry id="u"><text>{given}</text></outputEntry></rule>
 </decisionTable></decision></definitions>"""
CELLS: Final[dict[str, Callable[[str], dict[str, str]]]] = {
    "what is asked": lambda attack: {"asked": attack, "cell": "-", "given": "1"},
    "a cell": lambda attack: {"asked": "percent", "cell": attack, "given": "1"},
    "what is given": lambda attack: {"asked": "percent", "cell": "-", "given": attack},
}


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("kind", ["number", "string"])
def test_no_attack_in_a_decision_table_gets_through(cell: str, kind: str, tmp_path: Path) -> None:
    sentinel = tmp_path / "sentinel"

    for attack in attacks(sentinel):
        texts = {name: escape(text) for name, text in CELLS[cell](attack).items()}
        xml = TABLE.format(type=kind, **texts).encode("utf-8", "replace")
        if not check_table(xml).problems:
            try:
                passed(xml).decide("d", DATA)
            except (DecisionUnknown, Fault, Refused):
                continue

    assert not sentinel.exists()


def test_a_call_lists_by_name_and_computes_nothing(registry: Registry) -> None:
    xml = diagram("p", start(), call("x", "q", items="units + [1]", item="a"), end(), LINE)

    refused = [problem.code for problem in engine.check(xml, registry) if problem.refuses]

    assert refused == ["key_unfit"]


def test_no_attack_in_the_data_is_a_duration(tmp_path: Path) -> None:
    sentinel = tmp_path / "sentinel"
    rule = read_cycle("R/period")

    for attack in attacks(sentinel):
        with pytest.raises(Fault):
            rule.next(Armed(datetime.now(UTC)), {"period": attack}, lambda _: None)

    assert not sentinel.exists()
