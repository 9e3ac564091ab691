"""How wide the columns of a table are, by what stands in them."""

from collections.abc import Iterator

from workflows.documents.paper import Block
from workflows.documents.signing import width_of

NARROWEST, WIDEST = 3.0, 16.0
SHORT = 7.0
"""Columns of nothing longer than this are centred."""


def shares_of(block: Block) -> tuple[float, ...]:
    """Return the shares of a table's width that its columns get."""
    asked = tuple(map(float, block.shares))
    return asked or tuple(min(max(wide, NARROWEST), WIDEST) + 1 for wide in _widest(block))


def centred(block: Block) -> tuple[bool, ...]:
    """Return which columns of a table are centred: those of short words and numbers."""
    return tuple(wide <= SHORT and block.headed for wide in _widest(block))


def _widest(block: Block) -> Iterator[float]:
    """Return the widest words of each column; rows are as long as the longest."""
    for column in range(max(map(len, block.rows), default=0)):
        yield max(width_of(row[column]) for row in block.rows if column < len(row))
