"""A template read back: its head, what it suggests as title and text, and the marks in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from workflows.documents.levels import level_of
from workflows.documents.paper import MARK, Block, BlockKind, Run
from workflows.documents.word.filling import parts_of
from workflows.documents.word.marks import blanks_in, marks_in, text_of
from workflows.documents.word.outline import (
    ADDRESSEE,
    LETTER_MARK,
    ORGAN,
    TITLE,
    begins_annex,
    names_of_styles,
    outline_of,
    style_of,
)

HALF = re.compile(r"\{\{|\}\}|\[\[|\]\]")
"""What is left of a mark that was opened and not closed, or the other way round."""
AROUND = 12
LABEL = "标志下说明"

BY_STYLE = {
    "公文一级标题": BlockKind.HEADING1,
    "公文二级标题": BlockKind.HEADING2,
    "公文三级标题": BlockKind.HEADING3,
    "公文四级标题": BlockKind.HEADING4,
    "附件标题": BlockKind.ANNEX,
}
SKIPPED = frozenset({"附件序号"})
"""The line above an annex's title is written anew, for its number may change."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a template holds; ``elements`` are the parts of a paper that it has a place for."""

    head: str
    label: str
    title: str
    addressee: str
    blocks: tuple[Block, ...]
    elements: frozenset[str]
    marks: tuple[str, ...]
    blanks: tuple[str, ...]
    broken: tuple[str, ...]


def sketch_of(content: bytes) -> Sketch:
    """Read a template that was found harmless."""
    file = Document(BytesIO(content))
    named = names_of_styles(file)
    lines = [line for part in parts_of(file) for line in part.iter(qn("w:p"))]
    texts = [text_of(line) for line in lines]
    styled = _styled(lines, named)
    marks = dict.fromkeys(name for text in texts for name in marks_in(text))
    suggested = {each: _suggested(styled.get(each, "")) for each in (TITLE, ADDRESSEE)}
    places = {
        TITLE: "title",
        ADDRESSEE: "addressee",
        ORGAN: "head",
        LETTER_MARK: "head",
        LABEL: "label",
    }
    return Sketch(
        head=_suggested(styled.get(ORGAN) or styled.get(LETTER_MARK, "")),
        label=_suggested(styled.get(LABEL, "")),
        title=suggested[TITLE],
        addressee=suggested[ADDRESSEE].rstrip("：:"),
        blocks=tuple(_blocks(outline_of(file).content, named)),
        elements=frozenset(marks) | {places[style] for style in styled if style in places},
        marks=tuple(marks),
        blanks=tuple(dict.fromkeys(label for text in texts for label in blanks_in(text))),
        broken=tuple(dict.fromkeys(_broken(texts))),
    )


def _styled(lines: Sequence[Element], named: Mapping[str, str]) -> dict[str, str]:
    """Return what the first paragraph of each style says."""
    found: dict[str, str] = {}
    for line in lines:
        if text := text_of(line).strip():
            found.setdefault(style_of(line, named), text)
    return found


def _suggested(text: str) -> str:
    """Return a suggestion; a place for the element itself suggests nothing."""
    alone = MARK.fullmatch(text.rstrip("：:"))
    return "" if alone else text


def _broken(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        rest = MARK.sub(lambda mark: "\0" * len(mark[0]), text)
        for found in HALF.finditer(rest):
            yield text[max(found.start() - AROUND, 0) : found.end() + AROUND]


def _blocks(elements: Sequence[Element], named: Mapping[str, str]) -> Iterator[Block]:
    annex = False
    for element in elements:
        text = text_of(element).strip()
        if element.tag == qn("w:tbl"):
            yield _table(element)
        elif style_of(element, named) in SKIPPED or begins_annex(text):
            annex = True
        elif element.tag == qn("w:p") and text:
            kind = BY_STYLE.get(style_of(element, named))
            yield block_of(text, BlockKind.ANNEX if annex else kind)
            annex = False


def block_of(text: str, kind: BlockKind | None = None) -> Block:
    """Return a line as a block; its marks for values are runs of their own."""
    return Block(kind or level_of(text), tuple(_runs(text)))


def _runs(text: str) -> Iterator[Run]:
    at = 0
    for mark in MARK.finditer(text):
        if mark.start() > at:
            yield Run(text[at : mark.start()])
        yield Run(mark[0], figure=(mark[1] or "").strip())
        at = mark.end()
    if at < len(text):
        yield Run(text[at:])


def _table(element: Element) -> Block:
    rows = tuple(
        tuple("".join(map(text_of, cell.iter(qn("w:p")))) for cell in row.iter(qn("w:tc")))
        for row in element.iter(qn("w:tr"))
    )
    headed = element.find(f".//{qn('w:tblHeader')}") is not None
    wide = [int(each.get(qn("w:w"), "0")) for each in element.iter(qn("w:gridCol"))]
    return Block(BlockKind.TABLE, rows=rows, shares=tuple(wide), headed=headed)
