"""The frame of a form: its head, its signature and its imprint, with marks where words go."""

from workflows.documents.marking import mark_of
from workflows.documents.measures import (
    BOTTOM,
    HEAD_RULE,
    LEFT,
    LETTER_MARK_DROP,
    LETTER_RULE_DROP,
    LETTER_RULE_RISE,
    LETTER_RULE_WIDTH,
    LINE,
    PAGE_HEIGHT,
    PAGE_NUMBER_DROP,
    PAGE_WIDTH,
    POINT,
    RIGHT,
    RULE_DROP,
    SEVEN_EIGHTHS,
    SLIP_MARK_DROP,
    SMALL,
    THICK_RULE,
    THIN_RULE,
    TOP,
    TYPE_HEIGHT,
    TYPE_WIDTH,
)
from workflows.documents.paper import Form, Paper
from workflows.documents.word.faces import XIAOBIAOSONG
from workflows.documents.word.pieces import (
    EIGHTHS,
    SPACES,
    eighths,
    fonts,
    mm,
    paragraph,
    run,
    twips,
)

DOUBLE_RULE = 24
"""How thick Word's thick-thin rule is together, in eighths of a point."""
LETTER_SIDES = (PAGE_WIDTH - LETTER_RULE_WIDTH) / 2
PAGE_FRAME = 20.0
"""How wide the frame around a page's number is, in millimetres."""


def body_xml(paper: Paper) -> str:
    """Return the document of a paper's form: its marks, around one for the content."""
    return (
        f"<w:document {SPACES}><w:body>{_head(paper)}"
        + paragraph("DubanTitle", run("{{title}}"), _close_to_top(paper))
        + paragraph("DubanAddressee", run("{{addressee}}："), _under_rule(paper))
        + paragraph("DubanText", run("{{content}}"))
        + paragraph("DubanListed", run("附件：{{annexes}}"))
        + _signature(paper)
        + paragraph("DubanRemark", run("（{{remark}}）"))
        + _imprint(paper)
        + paragraph("DubanLast", "")
        + _section(paper)
        + "</w:body></w:document>"
    )


def header_xml(paper: Paper) -> str:
    """Return the first page's header of a letter: the organ's name over a double red rule."""
    under = round(LETTER_RULE_DROP / POINT)
    rule = _border("bottom", "thickThinSmallGap", DOUBLE_RULE, under, paper.ink)
    mark = paragraph("DubanLetterMark", run("{{head}}", mark_face(paper)), rule + _letter_wide())
    return f"<w:hdr {SPACES}>{mark}</w:hdr>"


def first_footer_xml(paper: Paper) -> str:
    """Return the first page's footer of a letter: a double red rule and no number."""
    rule = _border("bottom", "thinThickSmallGap", DOUBLE_RULE, 0, paper.ink)
    return f"<w:ftr {SPACES}>{paragraph('DubanLast', '', rule + _letter_wide())}</w:ftr>"


def footer_xml(*, odd: bool) -> str:
    """Return a footer: the page's number between dashes, outside, 7 mm below the type area.

    It stands in a frame with a place on the page, wherever the footer itself begins.
    """
    drop = TOP + TYPE_HEIGHT + PAGE_NUMBER_DROP - SMALL * POINT / 2
    one = SMALL * POINT
    edge = PAGE_WIDTH - RIGHT - one - PAGE_FRAME if odd else LEFT + one
    frame = (
        f'<w:framePr w:w="{mm(PAGE_FRAME)}" w:hSpace="0" w:wrap="around" w:vAnchor="page" '
        f'w:hAnchor="page" w:x="{mm(edge)}" w:y="{mm(drop)}"/>'
    )
    side = '<w:jc w:val="right"/>' if odd else '<w:jc w:val="left"/>'
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    line = paragraph("DubanPage", run("— ") + number + run(" —"), frame + side)
    return f"<w:ftr {SPACES}>{line}{paragraph('DubanPage', '')}</w:ftr>"


def mark_face(paper: Paper) -> str:
    """Return how the words of the mark are set: face, colour, spread and size."""
    mark = mark_of(paper.head, paper.form)
    size = round(mark.size * 2)
    return (
        f'{fonts(XIAOBIAOSONG)}<w:color w:val="{paper.ink}"/>'
        f'<w:spacing w:val="{twips(mark.tracking)}"/><w:w w:val="{round(mark.stretch * 100)}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


def _head(paper: Paper) -> str:
    if paper.form is Form.LETTER:
        return _tops(_under_letter_rule(paper)) + paragraph("DubanLetterNumber", run("{{number}}"))
    if paper.form is Form.REPORT and not paper.head:
        return _tops()
    rule = _border("bottom", "single", eighths(HEAD_RULE), round(RULE_DROP / POINT), paper.ink)
    lined = bool(paper.organ or paper.issued_on) and paper.form is Form.SERIAL
    return (
        _tops()
        + paragraph("DubanMark", run("{{head}}", mark_face(paper)), _mark_line(paper))
        + paragraph("DubanLabel", run("{{label}}", f'<w:color w:val="{paper.ink}"/>'))
        + _number(paper, "" if lined else rule)
        + (paragraph("DubanLine", run("{{organ}}\t{{issued_on}}"), rule) if lined else "")
    )


def _number(paper: Paper, rule: str) -> str:
    style = "DubanNumber" if paper.form is Form.DOCUMENT else "DubanIssue"
    if not paper.signer:
        return paragraph(style, run("{{number}}"), rule)
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{mm(TYPE_WIDTH)}"/></w:tabs>'
    said = run("　{{number}}\t签发人：{{signer}}　")
    return paragraph(style, said, f'{rule}{tab}<w:jc w:val="left"/>')


def _tops(drop: float = TOP) -> str:
    """Return the elements at the top left; a frame keeps them from moving the mark."""
    frame = (
        f'<w:framePr w:w="{mm(TYPE_WIDTH / 2)}" w:hSpace="0" w:wrap="around" w:vAnchor="page" '
        f'w:hAnchor="page" w:x="{mm(LEFT)}" w:y="{mm(drop)}"/>'
    )
    marks = ("{{copy_number}}", "{{secrecy}}", "{{urgency}}")
    return "".join(paragraph("DubanTop", run(mark), frame) for mark in marks)


def _under_letter_rule(paper: Paper) -> float:
    """Return how far from the page's edge the first line under a letter's rule begins, in mm."""
    mark = mark_of(paper.head, paper.form).size * POINT
    rule = DOUBLE_RULE / EIGHTHS * POINT
    return LETTER_MARK_DROP + mark + LETTER_RULE_DROP + rule + SEVEN_EIGHTHS * POINT


def _mark_line(paper: Paper) -> str:
    """Return the mark's line, as high as the mark."""
    high = twips(mark_of(paper.head, paper.form).size)
    slip = f'w:before="{mm(SLIP_MARK_DROP)}" ' if paper.form is Form.NOTICE else ""
    return f'<w:spacing {slip}w:line="{high}" w:lineRule="exact"/>'


def _close_to_top(paper: Paper) -> str:
    """Return the distance above a title that stands first on its page."""
    alone = paper.form is Form.REPORT and not paper.head
    return f'<w:spacing w:before="{twips(LINE)}"/>' if alone else ""


def _under_rule(paper: Paper) -> str:
    """Return the distance above an addressee that follows the rule without a title between."""
    untitled = paper.form is Form.NOTICE and not paper.title
    return f'<w:spacing w:before="{twips(LINE)}"/>' if untitled else ""


def _signature(paper: Paper) -> str:
    if not paper.signature:
        return ""
    near = f'<w:spacing w:before="{twips(LINE)}"/>' if paper.form is Form.NOTICE else ""
    signed = paragraph("DubanSignature", run("{{signature}}"), near)
    return signed + paragraph("DubanDate", run("{{issued_on}}"))


def _imprint(paper: Paper) -> str:
    """Return the imprint: a table that stands on the last page's foot.

    Its place across is told from the page's edge: LibreOffice lets a table as wide as the text
    float only then.
    """
    letter = paper.form is Form.LETTER
    thick, thin = eighths(THICK_RULE), eighths(THIN_RULE)
    borders = "" if letter else (
        "<w:tblBorders>"
        f'<w:top w:val="single" w:sz="{thick}" w:space="0" w:color="000000"/>'
        f'<w:bottom w:val="single" w:sz="{thick}" w:space="0" w:color="000000"/>'
        f'<w:insideH w:val="single" w:sz="{thin}" w:space="0" w:color="000000"/></w:tblBorders>'
    )  # fmt: skip
    one = round(SMALL * 20)
    hanging = f'<w:ind w:left="{one * 4}" w:right="{one}" w:hanging="{one * 3}"/>'
    ends = (
        f'<w:tabs><w:tab w:val="right" w:pos="{mm(TYPE_WIDTH) - one}"/></w:tabs>'
        f'<w:ind w:left="{one}" w:right="{one}"/>'
    )
    rows = [paragraph("DubanImprint", run("抄送：{{copies_to}}。"), hanging)]
    if not letter:
        rows.append(paragraph("DubanImprint", run("{{printer}}\t{{printed_on}}印发"), ends))
    wide = mm(TYPE_WIDTH)
    cells = "".join(
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{row}</w:tc></w:tr>'
        for row in rows
    )
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" '
        f'w:horzAnchor="page" w:tblpX="{mm(LEFT)}" w:tblpYSpec="bottom"/>'
        f'<w:tblW w:w="{wide}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        f'</w:tblPr><w:tblGrid><w:gridCol w:w="{wide}"/></w:tblGrid>{cells}</w:tbl>'
    )


def _section(paper: Paper) -> str:
    """Return the page: A4, the margins of the type area, and the grid of its 22 lines."""
    letter = paper.form is Form.LETTER
    head = '<w:headerReference w:type="first" r:id="rIdHeader"/>' if letter else ""
    foot = '<w:footerReference w:type="first" r:id="rIdFirst"/>' if letter else ""
    from_top = LETTER_MARK_DROP if letter else 15.0
    return (
        f'<w:sectPr>{head}<w:footerReference w:type="default" r:id="rIdOdd"/>'
        f'<w:footerReference w:type="even" r:id="rIdEven"/>{foot}'
        f'<w:pgSz w:w="{mm(PAGE_WIDTH)}" w:h="{mm(PAGE_HEIGHT)}"/>'
        f'<w:pgMar w:top="{mm(TOP)}" w:right="{mm(RIGHT)}" w:bottom="{mm(BOTTOM)}" '
        f'w:left="{mm(LEFT)}" w:header="{mm(from_top)}" w:footer="{mm(LETTER_RULE_RISE)}" '
        'w:gutter="0"/>'
        + ("<w:titlePg/>" if letter else "")
        + f'<w:docGrid w:type="lines" w:linePitch="{int(LINE * 20)}"/></w:sectPr>'
    )


def _letter_wide() -> str:
    """Return the indents that make a letter's rules 170 mm wide, in the middle of the page."""
    left, right = mm(LETTER_SIDES - LEFT), mm(LETTER_SIDES - RIGHT)
    return f'<w:ind w:left="{left}" w:right="{right}"/>'


def _border(side: str, kind: str, size: int, space: int, ink: str) -> str:
    drawn = f'w:val="{kind}" w:sz="{size}" w:space="{space}" w:color="{ink}"'
    return f"<w:pBdr><w:{side} {drawn}/></w:pBdr>"
