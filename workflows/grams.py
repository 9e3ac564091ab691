"""Conditions that texts hold words, found by their pairs of neighbouring characters."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from workflows.tables import Assignment, Item, ItemGram, Passage, PassageGram, Subject, Unit
from workflows.tables.search import folded, grams

LONGEST = 100
"""As many characters of what somebody looks for are read, wherever it is asked."""
SHORTEST = 2
"""A word of one character has no pair: only items are looked through for it."""


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared, in their order, each once."""
    words = (folded(part) for part in text[:LONGEST].split())
    return list(dict.fromkeys(word for word in words if word))


def matches(text: str) -> ColumnElement[bool] | None:
    """Return the condition that an item holds every word of a text; nothing asks nothing."""
    words = words_of(text)
    return and_(*(_item_holds(word) for word in words)) if words else None


def passages(subject: Subject, words: list[str]) -> ColumnElement[bool]:
    """Return the condition that a passage holds the first word, and its text all the others."""
    first, *others = words
    elsewhere = (Passage.ref.in_(_refs(subject, word)) for word in others)
    return and_(Passage.subject == subject, _passage_holds(first), *elsewhere)


def _refs(subject: Subject, word: str) -> Select[str]:
    return select(Passage.ref).where(Passage.subject == subject, _passage_holds(word))


def _passage_holds(word: str) -> ColumnElement[bool]:
    return _holds(
        word,
        Passage.folded.contains(word, autoescape=True),
        lambda gram: Passage.id.in_(select(PassageGram.passage_id).where(PassageGram.gram == gram)),
    )


def _item_holds(word: str) -> ColumnElement[bool]:
    itself = _holds(
        word,
        Item.search.contains(word, autoescape=True),
        lambda gram: Item.id.in_(select(ItemGram.item_id).where(ItemGram.gram == gram)),
    )
    return or_(itself, _with_unit(word))


def _holds(
    word: str, whole: ColumnElement[bool], pair: Callable[[str], ColumnElement[bool]]
) -> ColumnElement[bool]:
    """Find a word by its pairs, and make sure that they stand side by side."""
    return and_(*map(pair, sorted(grams(word))), whole)


def _with_unit(word: str) -> ColumnElement[bool]:
    return exists(
        select(Assignment.id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.item_id == Item.id, Unit.name.contains(word, autoescape=True))
    )
