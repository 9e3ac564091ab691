"""An issue from draft to receipts: numbered when issued, frozen, withdrawn with a record."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import inspect, select

from tests.workflows.town import Town
from workflows import awaited, people, publications, serials
from workflows.errors import (
    ContentUnfit,
    DraftMoved,
    NotNow,
    NotReady,
    NotYours,
    OwnDraft,
    PublicationUnknown,
)
from workflows.figures import Span
from workflows.inbox import Group, InboxFilter
from workflows.lights import Light
from workflows.publications import Edited, NewDraft, content, papers
from workflows.tables import (
    Delivery,
    Notice,
    PaperFormat,
    Publication,
    PublicationPaper,
    PublicationState,
)

MARCH = Span.month(2020, 3)


def written(town: Town, who: str = "li") -> Publication:
    """Write the circular of February, so that nothing is left open in it."""
    draft = town.act(who, publications.make_draft, NewDraft("circular", "monthly", MARCH))
    return write(town, draft, content.paragraph("在办", content.figure("items_open"), "项。"))


def write(town: Town, draft: Publication, *blocks: dict[str, Any]) -> Publication:
    """Put other words into a draft."""
    edited = Edited(content.doc(*blocks), draft.title, draft.addressee)
    return town.act("li", publications.save_draft, draft.id, draft.revision, edited)


def issued(town: Town) -> Publication:
    """Bring a circular to its readers."""
    draft = written(town)
    for who, verb in (
        ("li", publications.submit),
        ("zhang", publications.approve),
        ("li", publications.issue),
    ):
        draft = town.act(who, verb, draft.id, draft.revision)
    return draft


def test_an_issue_takes_its_number_and_its_files_when_it_is_issued(small_town: Town) -> None:
    town = small_town
    other = written(town)

    issue = issued(town)

    assert (issue.year, issue.number) == (2020, 1)
    assert other.number is None
    paper = town.rows(select(PublicationPaper).where(PublicationPaper.format == PaperFormat.PDF))
    assert [each.publication_id for each in paper] == [issue.id]
    with town.database.read() as session:
        kept = session.get_one(Publication, issue.id)
        assert serials.number_of(kept) == "〔2020〕第1期"
        assert papers.file_of(session, kept, PaperFormat.PDF).startswith(b"%PDF")
    told = town.rows(select(Notice.person_id).where(Notice.kind == "issue_delivered"))
    assert {town.people["chu"], town.people["fan"], town.people["gao"]} <= set(told)


def waiting(town: Town, who: str) -> list[tuple[str, bool]]:
    """Return the papers of somebody's inbox and their colleagues', and whether each is theirs.

    The numbers of both tabs are as long as their lists.
    """
    rows, papers = town.look(who, awaited.of_my_units), town.look(who, awaited.awaited)
    assert town.look(who, awaited.around, papers).units == len(rows)
    assert town.look(who, awaited.counts, papers).mine == len(town.look(who, awaited.mine))
    return [(each.step.value, each.mine) for each in rows if isinstance(each, awaited.Awaited)]


def test_a_paper_waits_in_the_inbox_of_whose_turn_it_is_until_its_limit_and_after(
    small_town: Town,
) -> None:
    town, steps = small_town, awaited.Step
    waits = partial(waiting, town)

    draft = written(town)
    assert waits("zhang") == waits("li") == []
    draft = town.act("li", publications.submit, draft.id, draft.revision)
    assert waits("zhang") == [(steps.APPROVE_ISSUE, True)]
    assert waits("li") == [(steps.APPROVE_ISSUE, False)]
    draft = town.act("zhang", publications.approve, draft.id, draft.revision)
    assert waits("zhang") == [(steps.SEND_ISSUE, False)]
    assert waits("li") == [(steps.SEND_ISSUE, True)]
    town.act("li", publications.issue, draft.id, draft.revision)
    assert waits("zhang") == waits("li") == []
    assert waits("chu") == waits("fan") == [(steps.READ_ISSUE, True)]
    (paper,) = town.look("chu", awaited.awaited)
    assert isinstance(paper.subject, Delivery)
    assert {"content", "words"} <= inspect(paper.subject.publication).unloaded  # each page asks

    town.clock.move(timedelta(days=7))
    (row,) = town.look("chu", awaited.mine, InboxFilter(light=Light.RED))
    assert (row.due, row.group) == (date(2020, 3, 5), Group.LATE)
    town.act("fan", publications.open_issue, draft.id)
    assert waits("chu") == []


def test_a_returned_draft_waits_for_whose_it_is_until_it_is_sent_again(small_town: Town) -> None:
    town, step = small_town, awaited.Step.MEND_ISSUE
    waits = partial(waiting, town)
    draft = written(town)
    draft = town.act("zhou", publications.submit, draft.id, draft.revision)

    draft = town.act("zhang", publications.give_back, draft.id, draft.revision, "再核")
    told = town.rows(select(Notice.person_id).where(Notice.kind == "issue_returned"))
    assert set(told) == {town.people["li"], town.people["zhou"]}
    assert waits("li") == [(step, True)]
    assert waits("zhang") == waits("zhou") == [(step, False)]
    (paper,) = town.look("li", awaited.awaited)
    assert (paper.by, paper.due) == ("张明", date(2020, 3, 4))

    edited = Edited(draft.content, draft.title, draft.addressee)
    draft = town.act("zhou", publications.save_draft, draft.id, draft.revision, edited)
    assert waits("li") == waits("zhou") == [(step, True)]
    town.act("zhou", publications.discard_draft, draft.id, draft.revision)
    assert waits("li") == []
    town.act("zhou", publications.take_up, draft.id)
    for who in ("li", "zhou"):
        town.act("admin", people.disable_person, town.people[who])
    assert waits("zhang") == [(step, True)]

    town.act("zhang", publications.submit, draft.id, draft.revision)
    assert waits("zhang") == [(awaited.Step.APPROVE_ISSUE, False)]
    town.act("zhang", publications.take_back, draft.id)
    assert waits("zhang") == []


def test_nobody_approves_alone_what_they_drafted(small_town: Town) -> None:
    town = small_town
    draft = written(town, "zhang")
    town.act("zhang", publications.submit, draft.id, draft.revision)

    with pytest.raises(OwnDraft):
        town.act("zhang", publications.approve, draft.id, draft.revision)
    with pytest.raises(NotYours):
        town.act("zhou", publications.approve, draft.id, draft.revision)

    town.act("zhou", publications.review, draft.id, draft.revision)
    with pytest.raises(DraftMoved):
        town.act("zhang", publications.give_back, draft.id, draft.revision - 1, "再核")
    approved = town.act("zhang", publications.approve, draft.id, draft.revision)
    assert approved.state is PublicationState.APPROVED


def test_what_is_open_in_a_draft_keeps_it_back(small_town: Town) -> None:
    town = small_town
    draft = town.act("li", publications.make_draft, NewDraft("circular", "monthly", MARCH))
    with pytest.raises(NotReady) as told:
        town.act("li", publications.submit, draft.id, draft.revision)
    assert "blank" in {check.code for check in told.value.facts["checks"]}

    draft = write(town, draft, content.paragraph("生僻字\U000e0041，{{name}}。"))
    with pytest.raises(NotReady) as told:
        town.act("li", publications.submit, draft.id, draft.revision)
    assert {"placeholder"} <= {check.code for check in told.value.facts["checks"]}


def test_a_draft_takes_no_words_from_whoever_read_an_older_one(small_town: Town) -> None:
    town = small_town
    draft = written(town)
    edited = Edited(content.doc(content.paragraph("别的")), "题", "")

    with pytest.raises(DraftMoved):
        town.act("zhou", publications.save_draft, draft.id, draft.revision - 1, edited)
    for verb in (publications.take_snapshot, publications.discard_draft):
        with pytest.raises(DraftMoved):
            town.act("zhou", verb, draft.id, draft.revision - 1)
    with pytest.raises(ContentUnfit):
        write(town, draft, {"type": "image", "attrs": {"src": "http://elsewhere/"}})


def test_two_who_have_a_draft_open_hear_of_each_other_until_one_is_gone(small_town: Town) -> None:
    town = small_town
    draft = written(town)
    assert town.act("li", publications.note_presence, draft.id) == []

    (other,) = town.act("zhou", publications.note_presence, draft.id)
    assert other.person_id == town.people["li"]

    town.clock.move(timedelta(minutes=1))
    assert town.act("zhou", publications.note_presence, draft.id) == []


def test_a_value_that_is_sent_along_counts_for_nothing(small_town: Town) -> None:
    town = small_town
    figure = content.figure("items_open") | {"attrs": {"name": "items_open", "value": "999"}}

    draft = write(town, written(town), content.paragraph(figure))

    assert content.text_of(draft.content) == "0"


def test_readers_leave_receipts_and_see_no_drafts(small_town: Town) -> None:
    town = small_town
    draft = written(town)
    for who in ("chu", "mayor", "auditor", "admin"):
        with pytest.raises(PublicationUnknown):
            town.act(who, publications.open_issue, draft.id)
    issue = issued(town)

    town.act("chu", publications.open_issue, issue.id)

    with pytest.raises(PublicationUnknown):
        town.act("admin", publications.open_issue, issue.id)
    receipts = town.look("zhou", publications.receipts, issue.id)
    read = {each.unit_id for each in receipts if each.read_at}
    assert read == {town.units["parks"]}
    assert town.act("li", publications.urge_readers, issue.id) == len(receipts) - 1
    with pytest.raises(NotNow):
        town.act("li", publications.urge_readers, issue.id)


def test_a_withdrawn_issue_keeps_its_number_and_says_why(small_town: Town) -> None:
    town = small_town
    first = issued(town)

    with pytest.raises(NotYours):
        town.act("li", publications.withdraw, first.id, "数字有误")
    gone = town.act("zhang", publications.withdraw, first.id, "数字有误")

    assert (gone.number, gone.withdrawn_reason) == (1, "数字有误")
    assert issued(town).number == 2
