"""Search 搜索 over items, reports, papers, replies and publications, with the reader's rights."""

from workflows.search.finding import find
from workflows.search.hits import Found, Group, Hit, Seek, Sort
from workflows.search.marking import Mark, marked, snippet
from workflows.search.reading import GATHER, ask_to_gather, gather, read_paper, unsearchable

__all__ = [
    "GATHER",
    "Found",
    "Group",
    "Hit",
    "Mark",
    "Seek",
    "Sort",
    "ask_to_gather",
    "find",
    "gather",
    "marked",
    "read_paper",
    "snippet",
    "unsearchable",
]
