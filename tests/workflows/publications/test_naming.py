"""Praise and criticism in circulars, special reports to leaders, and slips as issues."""

from hashlib import sha256

import pytest
from sqlalchemy import select

from engine import Session
from tests.workflows.ladder.climbing import approve, climb_to, settle_suggestion
from tests.workflows.publications.test_story import MARCH, write, written
from tests.workflows.town import Town
from workflows import awaited, ladder, publications
from workflows.actors import actor_of
from workflows.awaited import Step
from workflows.errors import GlyphsMissing, NotNow, NotReady, PublicationUnknown, SuggestionUnknown
from workflows.figures import Span
from workflows.ladder import views as ladder_views
from workflows.publications import NewDraft, content, papers, slips
from workflows.tables import (
    Escalation,
    Item,
    Named,
    PaperFormat,
    Publication,
    PublicationKind,
    PublicationPaper,
    PublicationUnit,
    Rung,
    Suggestion,
)


def praised(town: Town) -> int:
    """Suggest praise by hand, and let the leader approve it; return its number."""
    item_id = town.handled()
    town.act("li", ladder.suggest, town.part(item_id, "parks").id, "praise")
    settle_suggestion(town, item_id)
    (found,) = town.rows(select(Suggestion.id))
    return int(found)


def test_a_circular_names_what_a_leader_has_approved_and_each_once(small_town: Town) -> None:
    town = small_town
    suggestion_id = praised(town)

    draft = town.act("li", publications.make_draft, NewDraft("circular", "monthly", MARCH))

    (named,) = town.rows(select(PublicationUnit))
    assert (named.unit_id, named.named) == (town.units["parks"], Named.PRAISE)
    assert "市园林绿化处（" in content.text_of(draft.content)
    other = written(town)
    with pytest.raises(SuggestionUnknown):
        town.act("li", publications.name_unit, other.id, suggestion_id)
    draft = write(town, draft, content.paragraph("各单位均按期推进。"))
    with pytest.raises(NotReady) as told:
        town.act("li", publications.submit, draft.id, draft.revision)
    assert [check.code for check in told.value.facts["checks"]] == ["unit_not_in_text"]

    town.act("li", publications.leave_out, draft.id, suggestion_id)
    town.act("li", publications.submit, draft.id, draft.revision)
    town.act("li", publications.name_unit, other.id, suggestion_id)


def test_a_special_report_is_open_to_the_leader_whom_it_addresses(small_town: Town) -> None:
    town = small_town
    span = Span(MARCH.first, MARCH.last)
    draft = town.act(
        "li", publications.make_draft, NewDraft("special", "special", span, town.handled())
    )
    assert "关于" in draft.title
    draft = write(town, draft, content.paragraph("事项按期推进。"))
    with pytest.raises(NotReady):
        town.act("li", publications.submit, draft.id, draft.revision)

    town.act("li", publications.address, draft.id, [], [town.posts["mayor"]])
    town.act("li", publications.copy_to, draft.id, " 市委督查室 ")
    for who, verb in (
        ("li", publications.submit),
        ("zhang", publications.approve),
        ("zhang", publications.issue),
    ):
        draft = town.act(who, verb, draft.id, draft.revision)

    with pytest.raises(NotNow):
        town.act("li", publications.copy_to, draft.id, "市委办公室")
    with town.database.read() as session:
        printed = papers.paper_of(session, session.get_one(Publication, draft.id))
    assert printed.copies_to == "市委督查室"

    town.act("mayor", publications.open_issue, draft.id)
    for stranger in ("secretary", "chu"):
        with pytest.raises(PublicationUnknown):
            town.act(stranger, publications.open_issue, draft.id)


def test_each_slip_counts_as_an_issue_and_is_its_units(small_town: Town) -> None:
    town = small_town
    item_id = town.handled()
    climb_to(town, item_id, Rung.NOTICE_BLUE)
    approve(town, item_id)

    (slip,) = town.rows(select(Publication))

    assert (slip.kind, slip.number) == (PublicationKind.SLIP, 1)
    assert [each.id for each in town.look("chu", publications.archive)] == [slip.id]
    assert town.look("yang", publications.archive) == []
    (waiting,) = town.look("chu", awaited.awaited)
    assert (waiting.step, waiting.mine) == (Step.READ_ISSUE, True)
    town.act("chu", ladder.open_rungs, item_id)
    assert town.look("chu", awaited.awaited) == []


def slip_file(town: Town, rung_id: int, kind: PaperFormat) -> bytes:
    """Return a slip's file as its unit gets it."""
    with town.database.read() as session:
        slip = ladder_views.slip_of(session, actor_of(session, town.people["chu"]), rung_id)
        return slips.file_of(session, slip, kind)


def test_a_slip_stays_the_files_as_which_it_went_out(small_town: Town) -> None:
    town = small_town
    item_id = town.handled()
    climb_to(town, item_id, Rung.NOTICE_BLUE)
    rung = approve(town, item_id)
    gone_out = {kind: slip_file(town, rung.id, kind) for kind in PaperFormat}

    def change(session: Session) -> None:
        session.get_one(Item, item_id).title = "别的事"
        session.get_one(Escalation, rung.id).demand = "别的要求"

    town.database.write(change)

    kept = {one.format: one.sha256 for one in town.rows(select(PublicationPaper))}
    assert kept == {kind: sha256(file).hexdigest() for kind, file in gone_out.items()}
    assert {kind: slip_file(town, rung.id, kind) for kind in PaperFormat} == gone_out
    with town.database.read() as session:
        slip = ladder_views.slip_of(session, actor_of(session, town.people["chu"]), rung.id)
        assert "别的" not in str(slips.paper_of(session, slip).blocks)


def test_a_sign_that_no_pdf_can_draw_holds_up_no_slip(small_town: Town) -> None:
    town = small_town
    item_id = town.handled()

    def rename(session: Session) -> None:
        session.get_one(Item, item_id).title = "治理💧内涝"

    town.database.write(rename)
    climb_to(town, item_id, Rung.NOTICE_BLUE)
    rung = approve(town, item_id)

    assert rung.delivered_at is not None
    assert [one.format for one in town.rows(select(PublicationPaper))] == [PaperFormat.DOCX]
    assert slip_file(town, rung.id, PaperFormat.DOCX)
    with pytest.raises(GlyphsMissing):
        slip_file(town, rung.id, PaperFormat.PDF)
