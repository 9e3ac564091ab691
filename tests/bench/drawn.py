"""The diagrams that the engine's bench runs, and the house that they speak of."""

from collections.abc import Iterator
from typing import Any, Final

import engine
from engine import Operation, Registry, Session, StepType
from tests.diagrams import REGISTRY as LOOPS
from tests.engine.drawing import (
    boundary,
    choice,
    diagram,
    each,
    end,
    flow,
    path,
    service,
    start,
    user,
)

BLOCK: Final = 4
"""How many elements one block of the large diagram has."""


def note(_call: object, **_parameters: Any) -> None:
    """Do nothing: the bench measures the engine, not its host."""


REGISTRY: Final = Registry(
    operations={"note": Operation("note", note)},
    steps={**LOOPS.steps, "form": StepType("form")},
    roles=LOOPS.roles | {"clerk"},
)

TIMED: Final = diagram(
    "timed",
    start(),
    user("wait"),
    boundary("late", "wait", interrupting=True, duration="PT1H"),
    end(),
    end("missed"),
    path("begin", "wait", "end"),
    path("late", "missed"),
)
CROWD: Final = diagram(
    "crowd",
    start(),
    user("vote", "yes", "no", loop=each("people", "person")),
    end(),
    path("begin", "vote", "end"),
)


def version_of_moving(number: int) -> bytes:
    """Draw a version: the second one asks once more, behind where its instances wait."""
    more = () if number == 1 else (user("sign"),)
    way = ("begin", "check", "end") if number == 1 else ("begin", "check", "sign", "end")
    return diagram("moving", start(), user("check"), *more, end(), path(*way))


def large(elements: int) -> bytes:
    """Draw a diagram of so many elements: people, choices, ways back, and operations."""
    blocks = (elements - 2) // BLOCK
    extra = [service(f"more_{n}", "note") for n in range((elements - 2) % BLOCK)]
    row = ["begin"]
    drawn: list[str] = []
    for number in range(blocks):
        drawn += _block(number)
        row += [f"again_{number}", f"ask_{number}", f"way_{number}", f"tell_{number}"]
    row += [f"more_{n}" for n in range(len(extra))]
    flows = _flows([*row, "end"])
    return diagram("large", start(), *drawn, *extra, end(), *flows)


def _block(number: int) -> Iterator[str]:
    yield choice(f"again_{number}")
    yield user(f"ask_{number}", "on", "back")
    yield choice(f"way_{number}", default=f"tell_{number}")
    yield service(f"tell_{number}", "note")


def _flows(row: list[str]) -> Iterator[str]:
    yield path(*row)
    for element in row:
        if element.startswith("way_"):
            yield flow(element, element.replace("way_", "again_"), 'outcome == "back"')


def deploy(session: Session, *drawn: bytes) -> None:
    """Deploy diagrams of the bench."""
    for xml in drawn:
        engine.deploy(session, xml, by="bench")
