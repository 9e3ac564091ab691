"""The year as it goes by: each morning's timers, then everybody's steps of the day.

Nothing is written but by the verbs that the pages call, and nothing happens at a time but by
moving the clock. Who is slow stays slow: each unit has its own habits.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

import engine
from engine import Database, MovableClock, Session
from workflows import calendar, figures
from workflows.actors import Actor
from workflows.calendar import WorkCalendar, instant_of, office_day
from workflows.errors import LookAlikesOpen, Refusal
from workflows.opening.registering import Answer, Opening, open_item
from workflows.simulation import office, outdoors, plan, players
from workflows.simulation.city import City, found_city
from workflows.tables import Item, Role, Todo

MORNING, NOON = time(9, 0, 1), time(14)
LAST_PASSES = 40
"""Turns in one day before what still moves waits for tomorrow."""

T = TypeVar("T")
Told = Callable[[date, int, int], None]


@dataclass(slots=True)
class Year:
    """One simulated year in one database."""

    database: Database
    clock: MovableClock
    random: Random
    city: City
    days: WorkCalendar
    first: date
    last: date
    brings_out: date
    """From which day on the office freezes its ledger and brings out issues and quarters."""
    due: dict[UUID, date] = field(default_factory=dict)
    memory: players.Memory = field(default_factory=players.Memory)
    refused: list[str] = field(default_factory=list)
    steps: int = 0

    @property
    def today(self) -> date:
        """Return the office's day."""
        return office_day(self.clock.now())

    def run(self, count: int, told: Told) -> None:
        """Let a year go by with so many matters, and the days until its last quarter is final."""
        coming = plan.matters(self.first.year, count, self.random)
        day = self.first
        while day <= self.last or not office.is_over(self):
            self._begin(day)
            while coming and coming[0].on <= day:
                self._register(coming.pop(0))
            if self.days.is_working(day):
                self._work()
                for deed in (*players.DAILY, *outdoors.DAILY):
                    self._try(deed, self)
                for deed in office.DAILY if day >= self.brings_out else ():
                    self._try(deed, self)
                self._settle()
            told(day, count - len(coming), self.steps)
            day += timedelta(days=1)

    def _begin(self, day: date) -> None:
        """Let the morning's timers fire, and what passes between instances arrive.

        At the midnight after a month's end the ledger is frozen, as the worker does it.
        """
        if day.day == 1 and day >= self.brings_out:
            self.clock.set(instant_of(day))
            self.database.write(figures.freeze_ended)
        self.clock.set(instant_of(day, MORNING))
        self._settle()
        self.clock.set(instant_of(day, NOON))

    def _settle(self) -> None:
        while engine.work_once(self.database):
            pass

    def _register(self, matter: plan.Matter) -> None:
        """Let a supervisor open an item; what looks like another one is said to differ."""
        registration = plan.registration(matter, self.city, self.random)
        who = self.city.supervisors[matter.number % len(self.city.supervisors)]
        answers: dict[int, Answer] = {}
        while True:
            opening = Opening(registration, answers=answers)
            try:
                item = self.act(who, open_item, opening)
            except LookAlikesOpen as refusal:
                for alike in refusal.facts["items"]:
                    answers[alike["item_id"]] = Answer("different", "地点与对象不同")
                continue
            self.memory.registrations[item.id] = registration
            return

    def _work(self) -> None:
        """Let everybody do what they do today, until nothing more is done today."""
        for _ in range(LAST_PASSES):
            todos = list(self._of_today())
            if not todos:
                return
            for task_id in todos:
                if not self._try(self._do, task_id):
                    self.due[task_id] = self.later(players.PAUSE)
            self._settle()

    def _of_today(self) -> Iterator[UUID]:
        """Yield the steps whose day has come; who sees one first decides when to do it."""
        with self.database.read() as session:
            wanted = select(Todo, Item).join(Item, Item.id == Todo.item_id)
            ordered = wanted.where(Todo.closed_at.is_(None)).order_by(
                Todo.opened_at, Todo.item_id, Todo.step, Todo.assignment_id
            )
            for todo, item in session.execute(ordered):
                if todo.task_id not in self.due:
                    self.due[todo.task_id] = players.day_for(self, session, todo, item)
                if self.due[todo.task_id] <= self.today:
                    yield todo.task_id

    def _do(self, task_id: UUID) -> None:
        def work(session: Session) -> None:
            todo = session.get_one(Todo, task_id)
            if todo.closed_at is None:
                players.PLAYERS[todo.step](self, session, self.whose(session, todo), todo)

        self.database.write(work)
        self.steps += 1

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

    def _try(self, deed: Callable[..., None], *args: object) -> bool:
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


def simulate(
    database: Database,
    year: int,
    seed: int,
    count: int,
    told: Told,
    *,
    brings_out: date | None = None,
) -> Year:
    """Found the city in an empty database and let a year go by in it."""
    random = Random(seed)  # noqa: S311 (a simulation, not a secret)
    first = date(year, 1, 2)
    clock = MovableClock(instant_of(first, MORNING))
    real, database.clock = database.clock, clock
    try:
        city = found_city(database, first, random)
        with database.read() as session:
            tables = {
                each: calendar.year_table(session, each) for each in range(year - 1, year + 4)
            }
        days = WorkCalendar(lambda asked: tables[asked])
        last = date(year, 12, 31)
        played = Year(database, clock, random, city, days, first, last, brings_out or first)
        played.run(count, told)
    finally:
        database.clock = real
    return played
