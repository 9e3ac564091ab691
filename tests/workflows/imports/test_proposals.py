"""The list of proposals comes in: every row at the state that it tells, on its own diagram."""

from datetime import date

import pytest
from sqlalchemy import select

from tests import ledgers
from tests.workflows.imports.known import KNOWN
from tests.workflows.imports.office import Office
from workflows.imports import batches, book, rows
from workflows.imports.matching import match
from workflows.imports.rows import Answers, Judged, Verdict
from workflows.proposals import ledger
from workflows.proposals.ledger import ProposalFilter, ProposalLine
from workflows.tables import (
    Handling,
    ImportBatch,
    Kind,
    Reply,
    ReplyClass,
    Satisfaction,
    Source,
    StoryEntry,
)

SHEET = "人大建议政协提案"
MARKET, BUSES, COLLEGE = "农贸市场", "公交线路", "老年大学"
QUARTERS, PARKING, DOGS = "历史文化街区", "智慧停车", "犬类管理"


def _upload(office: Office, content: bytes) -> int:
    batch_id = office.upload(content)
    sheets = office.look(batches.sheets_of, batch_id)
    office.act(batches.choose_sheet, batch_id, SHEET, sheets)
    return batch_id


def _brought(office: Office) -> None:
    """Import the list once it is said who the two units are that nobody knows."""
    batch_id = _upload(office, ledgers.real())
    finance = office.unit("市财政局")
    names = ("市商务局", "市文化广电和旅游局")
    office.answer(batch_id, Answers(units=dict.fromkeys(names, finance)))
    office.run(batch_id)


def _judged(**cells: object) -> dict[int, Judged]:
    """Return what becomes of each row of the list, with some cells changed."""
    table = book.must_have_table(book.read_book(ledgers.changed(cells, SHEET))[1])
    return {row.row: row for row in rows.judge(table, match(table.columns), KNOWN)}


def _lines(office: Office) -> dict[str, ProposalLine]:
    found = office.look(ledger.lines, ProposalFilter())
    return {line.proposal.number: line for line in found}


def _title(office: Office, part: str) -> str:
    return next(item.title for item in office.items() if part in item.title)


def test_each_row_comes_in_at_the_state_that_it_tells(office: Office) -> None:
    _brought(office)

    items = office.items()
    waits = {
        part: office.steps(_title(office, part))
        for part in (MARKET, BUSES, COLLEGE, QUARTERS, PARKING, DOGS)
    }
    assert {item.kind for item in items} == {Kind.PROPOSAL}
    assert waits == {
        MARKET: ["close"],
        BUSES: ["close"],
        COLLEGE: ["contact", "opinion"],
        QUARTERS: ["contact"],  # dissatisfied: it is talked about and answered anew
        PARKING: ["close"],
        DOGS: ["contact"],
    }


def test_what_a_row_tells_is_kept_as_imported_and_nothing_is_made_up(office: Office) -> None:
    _brought(office)

    lines = _lines(office)
    parking, market = lines["政协提案第9号"], lines["人大建议第1号"]
    (reply,) = parking.replies
    assert parking.item.source is Source.CPPCC_PROPOSAL
    assert parking.proposal.handling is Handling.SEPARATE
    assert [one.name for one in parking.proposal.proposers] == ["侯委员", "苗委员"]
    assert (reply.reply_class, reply.document_number) == (ReplyClass.C, "城提〔2019〕2号")
    assert (reply.disclosed, reply.undisclosed_reason) == (False, "涉及企业商业秘密")
    assert {rating.satisfaction for rating in reply.ratings} == {Satisfaction.SATISFIED}
    assert (reply.signed_by_id, reply.verdict, parking.late) == (None, None, False)
    assert "刘代表等3人" in market.item.remarks
    assert lines["人大建议第2号"].back_on == date(2020, 1, 2)  # class B, before the next session
    with office.database.read() as session:
        kinds = set(session.scalars(select(StoryEntry.kind)))
    assert kinds & {"reply_issued", "reply_accepted", "contacted"} == set()


def test_a_second_import_of_the_list_brings_nothing_twice(office: Office) -> None:
    _brought(office)

    again = office.preview(_upload(office, ledgers.real()))

    codes = [[note.code for note in row.problems] for row in again.rows]
    assert codes.count(["on_ledger"]) == len(codes) - 2  # two have units to be asked about first


def test_a_session_s_list_without_units_waits_for_its_meeting(office: Office) -> None:
    head = ("编号", "届次", "类型", "案由", "提出人")
    listed = [
        (f"人大建议第{n}号", "八届人大一次会议", "人大建议", f"建议{n}", "牛代表") for n in (1, 2)
    ]
    batch_id = office.brought(ledgers.made_up(listed, head))

    with office.database.read() as session:
        batch = session.get_one(ImportBatch, batch_id)
        assert (batch.state, batch.done) == ("done", 2)
    assert office.steps("建议1") == ["assign"]
    assert office.item("建议2").assigned_on is None


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("B4", None, "session_missing"),
        ("A4", None, "proposal_number_missing"),
        ("E4", None, "proposers_missing"),
        ("J4", "分办", "handling_unfit"),
        ("J4", "随便办", "handling_unknown"),
        ("K4", "聊过", "not_a_contact"),
        ("K4", "走访 2020.1.1", "met_ahead"),
        ("M4", None, "class_missing"),
        ("M4", "甲", "class_unknown"),
        ("L4", None, "rated_without_reply"),
        ("N4", "还行", "satisfaction_unknown"),
        ("F4", "市某某局", "unit_unknown"),
    ],
)
def test_what_contradicts_or_cannot_be_read_is_asked(
    cell: str, value: str | None, code: str
) -> None:
    row = _judged(**{cell: value})[4]

    assert row.verdict is Verdict.ASK
    assert code in [note.code for note in row.problems]


def test_a_reply_row_has_no_reply_before_it_is_issued(office: Office) -> None:
    _brought(office)

    with office.database.read() as session:
        numbers = set(session.scalars(select(Reply.document_number)))
    assert "" not in numbers
