"""Official papers: GB/T 9704-2012 as a Word file, as a PDF and as a picture of a page."""

from workflows.documents.paper import (
    RED,
    Block,
    BlockKind,
    Form,
    Paper,
    Run,
    chinese,
    plain,
    unresolved,
)
from workflows.documents.typesetting import pdf, picture
from workflows.documents.word import MEDIA_TYPE, docx

__all__ = [
    "MEDIA_TYPE",
    "RED",
    "Block",
    "BlockKind",
    "Form",
    "Paper",
    "Run",
    "chinese",
    "docx",
    "pdf",
    "picture",
    "plain",
    "unresolved",
]
