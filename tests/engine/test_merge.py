"""Three versions of a diagram: what only the newer one changed comes into a draft."""

import re

from engine import compare_xml, drawn_in, merge_xml
from workflows.processes import DIAGRAMS

BASE = (DIAGRAMS / "instruction.bpmn").read_bytes()


def changed(xml: bytes, **words: str) -> bytes:
    """Return a diagram in which texts are others."""
    for old, new in words.items():
        assert old.encode() in xml
        xml = xml.replace(old.encode(), new.encode())
    return xml


def with_look(xml: bytes) -> bytes:
    """Put a step behind the approval: with its flow, its lane and its place in the picture."""
    flow = 'id="to_approved" sourceRef="approve" targetRef="'
    return changed(
        xml,
        **{
            f"{flow}approved": f"{flow}look",
            "</bpmn:process>": '<bpmn:userTask id="look" name="踏勘" duban:step="form"/>'
            '<bpmn:sequenceFlow id="on" sourceRef="look" targetRef="approved"/></bpmn:process>',
            "<bpmn:flowNodeRef>approve</bpmn:flowNodeRef>": "<bpmn:flowNodeRef>approve"
            "</bpmn:flowNodeRef><bpmn:flowNodeRef>look</bpmn:flowNodeRef>",
            "</bpmndi:BPMNPlane>": '<bpmndi:BPMNShape id="look_di" bpmnElement="look">'
            '<dc:Bounds x="1" y="2" width="100" height="60"/></bpmndi:BPMNShape>'
            "</bpmndi:BPMNPlane>",
        },
    )


def test_what_only_the_newer_version_changed_is_taken_over_and_the_draft_stays() -> None:
    theirs = changed(BASE, 立项审批="审签")
    ours = changed(BASE, **{'name="交办"': 'name="转办"'})

    merged = merge_xml(BASE, theirs, ours)

    assert compare_xml(merged.xml, changed(ours, 立项审批="审签")) == []
    assert (merged.taken, merged.both, merged.left) == ({"approve"}, frozenset(), frozenset())


def test_words_of_another_tool_that_bear_the_id_of_an_element_are_not_taken_for_it() -> None:
    start = '<bpmn:process id="instruction"'
    head = BASE[BASE.index(start.encode()) :].split(b">", 1)[0].decode() + ">"
    base = changed(
        BASE, **{head: head + '<bpmn:documentation id="approve">甲</bpmn:documentation>'}
    )

    merged = merge_xml(
        base, changed(base, 立项审批="审签"), changed(base, **{'name="交办"': 'name="转办"'})
    )

    assert merged.taken == {"approve"}
    assert "审签".encode() in merged.xml


def test_what_both_changed_stays_as_the_draft_has_it() -> None:
    ours = changed(BASE, 立项审批="立项签批")

    merged = merge_xml(BASE, changed(BASE, 立项审批="审签"), ours)

    assert compare_xml(merged.xml, ours) == []
    assert (merged.taken, merged.both) == (frozenset(), {"approve"})


def test_a_step_that_came_or_went_is_taken_over_with_its_flow_lane_and_picture() -> None:
    theirs, ours = with_look(BASE), changed(BASE, **{'name="交办"': 'name="转办"'})

    came = merge_xml(BASE, theirs, ours)
    went = merge_xml(theirs, BASE, with_look(ours))

    assert came.taken == went.taken == {"look", "on", "to_approved"}
    assert compare_xml(came.xml, with_look(ours)) == []
    assert compare_xml(went.xml, ours) == []


def test_a_draft_without_a_picture_takes_a_step_over_undrawn() -> None:
    ours = re.sub(rb"<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", b"", BASE, flags=re.DOTALL)

    merged = merge_xml(BASE, with_look(BASE), ours)

    assert merged.taken == {"look", "on", "to_approved"}
    assert b"bpmndi:BPMNShape" not in merged.xml


def test_nothing_that_the_draft_needs_is_taken_away() -> None:
    base = with_look(BASE)
    event = '<bpmn:boundaryEvent id="late" attachedToRef="look"/>'
    ours = changed(base, **{"</bpmn:process>": f"{event}</bpmn:process>"})

    merged = merge_xml(base, BASE, ours)

    assert "look" in merged.left
    drawn = drawn_in(merged.xml)
    assert drawn["late"].says["attachedToRef"] in drawn
