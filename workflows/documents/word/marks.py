"""Marks in a Word file: found and replaced even where Word has split one over several runs."""

from collections.abc import Mapping
from typing import cast

from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import _Element as Element

from workflows.documents.paper import MARK
from workflows.documents.word.trees import drop


def marks_in(text: str) -> list[str]:
    """Return the names of the marks for values in a text, in reading order."""
    return [mark[1].strip() for mark in MARK.finditer(text) if mark[1] is not None]


def blanks_in(text: str) -> list[str]:
    """Return what the blanks in a text wait for, in reading order."""
    return [mark[2].strip() for mark in MARK.finditer(text) if mark[2] is not None]


def text_of(element: Element) -> str:
    """Return what a paragraph or a table says."""
    return "".join(said(each) for each in element.iter(qn("w:t"), qn("w:tab"), qn("w:br")))


def said(element: Element) -> str:
    """Return what one piece of a run says."""
    return (element.text or "") if element.tag == qn("w:t") else SIGNS[str(element.tag)]


SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n"}


def replace_marks(line: Paragraph, values: Mapping[str, str]) -> None:
    """Put values in the place of marks, in the face of each mark's first character."""
    runs = runs_of(line)
    found = MARK.finditer("".join(run.text for run in runs))
    for mark in reversed(list(found)):
        value = values.get((mark[1] or "").strip())
        if value is not None:
            _put(runs, mark.start(), mark.end(), value)


def set_text(element: Element, text: str) -> None:
    """Let a paragraph say something else, in the face of its first run."""
    first, *others = element.iter(qn("w:r"))
    Run(cast(CT_R, first), None).text = text  # type: ignore[arg-type] # it needs no parent
    for run in others:
        drop(run)


def runs_of(line: Paragraph) -> list[Run]:
    """Return a paragraph's runs, those in links and fields too."""
    return [Run(cast(CT_R, run), line) for run in line._p.iter(qn("w:r"))]  # noqa: SLF001 (python-docx gives its own only)


def _put(runs: list[Run], start: int, end: int, value: str) -> None:
    """Replace the characters from start to end, which may lie in several runs."""
    at, put = 0, value
    for run in runs:
        text = run.text
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first < last:
            run.text = text[:first] + put + text[last:]
            put = ""
