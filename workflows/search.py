"""Finding items by any two characters, and by the units that have them."""

from sqlalchemy import ColumnElement, and_, exists, or_, select

from workflows.tables import Assignment, Item, ItemGram, Unit
from workflows.tables.search import folded, grams

MOST = 100


def matches(text: str) -> ColumnElement[bool] | None:
    """Return the condition that an item holds every word of a text; nothing asks nothing."""
    words = [word for part in text[:MOST].split() if (word := folded(part))]
    return and_(*(_holds(word) for word in words)) if words else None


def _holds(word: str) -> ColumnElement[bool]:
    """Find a word by its pairs, and make sure that they stand side by side."""
    pairs = [
        Item.id.in_(select(ItemGram.item_id).where(ItemGram.gram == gram))
        for gram in sorted(grams(word))
    ]
    itself = and_(*pairs, Item.search.contains(word, autoescape=True))
    return or_(itself, _with_unit(word))


def _with_unit(word: str) -> ColumnElement[bool]:
    return exists(
        select(Assignment.id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.item_id == Item.id, Unit.name.contains(word, autoescape=True))
    )
