"""The year as it goes by: each morning's timers, then everybody's steps of the day.

Nothing happens at a time but by moving the clock.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select

import engine
from engine import Database, MovableClock, Session
from workflows import calendar, figures
from workflows.calendar import WorkCalendar, instant_of
from workflows.errors import LookAlikesOpen
from workflows.opening.registering import Answer, Opening, open_item
from workflows.simulation import beside, office, outdoors, plan
from workflows.simulation.city import found_city
from workflows.simulation.habits import day_for
from workflows.simulation.players import PLAYERS
from workflows.simulation.year import Year
from workflows.tables import Item, Todo

MORNING, NOON = time(9, 0, 1), time(14)
LAST_PASSES = 40
"""Turns in one day before what still moves waits for tomorrow."""
PAUSE = 3
"""After how many working days a step is tried again that was refused."""

Told = Callable[[date, int, int], None]


@dataclass(slots=True)
class Course:
    """How far a year is: which steps wait for which day, and how many were done."""

    year: Year
    due: dict[UUID, date] = field(default_factory=dict)
    steps: int = 0

    def run(self, count: int, told: Told) -> None:
        """Let a year go by with so many matters, and the days until its last quarter is final."""
        year = self.year
        coming = plan.matters(year.first.year, count, year.random)
        day = year.first
        while day <= year.last or not office.is_over(year):
            self._begin(day)
            while coming and coming[0].on <= day:
                self._register(coming.pop(0))
            if year.days.is_working(day):
                self._work()
                for deed in (*beside.DAILY, *outdoors.DAILY):
                    year.attempt(deed, year)
                for deed in office.DAILY if day >= year.brings_out else ():
                    year.attempt(deed, year)
                self._settle()
            told(day, count - len(coming), self.steps)
            day += timedelta(days=1)

    def _begin(self, day: date) -> None:
        """Let the morning's timers fire, and what passes between instances arrive.

        At the midnight after a month's end the ledger is frozen, as the worker does it.
        """
        year = self.year
        if day.day == 1 and day >= year.brings_out:
            year.clock.set(instant_of(day))
            year.database.write(figures.freeze_ended)
        year.clock.set(instant_of(day, MORNING))
        self._settle()
        year.clock.set(instant_of(day, NOON))

    def _settle(self) -> None:
        while engine.work_once(self.year.database):
            pass

    def _register(self, matter: plan.Matter) -> None:
        """Let a supervisor open an item; what looks like another one is said to differ."""
        year = self.year
        registration = plan.registration(matter, year.city, year.random)
        who = year.city.supervisors[matter.number % len(year.city.supervisors)]
        answers: dict[int, Answer] = {}
        while True:
            opening = Opening(registration, answers=answers)
            try:
                item = year.act(who, open_item, opening)
            except LookAlikesOpen as refusal:
                for alike in refusal.facts["items"]:
                    answers[alike["item_id"]] = Answer("different", "地点与对象不同")
                continue
            year.memory.registrations[item.id] = registration
            return

    def _work(self) -> None:
        """Let everybody do what they do today, until nothing more is done today."""
        for _ in range(LAST_PASSES):
            todos = list(self._of_today())
            if not todos:
                return
            for task_id in todos:
                if not self.year.attempt(self._do, task_id):
                    self.due[task_id] = self.year.later(PAUSE)
            self._settle()

    def _of_today(self) -> Iterator[UUID]:
        """Yield the steps whose day has come; who sees one first decides when to do it."""
        with self.year.database.read() as session:
            wanted = select(Todo, Item).join(Item, Item.id == Todo.item_id)
            ordered = wanted.where(Todo.closed_at.is_(None)).order_by(
                Todo.opened_at, Todo.item_id, Todo.step, Todo.assignment_id
            )
            for todo, item in session.execute(ordered):
                if todo.task_id not in self.due:
                    self.due[todo.task_id] = day_for(self.year, session, todo, item)
                if self.due[todo.task_id] <= self.year.today:
                    yield todo.task_id

    def _do(self, task_id: UUID) -> None:
        def work(session: Session) -> None:
            todo = session.get_one(Todo, task_id)
            if todo.closed_at is None:
                PLAYERS[todo.step](self.year, session, self.year.whose(session, todo), todo)

        self.year.database.write(work)
        self.steps += 1


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
        Course(played).run(count, told)
    finally:
        database.clock = real
    return played
