"""One draft is open for each process; it is put aside, taken up, brought in, copied."""

from datetime import timedelta

import pytest

import engine
from engine import Title
from tests.workflows.drawings.conftest import AGAIN, CHANGED, SHIPPED
from tests.workflows.town import Town
from workflows import drawings
from workflows.errors import (
    DraftEnded,
    DraftOpen,
    NotYours,
    ProcessIdUnfit,
    ProcessTaken,
    WouldBeLost,
)

FOREIGN = SHIPPED.replace(
    b"<bpmn:process ",
    b'<bpmn:process xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:versionTag="7" ',
)
OUTSIDE = SHIPPED.replace(
    b"<bpmn:collaboration",
    b'<x:forms xmlns:x="urn:other"><x:form /></x:forms><bpmn:collaboration',
    1,
)


def test_a_draft_that_was_put_aside_is_taken_up_again(house: Town) -> None:
    draft = house.act("admin", drawings.open_draft, "instruction")
    house.act("admin", drawings.save_draft, draft.id, CHANGED, 1)

    house.act("zhou", drawings.discard_draft, draft.id)
    with pytest.raises(DraftEnded):
        house.act("admin", drawings.save_draft, draft.id, AGAIN, 2)
    house.act("zhou", drawings.restore_draft, draft.id)

    assert house.look("admin", drawings.drawing, draft.id).xml == CHANGED


def test_it_stays_aside_while_another_is_open(house: Town) -> None:
    draft = house.act("admin", drawings.open_draft, "instruction")
    house.act("admin", drawings.discard_draft, draft.id)
    other = house.act("zhou", drawings.open_draft, "instruction")

    with pytest.raises(DraftOpen) as refused:
        house.act("admin", drawings.restore_draft, draft.id)

    assert (refused.value.facts["draft_id"], refused.value.facts["saved_by"]) == (other.id, "周平")


def test_both_see_each_other_until_one_is_gone(house: Town) -> None:
    draft = house.act("admin", drawings.open_draft, "instruction")
    note = drawings.note_presence
    house.act("admin", note, draft.id, "approve", None)

    seen = house.act("zhou", note, draft.id, None, None)
    house.clock.move(timedelta(minutes=1))
    later = house.act("zhou", note, draft.id, None, None)

    assert [(each.name, each.element, each.process) for each in seen] == [
        ("管理员", "approve", "instruction")
    ]
    assert later == []


def test_a_copy_is_a_process_of_its_own(house: Town) -> None:
    original = house.look("admin", drawings.newest_of_process, "decision")

    draft = house.act(
        "admin", drawings.copy_diagram, original.id, Title("letters", "来信办理", "Letters")
    )

    assert (draft.process_id, draft.name, draft.base_id) == ("letters", "来信办理", None)
    wrong = house.look("admin", drawings.check_diagram, draft.xml, "letters")
    assert [problem.code for problem in wrong] == []


@pytest.mark.parametrize(
    ("process_id", "refusal"),
    [("instruction", ProcessTaken), ("1st", ProcessIdUnfit), ("", ProcessIdUnfit)],
)
def test_a_copy_needs_an_id_that_nobody_has(
    house: Town, process_id: str, refusal: type[Exception]
) -> None:
    original = house.look("admin", drawings.newest_of_process, "decision")

    with pytest.raises(refusal):
        house.act("admin", drawings.copy_diagram, original.id, Title(process_id, "甲", "A"))


def test_what_another_tool_left_in_a_file_stays_and_is_named(house: Town) -> None:
    kept = house.act("admin", drawings.keep_file, "x.bpmn", FOREIGN)

    draft = house.act("admin", drawings.draft_from_file, kept.id, sure=False)

    assert [(one["name"], one["kept"]) for one in kept.strange] == [("versionTag", True)]
    assert draft.xml == FOREIGN


def test_a_file_is_kept_though_the_editor_would_lose_parts_of_it(house: Town) -> None:
    kept = house.act("admin", drawings.keep_file, "x.bpmn", OUTSIDE)

    with pytest.raises(WouldBeLost) as refused:
        house.act("admin", drawings.draft_from_file, kept.id, sure=False)
    draft = house.act("admin", drawings.draft_from_file, kept.id, sure=True)

    assert refused.value.facts["parts"] == ["forms"]
    assert draft.xml == OUTSIDE
    assert house.look("admin", drawings.file_of, kept.id).xml == OUTSIDE


def test_a_file_takes_the_place_of_a_draft_only_knowingly(house: Town) -> None:
    draft = house.act("zhou", drawings.open_draft, "instruction")
    kept = house.act("admin", drawings.keep_file, "x.bpmn", CHANGED)
    bring = drawings.draft_from_file

    with pytest.raises(DraftOpen):
        house.act("admin", bring, kept.id, sure=False)
    house.act("admin", bring, kept.id, sure=False, over=1)

    assert house.look("admin", drawings.drawing, draft.id).xml == CHANGED
    files = house.look("admin", drawings.files_of, draft.id)
    assert [each.xml for each in files] == [SHIPPED, CHANGED]


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"PK\x03\x04", "not_xml"),
        (b"<definitions/>", "not_bpmn"),
        (b"<" * 2_000_001, "too_large"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "doctype"),
    ],
)
def test_a_file_that_is_no_diagram_is_refused(house: Town, xml: bytes, code: str) -> None:
    with pytest.raises(engine.Refused) as refused:
        house.act("admin", drawings.keep_file, "x.bpmn", xml)

    assert [problem.code for problem in refused.value.problems] == [code]


def test_only_administrators_draw(house: Town) -> None:
    for who in ("li", "zhang", "auditor", "chu"):
        with pytest.raises(NotYours):
            house.act(who, drawings.open_draft, "instruction")
