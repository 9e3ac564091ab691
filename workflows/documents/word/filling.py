"""A paper's words put into a frame: the blank one of its form, or an administrator's template."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from types import MappingProxyType

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml.etree import _Element as Element

from workflows.documents.marking import Mark, mark_of
from workflows.documents.measures import BODY, LINE
from workflows.documents.paper import BlockKind, Form, Paper
from workflows.documents.signing import indents_of
from workflows.documents.titles import title_lines
from workflows.documents.word import blocks
from workflows.documents.word.marks import marks_in, replace_marks, set_text, text_of
from workflows.documents.word.outline import (
    ADDRESSEE,
    TITLE,
    names_of_styles,
    outline_of,
    own_styles,
    style_of,
)
from workflows.documents.word.pieces import SPACES, twips
from workflows.documents.word.trees import drop, parent_of

SIGNATURE, DATE = "发文机关署名", "成文日期"
SUGGESTED: Mapping[str, str] = MappingProxyType({TITLE: "title", ADDRESSEE: "addressee"})
"""Styles of what a template suggests and each paper says for itself."""
AFTER_SPACING = tuple(
    f"w:{name}"
    for name in (
        "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd",
        "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath",
    )
)  # fmt: skip
"""The properties of a run, from its spacing on, in the order that the schema wants."""
NUMBER_WIDE = 1.2
"""How wide an annex's number in the list is, in characters."""


def fill(file: Document, paper: Paper, kept: Mapping[str, str] | None = None) -> None:
    """Put a paper's words into a file: its frame first, so that no mark is sought in its text.

    With marks that are ``kept`` the file becomes a template of such papers.
    """
    outline = outline_of(file)
    signature, imprint = _opened(outline.before_signature), _opened(outline.before_imprint)
    for old in outline.content:
        drop(old)
    filling = _Filling(paper, names_of_styles(file), kept or values_of(paper), kept is None)
    for part in parts_of(file):
        for row in list(part.iter(qn("w:tr"))):
            filling.fill_row(row)
        for line in list(part.iter(qn("w:p"))):
            filling.fill_line(line)
    _put_content(paper, own_styles(file), signature, imprint)


def values_of(paper: Paper) -> Mapping[str, str]:
    """Return what stands in the place of each element's mark."""
    return {
        "copy_number": paper.copy_number,
        "secrecy": paper.secrecy,
        "urgency": paper.urgency,
        "head": paper.head,
        "label": paper.label,
        "number": paper.number,
        "signer": paper.signer,
        "organ": paper.organ,
        "issued_on": paper.day,
        "title": "\n".join(title_lines(paper.title)),
        "addressee": paper.addressee.rstrip("：:"),
        "annexes": "\n".join(paper.listed),
        "signature": paper.signature,
        "remark": paper.remark.strip("（）()"),
        "copies_to": paper.copies_to.rstrip("。"),
        "printer": paper.printer,
        "printed_on": paper.day if paper.printer else "",
    }


def parts_of(file: Document) -> Iterator[Element]:
    """Return the parts of a file that may hold marks: its body, its headers and its footers."""
    yield file.element.body
    for section in file.sections:
        for part in (
            section.header, section.first_page_header, section.even_page_header,
            section.footer, section.first_page_footer, section.even_page_footer,
        ):  # fmt: skip
            if not part.is_linked_to_previous:
                yield part._element  # noqa: SLF001 (python-docx has no other way)


def _opened(before: Element) -> Element:
    """Return a place held open before an element, which may yet be dropped."""
    place: Element = parse_xml(f"<w:p {SPACES}/>")
    before.addprevious(place)
    return place


def _put_content(
    paper: Paper, styles: Mapping[str, str], signature: Element, imprint: Element
) -> None:
    """Put the blocks between head and signature, and the annexes before the imprint."""
    kinds = [block.kind for block in paper.blocks]
    first = kinds.index(BlockKind.ANNEX) if BlockKind.ANNEX in kinds else len(kinds)
    for place, some in ((signature, paper.blocks[:first]), (imprint, paper.blocks[first:])):
        for new in blocks.elements_of(some, styles):
            place.addprevious(new)
        around = (place.getprevious(), place.getnext())
        if all(each is not None and each.tag == qn("w:tbl") for each in around):
            place.addprevious(blocks.apart(styles))
        drop(place)


@dataclass(frozen=True, slots=True)
class _Filling:
    """What is put into one file, line by line."""

    paper: Paper
    named: Mapping[str, str]
    values: Mapping[str, str]
    final: bool

    def fill_row(self, row: Element) -> None:
        """Drop a row of a table that has nothing to say, and a table without rows."""
        if self._says_nothing(row):
            table = parent_of(row)
            table.remove(row)
            if table.find(qn("w:tr")) is None:
                drop(table)

    def fill_line(self, line: Element) -> None:
        """Fill a paragraph, or drop it if it has nothing to say and draws no rule."""
        names, style = marks_in(text_of(line)), style_of(line, self.named)
        kept = line.find(f".//{qn('w:pBdr')}") is not None or parent_of(line).tag == qn("w:tc")
        if self.final and style in SUGGESTED and SUGGESTED[style] not in names:
            self._fill_suggested(line, style)
        elif self._says_nothing(line) and not kept:
            drop(line)
        elif self.final and "annexes" in names:
            _list_annexes(line, self.paper.listed)
        else:
            replace_marks(Paragraph(line, None), self.values)  # type: ignore[arg-type] # it needs no parent
            self._fit(line, names, style)

    def _says_nothing(self, part: Element) -> bool:
        """Tell whether a part has marks and each of them stands for nothing."""
        names = marks_in(text_of(part))
        return bool(names) and all(self.values.get(name) == "" for name in names)

    def _fill_suggested(self, line: Element, style: str) -> None:
        """Put the paper's own title or addressee in the place of a template's suggestion."""
        said = self.values[SUGGESTED[style]]
        if not said:
            drop(line)
        else:
            set_text(line, said if style == TITLE else f"{said}：")
            self._fit(line, (), style)

    def _fit(self, line: Element, names: Sequence[str], style: str) -> None:
        """Fit the mark into its line; centre the signature and the date on each other."""
        if "head" in names:
            _fit_mark(line, mark_of(self.paper.head, self.paper.form))
        if self.final and style == TITLE and self.paper.form is Form.LETTER:
            _lower(line, self.paper)
        if self.final and style in {SIGNATURE, DATE} and self.paper.signature:
            name, day = indents_of(self.paper.signature, self.paper.day)
            _indent(line, right=name if style == SIGNATURE else day)


def _lower(line: Element, paper: Paper) -> None:
    """Put a letter's title two lines below what stands above it at the left.

    That stands in a frame beside the number, so the title's own distance has to make up for it.
    """
    tops = sum(map(bool, (paper.copy_number, paper.secrecy, paper.urgency)))
    if tops > 1:
        Paragraph(line, None).paragraph_format.space_before = Pt(LINE * (1 + tops))  # type: ignore[arg-type] # as above


def _fit_mark(line: Element, mark: Mark) -> None:
    """Set how large, how far apart and how narrow a mark's characters are, and its line."""
    spacing = line.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    if spacing is not None:
        spacing.set(qn("w:line"), str(twips(mark.size)))
    size = round(mark.size * 2)
    told = {
        "w:spacing": twips(mark.tracking),
        "w:w": round(mark.stretch * 100),
        "w:sz": size,
        "w:szCs": size,
    }
    for run in line.iter(qn("w:r")):
        properties = run.get_or_add_rPr()  # type: ignore[attr-defined] # python-docx's own element
        for name, value in told.items():
            if (old := properties.find(qn(name))) is not None:
                properties.remove(old)
            element = parse_xml(f'<{name} {SPACES} w:val="{value}"/>')
            properties.insert_element_before(element, *AFTER_SPACING[AFTER_SPACING.index(name) :])


def _list_annexes(line: Element, names: Sequence[str]) -> None:
    """List the annexes, each on a line of its own, numbered if there are several."""
    if len(names) == 1:
        replace_marks(Paragraph(line, None), {"annexes": names[0]})  # type: ignore[arg-type] # as above
        return
    for number, name in reversed(list(enumerate(names[1:], 2))):
        more = deepcopy(line)
        set_text(more, f"{number}. {name}")
        _indent(more, left=5 + NUMBER_WIDE, hanging=NUMBER_WIDE)
        line.addnext(more)
    replace_marks(Paragraph(line, None), {"annexes": f"1. {names[0]}"})  # type: ignore[arg-type] # as above
    _indent(line, left=5 + NUMBER_WIDE, hanging=3 + NUMBER_WIDE)


def _indent(line: Element, **characters: float) -> None:
    """Set a paragraph's indents in characters, and in points for readers that know no others."""
    told = "".join(
        f' w:{side}Chars="{round(count * 100)}" w:{side}="{twips(count * BODY)}"'
        for side, count in characters.items()
    )
    properties = line.get_or_add_pPr()  # type: ignore[attr-defined] # python-docx's own element
    if (old := properties.find(qn("w:ind"))) is not None:
        properties.remove(old)
    properties._insert_ind(parse_xml(f"<w:ind {SPACES}{told}/>"))  # noqa: SLF001 (it knows the order)
