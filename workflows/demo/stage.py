"""The stage of the demo: a clock that moves towards today, and people who act by the verbs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from typing import Concatenate, NamedTuple, ParamSpec, TypedDict, TypeVar, Unpack
from uuid import UUID

from sqlalchemy import select

import engine
from engine import Database, MovableClock, Session
from workflows import (
    assignments,
    calendar,
    changes,
    items,
    ladder,
    reports,
    results,
    reviews,
    revisits,
    urges,
)
from workflows.actors import Actor, actor_of, holders, holders_of_post
from workflows.assignments import UnitTask
from workflows.calendar import WorkCalendar, instant_of, office_day
from workflows.changes import Wish
from workflows.decisions import breakdown, common_reports
from workflows.decisions.breakdown import BreakdownRow
from workflows.decisions.common_reports import PartShare
from workflows.items import Details, Registration
from workflows.ladder import InterviewText
from workflows.methods import Method
from workflows.reports import ReportText
from workflows.reviews import Judgement
from workflows.tables import (
    Assignment,
    ChangeKind,
    Item,
    Period,
    Person,
    Post,
    Role,
    Source,
    Todo,
    Unit,
    Urgency,
    Verdict,
)

P = ParamSpec("P")
T = TypeVar("T")
Script = Iterator[datetime]
MORNING = time(9, 0, 1)


class Waiting(NamedTuple):
    """An open step of an item, and the unit that it waits for where there are several."""

    item_id: int
    step: str
    unit: str = ""


class Row(NamedTuple):
    """One row of a decision's breakdown: what, who, until when."""

    title: str
    unit: str
    due_on: date | None = None
    co: tuple[str, ...] = ()
    target: str = ""
    leader: str = ""


class More(TypedDict, total=False):
    """What a registration may say beyond its title, basis and leaders."""

    source: Source
    urgency: Urgency
    target: str
    reporting_period: Period
    responsible_person: str
    contact: str
    revisit_asked: bool
    details: Details


@dataclass
class Stage:
    """The demo's database under a moved clock, with the names that the scripts use."""

    database: Database
    clock: MovableClock
    curtain: datetime
    units: dict[str, int] = field(default_factory=dict)
    posts: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    days: WorkCalendar = field(init=False)

    def __post_init__(self) -> None:
        """Look names and days up once."""
        with self.database.read() as session:
            self.units = {row.name: row.id for row in session.scalars(select(Unit))}
            leaders = select(Post).where(Post.role == Role.LEADER)
            self.posts = {row.name: row.id for row in session.scalars(leaders)}
            self.people = {row.login: row.id for row in session.scalars(select(Person))}
            today = office_day(self.curtain)
            years = {y: calendar.year_table(session, y) for y in (today.year - 1, today.year)}
            years[today.year + 1] = calendar.year_table(session, today.year + 1)
        self.days = WorkCalendar(lambda year: years[year])

    # -- when ---------------------------------------------------------------------------

    def day(self, working_days: int) -> date:
        """Return the day so many working days before (negative) or after today."""
        return self.days.add(office_day(self.curtain), working_days)

    def at(self, working_days: int, hour: int, minute: int = 0) -> datetime:
        """Return an hour of the office's clock on such a day."""
        return instant_of(self.day(working_days), time(hour, minute))

    def just_now(self, minutes: int) -> datetime:
        """Return a moment a little before now, but still today."""
        dawn = instant_of(office_day(self.curtain), time(0, 1))
        return max(dawn, self.curtain - timedelta(minutes=minutes))

    def sunday_before(self, working_days: int) -> date:
        """Return the last Sunday before such a day."""
        day = self.day(working_days)
        return day - timedelta(days=day.isoweekday())

    def said(self, working_days: int) -> str:
        """Write such a day as a report does: 9月25日."""
        day = self.day(working_days)
        return f"{day.month}月{day.day}日"

    # -- the play -----------------------------------------------------------------------

    def play(self, scripts: Sequence[Script]) -> None:
        """Let every script act when its time comes, and every timer fire between."""
        queue: list[tuple[datetime, int, Script]] = []
        for place, script in enumerate(scripts):
            heappush(queue, (next(script), place, script))
        while queue:
            moment, place, script = heappop(queue)
            self.pass_until(moment)
            following = next(script, None)
            if following is not None:
                heappush(queue, (max(following, moment), place, script))
        self.pass_until(self.curtain)

    def pass_until(self, moment: datetime) -> None:
        """Let the days go by, each with its morning's timers."""
        day = office_day(self.clock.now())
        while (day := day + timedelta(days=1)) <= office_day(moment):
            morning = instant_of(day, MORNING)
            if morning <= moment:
                self.clock.set(morning)
                self._fire()
        self.clock.set(max(moment.astimezone(UTC), self.clock.now()))
        self._fire()

    def _fire(self) -> None:
        while self.database.write(engine.wake_due):
            pass

    # -- who ----------------------------------------------------------------------------

    def act(
        self,
        login: str,
        verb: Callable[Concatenate[Session, Actor, P], T],
        *args: P.args,
        **named: P.kwargs,
    ) -> T:
        """Let somebody do something in a transaction of its own."""
        person_id = self.people[login]
        return self.database.write(
            lambda session: verb(session, actor_of(session, person_id), *args, **named)
        )

    def do(
        self,
        waiting: Waiting,
        verb: Callable[Concatenate[Session, Actor, UUID, P], T],
        *args: P.args,
        **named: P.kwargs,
    ) -> T:
        """Let whoever an open step is addressed to do it."""

        def work(session: Session) -> T:
            todo = self.todo(session, waiting)
            return verb(session, _addressee(session, todo), todo.task_id, *args, **named)

        return self.database.write(work)

    def todo(self, session: Session, waiting: Waiting) -> Todo:
        """Return the open todo of a step."""
        wanted = select(Todo).where(
            Todo.item_id == waiting.item_id, Todo.step == waiting.step, Todo.closed_at.is_(None)
        )
        if waiting.unit:
            parts = select(Assignment.id).where(Assignment.unit_id == self.units[waiting.unit])
            wanted = wanted.where(Todo.assignment_id.in_(parts))
        return session.scalars(wanted).one()

    def _part_id(self, item_id: int, unit: str) -> int:
        wanted = select(Assignment.id).where(
            Assignment.item_id == item_id, Assignment.unit_id == self.units[unit]
        )
        with self.database.read() as session:
            return session.scalars(wanted.order_by(Assignment.id.desc()).limit(1)).one()

    # -- the deeds ----------------------------------------------------------------------

    def register(
        self, title: str, basis: str, *, leader: str, sponsor: str = "", **more: Unpack[More]
    ) -> int:
        """Let 李文 register a matter; return its item's number."""
        registration = Registration(
            title=title,
            basis=basis,
            secret=False,
            instructing_post_id=self.posts[leader],
            sponsor_post_id=self.posts[sponsor or leader],
            **{"source": Source.CITY_INSTRUCTION, "urgency": Urgency.NORMAL, **more},  # type: ignore[arg-type] # a dict of them loses its types
        )
        return self.act("liwen", items.register_item, registration).id

    def approve(self, item_id: int) -> None:
        """Let the director approve."""
        self.do(Waiting(item_id, "approve"), items.approve_item, "approve")

    def assign(
        self,
        item_id: int,
        lead: str,
        *co: str,
        due_on: date | None = None,
        co_due_on: date | None = None,
    ) -> None:
        """Hand the item to its units."""
        tasks = [UnitTask(self.units[unit], co_due_on or due_on) for unit in co]
        first = UnitTask(self.units[lead], due_on)
        if self.waits_at(item_id, "decompose"):
            self.break_down(item_id, Row("", lead, due_on, tuple(co)))
        else:
            self.do(Waiting(item_id, "assign"), assignments.assign_item, first, tasks)

    def waits_at(self, item_id: int, step: str) -> bool:
        """Say whether an item is at a step."""
        wanted = select(Todo.task_id).where(
            Todo.item_id == item_id, Todo.step == step, Todo.closed_at.is_(None)
        )
        with self.database.read() as session:
            return session.scalars(wanted).first() is not None

    def break_down(self, item_id: int, *rows: Row) -> list[int]:
        """Break a decision down, or hand it out with one row; return its parts' numbers."""
        with self.database.read() as session:
            whole = session.get_one(Item, item_id)
            title, sponsor = whole.title, whole.sponsor_post_id
            heads = {row.unit: self._head(session, row.unit).name for row in rows}
        typed = [
            BreakdownRow(
                title=row.title or title,
                target=row.target,
                sponsor_post_id=self.posts.get(row.leader, sponsor or 0),
                lead_unit_id=self.units[row.unit],
                co_unit_ids=tuple(self.units[unit] for unit in row.co),
                responsible_person=heads[row.unit],
                due_on=row.due_on or self.day(20),
            )
            for row in rows
        ]
        made = self.do(Waiting(item_id, "decompose"), breakdown.decompose, typed)
        return [part.id for part in made]

    def acknowledge(self, item_id: int, *units: str) -> None:
        """Let units sign for their parts."""
        for unit in units:
            with self.database.read() as session:
                person = self._handler(session, unit).name
            self.do(Waiting(item_id, "acknowledge", unit), assignments.acknowledge, person)

    def object_to(self, item_id: int, unit: str, reason: str, belongs_to: str) -> None:
        """Let a unit object."""
        belongs = self.units[belongs_to]
        self.do(Waiting(item_id, "acknowledge", unit), assignments.object_to, reason, belongs)

    def report(self, item_id: int, unit: str, text: ReportText) -> None:
        """Let a unit's handler report."""
        self.do(Waiting(item_id, "report", unit), reports.submit_report, text)

    def report_in_common(self, unit: str, shares: Mapping[int, int], progress: str) -> None:
        """Let a unit's handler write one report for several of its parts."""

        def work(session: Session) -> None:
            handler = actor_of(session, self._handler(session, unit).id)
            parts = [
                PartShare(self.todo(session, Waiting(item, "report", unit)).task_id, percent)
                for item, percent in shares.items()
            ]
            common_reports.submit_common(session, handler, parts, interim(0, progress))

        self.database.write(work)

    def sign(self, item_id: int, unit: str) -> None:
        """Let a unit's head sign."""
        self.do(Waiting(item_id, "confirm", unit), common_reports.confirm, True)  # noqa: FBT003 (signs)

    def accept(self, item_id: int, unit: str) -> None:
        """Let the office accept a report."""
        fine = Judgement(Verdict.ACCEPTED, True, True, True)  # noqa: FBT003 (all three hold)
        self.do(Waiting(item_id, "review", unit), reviews.review_report, fine)

    def send_back(self, item_id: int, unit: str, reason: str, *, measures: bool = True) -> None:
        """Let the office return a report: the problem isn't solved."""
        poor = Judgement(Verdict.RETURNED, measures, False, False, reason)  # noqa: FBT003 (two are missing)
        self.do(Waiting(item_id, "review", unit), reviews.review_report, poor)

    def finish(self, item_id: int, unit: str, progress: str) -> None:
        """Let a unit report for good, sign, and be accepted."""
        self.report(item_id, unit, final(progress))
        self.sign(item_id, unit)
        self.accept(item_id, unit)

    def urge(self, item_id: int, unit: str, text: str, method: Method = Method.TELEPHONE) -> None:
        """Let 李文 urge a unit."""
        parts = [self._part_id(item_id, unit)]
        self.act("liwen", urges.urge, parts, method.value, text)

    def read_urges(self, item_id: int, unit: str) -> None:
        """Let a unit's handler open what urges it."""
        with self.database.read() as session:
            login = self._handler(session, unit).login
        self.act(login, urges.open_urges, item_id)

    def approve_rung(self, item_id: int, unit: str) -> None:
        """Let the director let a slip go out, or an interview be held."""
        yes = ladder.Word(approve=True)
        self.do(Waiting(item_id, "approve_rung", unit), ladder.approve_rung, yes)

    def hold_interview(self, item_id: int, unit: str, text: InterviewText) -> None:
        """Let the office record an interview."""
        self.do(Waiting(item_id, "hold_interview", unit), ladder.hold_interview, text)

    def open_rungs(self, item_id: int, unit: str) -> None:
        """Let a unit's handler open what the ladder has brought."""
        with self.database.read() as session:
            login = self._handler(session, unit).login
        self.act(login, ladder.open_rungs, item_id)

    def ask_extension(self, item_id: int, unit: str, until: date, reason: str) -> None:
        """Let a unit ask for a later limit, as far as the leader."""
        with self.database.read() as session:
            login = self._handler(session, unit).login
        wish = Wish(ChangeKind.EXTEND, reason, "正在按方案推进。", until)
        self.act(login, changes.ask_change, self._part_id(item_id, unit), wish)
        self.do(Waiting(item_id, "endorse_change"), changes.endorse_change, True)  # noqa: FBT003 (signs)
        advice = "情况属实，建议同意。"
        self.do(Waiting(item_id, "advise_change"), changes.advise_change, True, advice)  # noqa: FBT003 (passes on)

    def consent(self, item_id: int, opinion: str) -> None:
        """Let the leader consent to a later limit."""
        self.do(Waiting(item_id, "consent"), changes.decide_change, True, opinion)  # noqa: FBT003 (consents)

    def settle(self, item_id: int, opinion: str) -> None:
        """Let the instructing leader have nothing to add."""
        self.do(Waiting(item_id, "instruct"), results.record_instruction, False, opinion)  # noqa: FBT003 (nothing new)

    def ask_revisit(self, item_id: int) -> None:
        """Let 李文 ask for a revisit."""
        self.act("liwen", revisits.ask_for_revisit, item_id)

    def revisit(self, item_id: int, method: Method, findings: str, *, solved: bool) -> None:
        """Let the office record what a revisit found."""
        finding = revisits.Finding(method, findings, solved)
        self.do(Waiting(item_id, "revisit"), revisits.record_revisit, finding)

    def close(self, item_id: int) -> None:
        """Let the director strike the item off the ledger."""
        self.do(Waiting(item_id, "close"), items.close_item)

    def task(self, waiting: Waiting) -> UUID:
        """Return the task of an open step."""
        with self.database.read() as session:
            return self.todo(session, waiting).task_id

    def handler(self, session: Session, unit: str) -> Actor:
        """Return a unit's handler."""
        return actor_of(session, self._handler(session, unit).id)

    def _head(self, session: Session, unit: str) -> Person:
        return holders(session, Role.UNIT_HEAD, self.units[unit])[0]

    def _handler(self, session: Session, unit: str) -> Person:
        return holders(session, Role.HANDLER, self.units[unit])[0]


def final(progress: str, percent: int = 100) -> ReportText:
    """Return a final report, usually with everything done."""
    return ReportText(True, progress, "", "", percent)  # noqa: FBT003 (final)


def interim(percent: int, progress: str, problems: str = "", next_steps: str = "") -> ReportText:
    """Return an interim report."""
    return ReportText(False, progress, problems, next_steps, percent)  # noqa: FBT003 (not final)


def _addressee(session: Session, todo: Todo) -> Actor:
    """Return whoever a step waits for: a post's holder, a unit's, or the item's supervisor."""
    if todo.post_id is not None:
        return actor_of(session, holders_of_post(session, todo.post_id)[0].id)
    item = session.get_one(Item, todo.item_id)
    if todo.role is Role.SUPERVISOR and item.supervisor_id is not None:
        return actor_of(session, item.supervisor_id)
    return actor_of(session, holders(session, todo.role, todo.unit_id)[0].id)
