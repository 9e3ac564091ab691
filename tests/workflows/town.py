"""A small town to supervise: its units, who holds which post, and how they act in a test."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, select

import engine
from engine import Database, MovableClock, Session
from workflows import assignments, calendar, changes, limits, processes, reports, results, reviews
from workflows.actors import Actor, actor_of
from workflows.assignments import UnitTask
from workflows.changes import Wish
from workflows.errors import AssignmentUnknown, ItemUnknown, NotYours
from workflows.items import Registration, approve_item, register_item
from workflows.ladder import seed_bases
from workflows.projects.templates import seed_templates
from workflows.reports import ReportText
from workflows.reviews import Judgement
from workflows.revisits import Finding
from workflows.tables import (
    Assignment,
    ChangeKind,
    Holding,
    Item,
    Person,
    Post,
    Role,
    Setting,
    Source,
    StoryEntry,
    Todo,
    Unit,
    UnitKind,
    Urgency,
    Verdict,
)

T = TypeVar("T")

NOT_THEIRS = (NotYours, ItemUnknown, AssignmentUnknown, engine.TaskUnknown)
"""How a deed is refused: it is somebody else's, or they may not even know that it is there."""

UNITS = {
    "city": ("云川市人民政府", UnitKind.GOVERNMENT, None),
    "office": ("市政府督查室", UnitKind.OFFICE, "city"),
    "parks": ("市园林绿化处", UnitKind.DEPARTMENT, "city"),
    "greens": ("市绿化队", UnitKind.LOWER, "parks"),
    "finance": ("市财政局", UnitKind.DEPARTMENT, "city"),
    "staffing": ("市委编办", UnitKind.DEPARTMENT, "city"),
}
PEOPLE = {
    "mayor": ("市长", "city", Role.LEADER),
    "secretary": ("秘书长", "city", Role.LEADER),
    "zhang": ("张明", "office", Role.DIRECTOR),
    "li": ("李文", "office", Role.SUPERVISOR),
    "zhou": ("周平", "office", Role.SUPERVISOR),
    "chu": ("褚云", "parks", Role.HANDLER),
    "fan": ("范志国", "parks", Role.UNIT_HEAD),
    "he": ("何田", "greens", Role.HANDLER),
    "yang": ("杨帆", "finance", Role.HANDLER),
    "gao": ("高山", "finance", Role.UNIT_HEAD),
    "luo": ("罗静", "staffing", Role.HANDLER),
    "meng": ("孟河", "staffing", Role.UNIT_HEAD),
    "auditor": ("审计员", "city", Role.AUDITOR),
    "admin": ("管理员", "office", Role.ADMINISTRATOR),
}


@dataclass
class Town:
    """The town, with everybody in it by a short name."""

    database: Database
    clock: MovableClock
    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    posts: dict[str, int] = field(default_factory=dict)

    # -- acting -------------------------------------------------------------------------

    def act(self, who: str, verb: Callable[..., T], *args: object, **named: object) -> T:
        """Let somebody do something, in a transaction of its own."""

        def work(session: Session) -> T:
            return verb(session, actor_of(session, self.people[who]), *args, **named)

        return self.database.write(work)

    def look(self, who: str, query: Callable[..., T], *args: object, **named: object) -> T:
        """Let somebody read something."""
        with self.database.read() as session:
            return query(session, actor_of(session, self.people[who]), *args, **named)

    def actor(self, who: str) -> Actor:
        """Return somebody as an actor."""
        with self.database.read() as session:
            return actor_of(session, self.people[who])

    def set_clock(self, day: date, hour: int = 9) -> None:
        """Set the clock to an hour in the office."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        self.clock.set(midnight + timedelta(hours=hour - 8))

    def tick(self) -> int:
        """Fire every timer that is due."""
        fired = 0
        while number := self.database.write(engine.wake_due):
            fired += number
        return fired

    def pass_days(self, until: date) -> None:
        """Let the days go by, firing each morning's timers, up to a day."""
        day = calendar.office_day(self.clock.now())
        while day < until:
            day += timedelta(days=1)
            self.set_clock(day)
            self.tick()

    # -- looking ------------------------------------------------------------------------

    def rows(self, query: Select[Any]) -> list[Any]:
        """Return rows as they lie in the database."""
        with self.database.read() as session:
            return list(session.scalars(query))

    def item(self, item_id: int) -> Item:
        """Return an item as it is now."""
        (item,) = self.rows(select(Item).where(Item.id == item_id))
        return item

    def part(self, item_id: int, unit: str) -> Assignment:
        """Return a unit's latest part of an item."""
        wanted = select(Assignment).where(
            Assignment.item_id == item_id, Assignment.unit_id == self.units[unit]
        )
        return self.rows(wanted.order_by(Assignment.id))[-1]

    def todo(self, item_id: int, step: str, unit: str | None = None) -> Todo:
        """Return the one open todo of a step."""
        wanted = select(Todo).where(
            Todo.item_id == item_id, Todo.step == step, Todo.closed_at.is_(None)
        )
        if unit:
            of_unit = select(Assignment.id).where(Assignment.unit_id == self.units[unit])
            wanted = wanted.where(Todo.assignment_id.in_(of_unit))
        (todo,) = self.rows(wanted)
        return todo

    def task(self, item_id: int, step: str, unit: str | None = None) -> UUID:
        """Return the id of the one open task of a step."""
        return self.todo(item_id, step, unit).task_id

    def open_steps(self, item_id: int) -> list[str]:
        """Return the names of the steps that wait, sorted."""
        wanted = select(Todo.step).where(Todo.item_id == item_id, Todo.closed_at.is_(None))
        return sorted(self.rows(wanted))

    def story(self, item_id: int) -> list[str]:
        """Return the kinds of the item's story in the order in which they were told."""
        wanted = select(StoryEntry.kind).where(StoryEntry.item_id == item_id)
        return self.rows(wanted.order_by(StoryEntry.id))

    # -- the usual way ------------------------------------------------------------------

    def registration(self, **changed: object) -> Registration:
        """Return a sound registration, but for what a test changes."""
        usual: dict[str, Any] = {
            "source": Source.CITY_INSTRUCTION,
            "basis": "市长批示：请秘书长牵头，抓紧办理。",
            "title": "市园林绿化处经费形式变更",
            "urgency": Urgency.NORMAL,
            "secret": False,
            "instructing_post_id": self.posts["mayor"],
            "sponsor_post_id": self.posts["secretary"],
        }
        return Registration(**{**usual, **changed})

    def registered(self, **changed: object) -> int:
        """Return an item that waits for the director."""
        return self.act("li", register_item, self.registration(**changed)).id

    def approved(self, **changed: object) -> int:
        """Return an item that waits to be assigned."""
        item_id = self.registered(**changed)
        self.act("zhang", approve_item, self.task(item_id, "approve"), "approve")
        return item_id

    def assigned(self, *co: str, lead: str = "parks", **changed: object) -> int:
        """Return an item that waits for its units to sign for it."""
        item_id = self.approved(**changed)
        self.assign(item_id, *co, lead=lead)
        return item_id

    def assign(self, item_id: int, *co: str, lead: str = "parks") -> None:
        """Hand an item to units."""
        task = self.task(item_id, "assign")
        others = [UnitTask(self.units[unit]) for unit in co]
        self.act("li", assignments.assign_item, task, UnitTask(self.units[lead]), others)

    def handled(self, *co: str, **changed: object) -> int:
        """Return an item that every unit has signed for."""
        item_id = self.assigned(*co, **changed)
        for unit in ("parks", *co):
            self.acknowledge(item_id, unit)
        return item_id

    def acknowledge(self, item_id: int, unit: str = "parks") -> None:
        """Let a unit sign for its part."""
        task = self.task(item_id, "acknowledge", unit)
        self.act(HANDLERS[unit], assignments.acknowledge, task, "某某")

    def report(self, item_id: int, unit: str = "parks", **said: object) -> None:
        """Let a unit's handler report."""
        task = self.task(item_id, "report", unit)
        self.act(HANDLERS[unit], reports.submit_report, task, text(**said))

    def sign(self, item_id: int, unit: str = "parks") -> None:
        """Let a unit's head sign."""
        task = self.task(item_id, "confirm", unit)
        self.act(HEADS[unit], reports.confirm_report, task, sign=True)

    def review(self, item_id: int, unit: str = "parks", **changed: object) -> None:
        """Let the office review a unit's report."""
        task = self.task(item_id, "review", unit)
        self.act("li", reviews.review_report, task, judgement(**changed))

    def ask(self, item_id: int, unit: str = "parks", **changed: object) -> None:
        """Let a unit's handler ask for a change: a later limit, unless said otherwise."""
        part = self.part(item_id, unit)
        self.act(HANDLERS[unit], changes.ask_change, part.id, wish(**changed))

    def pass_on(self, item_id: int, unit: str = "parks") -> None:
        """Let the head sign a unit's request, and the office pass it on to the leader."""
        task = self.task(item_id, "endorse_change", unit)
        self.act(HEADS[unit], changes.endorse_change, task, endorse=True)
        task = self.task(item_id, "advise_change", unit)
        self.act("li", changes.advise_change, task, pass_on=True, opinion="情况属实，建议同意。")

    def consent(self, item_id: int, unit: str = "parks", **said: object) -> None:
        """Let the sponsor decide on a unit's request: consent, unless said otherwise."""
        task = self.task(item_id, "consent", unit)
        self.act("secretary", changes.decide_change, task, **{"consent": True, **said})

    def under_review(self, **said: object) -> int:
        """Return an item whose report is signed and waits for the office."""
        item_id = self.handled()
        self.report(item_id, **said)
        self.sign(item_id)
        return item_id

    def answer(self, item_id: int, **said: object) -> None:
        """Let the leader say something to the result; nothing new, unless said otherwise."""
        task = self.task(item_id, "instruct")
        usual = {"new_instruction": False}
        self.act("mayor", results.record_instruction, task, **{**usual, **said})

    def accepted(self, *co: str, **changed: object) -> int:
        """Return an item whose units are done, so that its result goes to the leader."""
        item_id = self.handled(*co, **changed)
        for unit in ("parks", *co):
            self.finish(item_id, unit)
        return item_id

    def finish(self, item_id: int, unit: str = "parks") -> None:
        """Let a unit report for good, sign, and be accepted."""
        self.report(item_id, unit)
        self.sign(item_id, unit)
        self.review(item_id, unit)


HANDLERS = {"parks": "chu", "finance": "yang", "staffing": "luo", "greens": "he"}
HEADS = {"parks": "fan", "finance": "gao", "staffing": "meng"}


def text(**changed: object) -> ReportText:
    """Return a final report, but for what a test changes."""
    usual: dict[str, Any] = {
        "final": True,
        "progress": "手续已办结。",
        "problems": "",
        "next_steps": "",
        "percent": 100,
    }
    return ReportText(**{**usual, **changed})


def found(method: str, findings: str, *, solved: bool) -> Finding:
    """Return what a visit found."""
    return Finding(method, findings, solved)


def wish(**changed: object) -> Wish:
    """Return a wish for a later limit, but for what a test changes."""
    usual: dict[str, Any] = {
        "kind": ChangeKind.EXTEND,
        "reason": "编委会未召开",
        "progress": "方案已报市财政局。",
        "new_due_on": date(2020, 3, 31),
    }
    return Wish(**{**usual, **changed})


def judgement(**changed: object) -> Judgement:
    """Return an acceptance by all three checks, but for what a test changes."""
    usual: dict[str, Any] = {
        "verdict": Verdict.ACCEPTED,
        "measures_done": True,
        "problem_solved": True,
        "target_reached": True,
    }
    return Judgement(**{**usual, **changed})


def town_in(database: Database, clock: MovableClock) -> Town:
    """Return the town that was founded in a database."""
    town = Town(database, clock)
    with database.read() as session:
        names = {name: id_ for id_, name in session.execute(select(Unit.id, Unit.name))}
        town.units = {key: names[name] for key, (name, _, _) in UNITS.items()}
        held = select(Person.login, Person.id, Holding.post_id)
        for login, person_id, post_id in session.execute(held.join(Holding.person)):
            town.people[login], town.posts[login] = person_id, post_id
    return town


def found_town(database: Database, clock: MovableClock) -> Town:
    """Found the town: units, people, limits, the calendar and the shipped diagrams."""
    town = Town(database, clock)

    def found(session: Session) -> None:
        _add_units(session, town)
        _add_people(session, town)
        limits.seed_limits(session)
        seed_templates(session)
        seed_bases(session)
        calendar.seed_calendar(session)
        session.add(Setting(name="revisit.chance", value="0"))
        processes.deploy_shipped(session)

    database.write(found)
    return town


def _add_units(session: Session, town: Town) -> None:
    for key, (name, kind, above) in UNITS.items():
        unit = Unit(name=name, kind=kind, parent_id=town.units.get(above or ""))
        session.add(unit)
        session.flush()
        town.units[key] = unit.id


def _add_people(session: Session, town: Town) -> None:
    for key, (name, unit, role) in PEOPLE.items():
        person = Person(name=name, login=key, password="-")
        post = Post(unit_id=town.units[unit], name=name, role=role)
        session.add_all([person, post])
        session.flush()
        session.add(Holding(post_id=post.id, person_id=person.id, since=date(2019, 1, 1)))
        town.people[key], town.posts[key] = person.id, post.id
