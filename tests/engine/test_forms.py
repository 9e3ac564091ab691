"""The table of forms: each is read as what it is, or refused for the reason that stands there."""

from collections import Counter
from dataclasses import replace

import pytest

from engine import Registry
from engine.diagrams.gate import check, reread
from engine.diagrams.model import ACTIVITIES, Event, Kind, Node
from tests.engine.forms import FORMS, Form
from tests.engine.forms.activities import MARKS
from tests.engine.forms.form import EVENTS

READ = [form for form in FORMS if form.code is None]
NOT_NODES = {"sequenceFlow", "textAnnotation", "group"}
PALETTE = {
    "startEvent in/on process": 5,
    "startEvent in/on event sub-process of a process": 12,
    "intermediateCatchEvent in/on process": 5,
    "intermediateThrowEvent in/on process": 6,
    "boundaryEvent in/on userTask": 13,
    "endEvent in/on process": 8,
}
"""How many events of each kind bpmn-js offers: 49, two of them for transactions alone."""


def in_its_house(form: Form, registry: Registry) -> Registry:
    """Return the registry of the house that a form is drawn for."""
    return replace(registry, self_starting=form.self_starting)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_reads_or_refuses(form: Form, registry: Registry) -> None:
    found = check(form.xml, in_its_house(form, registry))

    codes = {problem.code for problem in found if problem.refuses}
    assert (form.code in codes) if form.code else not codes, codes


@pytest.mark.parametrize("form", READ, ids=lambda form: form.name)
def test_reads_it_as_what_it_is(form: Form) -> None:
    diagram = reread(form.xml)

    if form.element in NOT_NODES:
        assert "x" not in diagram.nodes or form.element == "sequenceFlow"
        return
    node = diagram.nodes["x"]
    assert node.kind == form.element
    if form.element.endswith("Event"):
        assert told(node.event) == EVENTS[form.event]
        assert node.interrupting is (form.interrupting is not False)
    if node.kind in ACTIVITIES:
        assert (node.loop is not None) is (form.event in MARKS)
    assert_hangs_together(node, diagram.nodes)


def told(event: Event) -> dict[str, str]:
    """Return what an event is about, as the table writes it."""
    kind = "condition" if event.kind == "conditional" else str(event.kind)
    if event.timer is not None:
        return {"duration": event.timer.text}
    if event.condition is not None:
        return {kind: event.condition.text}
    return {} if kind == "none" else {kind: event.name or ""}


def assert_hangs_together(node: Node, nodes: dict[str, Node]) -> None:
    """Check that a node knows where it hangs, and what may start it."""
    if node.kind is Kind.BOUNDARY:
        assert node in nodes["work"].events
    scope = nodes.get(node.scope)
    if node.kind is Kind.START and scope is not None and scope.triggered:
        assert scope.trigger is node
        assert scope.interrupting is node.interrupting
        assert scope.awaited is node


def test_has_every_event_that_the_editor_offers() -> None:
    offered = Counter(
        f"{form.element} in/on {form.position}"
        for form in FORMS
        if form.palette and form.element.endswith("Event") and not form.self_starting
    )

    assert {place: offered[place] for place in PALETTE} == PALETTE


def test_names_each_form_once() -> None:
    assert len({form.name for form in FORMS}) == len(FORMS)
