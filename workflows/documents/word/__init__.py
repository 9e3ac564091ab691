"""A paper as a Word file with the measures of GB/T 9704-2012."""

from io import BytesIO

from docx import Document

from workflows.documents.paper import Paper, named
from workflows.documents.word.filling import fill
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
    kept = BytesIO()
    file.save(kept)
    return repacked(kept.getvalue())
