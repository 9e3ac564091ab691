"""Writes a value, or the values of a column, the way a cell would."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from engine.decisions.atoms import NOTHING, Atom, Axis
from engine.decisions.durations import Months, written_duration
from engine.decisions.kinds import Value

PLAIN: Final = 40
LISTED: Final = 8
WORDS: Final[Mapping[type, Callable[[Value], str]]] = {
    type(None): lambda _value: "null",
    bool: lambda value: "true" if value else "false",
    str: lambda value: json.dumps(value, ensure_ascii=False),
    Decimal: lambda value: f"{value:f}" if abs(value.adjusted()) < PLAIN else str(value),
    datetime: lambda value: f'date and time("{value.isoformat()}")',
    date: lambda value: f'date("{value.isoformat()}")',
    timedelta: lambda value: f'duration("{written_duration(value)}")',
    Months: lambda value: f'duration("{written_duration(value)}")',
}


def worded(value: Value) -> str:
    """Return a value as S-FEEL writes it."""
    return WORDS[type(value)](value)


def cell_for(axis: Axis, places: tuple[int, ...]) -> str:
    """Return the cell that lets these atoms through, and no others; a long one is cut off."""
    chosen = [axis.atoms[place] if place < len(axis.atoms) else NOTHING for place in places]
    if not axis.ordered:
        if all(atom.single for atom in chosen):
            return _short([worded(atom.sample) for atom in chosen])
        left = [a for i, a in enumerate(axis.atoms) if a.single and i not in places]
        return f"not({_short([worded(atom.sample) for atom in left])})" if left else "-"
    if len(set(places) - {len(axis.atoms)}) == len(axis.atoms):
        return "-"
    return _short([_range(axis, run) for run in _runs(places)])


def _short(parts: list[str]) -> str:
    return ", ".join(parts if len(parts) <= LISTED else [*parts[:LISTED], "…"])


def _runs(places: tuple[int, ...]) -> list[list[int]]:
    """Return neighbours together."""
    runs: list[list[int]] = []
    for place in sorted(places):
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _range(axis: Axis, run: list[int]) -> str:
    if run[-1] >= len(axis.atoms):
        inside = run[:-1]
        return ", ".join([*([_range(axis, inside)] if inside else []), worded(None)])
    first, last = axis.atoms[run[0]], axis.atoms[run[-1]]
    low, high = first.bounds[0], last.bounds[1]
    if low is None and high is None:
        return "-"
    if low is None:
        return f"{_closed('<', last)} {worded(high)}"
    if high is None:
        return f"{_closed('>', first)} {worded(low)}"
    if first is last and first.single:
        return worded(low)
    begin, end = "[" if first.single else "]", "]" if last.single else "["
    return f"{begin}{worded(low)}..{worded(high)}{end}"


def _closed(sign: str, atom: Atom) -> str:
    return f"{sign}=" if atom.single else sign
