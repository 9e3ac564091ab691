"""How wide the columns of a table are, by what stands in them."""

from collections.abc import Iterator, Sequence

from workflows.documents.measures import POINT, SMALL, TYPE_WIDTH
from workflows.documents.paper import Block
from workflows.documents.signing import width_of

NARROWEST, WIDEST = 3.0, 16.0
SHORT = 7.0
"""Columns of nothing longer than this are centred."""


def shares_of(block: Block) -> tuple[float, ...]:
    """Return the shares of a table's width that its columns get."""
    asked = tuple(map(float, block.shares))
    return asked or _fitting([min(max(wide, NARROWEST), WIDEST) + 1 for wide in _widest(block)])


def _fitting(wide: Sequence[float]) -> tuple[float, ...]:
    """Let the columns of long words alone give way where all together don't fit."""
    over = max(sum(wide) - TYPE_WIDTH / POINT / SMALL, 0)
    spare = sum(max(each - SHORT - 1, 0) for each in wide)
    given = min(over / spare, 1) if spare else 0
    return tuple(each - max(each - SHORT - 1, 0) * given for each in wide)


def centred(block: Block) -> tuple[bool, ...]:
    """Return which columns of a table are centred: those of short words and numbers."""
    return tuple(wide <= SHORT and block.headed for wide in _widest(block))


def _widest(block: Block) -> Iterator[float]:
    """Return the widest words of each column; rows are as long as the longest."""
    for column in range(max(map(len, block.rows), default=0)):
        yield max(width_of(row[column]) for row in block.rows if column < len(row))
