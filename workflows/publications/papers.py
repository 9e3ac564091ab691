"""An issue as an official paper, and as the files that were kept when it was issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from engine import Session
from workflows import documents, paper_templates, settings
from workflows.calendar import office_day, today
from workflows.documents import Block, BlockKind, Form, Paper, Run
from workflows.errors import PublicationUnknown
from workflows.paper_templates import Template
from workflows.publications.content import Node, blocks_of, inlines
from workflows.publications.numbering import numbers
from workflows.serials import expected, number_of
from workflows.tables import PaperFormat, Publication, PublicationPaper

HEADINGS: Final = (
    BlockKind.HEADING1,
    BlockKind.HEADING2,
    BlockKind.HEADING3,
    BlockKind.HEADING4,
)
OPEN: Final = "［{label}］"
"""How a blank looks on a draft's paper."""

MEDIA_TYPES: Mapping[PaperFormat, str] = MappingProxyType(
    {PaperFormat.DOCX: documents.MEDIA_TYPE, PaperFormat.PDF: "application/pdf"}
)


def paper_of(session: Session, publication: Publication) -> Paper:
    """Return an issue as a paper; a draft bears the number that it would get today."""
    office = settings.text(session, "office.name")
    issued = publication.issued_at
    day = office_day(issued) if issued else today(session)
    number = number_of(publication) or expected(session, publication.serial, day.year)
    return Paper(
        form=Form.SERIAL,
        head=publication.serial.title,
        number=number,
        organ=office,
        issued_on=day,
        title=publication.title,
        addressee=publication.addressee,
        blocks=blocks(publication.content),
        copies_to=publication.copies_to,
        printer=office,
    )


def blocks(doc: Node) -> tuple[Block, ...]:
    """Return a draft's content as the blocks of a paper, the headings with their numbers."""
    nodes = blocks_of(doc)
    return tuple(block_of(*each) for each in zip(nodes, numbers(nodes), strict=True))


def block_of(node: Node, number: str = "") -> Block:
    """Return a node of a draft as a block of a paper; ``number`` begins a heading."""
    if node["type"] == "annex":
        return Block(BlockKind.ANNEX, (Run(node["attrs"]["title"]),))
    if node["type"] == "table":
        rows = tuple(
            tuple("".join(run.text for run in _runs(cell)) for cell in row["content"])
            for row in node["content"]
        )
        headed = any(cell["attrs"]["header"] for cell in node["content"][0]["content"])
        return Block(BlockKind.TABLE, rows=rows, headed=headed)
    if node["type"] == "heading":
        return Block(HEADINGS[node["attrs"]["level"] - 1], (Run(number), *_runs(node)))
    return Block(BlockKind.PARAGRAPH, _runs(node))


def _runs(node: Node) -> tuple[Run, ...]:
    return tuple(_run(each) for each in inlines(node))


def _run(node: Node) -> Run:
    if node["type"] == "text":
        return Run(node["text"])
    attrs = node["attrs"]
    if node["type"] == "blank":
        return Run(OPEN.format(label=attrs["label"]))
    return Run(attrs["value"], figure=attrs["name"])


@dataclass(frozen=True, slots=True)
class Prepared:
    """An issue set before its transaction, under the number that it is likely to get."""

    paper: Paper
    files: Mapping[PaperFormat, bytes]


def prepare(session: Session, publication: Publication) -> Prepared:
    """Set an issue as it would be issued now; that takes long, so nobody waits for it."""
    paper = paper_of(session, publication)
    return Prepared(paper, _files(session, publication, paper))


def freeze(session: Session, publication: Publication, prepared: Prepared | None) -> None:
    """Keep an issue as the files that it is from now on; what was set for another paper isn't."""
    paper = paper_of(session, publication)
    same = prepared is not None and prepared.paper == paper
    files = prepared.files if prepared and same else _files(session, publication, paper)
    keep(session, publication, files)


def keep(session: Session, publication: Publication, files: Mapping[PaperFormat, bytes]) -> None:
    """Keep the files of an issue, each with its hash; the database lets nobody change them."""
    for kind, content in files.items():
        session.add(
            PublicationPaper(
                publication_id=publication.id,
                format=kind,
                content=content,
                size=len(content),
                sha256=sha256(content).hexdigest(),
            )
        )
    session.flush()


def _files(session: Session, publication: Publication, paper: Paper) -> Mapping[PaperFormat, bytes]:
    template = template_of(session, publication).file
    return {
        PaperFormat.DOCX: documents.docx(paper, template),
        PaperFormat.PDF: documents.pdf(paper),
    }


def template_of(session: Session, publication: Publication) -> Template:
    """Return the template of an issue's kind, as it counts now."""
    return paper_templates.current(session, publication.kind.value)


def file_of(session: Session, publication: Publication, kind: PaperFormat) -> bytes:
    """Return an issue as a file: the kept one, or a draft's as it is now."""
    if publication.issued_at is None:
        paper = paper_of(session, publication)
        if kind is PaperFormat.PDF:
            return documents.pdf(paper)
        return documents.docx(paper, template_of(session, publication).file)
    kept = session.get(PublicationPaper, (publication.id, kind))
    if kept is None:
        raise PublicationUnknown(publication.id)
    return kept.content


def file_name(publication: Publication, kind: PaperFormat) -> str:
    """Return what an issue's file is called."""
    number = number_of(publication) or "草稿"
    return f"{publication.serial.title}{number} {publication.title}.{kind.value}"
