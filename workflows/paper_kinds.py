"""Which files may be attached, told by their bytes; the name's ending must agree.

Kept: pdf, png, jpg, webp, docx, xlsx, ofd (the national format of electronic papers), doc and
xls without macros, and txt. Not kept: zip and other archives (nobody can see what lies
inside), pages and drawings that a browser would run (html, svg), and anything with macros.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from workflows.archives import must_be_harmless
from workflows.errors import PaperRefused

HEAD, TAIL = 8192, 66 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument"
ZIP, ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_CONTROLS = frozenset(b"\t\n\r\f")
BLANK, DELETE = 0x20, 0x7F


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of file: the endings that it goes by, and its media type."""

    media_type: str
    endings: tuple[str, ...]


PDF = PaperKind("application/pdf", ("pdf",))
PNG = PaperKind("image/png", ("png",))
JPG = PaperKind("image/jpeg", ("jpg", "jpeg"))
WEBP = PaperKind("image/webp", ("webp",))
DOCX = PaperKind(f"{OFFICE}.wordprocessingml.document", ("docx",))
XLSX = PaperKind(f"{OFFICE}.spreadsheetml.sheet", ("xlsx",))
OFD = PaperKind("application/ofd", ("ofd",))
DOC = PaperKind("application/msword", ("doc", "wps"))
XLS = PaperKind("application/vnd.ms-excel", ("xls", "et"))
TXT = PaperKind("text/plain", ("txt",))
KINDS = (PDF, PNG, JPG, WEBP, DOCX, XLSX, OFD, DOC, XLS, TXT)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)


def kind_of(file: IO[bytes], name: str) -> PaperKind:
    """Return what a file is; refuse kinds that aren't kept and endings that lie."""
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    kind = _told_by_bytes(file, ending)
    if kind is None or ending not in kind.endings:
        raise PaperRefused(why="kind", name=name, endings=list(ENDINGS))
    return kind


def _told_by_bytes(file: IO[bytes], ending: str) -> PaperKind | None:
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(ZIP):
        return _of_archive(file)
    if ZIP_END in _tail(file):
        return None  # an archive behind another file's head
    for start, look in BY_START:
        if head.startswith(start):
            return look(file, ending)
    return TXT if ending in TXT.endings and _is_text(file) else None


def _of_archive(file: IO[bytes]) -> PaperKind | None:
    names = must_be_harmless(file)
    inside = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "OFD.xml": OFD}
    found = [kind for name, kind in inside.items() if name in names]
    return found[0] if len(found) == 1 else None


def _pdf(file: IO[bytes], _ending: str) -> PaperKind | None:
    return PDF if b"%%EOF" in _tail(file) else None


def _png(file: IO[bytes], _ending: str) -> PaperKind | None:
    return PNG if _tail(file).endswith(b"IEND\xaeB`\x82") else None


def _jpg(file: IO[bytes], _ending: str) -> PaperKind | None:
    return JPG if b"\xff\xd9" in _tail(file) else None


def _webp(file: IO[bytes], _ending: str) -> PaperKind | None:
    file.seek(8)
    return WEBP if file.read(4) == b"WEBP" else None


def _ole(file: IO[bytes], ending: str) -> PaperKind | None:
    """Tell an old Office file by its streams; macros lie in a storage of their own."""
    file.seek(0)
    content = file.read()
    if any(name in content for name in map(_utf16, ("_VBA_PROJECT", "VBA", "Macros"))):
        raise PaperRefused(why="macros")
    if _utf16("WordDocument") in content and ending in DOC.endings:
        return DOC
    if (_utf16("Workbook") in content or _utf16("Book") in content) and ending in XLS.endings:
        return XLS
    return None


BY_START: tuple[tuple[bytes, Callable[[IO[bytes], str], PaperKind | None]], ...] = (
    (b"%PDF-", _pdf),
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8\xff", _jpg),
    (b"RIFF", _webp),
    (OLE, _ole),
)


def _utf16(name: str) -> bytes:
    """Write a name as the directory of an OLE file does, with its end."""
    return (name + "\0").encode("utf-16-le")


def _is_text(file: IO[bytes]) -> bool:
    file.seek(0)
    content = file.read()
    controls = {byte for byte in set(content) if byte < BLANK or byte == DELETE}
    if controls - TEXT_CONTROLS:
        return False
    return any(_reads_as(content, encoding) for encoding in ("utf-8", "gb18030"))


def _reads_as(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _tail(file: IO[bytes]) -> bytes:
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    return file.read()
