"""Reads the text of a file in a process of its own, which may die of it; run as a script.

The bytes come in on standard input, the text goes out as JSON. It imports nothing of the house,
so that it starts at once, and runs within narrow limits of memory and time.
"""

import json
import logging
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
MOST_PAGES = 2_000
MOST_CELLS = 200_000
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes")


class NoTextError(Exception):
    """A file whose text can't be read, and why."""


def main(kind: str, most: int) -> None:
    """Read a file's text within narrow limits, up to so many characters."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    content = sys.stdin.buffer.read()
    try:
        text, cut = gathered(READERS[kind](content), most)
        told = {"text": text, "cut": cut}
    except NoTextError as error:
        told = {"why": str(error)}
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (whatever a reader stumbles over, the file can't be read)
        told = {"why": "broken"}
    sys.stdout.write(json.dumps(told))


def gathered(runs: Iterator[str], most: int) -> tuple[str, bool]:
    """Join runs of text until there are enough; say whether something was left out."""
    kept: list[str] = []
    length = 0
    for run in runs:
        kept.append(writable(run))
        length += len(run)
        if length >= most:
            return "".join(kept)[:most], True
    return "".join(kept), False


def writable(text: str) -> str:
    """Return a text without what no database holds: pairs of surrogates joined, halves left out."""
    if text.isascii():
        return text.replace("\x00", "")
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return whole.replace("\x00", "")


def pdf(content: bytes) -> Iterator[str]:
    """Yield the text of each page."""
    from pypdf import PdfReader  # noqa: PLC0415 (each kind loads its own reader only)

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        why = "encrypted"
        raise NoTextError(why)
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES:
            return
        yield f"{page.extract_text()}\n"


def docx(content: bytes) -> Iterator[str]:
    """Yield the runs of a document with its heads, feet and notes, a line for each paragraph."""
    from lxml import etree  # noqa: PLC0415 (see pdf)

    with ZipFile(BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith(PARTS)]
        for name in sorted(name for name in names if name.endswith(".xml")):
            with archive.open(name) as part:
                for _, element in etree.iterparse(
                    part,
                    events=("end",),
                    resolve_entities=False,
                    no_network=True,
                    load_dtd=False,
                    huge_tree=False,
                ):
                    if element.tag == f"{WORDS}t":
                        yield element.text or ""
                    elif element.tag in (f"{WORDS}tab", f"{WORDS}tc"):
                        yield "\t"
                    elif element.tag in (f"{WORDS}p", f"{WORDS}br"):
                        yield "\n"
                        element.clear()


def xlsx(content: bytes) -> Iterator[str]:
    """Yield the cells of every sheet, row by row."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 (see pdf)

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    cells = 0
    for name in book.sheet_names:
        yield f"{name}\n"
        for row in book.get_sheet_by_name(name).iter_rows():
            cells += len(row)
            if cells > MOST_CELLS:
                return
            yield "\t".join(str(cell) for cell in row if cell != "") + "\n"


def txt(content: bytes) -> Iterator[str]:
    """Yield a plain text, in UTF-8 or the national encoding."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            yield content.decode(encoding)
        except UnicodeDecodeError:
            continue
        else:
            return
    why = "broken"
    raise NoTextError(why)


READERS = {"pdf": pdf, "docx": docx, "xlsx": xlsx, "txt": txt}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
