"""What supervision asks of a diagram besides the gate: the shipped ones keep it."""

import pytest

import engine
from engine import Kind
from web.words import advice as advice_words
from workflows.drawings import advice as advising
from workflows.drawings.advice import advice
from workflows.processes import DIAGRAMS

HANDLING = (DIAGRAMS / "unit_handling.bpmn").read_bytes()
APART = b"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                  xmlns:duban="urn:duban:bpmn:1" targetNamespace="urn:duban">
  <bpmn:process id="apart" name="apart" isExecutable="true">
    <bpmn:startEvent id="start" />
    <bpmn:parallelGateway id="split" />
    <bpmn:callActivity id="lead" calledElement="unit_handling" />
    <bpmn:callActivity id="co" calledElement="unit_handling" />
    <bpmn:JOIN id="join" />
    <bpmn:userTask id="close" name="close" duban:name_en="close" duban:step="close"
                   duban:who="director" />
    <bpmn:endEvent id="end" />
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="split" />
    <bpmn:sequenceFlow id="f2" sourceRef="split" targetRef="lead" />
    <bpmn:sequenceFlow id="f3" sourceRef="split" targetRef="co" />
    <bpmn:sequenceFlow id="f4" sourceRef="lead" targetRef="join" />
    <bpmn:sequenceFlow id="f5" sourceRef="co" targetRef="join" />
    <bpmn:sequenceFlow id="f6" sourceRef="join" targetRef="close" />
    <bpmn:sequenceFlow id="f7" sourceRef="close" targetRef="end" />
  </bpmn:process>
</bpmn:definitions>
"""


def advised(xml: bytes) -> list[tuple[str, str | None]]:
    """Return what is advised about a diagram: codes and elements."""
    drawn = engine.outline(xml)
    assert drawn is not None
    return [(problem.code, problem.element_id) for problem in advice(drawn)]


@pytest.mark.parametrize("name", sorted(path.stem for path in DIAGRAMS.glob("*.bpmn")))
def test_a_shipped_diagram_is_as_it_should_be(name: str) -> None:
    assert advised((DIAGRAMS / f"{name}.bpmn").read_bytes()) == []


@pytest.mark.parametrize(
    ("before", "after", "code", "at"),
    [
        (b'<duban:outcome value="return"', b'<duban:outcome value="x"', "no_return", "review"),
        (
            b'sourceRef="is_done" targetRef="report"',
            b'sourceRef="is_done" targetRef="handling_end"',
            "returns_nowhere",
            "review",
        ),
        (b'calledElement="escalation"', b'calledElement="other"', "no_escalation", "report"),
        (b'duban:step="confirm"', b'duban:step="form"', "unsigned", "report"),
        (
            b'duban:step="report" duban:limit="due.limit"',
            b'duban:step="report" duban:limit="none"',
            "no_limit",
            "report",
        ),
        (
            'name="反馈" duban:name_en="Report"'.encode(),
            'name="反馈"'.encode(),
            "no_english",
            "report",
        ),
    ],
)
def test_what_is_missing_is_told_at_the_element(
    before: bytes, after: bytes, code: str, at: str
) -> None:
    assert before in HANDLING

    assert (code, at) in advised(HANDLING.replace(before, after))


def test_a_day_of_a_units_part_is_waited_for_where_there_is_a_part() -> None:
    proposal = (DIAGRAMS / "proposal.bpmn").read_bytes()
    for_each_part = b'id="promises_assignment" name="assignment"'
    for_others = b'id="promises_assignment" name="other"'

    assert for_each_part in proposal
    assert ("no_part", "back") in advised(proposal.replace(for_each_part, for_others))


def test_the_office_looks_once_all_units_are_done() -> None:
    joined = APART.replace(b"JOIN", Kind.FORK.encode())
    merged = APART.replace(b"JOIN", Kind.CHOICE.encode())

    assert advised(joined) == []
    assert advised(merged) == [("judged_early", "close")]


def test_every_rule_is_worded_with_how_to_draw_it() -> None:
    assert set(advising.codes()) <= advice_words.WORDS.keys() & advice_words.HINTS.keys()
