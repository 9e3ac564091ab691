"""A paper as a PDF, read back: words, places, faces, what can't be drawn."""

from dataclasses import replace
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader

from tests.workflows.documents.papers import DOCUMENT, LETTER, SERIAL
from workflows import documents
from workflows.documents import Block, BlockKind, Form, fonts, plain
from workflows.errors import FontsMissing, GlyphsMissing

MM = 25.4 / 72
HEIGHT = 297.0
BARE = replace(SERIAL, remark="", copies_to="", printer="")


class Said(NamedTuple):
    """Some words on a page: how far their foot is from the top and the left, in millimetres."""

    text: str
    drop: float
    left: float
    size: float
    face: str


@pytest.fixture(scope="module", name="document")
def document_fixture() -> PdfReader:
    return PdfReader(BytesIO(documents.pdf(DOCUMENT)))


def said_on(reader: PdfReader, page: int) -> list[Said]:
    """Return the words of a page with their places."""
    found: list[Said] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            face = font["/BaseFont"].partition("+")[2]
            found.append(
                Said(text.strip(), HEIGHT - y * MM, x * MM, round(size * abs(cm[3])), face)
            )

    reader.pages[page].extract_text(visitor_text=visit)
    return found


def test_the_pdf_has_the_geometry_of_the_standard(document: PdfReader) -> None:
    second = said_on(document, 1)
    lines = [each for each in second if each.size == 16]
    number = second[-1]

    assert len(lines) == 22
    assert min(line.left for line in lines) == pytest.approx(28, abs=0.1)
    assert lines[1].drop - lines[0].drop == pytest.approx(225 / 22, abs=0.05)
    assert lines[0].drop == pytest.approx(37 + 16 * 0.86 * MM, abs=0.1)
    assert number.text == "— 2 —"
    assert number.left == pytest.approx(28 + 14 * MM, abs=0.2)
    assert number.drop == pytest.approx(37 + 225 + 7 + 14 * 0.36 * MM, abs=0.2)


def test_a_long_table_has_its_head_on_each_page_and_its_rows_whole() -> None:
    long = {f"{row:02}": 40 for row in range(30)} | {"99": 600}
    rows = [(f"第{row}行", f"始{row}{'督查工作' * many}终{row}") for row, many in long.items()]
    table = Block(BlockKind.TABLE, rows=(("名次", "情况"), *rows))
    reader = PdfReader(BytesIO(documents.pdf(replace(BARE, blocks=(table,)))))
    pages = [page.extract_text() for page in reader.pages]

    def page_of(words: str) -> int:
        return next(at for at, page in enumerate(pages) if words in page.replace("\n", ""))

    assert len(pages) > 3
    assert all("名次" in page for page in pages)
    whole = [row for row in long if page_of(f"始{row}") == page_of(f"终{row}")]
    assert whole == [*long][:-1], "a row longer than a page goes on on the next"


def test_a_line_holds_28_characters() -> None:
    paper = replace(DOCUMENT, form=Form.REPORT, head="", blocks=(plain("督" * 82),))
    lines = [each.text for each in said_on(PdfReader(BytesIO(documents.pdf(paper))), 0)]

    assert [len(text) for text in lines if set(text) == {"督"}] == [26, 28, 28]


def test_the_head_stands_35_mm_below_the_type_areas_top(document: PdfReader) -> None:
    first = {each.text: each for each in said_on(document, 0)}
    mark = first["云川市人民政府督查室文件"]

    assert mark.drop - 0.86 * 48 * MM == pytest.approx(37 + 35, abs=0.5)
    assert mark.face == "NotoSerifSC-Bold"
    assert first["000012"].drop == pytest.approx(37 + 16 * 0.86 * MM, abs=0.1)
    number = first["督字〔2020〕1号"].drop - 0.86 * 16 * MM
    assert number - (37 + 35 + 48 * MM) == pytest.approx(28.99 * 3 * MM - 16 * MM, abs=0.2)


@pytest.mark.parametrize("lines", [3, 7])
def test_the_imprint_stands_at_the_foot_also_on_a_page_of_its_own(lines: int) -> None:
    paper = replace(SERIAL, blocks=(plain("督查。"),) * lines, printer="云川市人民政府督查室")
    pages = PdfReader(BytesIO(documents.pdf(paper)))
    last = {each.text: each for each in said_on(pages, -1)}

    assert ("督查。" in last) is (lines < 7)
    assert last[paper.printer].drop == pytest.approx(37 + 225 - (5 + 14 * 0.14) * MM, abs=0.5)


def test_a_title_is_text_whatever_signs_it_has(document: PdfReader) -> None:
    title = "".join(each.text for each in said_on(document, 0) if each.size == 22)

    assert title == DOCUMENT.title
    assert document.metadata is not None
    assert document.metadata.title == DOCUMENT.title
    assert document.trailer["/Root"]["/Lang"] == "zh-CN"


def test_every_word_can_be_read_back_in_order(document: PdfReader) -> None:
    told = "".join("".join(page.extract_text().split()) for page in document.pages)
    order = [
        "000012", "秘密★1年", "特急", DOCUMENT.head, DOCUMENT.number, "各县、区人民政府：",
        "一、总体要求", "（一）工作目标", "1．时间安排", "（1）第一阶段", "附件：督查事项表",
        DOCUMENT.signature, "2020年1月5日", "（此件公开发布）", "排名单位得分1东城区人民政府103.5",
        "抄送：市委办公室，市人大常委会办公室。", "2020年1月5日印发",
    ]  # fmt: skip
    at = 0
    for words in order:
        at = told.index(words, at) + len(words)


def test_the_same_paper_is_always_the_same_pdf_and_a_letter_begins_without_a_number() -> None:
    first, second = documents.pdf(LETTER), documents.pdf(LETTER)

    assert first == second
    pages = PdfReader(BytesIO(first)).pages
    assert "— 1 —" not in pages[0].extract_text()
    assert "— 2 —" in pages[1].extract_text()


def test_a_character_that_no_face_has_is_named_and_nothing_is_set() -> None:
    with pytest.raises(GlyphsMissing) as refused:
        documents.pdf(replace(DOCUMENT, blocks=(plain("陈𪚥😀同志"),)))

    assert refused.value.facts["characters"] == ["𪚥", "😀"]
    assert refused.value.facts["codes"] == ["U+2A6A5", "U+1F600"]


def test_what_no_file_can_hold_is_left_out() -> None:
    paper = replace(DOCUMENT, title="关于\x0b督查\x00的通知")

    assert "关于督查的通知" in PdfReader(BytesIO(documents.pdf(paper))).pages[0].extract_text()
    assert documents.docx(paper)


def test_missing_faces_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    with pytest.raises(FontsMissing) as refused:
        fonts.library.__wrapped__()

    assert "NotoSerifSC_400Regular.ttf" in refused.value.facts["files"]
