"""What an editor may offer is what the gate lets in: each form of the published table."""

import pytest

from engine import DRAWABLE
from tests.engine.forms import FORMS, SUB, Form

INERT = {"group", "textAnnotation"}
EVENTS = [form for form in FORMS if form.element.endswith("Event") and not form.self_starting]
SIMPLEST = {"plain", "one way", "events", "beside the flow"}
PLAIN = [form for form in FORMS if form.event in SIMPLEST]


def offered(form: Form) -> bool:
    """Tell whether an editor may offer an event at its place."""
    host, _, _ = form.position.partition(",")
    position = form.element
    if form.element == "startEvent" and form.position.startswith("event sub-process"):
        position = "eventSubProcess"
    elif form.element == "startEvent" and form.position == SUB:
        position = "subProcess"
    allowed = form.event in DRAWABLE.events[position]
    if form.element == "boundaryEvent":
        allowed = allowed and host in DRAWABLE.hosts[form.event]
    return allowed and (form.interrupting is not False or form.event not in DRAWABLE.interrupting)


@pytest.mark.parametrize("form", EVENTS, ids=lambda form: form.name)
def test_an_event_is_offered_where_the_gate_lets_it_in(form: Form) -> None:
    assert offered(form) == (form.code is None)


@pytest.mark.parametrize("form", PLAIN, ids=lambda form: form.name)
def test_an_element_is_offered_if_it_runs(form: Form) -> None:
    drawn = form.element in DRAWABLE.elements | INERT

    assert drawn == (form.code is None)
