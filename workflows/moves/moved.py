"""What can move: every open day that the legal clock reckons, and whose it is."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from workflows.reckoning import Due
from workflows.tables import Assignment, Escalation, Item, Reply, Revisit, Todo, Unit


class What(StrEnum):
    """Which of an item's days it is."""

    PART = "part"
    STEP = "step"
    REPORT = "report"
    PERIOD = "period"
    VISIT = "visit"
    ANSWER = "answer"
    WINDOW = "window"
    CONCLUSION = "conclusion"
    RATING = "rating"
    RUNG = "rung"


LIVE = frozenset({What.WINDOW, What.CONCLUSION, What.RATING, What.RUNG})
"""Days that nobody wrote down: they are reckoned by the rules of the day on which one asks."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An open day that a change touches, as it is and as it would be."""

    what: What
    item: Item
    old: date | None
    due: Due | None
    part: Assignment | None = None
    todo: Todo | None = None
    held: Revisit | Escalation | Reply | None = None

    @property
    def new(self) -> date | None:
        """Return the day as it would be; none if nothing is due any more."""
        return self.due.on if self.due else None

    @property
    def unit(self) -> Unit | None:
        """Return the unit whose due date it is; the office's own steps have none."""
        return self.part.unit if self.part else None

    @property
    def is_units(self) -> bool:
        """Say whether a unit has to keep this day; the office and leaders have steps as well."""
        if self.todo is not None:
            return self.todo.unit_id is not None
        return self.part is not None and self.what not in {What.RATING, What.RUNG}

    @property
    def is_new(self) -> bool:
        """Say whether the day is another one, and not only its reason."""
        return self.new != self.old

    @property
    def is_live(self) -> bool:
        """Say whether it follows by itself, whatever is decided about what runs."""
        return self.what in LIVE

    @property
    def seal(self) -> str:
        """Return what a seal is made of."""
        which = (self.part and self.part.id, self.todo and self.todo.task_id)
        held = self.held and self.held.id
        return f"{self.what} {self.item.id} {which} {held} {self.old} {self.new}"


@dataclass(frozen=True, slots=True)
class Stay:
    """A day that somebody chose and that stays, though it is a day off from then on."""

    what: str
    on: date
    item: Item | None
    unit: Unit | None = None
    name: str = ""


@dataclass(frozen=True)
class Moves:
    """Every open day that a change touches, and those that fall on a day off and stay."""

    touched: Sequence[Moved]
    stays: Sequence[Stay] = field(default=())

    @cached_property
    def moved(self) -> list[Moved]:
        """Return those whose day is another one."""
        return [each for each in self.touched if each.is_new]

    @cached_property
    def following(self) -> list[Moved]:
        """Return those that move only if what runs is to follow."""
        return [each for each in self.moved if not each.is_live]

    @property
    def seal(self) -> str:
        """Return a seal over the days that move: what is saved must be what was shown."""
        lines = "\n".join(each.seal for each in self.moved)
        return hashlib.sha256(lines.encode()).hexdigest()[:32]
