"""One simulated year: its city, its calendar, its dice, and what its players remember."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import TypeVar

from engine import Database, MovableClock, Session
from workflows.actors import Actor
from workflows.assessment import Quarter
from workflows.calendar import WorkCalendar, office_day
from workflows.errors import Refusal
from workflows.items import Registration
from workflows.simulation.city import City
from workflows.tables import Item, Role, Todo

T = TypeVar("T")


@dataclass(slots=True)
class Memory:
    """What the players remember: what they registered, when each unit means to be done, and more.

    The office remembers which issues it has brought out, and how far the quarters are.
    """

    registrations: dict[int, Registration] = field(default_factory=dict)
    finished: dict[int, date] = field(default_factory=dict)
    wishes: dict[int, date] = field(default_factory=dict)
    sampled: set[tuple[int, int]] = field(default_factory=set)
    brought_out: set[date] = field(default_factory=set)
    reported: set[date] = field(default_factory=set)
    praised: set[date] = field(default_factory=set)
    appealed: set[Quarter] = field(default_factory=set)
    commended: bool = False
    targets_set: bool = False


@dataclass(slots=True)
class Year:
    """One simulated year in one database.

    Nothing is written but by the verbs that the pages call.
    """

    database: Database
    clock: MovableClock
    random: Random
    city: City
    days: WorkCalendar
    first: date
    last: date
    brings_out: date
    """From which day on the office freezes its ledger and brings out issues and quarters."""
    memory: Memory = field(default_factory=Memory)
    refused: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        """Return the office's day."""
        return office_day(self.clock.now())

    def whose(self, session: Session, todo: Todo) -> Actor:
        """Return who does a step."""
        if todo.role is Role.LEADER:
            return self.city.seat(Role.LEADER, todo.post_id)
        if todo.role is Role.SUPERVISOR:
            owner = session.get_one(Item, todo.item_id).supervisor_id
            own = [each for each in self.city.supervisors if each.person_id == owner]
            return own[0] if own else self.city.supervisors[0]
        return self.city.seat(todo.role, todo.unit_id)

    def act(self, actor: Actor, verb: Callable[..., T], *args: object) -> T:
        """Let somebody do something in a transaction of its own."""
        return self.database.write(lambda session: verb(session, actor, *args))

    def attempt(self, deed: Callable[..., None], *args: object) -> bool:
        """Do something, and say whether it was done; a refusal is kept to be told."""
        try:
            deed(*args)
        except Refusal as refusal:
            self.refused.append(f"{self.today} {refusal}")
            return False
        return True

    def write(self, deed: Callable[..., T], *args: object) -> T:
        """Do something beside the steps in a transaction of its own."""
        return self.database.write(lambda session: deed(session, self, *args))

    def chance(self, percent: float) -> bool:
        """Throw a die that says yes so many times of a hundred."""
        return self.random.random() * 100 < percent

    def later(self, days: float) -> date:
        """Return the working day so many working days from now."""
        return self.days.add(self.today, round(days)) if days >= 1 else self.today


Player = Callable[[Year, Session, Actor, Todo], None]
"""How somebody does a step."""
