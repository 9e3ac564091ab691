"""Summaries 总结: the year, a quarter or a month of the office, written from a snapshot.

``writing`` makes the text from the template that counts, ``names`` knows what isn't a number in
it, ``setting`` makes the paper with the annexes that prove its figures.
"""

from workflows.summaries.setting import Wording, paper_of, used
from workflows.summaries.writing import (
    ANNUAL,
    Reading,
    discard,
    read,
    summaries,
    template_for,
    write,
)

__all__ = [
    "ANNUAL",
    "Reading",
    "Wording",
    "discard",
    "paper_of",
    "read",
    "summaries",
    "template_for",
    "used",
    "write",
]
