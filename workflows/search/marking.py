"""The words that were looked for, marked in a text as it reads."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from workflows.tables.search import folded

AROUND = 36
LONGEST = 160
CUT = "…"


class Mark(NamedTuple):
    """A run of a text, and whether it is one of the words."""

    text: str
    hit: bool = False


def marked(text: str, words: Sequence[str]) -> tuple[Mark, ...]:
    """Return a text as runs, those that are words marked."""
    return tuple(_runs(text, sorted(_places(text, words))))


def snippet(text: str, words: Sequence[str]) -> tuple[Mark, ...]:
    """Return what stands around the first word in a text, with every word in it marked."""
    plain = " ".join(text.split())
    places = sorted(_places(plain, words))
    first = places[0][0] if places else 0
    start = max(0, first - AROUND)
    end = min(len(plain), start + LONGEST)
    shown = f"{CUT if start else ''}{plain[start:end]}{CUT if end < len(plain) else ''}"
    return marked(shown, words)


def holds(text: str, words: Sequence[str]) -> bool:
    """Say whether a text holds every word."""
    plain = folded(text)
    return all(word in plain for word in words)


def _places(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where words stand: they are compared folded, and shown as they are written."""
    letters, origins = [], []
    for place, character in enumerate(text):
        for letter in folded(character):
            letters.append(letter)
            origins.append(place)
    plain = "".join(letters)
    for word in words:
        at = plain.find(word)
        while at >= 0:
            yield origins[at], origins[at + len(word) - 1] + 1
            at = plain.find(word, at + len(word))


def _runs(text: str, places: Sequence[tuple[int, int]]) -> Iterator[Mark]:
    done = 0
    for start, end in places:
        if start < done:
            continue
        if start > done:
            yield Mark(text[done:start])
        yield Mark(text[start:end], hit=True)
        done = end
    if done < len(text):
        yield Mark(text[done:])
