"""What is looked for, and what is found: hits by kind, each with the words around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.search.marking import Mark
from workflows.tables import Item


class Sort(StrEnum):
    """What kind of thing was found."""

    ITEM = "item"
    REPORT = "report"
    PAPER = "paper"
    REPLY = "reply"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class Seek:
    """The words, and what narrows them: kinds, a unit that takes part, days with both ends."""

    text: str
    sorts: tuple[Sort, ...] = ()
    unit_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that holds the words: ``ref`` is its number, ``item`` what it belongs to."""

    sort: Sort
    ref: str
    item: Item | None
    title: Sequence[Mark]
    snippet: Sequence[Mark]
    unit: str
    on: date
    number: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind, the newest first; ``more`` if there are others beyond those counted."""

    sort: Sort
    hits: Sequence[Hit]
    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was found, and by which words."""

    words: Sequence[str]
    groups: Sequence[Group]

    @property
    def count(self) -> int:
        """Return how many hits there are."""
        return sum(group.count for group in self.groups)
