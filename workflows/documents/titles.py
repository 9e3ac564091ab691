"""Where the lines of a title break: evenly, and where the words allow it."""

import re
from itertools import accumulate, pairwise
from math import ceil, inf

from workflows.documents.measures import POINT, TITLE, TYPE_WIDTH
from workflows.documents.signing import width_of

LONGEST = TYPE_WIDTH / POINT / TITLE - 1
"""How many characters of a title a line holds, with some room at its sides."""

GOOD = re.compile(
    r"(?<=[的、，；》])|(?<=月份)|(?<=年度)|(?<=季度)|(?<=事项)|(?<=工作)|(?<=会议)"
    r"|(?=关于|落实|办理|有关|情况|实施|建议|提案|第\d|《)"
)
NEVER = re.compile(
    r"(?=[的、，；：。》）〕！？])|(?<=[（《〔])|(?<=[A-Za-z0-9.%])(?=[A-Za-z0-9.%])"
)
UNLIKED = 40.0
"""What a break inside a word costs, beside the squares of how uneven the lines are."""

Broken = tuple[float, tuple[int, ...]]
"""What breaking costs up to a place, and where the lines before it end."""


def title_lines(title: str) -> list[str]:
    """Return the lines of a title; the writer's own breaks stay."""
    return [line for part in title.split("\n") for line in _broken(part)]


def _broken(title: str) -> list[str]:
    """Break a title into as few lines as it needs, at the breaks that cost least."""
    ends_at = [0.0, *accumulate(width_of(sign) for sign in title)]
    count = max(ceil(ends_at[-1] / LONGEST), 1)
    mean = ends_at[-1] / count
    costs = {found.start(): UNLIKED for found in re.finditer("", title)}
    costs |= {found.start(): 0.0 for found in GOOD.finditer(title)}
    costs |= {found.start(): inf for found in NEVER.finditer(title)}
    best: dict[int, Broken] = {0: (0.0, ())}
    for left in reversed(range(count)):
        ends = range(1, len(title) + 1) if left else (len(title),)
        best = {end: _to(ends_at, best, end, mean, costs[end] if left else 0.0) for end in ends}
    cost, breaks = best[len(title)]
    if cost == inf:
        return [title]
    return [title[start:end] for start, end in pairwise((0, *breaks))]


def _to(
    ends_at: list[float], best: dict[int, Broken], end: int, mean: float, breaking: float
) -> Broken:
    """Return the cheapest way to let a line end there."""
    ways = [
        (cost + breaking + (width - mean) ** 2, (*breaks, end))
        for start, (cost, breaks) in best.items()
        if start < end and (width := ends_at[end] - ends_at[start]) <= LONGEST
    ]
    return min(ways, default=(inf, (end,)))
