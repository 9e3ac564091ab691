"""A paper as a Word file with the measures of GB/T 9704-2012."""

from io import BytesIO

from docx import Document
from docx.shared import Mm

from workflows.documents import measures
from workflows.documents.paper import Paper
from workflows.documents.writable import written

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(paper: Paper, template: bytes | None = None) -> bytes:
    """Return a paper as a Word file, in the styles and with the head of a template."""
    said = written(paper)
    file = Document(BytesIO(template)) if template else Document()
    page = file.sections[0]
    page.page_width, page.page_height = Mm(measures.PAGE_WIDTH), Mm(measures.PAGE_HEIGHT)
    page.top_margin, page.left_margin = Mm(measures.TOP), Mm(measures.LEFT)
    page.right_margin, page.bottom_margin = Mm(measures.RIGHT), Mm(measures.BOTTOM)
    for text in (said.head, said.number, said.title, said.addressee):
        file.add_paragraph(text)
    for block in said.blocks:
        file.add_paragraph(block.text)
    for text in (said.signature, said.day):
        file.add_paragraph(text)
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()
