"""A paper as a Word file with the measures of GB/T 9704-2012."""

from collections.abc import Collection
from io import BytesIO

from docx import Document
from docx.document import Document as File

from workflows.documents.paper import Paper, named
from workflows.documents.word.filling import fill, values_of
from workflows.documents.word.package import blank, moment, repacked
from workflows.documents.writable import written

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(paper: Paper, template: bytes | None = None) -> bytes:
    """Return a paper as a Word file, in the styles and with the head of a template."""
    said = written(paper)
    file = Document(BytesIO(template or blank(said)))
    fill(file, said)
    core = file.core_properties
    core.title, core.author = named(said), said.organ or said.signature
    core.created = core.modified = moment(said.issued_on)
    return _kept(file)


def template_of(paper: Paper, marks: Collection[str]) -> bytes:
    """Return a template of papers like this one, with these marks; its words are suggestions."""
    file = Document(BytesIO(blank(paper)))
    words = {**values_of(paper), "title": paper.title}
    fill(file, paper, {name: _mark(name) if name in marks else words[name] for name in words})
    return _kept(file)


def _mark(name: str) -> str:
    return "{{" + name + "}}"


def _kept(file: File) -> bytes:
    kept = BytesIO()
    file.save(kept)
    return repacked(kept.getvalue())
