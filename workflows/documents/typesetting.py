"""A paper as a PDF and as pictures of its pages, set by typst with the standard's measures.

The words go to typst as data, never as markup: a title with ``#`` or ``]`` is just a title.
"""

from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Literal

import orjson
import typst

from workflows.documents import fonts, measures
from workflows.documents.columns import centred, shares_of
from workflows.documents.marking import mark_of
from workflows.documents.paper import Block, BlockKind, Paper, named, segments, words
from workflows.documents.signing import indents_of
from workflows.documents.titles import title_lines
from workflows.documents.writable import written

SOURCE = Path(__file__).with_name("paper.typ")
SCREEN = 110.0
"""How many dots of a picture make an inch."""


def pdf(paper: Paper) -> bytes:
    """Return a paper as a PDF: the same paper always makes the same bytes."""
    return _set(paper, "pdf")[0]


def picture(paper: Paper, page: int = 1) -> bytes:
    """Return one page of a paper as a PNG; past the last page, the last one."""
    pages = pictures(paper)
    return pages[min(page, len(pages)) - 1]


def pictures(paper: Paper) -> list[bytes]:
    """Return each page of a paper as a PNG."""
    return _set(paper, "png")


def _set(paper: Paper, form: Literal["pdf", "png"]) -> list[bytes]:
    said = written(paper)
    fonts.must_draw("".join(words(said)))
    made = _compiled(said, form)
    return made if isinstance(made, list) else [made]


def _compiled(paper: Paper, form: Literal["pdf", "png"]) -> bytes | list[bytes]:
    """Let typst work; several pages come as a list of pictures."""
    return typst.compile(
        _source(),
        format=form,
        ppi=SCREEN,
        font_paths=fonts.library(),
        sys_inputs={"paper": orjson.dumps(_told(paper)).decode()},
        timestamp=int(_written_at(paper).timestamp()),
    )


@cache
def _source() -> bytes:
    return SOURCE.read_bytes()


def _written_at(paper: Paper) -> datetime:
    """Return the one instant that a paper carries; without a date, a fixed one."""
    day = paper.issued_on or datetime(2000, 1, 1, tzinfo=UTC).date()
    return datetime.combine(day, time(), UTC)


def _told(paper: Paper) -> dict[str, object]:
    """Return what typst is told: the words of a paper and the measures of the standard."""
    mark = mark_of(paper.head, paper.form)
    return {
        "form": paper.form,
        "title": title_lines(paper.title),
        "name": named(paper),
        "head": paper.head,
        "mark": {"size": mark.size, "stretch": mark.stretch, "tracking": mark.tracking},
        "label": paper.label,
        "number": paper.number,
        "organ": paper.organ,
        "day": paper.day,
        "addressee": paper.addressee,
        "blocks": [_block(block) for block in paper.blocks],
        "annexes": paper.listed,
        "signature": paper.signature,
        "indents": indents_of(paper.signature, paper.day),
        "remark": paper.remark,
        "copies_to": paper.copies_to,
        "printer": paper.printer,
        "tops": [text for text in (paper.copy_number, paper.secrecy, paper.urgency) if text],
        "signer": paper.signer,
        "ink": paper.ink,
        "measures": {
            name.lower(): value for name, value in vars(measures).items() if name.isupper()
        },
    }


def _block(block: Block) -> dict[str, object]:
    return {
        "kind": block.kind,
        "parts": list(segments(block.text)),
        "lines": title_lines(block.text) if block.kind is BlockKind.ANNEX else [],
        "rows": [[list(segments(cell)) for cell in row] for row in block.rows],
        "shares": shares_of(block),
        "centred": centred(block),
        "headed": block.headed,
    }
