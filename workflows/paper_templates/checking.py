"""Whether a file may be a template: harmless, a Word file, with all that its kind has to hold."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from docx.exceptions import PythonDocxError
from lxml.etree import XMLSyntaxError

from engine import Database
from workflows import settings
from workflows.archives import must_be_harmless
from workflows.documents import Sketch, docx, sketch_of, undrawable
from workflows.errors import PaperRefused, TemplateRefused
from workflows.figures import FIGURES
from workflows.paper_kinds import DOCX, kind_of
from workflows.paper_templates.kinds import ELEMENTS, TemplateKind
from workflows.paper_templates.known import SHIPPED, Template
from workflows.paper_templates.samples import sample
from workflows.papers import plain_name
from workflows.scanner import must_be_clean

UNREADABLE = (
    AttributeError, IndexError, KeyError, TypeError, ValueError, XMLSyntaxError, PythonDocxError,
)  # fmt: skip
"""What reading or filling a Word file ends with if its parts aren't those of one."""
SUGGESTED = frozenset({"title", "addressee"})
"""Elements for which a template may hold a suggestion in their style instead of their mark."""

MEGABYTE = 1024 * 1024
LARGEST = 2
"""How many MB a template may have; unpacked it may have ten times as many."""
TIMES = 10

OUTSIDE = re.compile(rb"""TargetMode\s*=\s*["']External["']""", re.IGNORECASE)
DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)")
CHUNKS = re.compile(rb"relationships/(aFChunk|oleObject|control|attachedTemplate|subDocument)")
FIELDS = re.compile(rb"""(?:<w:instrText[^>]*>|w:instr\s*=\s*["'])\s*([A-Za-z]*)""")
ALLOWED_FIELDS = frozenset({b"", b"PAGE", b"NUMPAGES", b"SECTIONPAGES"})
"""A field may count pages; others fetch or run something when the file is opened."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a file lacks, or has too much: ``code`` says which, ``facts`` name it."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckedTemplate:
    """A file that may be kept as a template."""

    name: str
    content: bytes
    sha256: str


def check(database: Database, kind: TemplateKind, name: str, content: bytes) -> CheckedTemplate:
    """Look at a file before any transaction is open; refuse it and say everything that is wrong."""
    with database.read() as session:
        scanner = settings.text(session, "papers.scanner")
    checked = inspect(kind, name, content)
    must_be_clean(BytesIO(content), scanner)
    return checked


def inspect(kind: TemplateKind, name: str, content: bytes) -> CheckedTemplate:
    """Refuse what isn't harmless before it is read, and then what isn't whole."""
    plain = plain_name(name)
    if len(content) > LARGEST * MEGABYTE:
        raise PaperRefused(why="size", most=LARGEST)
    _must_be_word(plain, content)
    must_be_harmless(BytesIO(content))
    _must_stay_inside(content)
    if flaws := list(flaws_in(kind, content)):
        raise TemplateRefused(flaws)
    return CheckedTemplate(plain, content, sha256(content).hexdigest())


def _must_be_word(name: str, content: bytes) -> None:
    """Refuse what isn't a Word file; of the kinds that papers may have it says nothing."""
    try:
        kind = kind_of(BytesIO(content), name)
    except PaperRefused as refusal:
        if refusal.facts["why"] != "kind":
            raise
        kind = None
    if kind is not DOCX:
        raise PaperRefused(why="kind", name=name, endings=["docx"])


def flaws_in(kind: TemplateKind, content: bytes) -> Iterator[Flaw]:
    """Return what keeps a harmless Word file from being a template of a kind."""
    try:
        sketch = sketch_of(content)
        docx(sample(Template(kind, SHIPPED, content, sketch)), content)
    except UNREADABLE as error:
        raise PaperRefused(why="broken") from error
    yield from _missing(kind, sketch)
    known = {*ELEMENTS, *kind.values, *(FIGURES if kind.figures else ())}
    if unknown := [name for name in sketch.marks if name not in known]:
        yield Flaw("unknown", {"names": unknown})
    if sketch.broken:
        yield Flaw("broken", {"names": list(sketch.broken)})
    if not sketch.blocks:
        yield Flaw("empty")
    if missing := undrawable(_words(sketch)):
        yield Flaw("glyphs", {"names": missing})


def _missing(kind: TemplateKind, sketch: Sketch) -> Iterator[Flaw]:
    """Return what a template has no place for."""
    there = sketch.elements if kind.names_itself else sketch.elements & {*sketch.marks, *SUGGESTED}
    if missing := [name for name in kind.elements if name not in there]:
        yield Flaw("element", {"names": missing})
    if missing := [name for name in kind.needs if name not in sketch.marks]:
        yield Flaw("value", {"names": missing})
    if missing := [label for label in kind.blanks if label not in sketch.blanks]:
        yield Flaw("blank", {"names": missing})


def _words(sketch: Sketch) -> str:
    """Return what a template says of its own, line by line."""
    texts = [sketch.head, sketch.label, sketch.title, sketch.addressee]
    for block in sketch.blocks:
        texts += [block.text, *("".join(row) for row in block.rows)]
    return "\n".join(texts)


def _must_stay_inside(content: bytes) -> None:
    """Refuse a file that reaches out, carries something foreign, or is too much to read."""
    with ZipFile(BytesIO(content)) as archive:
        if sum(each.file_size for each in archive.infolist()) > LARGEST * TIMES * MEGABYTE:
            raise PaperRefused(why="bomb")
        texts = {
            name: archive.read(name)
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }
    if any(DECLARED.search(text) for text in texts.values()):
        raise PaperRefused(why="broken")
    rels = [text for name, text in texts.items() if name.endswith(".rels")]
    if any(OUTSIDE.search(text) for text in rels):
        raise PaperRefused(why="outside")
    if any(CHUNKS.search(text) for text in rels) or _other_fields(list(texts.values())):
        raise PaperRefused(why="foreign")


def _other_fields(texts: Sequence[bytes]) -> bool:
    found = {word.upper() for text in texts for word in FIELDS.findall(text)}
    return not found <= ALLOWED_FIELDS
