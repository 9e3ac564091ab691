"""What somebody wants to see of a process, and who may."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from workflows import rules, store
from workflows.calendar import instant_of
from workflows.rules import Acting
from workflows.tables import Kind, Role, Source


class Figure(StrEnum):
    """A figure of an element, and with it the visits that make it."""

    NOW = "now"
    ENDED = "ended"
    LATE = "late"
    RETURNED = "returned"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which process, which version of it, when, and whose items; an empty answer is any.

    The days count by when somebody was done; what waits now waits whatever they say.
    """

    process_id: str
    definition_id: int | None = None
    first: date | None = None
    last: date | None = None
    unit_id: int | None = None
    kind: Kind | None = None
    source: Source | None = None

    @property
    def since(self) -> datetime | None:
        """Return the moment at which the first day begins; the first of all bounds nothing."""
        return instant_of(self.first) if self.first and self.first > date.min else None

    @property
    def until(self) -> datetime | None:
        """Return the moment at which the last day is over; the last of all bounds nothing."""
        bounds = self.last is not None and self.last < date.max
        return instant_of(self.last + timedelta(days=1)) if self.last and bounds else None


@dataclass(frozen=True, slots=True)
class Place:
    """An element of a process, or of one version of it: where something waits."""

    process_id: str
    element_id: str
    definition_id: int | None = None

    @classmethod
    def read(cls, text: str) -> "Place":
        """Read what was written down; anything else is a ValueError."""
        process_id, element_id, *version = text.split(":", 2)
        return cls(process_id, element_id, int(version[0]) if version else None)

    def __str__(self) -> str:
        """Write it down, as an address does."""
        parts = (self.process_id, self.element_id, self.definition_id)
        return ":".join(str(part) for part in parts if part is not None)


def must_oversee(actor: Acting) -> None:
    """Refuse whoever neither administers nor sees every item: the figures are the whole house's."""
    rules.must_have(actor, Role.ADMINISTRATOR, *store.SEES_ALL)


def sees_items(actor: Acting) -> bool:
    """Say whether the visits behind a figure may be opened; administering isn't enough."""
    return store.sees_all(actor)
