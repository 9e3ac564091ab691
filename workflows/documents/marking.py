"""How large the mark at a paper's head is, and how it is spread or narrowed over the line."""

import math
from dataclasses import dataclass

from workflows.documents.measures import POINT, TYPE_WIDTH
from workflows.documents.paper import Form
from workflows.documents.signing import width_of

LARGEST, SMALLEST = 48.0, 36.0
LETTER_LARGEST = 40.0
NARROWEST = 0.66
WIDE = 0.7
"""The share of the line that a short mark is spread over."""
MOST_TRACKING = 0.35


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark's size in points, its stretch in whole percents, the points between its characters."""

    size: float
    stretch: float
    tracking: float


def mark_of(head: str, form: Form) -> Mark:
    """Return how a mark is set: large and spread if it is short, narrowed if it is long."""
    count = max(width_of(head), 1.0)
    line = TYPE_WIDTH / POINT
    largest = LETTER_LARGEST if form is Form.LETTER else LARGEST
    size = min(largest, max(SMALLEST, line / count / NARROWEST))
    stretch = max(math.floor(min(1.0, line / (count * size)) * 100) / 100, NARROWEST)
    size = min(size, line / (count * stretch))
    spare = (line * WIDE - count * size) / max(count - 1, 1)
    return Mark(round(size, 2), stretch, round(min(max(spare, 0), size * MOST_TRACKING), 2))
