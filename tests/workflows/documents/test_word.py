"""A paper as a Word file, measured: page, grid, head, levels, imprint, page numbers."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as File
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor, Twips
from docx.text.run import Run

from tests.workflows.documents.papers import DOCUMENT, LETTER, SERIAL
from workflows import documents
from workflows.documents import Block, BlockKind, columns

CLOSE = Mm(0.2)


@pytest.fixture(scope="module", name="document")
def document_fixture() -> bytes:
    return documents.docx(DOCUMENT)


@pytest.fixture(name="file")
def file_fixture(document: bytes) -> File:
    return Document(BytesIO(document))


def styled(file: File) -> list[tuple[str, str]]:
    """Return what stands in a file, with the style of each line; a table is its style alone."""
    found = []
    for element in file.element.body.iter(qn("w:p")):
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))
        found.append((file.styles.element.get_by_id(style).name_val, text_of(element)))
    return found


def text_of(element: Any) -> str:
    """Return what a paragraph says, its fields too."""
    return "".join(each.text for each in element.iter(qn("w:t")))


def near(measured: Length | None, wanted: Length) -> bool:
    """Tell whether a measure is right to a fifth of a millimetre."""
    return measured is not None and abs(measured - wanted) <= CLOSE


def test_the_page_leaves_a_type_area_of_156_by_225_mm(file: File) -> None:
    page = file.sections[0]

    assert near(page.page_width, Mm(210))
    assert near(page.page_height, Mm(297))
    assert near(page.top_margin, Mm(37))
    assert near(page.left_margin, Mm(28))
    assert near(Length(page.page_width - page.left_margin - page.right_margin), Mm(156))
    assert near(Length(page.page_height - page.top_margin - page.bottom_margin), Mm(225))


def test_the_page_holds_22_lines_of_28_characters(file: File) -> None:
    grid = file.sections[0]._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 (python-docx doesn't know grids)
    line = Pt(int(grid.get(qn("w:linePitch"))) / 20)
    closer = file.styles["公文正文"].element.find(f".//{qn('w:rPr')}/{qn('w:spacing')}")
    character = Pt(16) + Twips(int(closer.get(qn("w:val"))))

    assert grid.get(qn("w:type")) == "lines"
    assert Mm(225) // line == 22
    assert Mm(156.05) // character == 28
    assert file.styles["Normal"].paragraph_format.line_spacing == line


def test_the_elements_stand_in_the_order_of_the_standard(file: File) -> None:
    lines = styled(file)
    order = [style for at, (style, _) in enumerate(lines) if at == 0 or lines[at - 1][0] != style]

    assert order == [
        "版头要素", "发文机关标志", "发文字号", "公文标题", "主送机关", "公文正文",
        "公文一级标题", "公文二级标题", "公文三级标题", "公文四级标题", "公文正文",
        "附件说明", "发文机关署名", "成文日期", "附注",
        "附件序号", "附件标题", "表格标题", "表格文字", "版记后", "版记", "版记后",
    ]  # fmt: skip
    assert [text for style, text in lines if style == "版头要素"] == ["000012", "秘密★1年", "特急"]
    assert ("发文字号", "督字〔2020〕1号") in lines
    assert ("附件说明", "附件：督查事项表") in lines
    assert ("成文日期", "2020年1月5日") in lines
    assert ("附注", "（此件公开发布）") in lines


def test_each_element_has_its_face_and_size(file: File, document: bytes) -> None:
    wanted = {
        "Normal": ("仿宋_GB2312", 16),
        "公文标题": ("方正小标宋简体", 22),
        "公文一级标题": ("黑体", 16),
        "公文二级标题": ("楷体_GB2312", 16),
        "版记": ("仿宋_GB2312", 14),
        "公文页码": ("宋体", 14),
    }
    for name, (face, size) in wanted.items():
        font = file.styles[name].element.rPr
        assert font.rFonts.get(qn("w:eastAsia")) == face, name
        assert font.sz_val == Pt(size), name

    table = ZipFile(BytesIO(document)).read("word/fonttable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,' in table


def test_the_mark_and_the_red_rule_stand_where_the_standard_says(file: File) -> None:
    mark = next(line for line in file.paragraphs if line.style.name == "发文机关标志")
    number = next(line for line in file.paragraphs if line.style.name == "发文字号")
    rule = number._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))  # noqa: SLF001 (no other way)
    tops = file.paragraphs[0]._p.pPr.find(qn("w:framePr"))  # noqa: SLF001 (as above)

    assert near(mark.style.paragraph_format.space_before, Mm(35))
    assert mark.runs[0].font.color.rgb == documents_red()
    assert wide(mark.runs[0]) <= Mm(156)
    assert near(Length(number.style.paragraph_format.space_before + Pt(16)), Pt(28.99 * 3))
    assert near(Pt(int(rule.get(qn("w:space")))), Mm(4))
    assert rule.get(qn("w:color")) == documents.RED
    assert near(Pt(int(tops.get(qn("w:y"))) / 20), Mm(37))


def wide(run: Run) -> Length:
    """Return how wide a run of Chinese is: each character as wide as the size, narrowed."""
    narrowed = int(run.font.element.rPr.find(qn("w:w")).get(qn("w:val"))) / 100
    return Length(len(run.text) * run.font.size * narrowed)


def documents_red() -> RGBColor:
    return RGBColor.from_string(documents.RED)


def test_the_imprint_stands_at_the_foot_between_rules(file: File) -> None:
    imprint = file.tables[-1]._tbl  # noqa: SLF001 (no other way)
    borders = imprint.tblPr.find(qn("w:tblBorders"))
    thick = {side: int(borders.find(qn(f"w:{side}")).get(qn("w:sz"))) / 8 * 25.4 / 72
             for side in ("top", "bottom", "insideH")}  # fmt: skip

    place = imprint.tblPr.find(qn("w:tblpPr"))
    assert place.get(qn("w:vertAnchor")) == "margin"
    assert place.get(qn("w:tblpYSpec")) == "bottom"
    assert place.get(qn("w:horzAnchor")) == "page", "else LibreOffice lets it stand in the text"
    assert near(Twips(int(place.get(qn("w:tblpX")))), Mm(28))
    assert thick["top"] == thick["bottom"] == pytest.approx(0.35, abs=0.03)
    assert thick["insideH"] == pytest.approx(0.25, abs=0.03)
    assert [row.cells[0].text for row in file.tables[-1].rows] == [
        "抄送：市委办公室，市人大常委会办公室。",
        "云川市人民政府督查室\t2020年1月5日印发",
    ]


def test_page_numbers_stand_outside_7_mm_below_the_type_area(file: File) -> None:
    section = file.sections[0]
    drop = Mm(37 + 225 + 7)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        line = footer.paragraphs[0]
        frame = line._p.pPr.find(qn("w:framePr"))  # noqa: SLF001 (as above)
        middle = Pt(int(frame.get(qn("w:y"))) / 20) + Pt(7)
        assert near(Length(middle), drop)
        assert line._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side  # noqa: SLF001 (as above)
        assert text_of(line._p) == "— 1 —"  # noqa: SLF001 (with the field)
    assert file.settings.odd_and_even_pages_header_footer


def test_a_serial_has_its_organ_on_the_left_and_its_date_on_the_right_of_the_rule() -> None:
    file = Document(BytesIO(documents.docx(SERIAL)))
    line = next(each for each in file.paragraphs if each.style.name == "编发单位和日期")

    assert line.text == "云川市人民政府督查室\t2019年9月18日"
    assert line._p.pPr.find(qn("w:pBdr")) is not None  # noqa: SLF001 (as above)
    assert near(line.style.paragraph_format.tab_stops[0].position, Mm(156))
    assert ("期号", "〔2019〕第9期") in styled(file)


def test_a_letter_has_its_organ_30_mm_from_the_edge_over_a_double_rule_of_170_mm() -> None:
    file = Document(BytesIO(documents.docx(LETTER)))
    page = file.sections[0]
    mark = page.first_page_header.paragraphs[0]
    rule = mark._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))  # noqa: SLF001 (as above)
    indents = mark.paragraph_format.left_indent + mark.paragraph_format.right_indent

    assert near(page.header_distance, Mm(30))
    assert mark.text == "云川市交通运输局"
    assert rule.get(qn("w:val")) == "thickThinSmallGap"
    assert near(Length(Mm(156) - indents), Mm(170))
    assert near(page.footer_distance, Mm(20))
    tops = file.paragraphs[0]._p.pPr.find(qn("w:framePr"))  # noqa: SLF001 (as above)
    assert Mm(49) < Pt(int(tops.get(qn("w:y"))) / 20) < Mm(55)
    assert page.different_first_page_header_footer
    assert "PAGE" not in page.first_page_footer._element.xml  # noqa: SLF001 (as above)


def test_the_title_of_a_letter_stands_two_lines_below_the_last_element_above_it() -> None:
    alone = replace(LETTER, secrecy="", urgency="")
    below = [
        next(
            line.paragraph_format.space_before
            for line in Document(BytesIO(documents.docx(paper))).paragraphs
            if line.style.name == "公文标题"
        )
        for paper in (alone, replace(alone, urgency="特急"), LETTER)
    ]

    assert [each and round(each.pt / 28.99) for each in below] == [None, 3, 4]


def test_a_table_has_its_head_on_each_page_and_its_rows_whole(file: File) -> None:
    head, *rows = file.tables[0].rows

    assert head._tr.trPr.find(qn("w:tblHeader")) is not None  # noqa: SLF001 (as above)
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in (head, *rows))  # noqa: SLF001


def test_columns_of_scores_keep_their_width_beside_long_words() -> None:
    row = ("103.5", "督" * 60, "督" * 30)
    score, *words = columns.shares_of(Block(BlockKind.TABLE, rows=(("得分", "说明", "单位"), row)))

    assert score == columns.NARROWEST + 1
    assert near(Pt(14 * (score + sum(words))), Mm(156))


def test_the_same_paper_is_always_the_same_file(document: bytes) -> None:
    assert documents.docx(DOCUMENT) == document
