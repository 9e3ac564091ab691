"""The ledger 台账: items by filter, sorted, page by page, counted by light, and kept views."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from engine import Session
from workflows import grams, happenings, heat, rules, store
from workflows.actors import Actor
from workflows.calendar import today, working_days_between
from workflows.casefile import ENDED
from workflows.errors import ViewRefused, ViewUnknown
from workflows.ledger_filter import Family, LedgerFilter, Scope
from workflows.ledger_sayings import Said, said_about
from workflows.lights import Light, light_column, with_plan_column
from workflows.tables import (
    Assignment,
    AssignmentState,
    Item,
    ItemState,
    Part,
    Person,
    Post,
    SavedView,
    Todo,
    Unit,
)

PAGE = 50
MOST = 20_000
VIEW_NAME, VIEW_QUERY, MOST_VIEWS = 60, 2000, 30
GIVEN_UP = (ItemState.REFUSED, ItemState.CANCELLED)
"""Nothing is due any more of what ended like this."""

T = TypeVar("T")


class Sort(StrEnum):
    """What the ledger can be sorted by."""

    DUE = "due"
    NUMBER = "number"
    ASSIGNED = "assigned"
    PERCENT = "percent"
    URGED = "urged"


class By(StrEnum):
    """What the items of a filter can be counted by."""

    LIGHT = "light"
    SOURCE = "source"
    LEAD = "lead"
    DUE_ON = "due_on"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger."""

    item: Item
    light: Light
    days_left: int | None
    parts: tuple[Assignment, ...]
    todos: tuple[Todo, ...]
    said: Said

    @property
    def lead(self) -> Assignment | None:
        """Return the lead unit's part."""
        return next((part for part in self.parts if part.part is Part.LEAD), None)

    @property
    def others(self) -> list[Assignment]:
        """Return the co-units' parts."""
        return [part for part in self.parts if part is not self.lead]


@dataclass(frozen=True, slots=True)
class Totals:
    """What the shown items add up to; ``lights`` sums to what any light would show."""

    count: int
    percent: int
    urged: int
    lights: Mapping[Light, int] = field(default_factory=dict)


def must_read(actor: Actor) -> None:
    """Refuse whoever has no ledger at all: administering gives no sight of items."""
    rules.must_have(actor, *store.SEES_ALL, *store.IN_A_UNIT)


def rows(
    session: Session,
    actor: Actor,
    wanted: LedgerFilter,
    sort: Sort = Sort.DUE,
    *,
    descending: bool = False,
    page: int | None = 1,
) -> list[LedgerRow]:
    """Return a page of the ledger, or with ``page=None`` all of it up to :data:`MOST`."""
    light = _light(today(session))
    query = select(Item, light).where(*_conditions(session, actor, wanted, light))
    query = query.order_by(*_order(sort, descending=descending)).options(
        joinedload(Item.sponsor), joinedload(Item.instructing), joinedload(Item.supervisor)
    )
    if page is None:
        query = query.limit(MOST)
    else:
        query = query.limit(PAGE).offset((max(page, 1) - 1) * PAGE)
    found = session.execute(query).all()
    ids = [item.id for item, _ in found]
    parts, todos, said = _parts(session, ids), _todos(session, actor, ids), said_about(session, ids)
    day = today(session)
    return [
        LedgerRow(
            item=item,
            light=Light(shown),
            days_left=_days_left(session, item, day),
            parts=tuple(part for part in parts.get(item.id, ()) if part.round == item.round),
            todos=tuple(todos.get(item.id, ())),
            said=said.get(item.id, Said()),
        )
        for item, shown in found
    ]


def totals(session: Session, actor: Actor, wanted: LedgerFilter) -> Totals:
    """Count what a filter shows; the counts by light leave the filter's own lights out."""
    light = _light(today(session))
    conditions = _conditions(session, actor, wanted, light)
    count, percent, urged = session.execute(
        select(
            func.count(Item.id),
            func.coalesce(func.avg(Item.percent), 0),
            func.coalesce(func.sum(Item.times_urged), 0),
        ).where(*conditions)
    ).one()
    lights = _by_light(session, actor, replace(wanted, lights=()), light)
    return Totals(count, round(percent), urged, lights)


def count(session: Session, actor: Actor, wanted: LedgerFilter) -> int:
    """Count what a filter shows."""
    conditions = _conditions(session, actor, wanted, _light(today(session)))
    return session.scalar(select(func.count(Item.id)).where(*conditions)) or 0


def counts(session: Session, actor: Actor, several: Sequence[LedgerFilter]) -> list[int]:
    """Count what several filters show, in their order, with one question to the database."""
    if not several:
        return []
    light = _light(today(session))
    asked = [
        select(func.count(Item.id))
        .where(*_conditions(session, actor, wanted, light))
        .scalar_subquery()
        .label(f"n{place}")
        for place, wanted in enumerate(several)
    ]
    return list(session.execute(select(*asked)).one())


def counted_by(
    session: Session, actor: Actor, wanted: LedgerFilter, *by: By
) -> Mapping[tuple[Any, ...], int]:
    """Count what a filter shows by one thing or several: no unit leads as unit 0."""
    light = _light(today(session))
    columns: Mapping[By, ColumnElement[Any]] = {
        By.LIGHT: light,
        By.SOURCE: Item.source.expression,
        By.LEAD: happenings.lead(),
        By.DUE_ON: Item.due_on.expression,
        By.REPORTED: happenings.reported(),
    }
    named = [columns[each].label(each.value) for each in by]
    base = select(*named).where(*_conditions(session, actor, wanted, light)).subquery()
    asked = select(*base.c, func.count()).group_by(*base.c)
    return {tuple(row[:-1]): row[-1] for row in session.execute(asked)}


def longest_due(session: Session, actor: Actor, wanted: LedgerFilter) -> Mapping[int, date]:
    """Return the earliest limit among a filter's items, by the unit that leads."""
    light = _light(today(session))
    base = (
        select(happenings.lead().label("lead"), Item.due_on.label("due_on"))
        .where(*_conditions(session, actor, wanted, light), Item.due_on.is_not(None))
        .subquery()
    )
    found = session.execute(select(base.c.lead, func.min(base.c.due_on)).group_by(base.c.lead))
    return dict(found.all())


def units_in(session: Session, actor: Actor) -> Sequence[Unit]:
    """Return the units that have items which the actor may see."""
    part = aliased(Assignment)  # the condition of what may be seen asks for parts as well
    taking_part = select(part.unit_id).join(Item, Item.id == part.item_id)
    wanted = select(Unit).where(Unit.id.in_(taking_part.where(store.visible_to(actor))))
    return session.scalars(wanted.order_by(Unit.position, Unit.id)).all()


def unit_name(session: Session, unit_id: int) -> str:
    """Return the name of a unit that the ledger is narrowed to; an unknown one has none."""
    return session.scalar(select(Unit.name).where(Unit.id == unit_id)) or ""


def number_of(session: Session, item_id: int) -> str:
    """Return the number of a decision that the ledger is narrowed to the parts of."""
    item = session.get(Item, item_id)
    return item.number if item else ""


def post_name(session: Session, post_id: int) -> str:
    """Return the name of a leader's post that the ledger is narrowed to."""
    return session.scalar(select(Post.name).where(Post.id == post_id)) or ""


def supervisor_name(session: Session, person_id: int) -> str:
    """Return the name of a supervisor of items; other people aren't named by number."""
    known = select(Person.name).join(Item, Item.supervisor_id == Person.id)
    return session.scalar(known.where(Person.id == person_id).limit(1)) or ""


def years_in(session: Session, actor: Actor) -> Sequence[int]:
    """Return the years of the numbers that the actor may see, the latest first."""
    wanted = select(Item.year).where(store.visible_to(actor), Item.year.is_not(None)).distinct()
    return [year for year in session.scalars(wanted.order_by(Item.year.desc())) if year]


# -- kept views --------------------------------------------------------------------------


def views(session: Session, actor: Actor) -> Sequence[SavedView]:
    """Return the views that somebody keeps, by name."""
    wanted = select(SavedView).where(SavedView.person_id == actor.person_id)
    return session.scalars(wanted.order_by(SavedView.name)).all()


def keep_view(session: Session, actor: Actor, name: str, query: str) -> SavedView:
    """Keep a view under a name; the same name again takes the new query."""
    name = rules.must_say("name", name, VIEW_NAME)
    rules.must_fit("query", query, VIEW_QUERY)
    kept = {view.name: view for view in views(session, actor)}
    if name in kept:
        kept[name].query = query
        return kept[name]
    if len(kept) >= MOST_VIEWS:
        raise ViewRefused(MOST_VIEWS)
    view = SavedView(person_id=actor.person_id, name=name, query=query)
    session.add(view)
    session.flush()
    return view


def drop_view(session: Session, actor: Actor, view_id: int) -> None:
    """Forget a view; everybody has only their own."""
    view = session.get(SavedView, view_id)
    if view is None or view.person_id != actor.person_id:
        raise ViewUnknown(view_id)
    session.delete(view)


# -- how the ledger is read --------------------------------------------------------------


def _light(day: date) -> ColumnElement[str]:
    returned = exists(
        select(Assignment.id).where(
            Assignment.item_id == Item.id,
            Assignment.round == Item.round,
            Assignment.state == AssignmentState.RETURNED,
        )
    )
    light = light_column(
        Item.due_on,
        Item.warn_on,
        func.coalesce(Item.stopped_on, day),
        done=Item.state.in_(ENDED),
        returned=returned,
        running=Item.state == ItemState.OPEN,
    )
    return with_plan_column(light, Item.plan_yellow_on, Item.plan_red_on, day)


def _conditions(
    session: Session, actor: Actor, wanted: LedgerFilter, light: ColumnElement[str]
) -> list[ColumnElement[bool]]:
    found = [store.visible_to(actor), *_choices(wanted), *_spans(wanted), *_places(actor, wanted)]
    if wanted.at is not None:
        found.append(heat.items_at(session, actor, wanted.at, wanted.unit_id))
    found += happenings.conditions(session, wanted, light)
    text = grams.matches(wanted.text)
    if text is not None:
        found.append(text)
    if wanted.lights:
        found.append(light.in_([chosen.value for chosen in wanted.lights]))
    return found


def _choices(wanted: LedgerFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.scope is Scope.ALIVE:
        yield Item.state.in_(rules.ALIVE)
    if wanted.scope is Scope.ENDED:
        yield Item.state.in_(ENDED)
    if wanted.family is not None:
        yield Item.parent_id.is_(None) == (wanted.family is Family.WHOLES)
    if wanted.whole_id is not None:
        yield Item.parent_id == wanted.whole_id
    if wanted.sources:
        yield Item.source.in_(wanted.sources)
    if wanted.urgencies:
        yield Item.urgency.in_(wanted.urgencies)


def _spans(wanted: LedgerFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.year is not None:
        yield Item.year == wanted.year
    if wanted.assigned_from is not None:
        yield Item.assigned_on >= wanted.assigned_from
    if wanted.assigned_to is not None:
        yield Item.assigned_on <= wanted.assigned_to
    if wanted.due_from is not None or wanted.due_to is not None:
        yield Item.state.not_in(GIVEN_UP)
    if wanted.due_from is not None:
        yield Item.due_on >= wanted.due_from
    if wanted.due_to is not None:
        yield Item.due_on <= wanted.due_to


def _places(actor: Actor, wanted: LedgerFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.unit_id is not None:
        part = and_(Assignment.item_id == Item.id, Assignment.unit_id == wanted.unit_id)
        yield exists(select(Assignment.id).where(part))
    if wanted.post_id is not None:
        post = wanted.post_id
        yield or_(Item.sponsor_post_id == post, Item.instructing_post_id == post)
    if wanted.supervisor_id is not None:
        yield Item.supervisor_id == wanted.supervisor_id
    if wanted.batch_id is not None:
        yield Item.batch_id == wanted.batch_id
    if wanted.steps:
        waits = and_(Todo.item_id == Item.id, Todo.closed_at.is_(None), store.todos_open_to(actor))
        yield exists(select(Todo.task_id).where(waits, Todo.step.in_(wanted.steps)))


def _order(sort: Sort, *, descending: bool) -> list[ColumnElement[Any]]:
    columns: Mapping[Sort, tuple[ColumnElement[Any], ...]] = {
        Sort.DUE: (Item.due_on.expression,),
        Sort.NUMBER: (*_whole_number(), Item.part_no.expression),
        Sort.ASSIGNED: (Item.assigned_on.expression,),
        Sort.PERCENT: (Item.percent.expression,),
        Sort.URGED: (Item.times_urged.expression,),
    }
    chosen = [column.desc() if descending else column.asc() for column in columns[sort]]
    return [*(column.nulls_last() for column in chosen), Item.id.desc()]


def _whole_number() -> tuple[ColumnElement[Any], ...]:
    """Return the two halves of an item's number, or of the decision's that it is a part of."""
    whole = aliased(Item)
    of_whole = (
        select(half).where(whole.id == Item.parent_id).scalar_subquery()
        for half in (whole.year, whole.serial)
    )
    own = (Item.year, Item.serial)
    return tuple(func.coalesce(mine, theirs) for mine, theirs in zip(own, of_whole, strict=True))


def _by_light(
    session: Session, actor: Actor, wanted: LedgerFilter, light: ColumnElement[str]
) -> Mapping[Light, int]:
    """Count by light; the database counts over a named column, as PostgreSQL wants it."""
    shown = light.label("light")
    base: Select[Any] = select(shown).where(*_conditions(session, actor, wanted, light))
    lights = base.subquery()
    counted = session.execute(select(lights.c.light, func.count()).group_by(lights.c.light))
    found = {Light(name): count for name, count in counted}
    return {each: found[each] for each in Light if each in found}


def _days_left(session: Session, item: Item, day: date) -> int | None:
    if item.due_on is None or item.state in ENDED:
        return None
    return working_days_between(session, day, item.due_on)


def _parts(session: Session, ids: Sequence[int]) -> Mapping[int, list[Assignment]]:
    query = (
        select(Assignment)
        .where(Assignment.item_id.in_(ids), Assignment.state != AssignmentState.RELEASED)
        .options(joinedload(Assignment.unit))
    )
    found: dict[int, list[Assignment]] = {}
    for part in session.scalars(query.order_by(Assignment.part.desc(), Assignment.id)):
        found.setdefault(part.item_id, []).append(part)
    return found


def _todos(session: Session, actor: Actor, ids: Sequence[int]) -> Mapping[int, list[Todo]]:
    query = select(Todo).where(
        Todo.item_id.in_(ids), Todo.closed_at.is_(None), store.todos_open_to(actor)
    )
    found: dict[int, list[Todo]] = {}
    for todo in session.scalars(query.order_by(Todo.opened_at, Todo.task_id)):
        found.setdefault(todo.item_id, []).append(todo)
    return found
