"""Official papers: GB/T 9704-2012 as a Word file, as a PDF and as a picture of a page."""

from workflows.documents.fonts import undrawable
from workflows.documents.paper import (
    MARK,
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
from workflows.documents.typesetting import pdf, picture, pictures
from workflows.documents.word import MEDIA_TYPE, docx, template_of
from workflows.documents.word.reading import Sketch, block_of, sketch_of

__all__ = [
    "MARK",
    "MEDIA_TYPE",
    "RED",
    "Block",
    "BlockKind",
    "Form",
    "Paper",
    "Run",
    "Sketch",
    "block_of",
    "chinese",
    "docx",
    "pdf",
    "picture",
    "pictures",
    "plain",
    "sketch_of",
    "template_of",
    "undrawable",
    "unresolved",
]
