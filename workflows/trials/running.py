"""One trial in its town: an item is opened, people do their steps, the clock moves."""

import time as wall
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

import engine
from engine import Database, Incident, Session, Task, WaitingTimer, now
from workflows import casefile, items, processes, routes, rules, store, story
from workflows.actors import Actor, actor_of, holders, holders_of_post
from workflows.calendar import instant_of, office_day, today
from workflows.errors import NobodyThere, TrialFull
from workflows.lights import Light
from workflows.story import StoryLine
from workflows.tables import Item, Notice, Person, Role, Todo, Unit, Urgency
from workflows.trials import acting, matters, towns

MOST_STEPS: Final = 500
MOST_DAYS: Final = 400
LAPS: Final = 200
PATIENCE: Final = 20.0
"""Seconds that the clock may be moved for in one go."""
MORNING: Final = time(9, 0, 1)
SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that waits in the town, and who would have it on their desk."""

    todo: Todo
    task: Task
    people: Sequence[str]
    unit: str
    light: Light | None


@dataclass(frozen=True, slots=True)
class Told:
    """A notice, and to whom it went."""

    notice: Notice
    person: str


@dataclass(frozen=True, slots=True)
class View:
    """A town as the administrator sees it."""

    now: datetime
    item: Item
    light: Light
    steps: Sequence[OpenStep]
    timers: Sequence[WaitingTimer]
    story: Sequence[StoryLine]
    notices: Sequence[Told]
    incidents: Sequence[Incident]
    taken: int
    revision: int

    @property
    def over(self) -> bool:
        """Tell whether the item has come to its end, and nothing waits any more."""
        return self.item.state not in rules.ALIVE and not self.steps


def begin(database: Database, ground: towns.Ground, urgency: Urgency) -> int:
    """Open an invented item; a process that nothing of it leads to is started beside it."""
    source = matters.source_for(ground.kind)

    def work(session: Session) -> int:
        actor = _anybody(session, Role.SUPERVISOR)
        if ground.carries:
            by = _anybody(session, Role.ADMINISTRATOR)
            routes.choose(session, by, {source: ground.process_id})
        registration = matters.registration_of(session, source, urgency)
        item = items.register_item(session, actor, registration)
        begun = routes.process_of(session, source)
        known = {*ground.reached(begun), *processes.called_first(processes.DIAGRAMS)}
        if ground.process_id not in known:
            engine.start(session, ground.process_id, {}, key=str(item.id), by=actor.by)
        towns.keep(session, towns.ITEM, str(item.id))
        return item.id

    item_id = database.write(work)
    _settle(database)
    return item_id


def act(
    database: Database, path: Path, task_id: UUID, outcome: str, fields: Mapping[str, Any]
) -> None:
    """Let whoever has a step on their desk do it."""
    _must_have_room(database, path)

    def work(session: Session) -> None:
        todo = store.todo_of(session, task_id)
        actor = addressee(session, todo)
        engine.open_task(session, task_id)
        acting.act(session, actor, todo, outcome, fields)
        taken = int(towns.kept(session, towns.STEPS) or 0)
        towns.keep(session, towns.STEPS, str(taken + 1))

    database.write(work)
    _settle(database)


def do_beside(database: Database, path: Path, deed: str) -> None:
    """Let somebody do what isn't a step of a diagram."""
    _must_have_room(database, path)

    def work(session: Session) -> None:
        item = session.get_one(Item, int(towns.kept(session, towns.ITEM)))
        acting.do_beside(session, item, deed)

    database.write(work)
    _settle(database)


def to_next(database: Database, path: Path) -> bool:
    """Move the clock to when the next timer is due; false if none waits."""
    with database.read() as session:
        waiting = engine.waiting_timers(session, limit=1)
    if not waiting:
        return False
    pass_until(database, path, max(waiting[0].due_at, database.clock.now()))
    return True


def pass_days(database: Database, path: Path, days: int) -> None:
    """Move the clock some days on, as far as it moves in one go."""
    pass_until(database, path, database.clock.now() + timedelta(days=min(days, MOST_DAYS)))


def pass_until(database: Database, path: Path, moment: datetime) -> None:
    """Move the clock to a moment, stopping each morning for what is due then; never back."""
    _must_have_room(database, path)
    began, clock = wall.monotonic(), database.clock
    day, last = office_day(clock.now()), office_day(moment)
    last = min(last, day + timedelta(days=MOST_DAYS))
    while day < last and wall.monotonic() - began < PATIENCE:
        day += timedelta(days=1)
        morning = instant_of(day, MORNING)
        if morning < moment:
            _set(database, morning)
    if day >= last and office_day(moment) <= last:
        _set(database, moment)


def view(session: Session) -> View:
    """Return how the town stands."""
    item = session.get_one(Item, int(towns.kept(session, towns.ITEM)))
    day = today(session)
    watcher = _anybody(session, Role.AUDITOR)
    return View(
        now=now(session),
        item=item,
        light=casefile.light_of_item(item, day),
        steps=[_step(session, todo, day) for todo in _open(session)],
        timers=engine.waiting_timers(session, limit=SHOWN),
        story=story.story_of(session, watcher, item.id)[:SHOWN],
        notices=_notices(session),
        incidents=engine.incidents(session),
        taken=int(towns.kept(session, towns.STEPS) or 0),
        revision=int(towns.kept(session, towns.DRAWN) or 0),
    )


def marks(session: Session, process_id: str) -> list[dict[str, Any]]:
    """Return how the draft's picture is marked: the ways walked, and who has it now."""
    keys = [str(item_id) for item_id in session.scalars(select(Item.id))]
    found: dict[str, dict[str, Any]] = {}
    people = {step.task.element_id: "、".join(step.people[:1]) for step in view(session).steps}
    instances = (one for key in keys for one in engine.instances(session, key))
    for instance in (one for one in instances if one.process_id == process_id):
        trail = engine.trail(session, instance.id)
        for element in trail.walked:
            found.setdefault(element, {"id": element, "mark": "way", "tag": ""})
        for element in trail.open:
            tag = people.get(element, "")
            found[element] = {"id": element, "mark": "now", "tag": tag}
    return list(found.values())


def step_of(session: Session, task_id: UUID) -> OpenStep:
    """Return a step that waits, or refuse one that doesn't."""
    return _step(session, store.todo_of(session, task_id), today(session))


def addressee(session: Session, todo: Todo) -> Actor:
    """Return somebody who may do a step, or refuse where nobody holds the post."""
    people = _people(session, todo)
    if not people:
        raise NobodyThere(todo.name)
    return actor_of(session, people[0].id)


def _open(session: Session) -> Sequence[Todo]:
    wanted = select(Todo).where(Todo.closed_at.is_(None))
    return session.scalars(wanted.order_by(Todo.opened_at, Todo.task_id)).all()


def _step(session: Session, todo: Todo, day: date) -> OpenStep:
    unit = session.get(Unit, todo.unit_id) if todo.unit_id else None
    late = todo.due_on is not None and todo.due_on < day
    near = todo.warn_on is not None and todo.warn_on <= day
    light = Light.RED if late else Light.YELLOW if near else Light.GREEN
    return OpenStep(
        todo,
        engine.find_task(session, todo.task_id),
        [person.name for person in _people(session, todo)],
        unit.name if unit else "",
        light if todo.due_on else None,
    )


def _people(session: Session, todo: Todo) -> Sequence[Person]:
    if todo.post_id is not None:
        return holders_of_post(session, todo.post_id)
    if todo.role is Role.SUPERVISOR and todo.unit_id is None:
        owner = session.get_one(Item, todo.item_id).supervisor_id
        return [session.get_one(Person, owner)] if owner else holders(session, todo.role)
    return holders(session, todo.role, todo.unit_id)


def _notices(session: Session) -> list[Told]:
    wanted = select(Notice, Person.name).join(Person, Person.id == Notice.person_id)
    rows = session.execute(wanted.order_by(Notice.id.desc()).limit(SHOWN))
    return [Told(row[0], row[1]) for row in rows]


def _anybody(session: Session, role: Role) -> Actor:
    return actor_of(session, holders(session, role)[0].id)


def _set(database: Database, moment: datetime) -> None:
    clock = database.clock
    if isinstance(clock, engine.MovableClock):
        clock.set(max(moment, clock.now()))
    _settle(database)


def _settle(database: Database) -> None:
    """Let everything happen that needs nobody."""
    for _ in range(LAPS):
        if not engine.work_once(database):
            return


def _must_have_room(database: Database, path: Path) -> None:
    """Refuse to go on with a town that has become too large."""
    with database.read() as session:
        taken = int(towns.kept(session, towns.STEPS) or 0)
    if taken >= MOST_STEPS or towns.size(path) > towns.LARGEST:
        raise TrialFull(steps=MOST_STEPS)
