"""The free faces that stand in for those of official papers in a PDF, and what they can draw.

The front end's build lays them beside this module. A face that lacks a character draws an empty
box or nothing, and neither typst nor a reader of the PDF would say so: the face is asked first.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from struct import iter_unpack, unpack_from

import typst

from workflows.errors import FontsMissing, GlyphsMissing

FOLDER = Path(__file__).parent / "faces"
FILES = ("NotoSerifSC_400Regular.ttf", "NotoSerifSC_700Bold.ttf", "NotoSansSC_400Regular.ttf")

SPACES = frozenset(" \n\t")
FULL_UNICODE = (3, 10)
SEGMENTED = 12


def must_draw(text: str) -> None:
    """Refuse a text with a character that one of the faces lacks, and name them all."""
    if missing := undrawable(text):
        raise GlyphsMissing(missing)


def undrawable(text: str) -> list[str]:
    """Return the characters of a text that one of the faces lacks, each once."""
    drawn = drawable() | SPACES
    return [sign for sign in dict.fromkeys(text) if sign not in drawn]


@cache
def library() -> typst.Fonts:
    """Return the faces as typst wants them; refuse to set anything without them."""
    if missing := [name for name in FILES if not (FOLDER / name).is_file()]:
        raise FontsMissing(missing, str(FOLDER))
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)]
    )


@cache
def drawable() -> frozenset[str]:
    """Return the characters that every one of the faces can draw."""
    library()
    drawn = [frozenset(_characters((FOLDER / name).read_bytes())) for name in FILES]
    return frozenset.intersection(*drawn)


def _characters(font: bytes) -> Iterator[str]:
    """Read a font's own table of characters: its segments of consecutive ones."""
    table = _table(font, b"cmap")
    count = unpack_from(">H", font, table + 2)[0]
    for place in range(table + 4, table + 4 + 8 * count, 8):
        platform, encoding, offset = unpack_from(">HHI", font, place)
        if (platform, encoding) == FULL_UNICODE:
            segments = unpack_from(">I", font, table + offset + SEGMENTED)[0]
            start = table + offset + 16
            for first, last, _ in iter_unpack(">III", font[start : start + 12 * segments]):
                yield from map(chr, range(first, last + 1))


def _table(font: bytes, wanted: bytes) -> int:
    count = unpack_from(">H", font, 4)[0]
    for tag, _, offset, _ in iter_unpack(">4sIII", font[12 : 12 + 16 * count]):
        if tag == wanted:
            return int(offset)
    raise FontsMissing([wanted.decode()], str(FOLDER))
