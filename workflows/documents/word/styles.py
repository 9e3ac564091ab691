"""The styles of a paper: faces, sizes and distances of GB/T 9704-2012, named in Chinese."""

from dataclasses import dataclass, replace
from math import floor

from workflows.documents.measures import (
    BODY,
    CHARACTER,
    LINE,
    MARK_DROP,
    POINT,
    SEVEN_EIGHTHS,
    SMALL,
    TITLE,
    TYPE_WIDTH,
)
from workflows.documents.word.faces import FANGSONG, HEITI, KAITI, SONGTI, XIAOBIAOSONG
from workflows.documents.word.pieces import SPACES, TWIPS, fonts, mm, twips

NORMAL = "Normal"
TITLE_LINE = LINE * 1.1
ROW_LINE = 20.0
CLOSER = floor((CHARACTER - BODY) * TWIPS)
"""How much closer to each other characters of the text are set, so that 28 make a line."""
FIRST_LINE = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
HANGING = '<w:ind w:leftChars="500" w:left="1600" w:hangingChars="300" w:hanging="960"/>'
RIGHT_TAB = f'<w:tabs><w:tab w:val="right" w:pos="{mm(TYPE_WIDTH)}"/></w:tabs>'


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs: a face in a size, on lines of a height, with distances around.

    ``on_grid`` says that 28 of its characters make a line. They are set a little closer for
    that: a grid of characters gives each two places where it is wider than one, as here.
    """

    id: str
    name: str
    face: str = FANGSONG
    size: float = BODY
    line: float = LINE
    before: float = 0
    after: float = 0
    align: str = "both"
    on_grid: bool = True
    with_next: bool = False
    new_page: bool = False
    indent: str = ""
    tabs: str = ""


def _off(  # noqa: PLR0913, PLR0917 (a style has this many measures)
    name: str,
    called: str,
    face: str,
    size: float,
    line: float,
    before: float = 0,
    after: float = 0,
    align: str = "center",
) -> Style:
    """Return a style off the grid of characters."""
    return Style(name, called, face, size, line, before, after, align, on_grid=False)


STYLES = (
    Style(NORMAL, "Normal"),
    _off("DubanTop", "版头要素", HEITI, BODY, LINE, align="left"),
    _off("DubanMark", "发文机关标志", XIAOBIAOSONG, 48, 48, MARK_DROP / POINT),
    _off("DubanLetterMark", "信函机关标志", XIAOBIAOSONG, 40, 40),
    _off("DubanLabel", "标志下说明", HEITI, BODY, BODY, LINE - BODY),
    _off("DubanNumber", "发文字号", FANGSONG, BODY, BODY, LINE * 3 - BODY),
    _off("DubanIssue", "期号", FANGSONG, BODY, BODY, LINE * 2 - BODY),
    replace(
        _off("DubanLine", "编发单位和日期", FANGSONG, BODY, BODY, LINE - BODY, align="both"),
        tabs=RIGHT_TAB,
    ),
    _off("DubanLetterNumber", "信函字号", FANGSONG, BODY, BODY, SEVEN_EIGHTHS, align="right"),
    _off("DubanTitle", "公文标题", XIAOBIAOSONG, TITLE, TITLE_LINE, LINE * 2, LINE),
    Style("DubanAddressee", "主送机关", align="left"),
    Style("DubanText", "公文正文", indent=FIRST_LINE),
    Style("DubanHeading1", "公文一级标题", HEITI, with_next=True, indent=FIRST_LINE),
    Style("DubanHeading2", "公文二级标题", KAITI, with_next=True, indent=FIRST_LINE),
    Style("DubanHeading3", "公文三级标题", with_next=True, indent=FIRST_LINE),
    Style("DubanHeading4", "公文四级标题", with_next=True, indent=FIRST_LINE),
    _off("DubanCellHead", "表格标题", HEITI, SMALL, ROW_LINE, 3, 3),
    _off("DubanCell", "表格文字", FANGSONG, SMALL, ROW_LINE, 3, 3, "left"),
    Style("DubanListed", "附件说明", align="left", indent=HANGING),
    Style("DubanSignature", "发文机关署名", before=LINE * 2, align="right", with_next=True),
    Style("DubanDate", "成文日期", align="right"),
    Style("DubanRemark", "附注", align="left", indent=FIRST_LINE),
    Style("DubanAnnex", "附件序号", HEITI, align="left", with_next=True, new_page=True),
    _off("DubanAnnexTitle", "附件标题", XIAOBIAOSONG, TITLE, TITLE_LINE, LINE, LINE),
    _off("DubanImprint", "版记", FANGSONG, SMALL, ROW_LINE, 2, 2, "left"),
    _off("DubanPage", "公文页码", SONGTI, SMALL, SMALL, align="left"),
    _off("DubanLast", "版记后", FANGSONG, 1, 1, align="left"),
)
"""Every style, in the order in which a paper uses them."""


def styles_xml() -> str:
    """Return the part of a file that holds its styles."""
    return (
        f"<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANGSONG)}{_size(BODY)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        + "".join(map(style_xml, STYLES))
        + '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar>'
        '<w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style></w:styles>"
    )


def style_xml(style: Style) -> str:
    """Return one style; its elements stand in the order that the schema wants."""
    kind = 'w:default="1"' if style.id == NORMAL else 'w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph" {kind} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        + ("" if style.id == NORMAL else f'<w:basedOn w:val="{NORMAL}"/>')
        + "<w:qFormat/><w:pPr>"
        + ("<w:keepNext/>" if style.with_next else "")
        + ("<w:pageBreakBefore/>" if style.new_page else "")
        + f'<w:widowControl w:val="0"/>{style.tabs}'
        + '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        + ("" if style.on_grid else '<w:snapToGrid w:val="0"/>')
        + f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.after)}" '
        f'w:line="{int(style.line * TWIPS)}" w:lineRule="exact"/>'
        f'{style.indent}<w:jc w:val="{style.align}"/></w:pPr><w:rPr>{fonts(style.face)}'
        + f'<w:spacing w:val="{CLOSER if style.on_grid else 0}"/>'
        + f"{_size(style.size)}</w:rPr></w:style>"
    )


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'
