"""The inbox 待办: what waits for whom, by when, and why. One query, whatever its length."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import aliased

from engine import Session
from workflows import reasons, rules, store
from workflows.actors import Actor
from workflows.calendar import calendar_of, today
from workflows.lights import Light, judged_on, light_of, with_plan
from workflows.reasons import Why
from workflows.tables import (
    Assignment,
    AssignmentState,
    Item,
    Person,
    Role,
    Todo,
    Unit,
)

SHOWN = 200
SUNDAY = 7
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Group(StrEnum):
    """When something is due, as the inbox heads it."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What of the inbox is shown; an empty answer shows all."""

    step: str | None = None
    light: Light | None = None


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One todo with everything that its line says."""

    todo: Todo
    item: Item
    assignment: Assignment | None
    unit: Unit | None
    sender: str
    delegate: str
    light: Light
    due: date | None
    days_left: int | None
    group: Group
    why: Why
    mine: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits for the actor, too late of it, and by step."""

    mine: int
    late: int
    steps: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Around:
    """How much waits for the actor's units or the office, and how much at the units."""

    units: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Whether the inbox has changed since a token, how much is new, and the token of now."""

    token: str
    changed: bool
    new: int


def mine(session: Session, actor: Actor, wanted: InboxFilter | None = None) -> Sequence[InboxRow]:
    """Return what waits for the actor, the most pressing first."""
    return _open_rows(session, actor, for_actor(actor), wanted)


def of_my_units(
    session: Session, actor: Actor, wanted: InboxFilter | None = None
) -> Sequence[InboxRow]:
    """Return what waits for the actor's units or the office, whoever's turn it is."""
    return _open_rows(session, actor, _for_units(actor), wanted)


def at_units(
    session: Session, actor: Actor, wanted: InboxFilter | None = None
) -> Sequence[InboxRow]:
    """Return what the office waits for: the steps that units have now, and may be urged about."""
    return _open_rows(session, actor, _at_units(actor), wanted)


def of_item(session: Session, actor: Actor, item_id: int) -> Sequence[Todo]:
    """Return what waits about an item, at whomever, as far as the actor may know of it."""
    return store.open_todos(session, actor, store.visible_item(session, actor, item_id).id)


def done(session: Session, actor: Actor, *, limit: int = SHOWN) -> Sequence[InboxRow]:
    """Return what the actor has done in items that they still may see, the latest first."""
    own = _joined().where(
        Todo.closed_by_id == actor.person_id, Todo.outcome.is_not(None), store.visible_to(actor)
    )
    found = session.execute(own.order_by(Todo.closed_at.desc()).limit(limit)).all()
    return _rows(session, actor, found)


def counts(session: Session, actor: Actor) -> Counts:
    """Count what waits for the actor, in all and by step."""
    still = and_(Assignment.stopped_on.is_not(None), Todo.due_on == Assignment.due_on)
    judged = case((still, Assignment.stopped_on), else_=today(session))
    late = func.sum(case((Todo.due_on < judged, 1), else_=0))
    by_step = session.execute(
        select(Todo.step, func.count(), late)
        .join(Item, Item.id == Todo.item_id)
        .outerjoin(Assignment, Assignment.id == Todo.assignment_id)
        .where(Todo.closed_at.is_(None), for_actor(actor))
        .group_by(Todo.step)
    ).all()
    return Counts(
        mine=sum(number for _, number, _ in by_step),
        late=sum(overdue for _, _, overdue in by_step),
        steps={step: number for step, number, _ in by_step},
    )


def around(session: Session, actor: Actor) -> Around:
    """Count what waits for the actor's units or the office, and what the office waits for."""
    units, waiting = (
        session.scalar(select(func.count()).where(Todo.closed_at.is_(None), condition))
        for condition in (_for_units(actor), _at_units(actor))
    )
    return Around(units=units or 0, waiting=waiting or 0)


def changes_since(
    session: Session, actor: Actor, token: str | None = None, papers: Sequence[datetime] = ()
) -> Changes:
    """Say whether the actor's inbox differs from the one that gave the token.

    ``papers`` are the moments since when other things wait in the same inbox.
    """
    before = _moment_of(token)
    number, latest, new = session.execute(
        select(
            func.count(),
            func.max(Todo.opened_at),
            func.coalesce(func.sum(case((Todo.opened_at > before, 1), else_=0)), 0),
        )
        .join(Item, Item.id == Todo.item_id)
        .where(Todo.closed_at.is_(None), for_actor(actor))
    ).one()
    moment = max((each for each in (latest, *papers) if each), default=None)
    number, new = number + len(papers), new + sum(each > before for each in papers)
    fresh = f"{today(session).isoformat()} {number} {moment.isoformat() if moment else ''}"
    return Changes(fresh, token is not None and token != fresh, new if token else 0)


def _moment_of(token: str | None) -> datetime:
    """Return the newest opening that a token knew; a token that isn't ours knew nothing."""
    *_, moment = (token or "").split(" ")
    try:
        known = datetime.fromisoformat(moment)
    except ValueError:
        return LONG_AGO
    return known if known.tzinfo is not None else LONG_AGO


def for_actor(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a todo waits for the actor; the item must be joined.

    What was given to a colleague waits for them alone.

    Every supervisor may act on what waits for the office, but an item that has its own
    supervisor waits in that one's inbox.
    """
    posts = [held.post_id for held in actor.posts]
    ways: list[ColumnElement[bool]] = [Todo.post_id.in_(posts)] if posts else []
    for role in actor.roles:
        if role in store.IN_A_UNIT:
            units = list(actor.unit_ids(role))
            ways.append(and_(Todo.unit_id.in_(units), Todo.role == role, Todo.post_id.is_(None)))
        else:
            ways.append(_of_the_office(role))
    addressed = or_(*ways) if ways else false()
    if actor.has(Role.SUPERVISOR):
        own = or_(Item.supervisor_id == actor.person_id, Item.supervisor_id.is_(None))
        addressed = and_(addressed, or_(Todo.role != Role.SUPERVISOR, own))
    colleague = or_(
        Todo.unit_id.in_(actor.unit_ids()),
        and_(Todo.unit_id.is_(None), Todo.role.in_(actor.roles)),
    )
    given = and_(Todo.delegate_id == actor.person_id, colleague)
    return or_(given, and_(Todo.delegate_id.is_(None), addressed))


def _of_the_office(role: Role) -> ColumnElement[bool]:
    return and_(Todo.unit_id.is_(None), Todo.role == role, Todo.post_id.is_(None))


def _for_units(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a todo waits for the office or one of the actor's units."""
    ways: list[ColumnElement[bool]] = []
    if any(actor.has(role) for role in rules.OFFICE):
        ways += [_of_the_office(role) for role in rules.OFFICE]
    units = frozenset[int]().union(*(actor.unit_ids(role) for role in store.IN_A_UNIT))
    if units:
        below = store.units_below(units)
        ways.append(Todo.unit_id.in_(select(below.c.id)))
    posts = [held.post_id for held in actor.posts if held.role is Role.LEADER]
    if posts:
        ways.append(Todo.post_id.in_(posts))
    return or_(*ways) if ways else false()


def _at_units(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a todo waits at a unit, for whoever may urge it."""
    if any(actor.has(role) for role in rules.OFFICE):
        return Todo.role.in_(store.IN_A_UNIT)
    return false()


def _open_rows(
    session: Session,
    actor: Actor,
    condition: ColumnElement[bool],
    wanted: InboxFilter | None,
) -> Sequence[InboxRow]:
    query = _joined().where(Todo.closed_at.is_(None), condition)
    if wanted and wanted.step:
        query = query.where(Todo.step == wanted.step)
    ordered = query.order_by(Todo.due_on.is_(None), Todo.due_on, Todo.opened_at, Todo.task_id)
    rows = _rows(session, actor, session.execute(ordered).all())
    if wanted and wanted.light:
        return [row for row in rows if row.light is wanted.light]
    return rows


def _joined() -> Select[Todo, Item, Assignment, Unit, str, str]:
    sender, delegate = aliased(Person), aliased(Person)
    return (
        select(Todo, Item, Assignment, Unit, sender.name, delegate.name)
        .join(Item, Item.id == Todo.item_id)
        .outerjoin(Assignment, Assignment.id == Todo.assignment_id)
        .outerjoin(Unit, Unit.id == Assignment.unit_id)
        .outerjoin(sender, sender.id == Todo.sent_by_id)
        .outerjoin(delegate, delegate.id == Todo.delegate_id)
    )


def _rows(session: Session, actor: Actor, found: Sequence[Any]) -> list[InboxRow]:
    day, calendar = today(session), calendar_of(session)
    whys = reasons.of(session, [(todo, item, part) for todo, item, part, *_ in found])
    return [
        InboxRow(
            todo=todo,
            item=item,
            assignment=part,
            unit=unit,
            sender=sender or "",
            delegate=delegate or "",
            light=_light(todo, item, part, day),
            due=todo.due_on,
            days_left=None if todo.due_on is None else calendar.between(day, todo.due_on),
            group=group_of(todo.due_on, _judged_on(todo, part, day)),
            why=whys[todo.task_id],
            mine=todo.closed_at is None and rules.may_do(actor, todo),
        )
        for todo, item, part, unit, sender, delegate in found
    ]


def _judged_on(todo: Todo, part: Assignment | None, day: date) -> date:
    """Return the day by which a todo is judged: where its clock stands still, that of the stop."""
    if part is None or todo.due_on != part.due_on:
        return day
    return judged_on(part.stopped_on, day)


def _light(todo: Todo, item: Item, part: Assignment | None, day: date) -> Light:
    """Return a todo's light: its own limit's, or the worse one of its project's plan."""
    light = light_of(
        todo.due_on,
        todo.warn_on,
        _judged_on(todo, part, day),
        done=todo.closed_at is not None,
        returned=part is not None and part.state is AssignmentState.RETURNED,
    )
    return with_plan(light, item.plan_yellow_on, item.plan_red_on, day)


def group_of(due_on: date | None, day: date) -> Group:
    """Return under which heading of the inbox something stands that is due on a day."""
    if due_on is None:
        return Group.LATER
    if due_on < day:
        return Group.LATE
    if due_on == day:
        return Group.TODAY
    last = day + timedelta(days=SUNDAY - day.isoweekday())
    return Group.WEEK if due_on <= last else Group.LATER
