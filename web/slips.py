"""A supervision notice 督查通知 as a document: the same lines on the page and in the file.

It is an official paper, so it is Chinese whatever the reader's language.
"""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import IO

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.run import Run

from web.shapes import UNWRITABLE
from workflows.ladder.views import Slip
from workflows.tables import Rung

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

HEADING = "督查通知"
COLOURS = {
    Rung.NOTICE_BLUE: ("蓝色督办单", RGBColor(0x1D, 0x4F, 0x9C)),
    Rung.NOTICE_YELLOW: ("黄色督办单", RGBColor(0xB7, 0x79, 0x1F)),
    Rung.NOTICE_RED: ("红色督办单", RGBColor(0xD7, 0x00, 0x0F)),
}
DRAFT = "（签发后编号）"

SONG, HEI, FANG = "方正小标宋简体", "黑体", "仿宋_GB2312"
FALLBACK = {SONG: "宋体", HEI: "SimHei", FANG: "仿宋"}
"""The faces of official papers aren't free: they are named, none is embedded."""

TITLE, BODY = Pt(22), Pt(16)
LABEL_WIDTH, TEXT_WIDTH = Mm(34), Mm(122)


@dataclass(frozen=True, slots=True)
class SlipText:
    """What a slip says, ready to be set."""

    colour: str
    number: str
    unit: str
    opening: str
    rows: list[tuple[str, str]]
    closing: str
    office: str
    day: str


def slip_text(slip: Slip) -> SlipText:
    """Return what a slip says."""
    file = slip.file
    rung, part, item = file.rung, file.part, file.item
    due_on = date.fromisoformat(rung.rule["due_on"])
    number = item.number or DRAFT
    signer = file.people.get(rung.decided_by_id or 0, "")
    rows = [
        ("督查事项", f"{number}　{item.title}"),
        ("交办依据", item.basis),
        ("目标要求", item.target),
        ("办理时限", chinese(due_on)),
        ("逾期情况", f"已逾期{rung.days_overdue}个工作日"),
        ("督办要求", rung.demand),
        ("反馈时限", chinese(rung.answer_by) if rung.answer_by else ""),
        ("签　　发", signer),
    ]
    return SlipText(
        colour=COLOURS[rung.rung][0],
        number=slip.number or DRAFT,
        unit=part.unit.name,
        opening="你单位承办的下列督查事项未按时限办结，现予督办，请抓紧落实。",
        rows=[(label, said) for label, said in rows if said],
        closing="本通知不免除原反馈义务，办结报告仍须按规定报送。",
        office=slip.office,
        day=chinese(slip.issued_on) if slip.issued_on else "",
    )


def chinese(day: date) -> str:
    """Write a day as official papers do, in Arabic digits without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def slip_document(slip: Slip) -> IO[bytes]:
    """Return a slip as a Word file."""
    said = slip_text(slip)
    paper = Document()
    _set_page(paper)
    ink = COLOURS[slip.file.rung.rung][1]
    _line(paper, HEADING, SONG, TITLE, centred=True, ink=ink)
    _line(paper, said.colour, HEI, BODY, centred=True, ink=ink)
    _line(paper, said.number, FANG, BODY, centred=True)
    _line(paper, f"{said.unit}：", FANG, BODY)
    _line(paper, said.opening, FANG, BODY, indented=True)
    _table(paper, said.rows)
    _line(paper, said.closing, FANG, BODY, indented=True)
    for text in (said.office, said.day):
        if text:
            _line(paper, text, FANG, BODY, right=True)
    paper.core_properties.title = f"{HEADING} {said.number}"
    paper.core_properties.author = said.office
    written = BytesIO()
    paper.save(written)
    written.seek(0)
    return written


def file_name(slip: Slip) -> str:
    """Return what a slip's file is called."""
    said = slip_text(slip)
    return f"{slip.number or HEADING}（{said.unit}）.docx"


def _set_page(paper: Paper) -> None:
    """Set A4 with the margins of GB/T 9704: top 37 mm, left 28 mm, type area 156 × 225 mm."""
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.left_margin = Mm(37), Mm(28)
    page.right_margin, page.bottom_margin = Mm(26), Mm(35)


def _line(  # noqa: PLR0913 (how a line is set)
    paper: Paper,
    text: str,
    face: str,
    size: Pt,
    *,
    centred: bool = False,
    right: bool = False,
    indented: bool = False,
    ink: RGBColor | None = None,
) -> None:
    line = paper.add_paragraph()
    if centred:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if right:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if indented:
        line.paragraph_format.first_line_indent = size * 2
    line.paragraph_format.line_spacing = Pt(28)
    line.paragraph_format.space_after = Pt(4)
    run = line.add_run(UNWRITABLE.sub("", text))
    _set_face(run, face, size)
    if ink is not None:
        run.font.color.rgb = ink


def _table(paper: Paper, rows: list[tuple[str, str]]) -> None:
    table = paper.add_table(rows=0, cols=2, style="Table Grid")
    for label, said in rows:
        cells = table.add_row().cells
        for cell, text, face, width in (
            (cells[0], label, HEI, LABEL_WIDTH),
            (cells[1], said, FANG, TEXT_WIDTH),
        ):
            cell.width = width
            _set_face(cell.paragraphs[0].add_run(UNWRITABLE.sub("", text)), face, Pt(14))
    paper.add_paragraph()


def _set_face(run: Run, face: str, size: Pt) -> None:
    """Set a run's face for Chinese, with a common one for a reader that lacks it."""
    run.font.size, run.font.name = size, FALLBACK[face]
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 (python-docx has no other way)
    fonts.set(qn("w:eastAsia"), face)
