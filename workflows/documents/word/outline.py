"""What is what in a Word file: its head, its content, its signature, its imprint."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from workflows.documents.word.marks import marks_in, text_of
from workflows.documents.word.pieces import SPACES
from workflows.documents.word.styles import STYLES, style_xml

TITLE, ADDRESSEE, ORGAN = "公文标题", "主送机关", "发文机关标志"
LETTER_MARK = "信函机关标志"
ANNEXES = frozenset({"附件序号", "附件标题"})
"""Styles with which an annex begins."""
ANNEX_LINE = re.compile(r"附件\s*\d{0,2}")
"""What stands above an annex's title, whatever its style."""
ENDS_HEAD = frozenset({"title", "addressee"})
IN_HEAD = ENDS_HEAD | {"copy_number", "secrecy", "urgency", "head", "label", "number", "signer"}
SIGNS = frozenset({"annexes", "signature", "issued_on", "remark"})
IN_IMPRINT = frozenset({"copies_to", "printer", "printed_on"})
"""The marks by which the parts of a file are told apart."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The elements of a file's body, in their parts; each part may be empty.

    ``content`` is what a paper's own text takes the place of: between head and signature, and
    the annexes after it.
    """

    head: Sequence[Element]
    content: Sequence[Element]
    before_signature: Element
    before_imprint: Element


def outline_of(file: Document) -> Outline:
    """Tell the parts of a file apart, by marks and by styles."""
    named = names_of_styles(file)
    body = file.element.body
    children = list(body)
    marked = [_marks_of(child, named) for child in children]
    ends = _last(marked, ENDS_HEAD)
    head = (ends if ends is not None else _last(marked, IN_HEAD | {"organ"}) or -1) + 1
    foot = len(children) - 1
    imprint = _first(marked, IN_IMPRINT, head, foot)
    signature = _first(marked, SIGNS, head, imprint)
    begin = [style_of(one, named) in ANNEXES or begins_annex(text_of(one)) for one in children]
    annexes = next((at for at in range(signature, imprint) if begin[at]), imprint)
    return Outline(
        children[:head],
        [*children[head:signature], *children[annexes:imprint]],
        children[signature],
        children[imprint],
    )


def begins_annex(text: str) -> bool:
    """Say whether a line is the number of an annex, which stands above its title."""
    return ANNEX_LINE.fullmatch(text.strip()) is not None


def names_of_styles(file: Document) -> Mapping[str, str]:
    """Return what each style of a file is called, by its id."""
    return {
        style.get(qn("w:styleId"), ""): name.get(qn("w:val"), "")
        for style in file.styles.element.iter(qn("w:style"))
        if (name := style.find(qn("w:name"))) is not None
    }


def own_styles(file: Document) -> Mapping[str, str]:
    """Return the ids that our styles have in a file, adding those that it lacks.

    A word processor may give a style another id when it saves; its name stays.
    """
    ids = {name: id_ for id_, name in names_of_styles(file).items()}
    found = {}
    for style in STYLES:
        if style.name not in ids:
            xml = style_xml(style).replace(">", f" {SPACES}>", 1)
            file.styles.element.append(parse_xml(xml))
        found[style.id] = ids.get(style.name, style.id)
    return found


def style_of(element: Element, named: Mapping[str, str]) -> str:
    """Return the name of a paragraph's style."""
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else named.get(style.get(qn("w:val"), ""), "")


def _marks_of(child: Element, named: Mapping[str, str]) -> frozenset[str]:
    """Return the elements that a child of the body bears, by its marks or by its style."""
    styled = {TITLE: "title", ADDRESSEE: "addressee", ORGAN: "head"}
    found = set(marks_in(text_of(child)))
    if (style := style_of(child, named)) in styled:
        found.add(styled[style])
    return frozenset(found)


def _last(marked: Sequence[frozenset[str]], wanted: frozenset[str]) -> int | None:
    return max((at for at, found in enumerate(marked) if found & wanted), default=None)


def _first(
    marked: Sequence[frozenset[str]], wanted: frozenset[str], start: int, default: int
) -> int:
    places = (at for at in range(start, default) if marked[at] & wanted)
    return next(places, default)
