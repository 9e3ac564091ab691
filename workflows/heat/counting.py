"""The figures of each element, counted by the database.

*Waits* are the visits that ended in the time asked for, and how long they took in working time
(:mod:`workflows.worktime`): the median and the 90 % are nearest ranks, so each is a time
that somebody really waited. *Late*: the step was done after its due date; those without a date
don't count. *Returned*: it was done by sending back (:data:`RETURNS`). *Repeated*: the same
instance had been there before. What waits *now* is counted in items as well: an item waits at a
step of several units once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

import engine
from engine import Instant, Session, now
from workflows import rules, store, worktime
from workflows.calendar import office_day, today
from workflows.heat.asked import Asked, must_oversee
from workflows.rules import Acting
from workflows.tables import Assignment, Item, Todo

RETURNS = ("return", "decline", "object", "rework", "unsolved", "dissatisfied")
"""The outcomes by which a step sends back what came."""


@dataclass(frozen=True, slots=True)
class Heat:
    """The figures of one element; times are working time in seconds."""

    element_id: str
    now: int = 0
    now_items: int = 0
    now_late: int = 0
    now_median: float | None = None
    oldest: datetime | None = None
    ended: int = 0
    seconds: float = 0.0
    median: float | None = None
    p90: float | None = None
    longest: float | None = None
    dated: int = 0
    late: int = 0
    returned: int = 0
    repeated: int = 0

    @property
    def average(self) -> float | None:
        """Return how long a visit took on average."""
        return self.seconds / self.ended if self.ended else None

    @property
    def late_share(self) -> float | None:
        """Return the part of the visits with a due date that was done after it."""
        return self.late / self.dated if self.dated else None

    @property
    def returned_share(self) -> float | None:
        """Return the part of the visits that sent back what came."""
        return self.returned / self.ended if self.ended else None


def figures(session: Session, actor: Acting, asked: Asked) -> Mapping[str, Heat]:
    """Return the figures of every element at which something waits or has waited."""
    must_oversee(actor)
    ended = _by_name(session, _of_ended(ended_visits(session, asked)))
    waiting = _by_name(session, _of_open(session, asked))
    return {
        element: Heat(element, **ended.get(element, {}), **waiting.get(element, {}))
        for element in sorted({*ended, *waiting})
    }


def own_figures(session: Session, actor: Acting, asked: Asked) -> Mapping[str, Heat]:
    """Return what the actor's units themselves did at each step, and how long it took them."""
    rules.must_have(actor, *store.IN_A_UNIT)
    known = ended_visits(session, asked).subquery("own")
    ended = _by_name(session, _of_ended(select(known).where(*own_steps(actor, known))))
    return {element: Heat(element, **ended[element]) for element in sorted(ended)}


def own_steps(actor: Acting, known: FromClause) -> list[ColumnElement[bool]]:
    """Return the conditions on visits that a unit knows of: its own, at what its people do."""
    mine = frozenset[int]().union(*(actor.unit_ids(role) for role in store.IN_A_UNIT))
    return [
        known.c.unit_id.in_(select(store.units_below(mine).c.id)),
        known.c.task_id.in_(select(Todo.task_id).where(Todo.role.in_(store.IN_A_UNIT))),
        known.c.business_key.in_(select(cast(Item.id, String)).where(store.visible_to(actor))),
    ]


def _by_name(session: Session, query: Select[Any]) -> Mapping[str, Mapping[str, Any]]:
    found = session.execute(query).mappings()
    return {row["element_id"]: {k: row[k] for k in row if k != "element_id"} for row in found}


# -- the visits, with what the domain knows of them --------------------------------------


def ended_visits(session: Session, asked: Asked) -> Select[Any]:
    """Select the visits that ended, with their working time, and how they went."""
    visit = engine.ended_visits(
        session,
        asked.process_id,
        definition_id=asked.definition_id,
        since=asked.since,
        until=asked.until,
    ).subquery("visit")
    return _known(session, asked, visit, visit.c.until)


def open_visits(session: Session, asked: Asked) -> Select[Any]:
    """Select the visits that go on, with their working time up to now."""
    visit = engine.open_visits(
        session, asked.process_id, definition_id=asked.definition_id
    ).subquery("visit")
    return _known(session, asked, visit, literal(now(session), Instant))


def _known(
    session: Session, asked: Asked, visit: FromClause, until: ColumnElement[Any]
) -> Select[Any]:
    """Join what the engine knows of a visit with its todo, its unit's part and the calendar."""
    known = parts_of(visit)
    own = known.own
    calendar = _calendar(session)
    start, end = calendar.alias("began"), calendar.alias("finished")
    going_on = Todo.closed_at.is_(None)
    still = and_(going_on, own.stopped_on.is_not(None), Todo.due_on == own.due_on)
    judged = case((still, own.stopped_on), else_=worktime.office_date(session, until))
    seconds = worktime.counted(session, until, end) - worktime.counted(
        session, visit.c.since, start
    )
    before = func.lag(until).over(
        partition_by=(visit.c.instance_id, visit.c.element_id), order_by=visit.c.since
    )
    query: Select[Any] = (
        select(
            visit.c.element_id,
            visit.c.instance_id,
            visit.c.business_key,
            visit.c.task_id,
            visit.c.since,
            until.label("until"),
            seconds.label("seconds"),
            Todo.due_on,
            (Todo.due_on < judged).label("late"),
            Todo.outcome,
            Todo.outcome.in_(RETURNS).label("returned"),
            (before <= visit.c.since).label("repeated"),
            known.unit.label("unit_id"),
        )
        .select_from(known.joined)
        .outerjoin(start, start.c.day == worktime.office_date(session, visit.c.since))
        .outerjoin(end, end.c.day == worktime.office_date(session, until))
    )
    return query.where(*wanted_of(asked, visit, known.unit))


class Parts(NamedTuple):
    """Visits joined with their todos: the part that a todo is about, and whose part it is."""

    joined: FromClause
    own: type[Assignment]
    unit: ColumnElement[int | None]


def parts_of(visit: FromClause) -> Parts:
    """Join visits with their todos and the units' parts: by the todo, or by the instance."""
    own, part = aliased(Assignment), aliased(Assignment)
    joined = (
        visit.outerjoin(Todo, Todo.task_id == visit.c.task_id)
        .outerjoin(own, own.id == Todo.assignment_id)
        .outerjoin(part, part.instance_id == visit.c.instance_id)
    )
    return Parts(joined, own, func.coalesce(own.unit_id, part.unit_id))


def _calendar(session: Session) -> CTE:
    """Return the calendar from the first item until today; what began before knows no time."""
    first = session.scalar(select(func.min(Item.registered_at, type_=Instant)))
    day = today(session)
    return worktime.days(session, min(office_day(first), day) if first else day, day)


def wanted_of(
    asked: Asked, visit: FromClause, unit: ColumnElement[Any]
) -> list[ColumnElement[bool]]:
    """Return the conditions on whose items these are."""
    found: list[ColumnElement[bool]] = []
    items = select(cast(Item.id, String))
    if asked.kind is not None:
        found.append(visit.c.business_key.in_(items.where(Item.kind == asked.kind)))
    if asked.source is not None:
        found.append(visit.c.business_key.in_(items.where(Item.source == asked.source)))
    if asked.unit_id is not None:
        parts = select(cast(Assignment.item_id, String)).where(Assignment.unit_id == asked.unit_id)
        whole = and_(unit.is_(None), visit.c.business_key.in_(parts))
        found.append(or_(unit == asked.unit_id, whole))
    return found


# -- counted by element ------------------------------------------------------------------


def _of_ended(visits: Select[Any]) -> Select[Any]:
    ranked = _ranked(visits)
    return _by_element(
        ranked,
        func.count().label("ended"),
        func.coalesce(func.sum(ranked.c.seconds), 0.0).label("seconds"),
        _at_rank(ranked, (ranked.c.total + 1) // 2).label("median"),
        _at_rank(ranked, (ranked.c.total * 9 + 9) // 10).label("p90"),
        func.max(ranked.c.seconds).label("longest"),
        func.count(ranked.c.due_on).label("dated"),
        _times(ranked.c.late).label("late"),
        _times(ranked.c.returned).label("returned"),
        _times(ranked.c.repeated).label("repeated"),
    )


def _of_open(session: Session, asked: Asked) -> Select[Any]:
    ranked = _ranked(open_visits(session, asked))
    return _by_element(
        ranked,
        func.count().label("now"),
        func.count(ranked.c.business_key.distinct()).label("now_items"),
        _times(ranked.c.late).label("now_late"),
        _at_rank(ranked, (ranked.c.total + 1) // 2).label("now_median"),
        func.min(ranked.c.since, type_=Instant).label("oldest"),
    )


def _ranked(query: Select[Any]) -> FromClause:
    known = query.subquery("known")
    place = func.row_number().over(
        partition_by=known.c.element_id, order_by=known.c.seconds.nulls_last()
    )
    total = func.count(known.c.seconds).over(partition_by=known.c.element_id)
    return select(known, place.label("place"), total.label("total")).subquery("ranked")


def _by_element(ranked: FromClause, *columns: ColumnElement[Any]) -> Select[Any]:
    return select(ranked.c.element_id, *columns).group_by(ranked.c.element_id)


def _at_rank(ranked: FromClause, rank: ColumnElement[int]) -> ColumnElement[float]:
    return func.max(case((ranked.c.place == rank, ranked.c.seconds)))


def _times(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))
