"""Every gateway."""

from collections.abc import Iterator

from tests.engine.drawing import (
    catch,
    choice,
    diagram,
    end,
    flow,
    inclusive,
    parallel,
    path,
    race,
    receive,
    start,
    user,
)
from tests.engine.forms.activities import around
from tests.engine.forms.form import PROCESS, Form


def gateways() -> Iterator[Form]:
    """Yield every gateway, splitting, joining, and passing through."""
    rows = {
        "exclusiveGateway": (choice("x", default="b"), choice("join"), "one"),
        "parallelGateway": (parallel("x"), parallel("join"), None),
        "inclusiveGateway": (inclusive("x", default="b"), inclusive("join"), "one"),
    }
    for element, (split, join, condition) in rows.items():
        xml = diagram(
            "p",
            start(),
            split,
            user("a"),
            user("b"),
            join,
            user("after"),
            end(),
            path("begin", "x", "b", "join", "after", "end"),
            flow("x", "a", condition),
            flow("a", "join"),
        )
        yield Form(element, "split and join", PROCESS, xml)
        yield Form(element, "one way", PROCESS, around(split.replace(' default="x-b"', "")))
    yield Form("eventBasedGateway", "events", PROCESS, raced(race("x")))
    yield Form("eventBasedGateway", "receive tasks", PROCESS, raced(race("x"), tasks=True))
    for attribute, code in {
        'eventGatewayType="Parallel"': "race_type_unsupported",
        'instantiate="true"': "instantiate_unsupported",
    }.items():
        xml = raced(race("x").replace('id="x"', f'id="x" {attribute}'))
        yield Form("eventBasedGateway", attribute, PROCESS, xml, code=code, palette=False)
    xml = around('<bpmn:complexGateway id="x" name="x"/>')
    yield Form("complexGateway", "one way", PROCESS, xml, code="complex_unsupported")


def raced(gateway: str, *, tasks: bool = False) -> bytes:
    """Return a process that waits for the first of several events."""
    asked = receive("a", "ask") if tasks else catch("a", message="ask")
    waits = (asked, catch("b", duration="PT1H"), catch("c", duration="PT2H"))
    waits += (catch("d", signal="go"), catch("e", condition="ready"))
    ways = "".join(path("x", each_way, f"after_{each_way}", "end") for each_way in "abcde")
    tasks_after = "".join(user(f"after_{each_way}") for each_way in "abcde")
    return diagram("p", start(), gateway, *waits, tasks_after, end(), flow("begin", "x"), ways)
