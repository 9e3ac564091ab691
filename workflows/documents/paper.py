"""An official paper as data: what it says, in the order in which GB/T 9704-2012 sets it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

RED = "D7000F"
MARK = re.compile(r"\{\{([^{}]*)\}\}|\[\[([^\[\]]*)\]\]")
"""A mark still to be replaced: ``{{items_open}}`` by a value, ``[[表扬单位]]`` by hand."""


class Form(StrEnum):
    """The forms of papers: 公文, 信函, 通知单, a serial with its red head, a plain report."""

    DOCUMENT = "document"
    LETTER = "letter"
    NOTICE = "notice"
    SERIAL = "serial"
    REPORT = "report"


class BlockKind(StrEnum):
    """The levels of a paper's structure: 一、 → （一） → 1. → （1）, and what stands between."""

    HEADING1 = "heading1"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    HEADING4 = "heading4"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words; ``figure`` names the figure that they came from."""

    text: str
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a table, or the title of an annex, which begins on a new page.

    A table has ``rows`` of words; the first is its head unless ``headed`` is false. Its ``shares``
    say how wide the columns are beside each other; without them each gets the same.
    """

    kind: BlockKind = BlockKind.PARAGRAPH
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    shares: tuple[int, ...] = ()
    headed: bool = True

    @property
    def text(self) -> str:
        """Return what a block without rows says."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, ready to be set; what is empty isn't set.

    ``head`` is the mark at the top, ``label`` a line under it in the same ``ink``. ``annexes``
    names what is listed after the text; without it the annexes among the blocks are listed.
    """

    form: Form
    title: str
    blocks: tuple[Block, ...] = ()
    head: str = ""
    label: str = ""
    number: str = ""
    organ: str = ""
    issued_on: date | None = None
    addressee: str = ""
    annexes: tuple[str, ...] = ()
    signature: str = ""
    remark: str = ""
    copies_to: str = ""
    printer: str = ""
    secrecy: str = ""
    urgency: str = ""
    copy_number: str = ""
    signer: str = ""
    ink: str = RED

    @property
    def day(self) -> str:
        """Return its date as it is written."""
        return chinese(self.issued_on) if self.issued_on else ""

    @property
    def listed(self) -> tuple[str, ...]:
        """Return the names of its annexes."""
        found = tuple(block.text for block in self.blocks if block.kind is BlockKind.ANNEX)
        return self.annexes or found


def named(paper: Paper) -> str:
    """Return what a paper is called where it has a line only."""
    return paper.title.replace("\n", "") or f"{paper.head}{paper.number}"


def plain(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    """Return a block of one run."""
    return Block(kind, (Run(text),))


def chinese(day: date) -> str:
    """Write a day as official papers do, in Arabic digits without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def unresolved(paper: Paper) -> list[str]:
    """Return the marks that still stand in a paper, each once, in reading order."""
    return list(dict.fromkeys(mark[0] for text in words(paper) for mark in MARK.finditer(text)))


def segments(text: str) -> Iterator[tuple[str, bool]]:
    """Return a text in parts: words, and marks that still stand in it."""
    at = 0
    for mark in MARK.finditer(text):
        if mark.start() > at:
            yield text[at : mark.start()], False
        yield mark[0], True
        at = mark.end()
    if at < len(text):
        yield text[at:], False


def words(paper: Paper) -> Iterator[str]:
    """Return everything that a paper says, in reading order."""
    yield from (paper.copy_number, paper.secrecy, paper.urgency, paper.head, paper.label)
    yield from (paper.number, paper.signer, paper.organ, paper.title, paper.addressee)
    for block in paper.blocks:
        yield block.text
        yield from _cells(block.rows)
    yield from paper.listed
    yield from (paper.signature, paper.day, paper.remark, paper.copies_to, paper.printer)


def _cells(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        yield from row
