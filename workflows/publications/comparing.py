"""Two versions of a draft beside each other: what was said before, and what is said now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from workflows.documents import Block
from workflows.publications.papers import blocks
from workflows.tables import PublicationVersion

SAME, GONE, NEW = "same", "gone", "new"
LIKE = 0.5
"""From how alike on two lines are the same one, changed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line: the ``same`` in both versions, ``gone``, or ``new``."""

    kind: str
    text: str


Line = tuple[Piece, ...]


def compare(older: PublicationVersion, newer: PublicationVersion) -> list[Line]:
    """Return the lines of two versions in the order of the paper, each in pieces."""
    before, after = lines(older), lines(newer)
    found: list[Line] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.extend((Piece(SAME, line),) for line in after[c:d])
        else:
            found.extend(_changed(before[a:b], after[c:d]))
    return found


def lines(version: PublicationVersion) -> list[str]:
    """Return what a version says, line by line: title, addressee, then block by block."""
    return [version.title, version.addressee, *map(_text, blocks(version.content))]


def is_changed(line: Line) -> bool:
    """Say whether a line isn't the same in both versions."""
    return any(piece.kind != SAME for piece in line)


def _text(block: Block) -> str:
    return "\n".join("\t".join(row) for row in block.rows) if block.rows else block.text


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    """Walk over lines that aren't the same: like ones word by word, the others as a whole."""
    pairs = min(len(before), len(after))
    for old, new in zip(before[:pairs], after[:pairs], strict=True):
        yield from _beside(old, new)
    yield from ((Piece(GONE, line),) for line in before[pairs:] if line)
    yield from ((Piece(NEW, line),) for line in after[pairs:] if line)


def _beside(old: str, new: str) -> Iterator[Line]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < LIKE:
        yield from ((Piece(kind, line),) for kind, line in ((GONE, old), (NEW, new)) if line)
        return
    yield tuple(
        piece
        for kind, a, b, c, d in matcher.get_opcodes()
        for piece in _pieces(kind, old[a:b], new[c:d])
    )


def _pieces(kind: str, old: str, new: str) -> Iterator[Piece]:
    if kind == "equal":
        yield Piece(SAME, new)
        return
    if old:
        yield Piece(GONE, old)
    if new:
        yield Piece(NEW, new)
