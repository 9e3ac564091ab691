"""Summaries 总结: the year, a quarter or a month of the office, written from a snapshot.

``writing`` makes the text from the template that counts, ``names`` knows what isn't a number in
it, ``setting`` makes the paper with the annexes that prove its figures.
"""

from workflows.summaries.setting import MOST_ROWS, Wording, paper_of, text_of, used
from workflows.summaries.writing import (
    ANNUAL,
    Reading,
    discard,
    prepare,
    read,
    summaries,
    template_for,
    write,
    write_of,
)

__all__ = [
    "ANNUAL",
    "MOST_ROWS",
    "Reading",
    "Wording",
    "discard",
    "paper_of",
    "prepare",
    "read",
    "summaries",
    "template_for",
    "text_of",
    "used",
    "write",
    "write_of",
]
