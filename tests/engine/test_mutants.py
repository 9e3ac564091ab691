"""Random mutants of the shipped diagrams: each is refused with a reason, or runs right."""

import random
from collections.abc import Callable
from typing import Any, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.etree import _Element as Element

from engine import check
from engine.diagrams.reading.tags import BPMN
from engine.machine import Runaway
from tests.engine.shapes import SHIPPED
from tests.engine.test_walks import DATA, OUTCOMES, same
from tests.engine.walking import Walker, planned
from workflows.processes import registry

FILES: Final = {
    name: (SHIPPED / f"{name}.bpmn").read_bytes() for name in ("instruction", "unit_handling")
}
GATEWAYS: Final = ("exclusiveGateway", "parallelGateway", "inclusiveGateway")
REGISTRY: Final = registry()


def some(root: Element, chance: random.Random, *tags: str) -> Element:
    """Return one of the elements with these tags."""
    return chance.choice([element for tag in tags for element in root.iter(BPMN + tag)])


def elsewhere(root: Element, chance: random.Random) -> None:
    """Let a flow lead to another element of its scope."""
    flow = some(root, chance, "sequenceFlow")
    others = [one.get("targetRef", "") for one in flow.itersiblings(BPMN + "sequenceFlow")]
    if others:
        lead(root, flow, chance.choice(others))


def lead(root: Element, flow: Element, target: str) -> None:
    """Lead a flow to an element, which is told of it."""
    for incoming in list(root.iter(BPMN + "incoming")):
        if incoming.text == flow.get("id"):
            incoming.getparent().remove(incoming)  # type: ignore[union-attr]
    flow.set("targetRef", target)


def without(root: Element, chance: random.Random) -> None:
    """Take a flow, an event or a task out."""
    gone = some(root, chance, "sequenceFlow", "boundaryEvent", "userTask", "serviceTask")
    gone.getparent().remove(gone)  # type: ignore[union-attr]
    for mention in list(root.iter(BPMN + "incoming", BPMN + "outgoing", BPMN + "flowNodeRef")):
        if mention.text == gone.get("id"):
            mention.getparent().remove(mention)  # type: ignore[union-attr]


def another_gateway(root: Element, chance: random.Random) -> None:
    """Make a gateway one of another kind, with or without what it needs."""
    gateway = some(root, chance, *GATEWAYS)
    gateway.tag = BPMN + chance.choice(GATEWAYS)
    if chance.random() < 0.5:
        gateway.attrib.pop("default", None)
        for flow in root.iter(BPMN + "sequenceFlow"):
            condition = flow.find(BPMN + "conditionExpression")
            if flow.get("sourceRef") == gateway.get("id") and condition is not None:
                flow.remove(condition)


def unconditioned(root: Element, chance: random.Random) -> None:
    """Take the condition off a flow."""
    condition = some(root, chance, "conditionExpression")
    condition.getparent().remove(condition)  # type: ignore[union-attr]


def flipped(root: Element, chance: random.Random) -> None:
    """Let a boundary event interrupt that didn't, or the other way round."""
    event = some(root, chance, "boundaryEvent")
    stops = event.get("cancelActivity", "true") == "true"
    event.set("cancelActivity", "false" if stops else "true")


def split(root: Element, chance: random.Random) -> None:
    """Let a second flow lead out of a task."""
    flow = some(root, chance, "sequenceFlow")
    again = etree.SubElement(flow.getparent(), flow.tag, dict(flow.attrib))  # type: ignore[arg-type]
    again.set("id", "again")
    elsewhere(root, chance)


MUTATIONS: Final[list[Callable[[Element, random.Random], None]]] = [
    elsewhere,
    without,
    another_gateway,
    unconditioned,
    flipped,
    split,
]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(sorted(FILES)),
    mutations=st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=2),
    chance=st.randoms(use_true_random=False),
    moves=st.lists(st.tuples(st.integers(0, 30), st.sampled_from(OUTCOMES)), max_size=40),
)
def test_a_mutant_is_refused_or_runs_right(
    name: str,
    mutations: list[Callable[[Element, random.Random], None]],
    chance: random.Random,
    moves: list[tuple[int, str]],
) -> None:
    root = etree.fromstring(FILES[name])
    for mutate in mutations:
        mutate(root, chance)
    xml = etree.tostring(root)
    if any(problem.refuses for problem in check(xml, REGISTRY)):
        return
    plan = planned(xml)
    both = [Walker(plan, forgetful=forgetful, data=DATA) for forgetful in (False, True)]
    same(*both)
    for number, outcome in moves:
        if not walked(both, number, {"outcome": outcome, "final": number % 2 == 0}):
            return
        same(*both)


def walked(both: list[Walker], number: int, values: dict[str, Any]) -> bool:
    """Let the same thing happen in both; false once they are over, or walk without end."""
    offers = [
        place
        for place, ((name, _), _) in enumerate(both[0].offers())
        if not name.startswith("scope")
    ]
    assert both[0].completed or offers
    if not offers:
        return False
    try:
        for walker in both:
            walker.take(offers[number % len(offers)], values)
    except Runaway:
        return False
    return True
