"""The case file of an item: everything that its page shows, read in a few queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from engine import Session
from workflows import papers, rules, store
from workflows.actors import Actor, seats
from workflows.calendar import office_day, today, working_days_between
from workflows.lights import Light, judged_on, light_of, with_plan
from workflows.tables import (
    Assignment,
    AssignmentState,
    ChangeRequest,
    Escalation,
    FormEntry,
    Item,
    ItemState,
    LeaderDecision,
    Paper,
    Part,
    Person,
    Post,
    Report,
    Revisit,
    Role,
    RungState,
    Todo,
    Unit,
    Urge,
)

FULL = 100
ENDED = frozenset({ItemState.CLOSED, ItemState.REFUSED, ItemState.CANCELLED})

Desk: TypeAlias = tuple[Role, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits, and for whom: the people who hold the post today."""

    todo: Todo
    people: tuple[str, ...]
    unit: str
    post: str
    late: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class PartLine:
    """One unit's part as the page's table shows it."""

    part: Assignment
    light: Light
    expected: int | None
    last_report: Report | None
    last_urge: Urge | None
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """An item with its parts, what waits, and what was said and kept about it."""

    item: Item
    day: date
    light: Light
    days_left: int | None
    lines: Sequence[PartLine]
    waiting: Sequence[Waiting]
    reports: Sequence[Report]
    changes: Sequence[ChangeRequest]
    urges: Sequence[Urge]
    escalations: Sequence[Escalation]
    revisits: Sequence[Revisit]
    papers: Sequence[Paper]
    people: Mapping[int, str]

    @property
    def current(self) -> list[PartLine]:
        """Return the parts of the present round, the lead unit's first."""
        return [line for line in self.lines if line.part.round == self.item.round]

    @property
    def earlier(self) -> list[PartLine]:
        """Return the parts of earlier rounds."""
        return [line for line in self.lines if line.part.round != self.item.round]

    @property
    def returned(self) -> bool:
        """Say whether a report of one of the units was sent back."""
        return has_returned(self.item)

    @property
    def lead(self) -> PartLine | None:
        """Return the part of the unit that leads now."""
        return next((line for line in self.current if is_leading(line.part)), None)

    def papers_of(self, report: Report | None) -> list[Paper]:
        """Return what was attached to a report."""
        return [paper for paper in self.papers if report and paper.report_id == report.id]

    def report(self, assignment_id: int | None, number: object) -> Report | None:
        """Return a part's report by its number."""
        found = (
            report
            for report in self.reports
            if report.assignment_id == assignment_id and report.number == number
        )
        return next(found, None)


def is_leading(part: Assignment) -> bool:
    """Say whether a part is the lead unit's, and still is."""
    return part.part is Part.LEAD and part.state is not AssignmentState.RELEASED


def case_of(session: Session, actor: Actor, item_id: int) -> CaseFile:
    """Return the case file of an item that the actor may see."""
    item = store.visible_item(session, actor, item_id)
    day = today(session)
    parts = _parts(session, item)
    reports = _of_item(session, Report, item)
    urges = _of_item(session, Urge, item)
    waiting = waiting_for(session, actor, store.open_todos(session, actor, item.id))
    lines = [_line(part, day, reports, urges, waiting) for part in parts]
    changes = _of_parts(session, ChangeRequest, item)
    revisits = _visits(session, actor, item)
    attached = _papers(session, item)
    return CaseFile(
        item=item,
        day=day,
        light=light_of_item(item, day),
        days_left=days_left(session, item.due_on),
        lines=lines,
        waiting=waiting,
        reports=reports,
        changes=changes,
        urges=urges,
        escalations=[
            one for one in _of_parts(session, Escalation, item) if one.state is RungState.DELIVERED
        ],
        revisits=revisits,
        papers=attached,
        people=_names(session, item, (*reports, *urges, *changes, *revisits, *attached)),
    )


def light_of_item(item: Item, day: date) -> Light:
    """Return an item's light: its lead unit's limit decides, and a report sent back warns."""
    light = light_of(
        item.due_on,
        item.warn_on,
        judged_on(item.stopped_on, day),
        done=item.state in ENDED,
        returned=has_returned(item),
        running=item.state is ItemState.OPEN,
    )
    return with_plan(light, item.plan_yellow_on, item.plan_red_on, day)


def has_returned(item: Item) -> bool:
    """Say whether a report of this round was sent back and not made again."""
    return any(
        part.state is AssignmentState.RETURNED and part.round == item.round
        for part in item.assignments
    )


def light_of_part(part: Assignment, day: date) -> Light:
    """Return the light of one unit's part; it isn't red while the office reviews its report."""
    light = light_of(
        part.due_on,
        part.warn_on,
        judged_on(part.stopped_on, day),
        done=part.state in rules.FINISHED,
        returned=part.state is AssignmentState.RETURNED,
    )
    waits = part.state is AssignmentState.CONFIRMED
    return Light.YELLOW if waits and light is Light.RED else light


def days_left(session: Session, due_on: date | None) -> int | None:
    """Count the working days up to a limit; negative ones have passed."""
    return None if due_on is None else working_days_between(session, today(session), due_on)


def expected_percent(part: Assignment, day: date) -> int | None:
    """Say how much of a part's time has gone."""
    if part.due_on is None or part.state in rules.FINISHED:
        return None
    began = office_day(part.assigned_at)
    whole = (part.due_on - began).days
    if whole <= 0:
        return FULL
    return max(0, min(FULL, (day - began).days * FULL // whole))


def waiting_for(session: Session, actor: Actor, todos: Sequence[Todo]) -> list[Waiting]:
    """Say for whom todos wait, the actor's own first and then the most pressing."""
    day = today(session)
    desks = _desks(session, todos, day)
    names = _unit_names(session, todos)
    lines = [
        Waiting(
            todo=todo,
            people=tuple(person for person, _ in desks.get(_desk(todo), ())),
            unit=names.get(todo.unit_id or 0, ""),
            post=next((post for _, post in desks.get(_desk(todo), ())), ""),
            late=todo.due_on is not None and todo.due_on < day,
            mine=rules.may_do(actor, todo),
        )
        for todo in todos
    ]
    return sorted(lines, key=lambda line: (not line.mine, line.todo.due_on or date.max))


def decisions(session: Session, item: Item) -> Sequence[LeaderDecision]:
    """Return what the leader said to an item's results, the oldest first."""
    return _of_item(session, LeaderDecision, item)


def entries(session: Session, item: Item) -> Sequence[FormEntry]:
    """Return what was filled into steps of type ``form``, the oldest first."""
    return _of_item(session, FormEntry, item)


def shown_papers(session: Session, actor: Actor, case: CaseFile) -> list[Paper]:
    """Return the papers, the newest first, without those of somebody else's unsent draft."""
    hidden = papers.unsent(session, actor, case.item.id)
    return papers.shown(reversed(case.papers), hidden)


def reports_of(session: Session, part: Assignment) -> Sequence[Report]:
    """Return a part's reports, the latest first."""
    wanted = select(Report).where(Report.assignment_id == part.id)
    return session.scalars(wanted.order_by(Report.number.desc())).all()


def papers_of(session: Session, reports: Iterable[Report]) -> Mapping[int, list[Paper]]:
    """Return what was attached to each report."""
    ids = [report.id for report in reports]
    kept: dict[int, list[Paper]] = {report_id: [] for report_id in ids}
    for paper in session.scalars(select(Paper).where(Paper.report_id.in_(ids))):
        if paper.report_id is not None:
            kept[paper.report_id].append(paper)
    return kept


def names_of(session: Session, ids: Iterable[int | None]) -> Mapping[int, str]:
    """Return people's names by their numbers."""
    wanted = select(Person.id, Person.name).where(Person.id.in_({each for each in ids if each}))
    return dict(session.execute(wanted).all())


def _line(
    part: Assignment,
    day: date,
    reports: Sequence[Report],
    urges: Sequence[Urge],
    waiting: Sequence[Waiting],
) -> PartLine:
    own = [report for report in reports if report.assignment_id == part.id]
    sent = [urge for urge in urges if urge.assignment_id == part.id]
    return PartLine(
        part=part,
        light=light_of_part(part, day),
        expected=expected_percent(part, day),
        last_report=own[-1] if own else None,
        last_urge=sent[-1] if sent else None,
        waiting=tuple(line for line in waiting if line.todo.assignment_id == part.id),
    )


def _parts(session: Session, item: Item) -> Sequence[Assignment]:
    """Return an item's parts with their units: the present round first, the lead unit first."""
    wanted = select(Assignment).where(Assignment.item_id == item.id)
    found = session.scalars(wanted.options(joinedload(Assignment.unit))).all()
    return sorted(found, key=lambda part: (-part.round, part.part is Part.CO, part.id))


def _of_item(session: Session, model: type[Any], item: Item) -> Sequence[Any]:
    """Return the rows of a kind about an item, the oldest first."""
    return session.scalars(select(model).where(model.item_id == item.id).order_by(model.id)).all()


def _of_parts(session: Session, model: type[Any], item: Item) -> Sequence[Any]:
    """Return the rows of a kind about an item's parts, the oldest first."""
    wanted = select(model).join(Assignment, Assignment.id == model.assignment_id)
    return session.scalars(wanted.where(Assignment.item_id == item.id).order_by(model.id)).all()


def _visits(session: Session, actor: Actor, item: Item) -> Sequence[Revisit]:
    """Return the visits that the actor may know of, the oldest first."""
    wanted = select(Revisit).where(Revisit.item_id == item.id, store.visits_open_to(actor))
    return session.scalars(wanted.order_by(Revisit.id)).all()


def _papers(session: Session, item: Item) -> Sequence[Paper]:
    wanted = select(Paper).where(Paper.item_id == item.id)
    return session.scalars(wanted.order_by(Paper.uploaded_at, Paper.id)).all()


def _names(session: Session, item: Item, rows: Iterable[object]) -> Mapping[int, str]:
    """Return the names of everybody whom these rows and the item's papers mention."""
    columns = (
        "author_id", "confirmed_by_id", "reviewed_by_id", "sent_by_id", "read_by_id",
        "asked_by_id", "endorsed_by_id", "advised_by_id", "decided_by_id", "done_by_id",
        "uploaded_by_id",
    )  # fmt: skip
    ids = {getattr(row, column, None) for row in rows for column in columns}
    ids |= {item.registered_by_id, item.supervisor_id, item.fast_track_by_id}
    return names_of(session, ids)


# -- for whom something waits ------------------------------------------------------------


def _desk(todo: Todo) -> Desk:
    """Return what a todo is addressed to: a post, or a role in a unit or anywhere."""
    if todo.post_id is not None:
        return todo.role, None, todo.post_id
    return todo.role, todo.unit_id, None


def _desks(
    session: Session, todos: Sequence[Todo], day: date
) -> Mapping[Desk, list[tuple[str, str]]]:
    """Return who sits at each desk, and in which post, in one query."""
    wanted = {_desk(todo) for todo in todos}
    seat = seats(day)
    rows = session.execute(
        select(Post.role, Post.unit_id, Post.id, Person.name, Post.name)
        .join(seat, seat.c.post_id == Post.id)
        .join(Person, Person.id == seat.c.person_id)
        .where(
            Person.active,
            or_(
                Post.role.in_({role for role, _, _ in wanted}),
                Post.id.in_({post for _, _, post in wanted if post}),
            ),
        )
        .order_by(Post.position, Post.id, seat.c.deputy, Person.id)
    )
    found: dict[Desk, list[tuple[str, str]]] = {}
    for role, unit_id, post_id, person, post in rows:
        for desk in ((role, unit_id, None), (role, None, post_id), (role, None, None)):
            if desk in wanted:
                found.setdefault(desk, []).append((person, post))
    return found


def _unit_names(session: Session, todos: Sequence[Todo]) -> Mapping[int, str]:
    ids = {todo.unit_id for todo in todos if todo.unit_id}
    wanted = select(Unit.id, Unit.name).where(Unit.id.in_(ids))
    return dict(session.execute(wanted).all())
