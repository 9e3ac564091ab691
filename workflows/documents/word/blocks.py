"""The blocks of a paper as paragraphs and tables of a Word file."""

from collections.abc import Iterator, Mapping, Sequence

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from workflows.documents.columns import centred, shares_of
from workflows.documents.measures import TYPE_WIDTH
from workflows.documents.paper import Block, BlockKind, segments
from workflows.documents.titles import title_lines
from workflows.documents.word.pieces import SPACES, mm, paragraph, run

OPEN = '<w:color w:val="B42318"/><w:u w:val="single"/>'
"""How a mark that nobody has replaced is set."""
HAIRLINE = 4
BETWEEN = "DubanLast"
"""The style of a line that keeps two tables apart, which would be one table otherwise."""

STYLES = {
    BlockKind.HEADING1: "DubanHeading1",
    BlockKind.HEADING2: "DubanHeading2",
    BlockKind.HEADING3: "DubanHeading3",
    BlockKind.HEADING4: "DubanHeading4",
    BlockKind.PARAGRAPH: "DubanText",
}


def elements_of(blocks: Sequence[Block], styles: Mapping[str, str]) -> Iterator[Element]:
    """Return the elements that blocks become, in a file that has our styles under these ids.

    Annexes are numbered if there are several.
    """
    annexes = sum(block.kind is BlockKind.ANNEX for block in blocks)
    number, before = 0, None
    for block in blocks:
        number += block.kind is BlockKind.ANNEX
        if before is block.kind is BlockKind.TABLE:
            yield apart(styles)
        before = block.kind
        for xml in _xml(block, str(number) if annexes > 1 else ""):
            yield _element(xml, styles)


def apart(styles: Mapping[str, str]) -> Element:
    """Return a line that keeps two tables apart."""
    return _element(paragraph(BETWEEN, ""), styles)


def runs_of(text: str) -> str:
    """Return a text as runs; marks that still stand in it are shown."""
    return "".join(run(part, OPEN if is_mark else "") for part, is_mark in segments(text))


def _xml(block: Block, number: str) -> Iterator[str]:
    if block.kind is BlockKind.TABLE:
        yield _table(block)
    elif block.kind is BlockKind.ANNEX:
        yield paragraph("DubanAnnex", run(f"附件{number}"))
        yield paragraph("DubanAnnexTitle", runs_of("\n".join(title_lines(block.text))))
    else:
        yield paragraph(STYLES[block.kind], runs_of(block.text))


def _table(block: Block) -> str:
    """Return a table over the type area's width; its head stands on each of its pages."""
    shares = shares_of(block)
    wide = [round(mm(TYPE_WIDTH) * share / sum(shares)) for share in shares]
    middle = centred(block)
    rows = "".join(
        _row(block, at, [*row, *("" for _ in shares)][: len(shares)], wide, middle)
        for at, row in enumerate(block.rows)
    )
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{HAIRLINE}" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in wide)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(wide)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(
    block: Block, at: int, row: Sequence[str], wide: Sequence[int], middle: Sequence[bool]
) -> str:
    heads = block.headed and at == 0
    told = "<w:cantSplit/>" + ("<w:tblHeader/>" if heads else "")
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide[column]}" w:type="dxa"/><w:vAlign w:val="center"/>'
        f"</w:tcPr>{_cell(text, heads or _names_row(block, column), middle[column])}</w:tc>"
        for column, text in enumerate(row)
    )
    return f"<w:tr><w:trPr>{told}</w:trPr>{cells}</w:tr>"


def _names_row(block: Block, column: int) -> bool:
    """Tell whether a column says what the others of its row are."""
    return not block.headed and column == 0


def _cell(text: str, heads: bool, middle: bool) -> str:  # noqa: FBT001 (two marks of one cell)
    style = "DubanCellHead" if heads else "DubanCell"
    return paragraph(style, runs_of(text), '<w:jc w:val="center"/>' if middle else "")


def _element(xml: str, styles: Mapping[str, str]) -> Element:
    """Return one element of a file from its text."""
    element = parse_xml(xml.replace(">", f" {SPACES}>", 1))
    for style in element.iter(qn("w:pStyle")):
        style.set(qn("w:val"), styles[style.get(qn("w:val"), "")])
    return element
