"""The index by which items are found by any two characters, kept as items are written.

One row for each pair of neighbouring characters: plain SQL that both databases answer by
index, where their own full-text searches split Chinese in different ways.
"""

import unicodedata
from typing import Any

from sqlalchemy import Connection, ForeignKey, String, delete, event, insert, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from engine import Base
from workflows.tables.items import Item

LONGEST = 4_000
"""Characters of an item that are indexed; nobody searches a basis beyond."""


class ItemGram(Base):
    """A pair of neighbouring characters, and an item whose text holds it."""

    __tablename__ = "item_gram"

    gram: Mapped[str] = mapped_column(String(2), primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey(Item.id, ondelete="CASCADE"), primary_key=True, index=True
    )


def folded(text: str) -> str:
    """Return letters and digits only, in half width and lower case: 督字〔2019〕 is 督字2019."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def grams(text: str) -> frozenset[str]:
    """Return every pair of neighbouring characters of a folded text."""
    return frozenset(text[place : place + 2] for place in range(len(text) - 1))


def _text(item: Item) -> str:
    """Return what an item is found by; lines keep a pair from spanning two fields."""
    fields = (
        item.number, item.title, item.target, item.basis, item.responsible_person,
        item.contact, item.remarks,
    )  # fmt: skip
    return "\n".join(folded(field) for field in fields if field)[:LONGEST]


@event.listens_for(Item, "before_insert")
@event.listens_for(Item, "before_update")
def _fold(_mapper: Mapper[Any], _connection: Connection, item: Item) -> None:
    text = _text(item)
    if item.search != text:
        item.search = text


@event.listens_for(Item, "after_insert")
def _index(_mapper: Mapper[Any], connection: Connection, item: Item) -> None:
    _add(connection, item)


@event.listens_for(Item, "after_update")
def _index_again(_mapper: Mapper[Any], connection: Connection, item: Item) -> None:
    if inspect(item).attrs.search.history.has_changes():
        connection.execute(delete(ItemGram).where(ItemGram.item_id == item.id))
        _add(connection, item)


def _add(connection: Connection, item: Item) -> None:
    found = {gram for line in item.search.split("\n") for gram in grams(line)}
    if found:
        rows = [{"gram": gram, "item_id": item.id} for gram in sorted(found)]
        connection.execute(insert(ItemGram), rows)
