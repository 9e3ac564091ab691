"""The year in words: written from a snapshot as a Word file, which is read back here."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from engine import Session
from tests.workflows.figures.world import World
from tests.workflows.town import Town
from workflows import documents, figures, summaries
from workflows.actors import Actor
from workflows.documents import BlockKind, Paper
from workflows.errors import NotYours, SummaryUnknown
from workflows.figures import Span, periods
from workflows.summaries import Wording
from workflows.tables import Setting

YEAR = Span.year(2020)
WORDING = Wording(
    label=lambda name: f"“{name}”",
    definition=lambda name: f"{name}的口径",
    why_not=lambda code: f"因{code}",
    note=lambda row: row.note,
)


@pytest.fixture
def filled(small_town: Town) -> Town:
    """Give a town at the end of a year in which something happened."""

    def fill(session: Session) -> None:
        World(session, small_town, seed=3).fill()
        session.add(Setting(name="summary.newspaper", value="许州日报社"))

    small_town.database.write(fill)
    small_town.set_clock(YEAR.last)
    return small_town


def paper(town: Town, summary_id: int, who: str = "li") -> Paper:
    """Return a summary as a paper with its annexes."""

    def look(session: Session, actor: Actor) -> Paper:
        found = summaries.read(session, actor, summary_id)
        return summaries.paper_of(session, actor, found, WORDING, most=3)

    return town.look(who, look)


def test_the_year_is_written_from_the_ledger_and_read_back(filled: Town) -> None:
    summary = filled.act("li", summaries.write_of, YEAR)
    frozen = filled.look("li", figures.frozen, summary.snapshot_id)

    made = paper(filled, summary.id)
    lines = [each.text for each in Document(BytesIO(documents.docx(made))).paragraphs]
    text = "\n".join(lines)

    assert made.title == "2020年督查工作总结和2021年工作谋划"
    for heading in (
        "一、在领导关注事项的落实上下功夫",
        "二、在改进督查方式上下功夫",
        "三、在一追到底紧盯不放上下功夫",
        "四、存在的差距",
        "五、2021年工作谋划",
        "（四）要完善制度，规范运作",
    ):
        assert heading in lines
    assert f"开展专项督查{frozen['special_supervisions'].value}次" in text
    assert f"省市领导{frozen['instructions'].value}件批示" in text
    assert "7.建议追究制度" in text
    assert "许州日报社" in text
    assert documents.unresolved(made) == []


def test_what_cant_be_computed_says_why_in_its_place(filled: Town) -> None:
    summary = filled.act("li", summaries.write_of, YEAR)

    text = "".join(block.text for block in paper(filled, summary.id).blocks)

    assert "代表委员满意率——（因nothing_to_count）" in text


def test_every_number_is_a_figure_and_its_rows_are_listed(filled: Town) -> None:
    summary = filled.act("li", summaries.write_of, YEAR)
    made = paper(filled, summary.id)

    names = summaries.used(summary.content)
    runs = {run.figure for block in made.blocks for run in block.runs} - {""}
    titles = [block.text for block in made.blocks if block.kind is BlockKind.HEADING2]
    tables = [block for block in made.blocks if block.kind is BlockKind.TABLE]

    assert runs == set(names) >= {"items_closed", "closing_rate", "persons_commended"}
    assert len(tables[0].rows) == len(names) + 1
    kept = filled.look("li", figures.frozen, summary.snapshot_id)["items_registered"]
    assert f"“items_registered”（{kept.count_of_rows}条）" in titles
    assert max(len(table.rows) for table in tables[1:]) == 4  # the head, and three of the rows


def test_what_nobody_did_isnt_told(small_town: Town) -> None:
    small_town.handled()
    small_town.set_clock(YEAR.last)
    summary = small_town.act("zhang", summaries.write_of, YEAR)

    text = "".join(block.text for block in paper(small_town, summary.id).blocks)

    assert "驻点督查时间" not in text
    assert "受到上级和市委市政府发文表彰" not in text


def test_a_month_is_written_from_what_was_frozen_as_it_ended(filled: Town) -> None:
    filled.set_clock(date(2020, 4, 1), hour=0)
    (march, *_) = filled.database.write(periods.freeze_ended)
    filled.set_clock(date(2020, 4, 7))

    summary = filled.act("li", summaries.write_of, Span.month(2020, 3))
    anew = filled.act("li", summaries.write_of, Span.month(2020, 3), anew=True)

    assert (summary.title, summary.snapshot_id) == ("2020年3月份督查工作总结", march.id)
    assert anew.snapshot_id != march.id


def test_the_office_writes_and_whoever_sees_all_reads(filled: Town) -> None:
    summary_id = filled.act("li", summaries.write_of, YEAR).id

    assert paper(filled, summary_id, "mayor").title
    for who in ("mayor", "auditor", "chu", "admin"):
        with pytest.raises(NotYours):
            filled.act(who, summaries.write_of, YEAR)
        with pytest.raises(NotYours):
            filled.act(who, summaries.discard, summary_id)
    for who in ("chu", "admin"):
        with pytest.raises(NotYours):
            filled.look(who, summaries.read, summary_id)
        with pytest.raises(NotYours):
            filled.look(who, summaries.summaries)
    filled.act("zhang", summaries.discard, summary_id)
    with pytest.raises(SummaryUnknown):
        filled.look("li", summaries.read, summary_id)
