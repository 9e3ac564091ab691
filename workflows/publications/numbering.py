"""The numbers of headings, as official papers write them: 一、 → （一） → 1. → （1）.

A draft keeps its headings without numbers; they follow from where a heading stands.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

DIGITS: Final = "〇一二三四五六七八九"
TEN: Final = 10
TYPED: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}[.．](?!\d)|（\d{1,2}）)\s*"
)


def numbers(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Walk over what begins each block: a heading's number, nothing before anything else."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if block["type"] == "annex":
            counts = [0, 0, 0, 0]
        if block["type"] != "heading":
            yield ""
            continue
        level = block["attrs"]["level"]
        counts[level - 1] += 1
        counts[level:] = [0] * (len(counts) - level)
        yield written(level, counts[level - 1])


def written(level: int, number: int) -> str:
    """Return a heading's number."""
    styles = (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}.", f"（{number}）")
    return styles[level - 1]


def chinese(number: int) -> str:
    """Write a number from 1 to 99 in Chinese."""
    tens, ones = divmod(number, TEN)
    if tens == 0:
        return DIGITS[ones]
    return (DIGITS[tens] if tens > 1 else "") + "十" + (DIGITS[ones] if ones else "")


def untyped(text: str) -> str:
    """Return a heading's words without a number that somebody typed."""
    return TYPED.sub("", text, count=1) if TYPED.match(text) else text
