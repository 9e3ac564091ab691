"""At which level a line stands, by how it begins: 一、 → （一） → 1. → （1）."""

import re

from workflows.documents.paper import BlockKind

NUMBERS = "一二三四五六七八九十百"
PATTERNS = (
    (BlockKind.HEADING1, re.compile(rf"[{NUMBERS}]+、")),
    (BlockKind.HEADING2, re.compile(rf"（[{NUMBERS}]+）")),
    (BlockKind.HEADING3, re.compile(r"\d+[.．]\D")),
    (BlockKind.HEADING4, re.compile(r"（\d+）")),
)
LONGEST = 40
"""A longer line, or one with a full stop, is a paragraph that begins with a number."""


def level_of(line: str) -> BlockKind:
    """Return whether a line is a heading, and of which level, or a paragraph."""
    if len(line) <= LONGEST and "。" not in line:
        for kind, begins in PATTERNS:
            if begins.match(line):
                return kind
    return BlockKind.PARAGRAPH
