"""Statements on how long things took, over all instances of a process.

A *visit* is one token's stay at one element: a task from its opening to its closing, an event
that was waited for in the flow, a call until the last of what it called has ended. The tasks
of a process are found by their versions, and of these those that closed in the time asked for
(``ix_engine_task_visits``); calls and events are read out of the history of its instances.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Label,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from engine.database import Instant
from engine.store.sql import Found, rows, sql
from engine.tables import DEFINITION, HISTORY, INCIDENT, INSTANCE, JOB, TASK, TIMER

ELSEWHERE = ("timer", "job", "delivery")
"""Incidents of what waits beside the tokens; all others are tokens that stand in error."""
INDEXED: Final = ("called", "waiting")
"""The kinds of lines that ``ix_engine_history_arrivals`` is for, in its very words."""
_VISIT = (
    TASK.c.element_id,
    TASK.c.instance_id,
    TASK.c.business_key,
    TASK.c.id.label("task_id"),
    TASK.c.opened_at.label("since"),
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which process or which version of it, and what part of its past."""

    process_id: str
    since: datetime | None = None
    until: datetime | None = None
    definition_id: int | None = None

    def holds(self, moment: ColumnElement[Any]) -> ColumnElement[bool]:
        """Say in SQL that a moment lies in this part."""
        bounds: list[ColumnElement[bool]] = [moment.is_not(None)]
        if self.since is not None:
            bounds.append(moment >= self.since)
        if self.until is not None:
            bounds.append(moment < self.until)
        return and_(*bounds)

    @property
    def mine(self) -> ColumnElement[bool]:
        """Say in SQL that an instance is one of the process, or of the version."""
        whole = INSTANCE.c.process_id == self.process_id
        if self.definition_id is None:
            return whole
        return and_(whole, INSTANCE.c.definition_id == self.definition_id)

    @property
    def tasks(self) -> ColumnElement[bool]:
        """Say in SQL that a task is one of the process, or of the version."""
        if self.definition_id is not None:
            return TASK.c.definition_id == self.definition_id
        versions = select(DEFINITION.c.id).where(DEFINITION.c.process_id == self.process_id)
        return TASK.c.definition_id.in_(versions)

    @property
    def touched(self) -> ColumnElement[bool]:
        """Say in SQL that an instance of the process ran in this part."""
        touched: list[ColumnElement[bool]] = [self.mine]
        if self.until is not None:
            touched.append(INSTANCE.c.started_at < self.until)
        if self.since is not None:
            touched.append(or_(INSTANCE.c.ended_at.is_(None), INSTANCE.c.ended_at >= self.since))
        return and_(*touched)


def counts(session: Session, stretch: Stretch) -> Sequence[Found]:
    """Return how many lines of each kind each element has, and the last of them."""
    query = (
        select(
            HISTORY.c.element_id,
            HISTORY.c.kind,
            func.count().label("times"),
            func.max(HISTORY.c.id).label("last"),
        )
        .join(INSTANCE, INSTANCE.c.id == HISTORY.c.instance_id)
        .where(stretch.touched, HISTORY.c.element_id.is_not(None), stretch.holds(HISTORY.c.at))
        .group_by(HISTORY.c.element_id, HISTORY.c.kind)
    )
    return rows(session, query)


def names(session: Session, line_ids: Sequence[int]) -> dict[str, str]:
    """Return what the elements are called in these lines."""
    query = select(HISTORY.c.element_id, HISTORY.c.element_name).where(HISTORY.c.id.in_(line_ids))
    return {row.element_id: row.element_name or "" for row in rows(session, query)}


def waited_for(session: Session, process_id: str) -> frozenset[str]:
    """Return the events in the flow: tokens wait at them, not beside them."""
    return frozenset(sql(session).scalars(_waiting(Stretch(process_id))))


def calls(session: Session, stretch: Stretch) -> Sequence[Found]:
    """Return how many calls of each element have ended well, were cancelled, or go on."""
    made = _calls(session, stretch)
    ended = and_(made.c.ended == made.c.children, stretch.holds(made.c.last))
    cancelled = made.c.last_cancelled == made.c.last
    query = select(
        made.c.element_id,
        func.count(case((and_(ended, func.coalesce(cancelled, False).is_(False)), 1))),
        func.count(case((and_(ended, cancelled), 1))),
        func.count(case((made.c.ended < made.c.children, 1))),
    ).group_by(made.c.element_id)
    return rows(session, query)


def visits(session: Session, stretch: Stretch, events: Iterable[str]) -> CompoundSelect[Any]:
    """Select every visit that ended in this part, with the task if it was one."""
    made = _calls(session, stretch)
    called = select(
        made.c.element_id, made.c.parent_id, made.c.key, null(), made.c.at, made.c.last
    ).where(made.c.ended == made.c.children, stretch.holds(made.c.last))
    tasks = select(*_VISIT, TASK.c.closed_at.label("until"))
    return union_all(
        tasks.where(stretch.tasks, stretch.holds(TASK.c.closed_at)),
        _waits(stretch, events),
        called,
    )


def open_visits(session: Session, stretch: Stretch) -> CompoundSelect[Any]:
    """Select every visit that goes on, with the task if it is one.

    Since when a timer is waited for, no table says. A timer at a boundary is armed as well,
    but the token stands in the activity.
    """
    made = _calls(session, stretch)
    calls = select(made.c.element_id, made.c.parent_id, made.c.key, null(), made.c.at)
    in_flow = _waiting(stretch)
    return union_all(
        select(*_VISIT).where(
            TASK.c.closed_at.is_(None), TASK.c.business_key >= literal(""), stretch.tasks
        ),
        select(TIMER.c.element_id, INSTANCE.c.id, INSTANCE.c.business_key, null(), null())
        .join(INSTANCE, INSTANCE.c.id == TIMER.c.instance_id)
        .where(stretch.mine, TIMER.c.element_id.in_(in_flow)),
        select(INCIDENT.c.element_id, INSTANCE.c.id, INSTANCE.c.business_key, null(), INCIDENT.c.at)
        .join(INSTANCE, INSTANCE.c.id == INCIDENT.c.instance_id)
        .where(
            stretch.mine,
            INCIDENT.c.resolved_at.is_(None),
            INCIDENT.c.element_id.is_not(None),
            INCIDENT.c.kind.not_in(ELSEWHERE),
        ),
        calls.where(made.c.ended < made.c.children),
    )


def spans(session: Session, stretch: Stretch, events: Iterable[str]) -> Sequence[Found]:
    """Return how often it is known how long an element took, the sum, the median, the 90 %.

    The ranks are nearest ranks: each figure is a time that one visit really took.
    """
    ended = visits(session, stretch, events).subquery("ended")
    seconds = _seconds(session, ended.c.since, ended.c.until).label("seconds")
    known = select(ended.c.element_id, seconds).subquery("known")
    place = func.row_number().over(partition_by=known.c.element_id, order_by=known.c.seconds)
    total = func.count().over(partition_by=known.c.element_id)
    ranked = select(known, place.label("place"), total.label("total")).subquery("ranked")
    query = select(
        ranked.c.element_id,
        func.count(),
        func.sum(ranked.c.seconds),
        func.max(case((ranked.c.place == (ranked.c.total + 1) // 2, ranked.c.seconds))),
        func.max(case((ranked.c.place == (ranked.c.total * 9 + 9) // 10, ranked.c.seconds))),
    ).group_by(ranked.c.element_id)
    return rows(session, query)


def standing(session: Session, stretch: Stretch) -> Sequence[Found]:
    """Return how many visits go on at each element."""
    places = open_visits(session, stretch).subquery("places")
    query = select(places.c.element_id, func.count()).group_by(places.c.element_id)
    return rows(session, query)


def errands(session: Session, kind: str, process_id: str) -> list[str]:
    """Return the element of each job of this kind that is left to do for a process."""
    jobs = select(JOB.c.payload).where(JOB.c.kind == kind)
    payloads = [row.payload for row in rows(session, jobs)]
    running = select(INSTANCE.c.id).where(
        INSTANCE.c.process_id == process_id, INSTANCE.c.ended_at.is_(None)
    )
    found = {one.hex for one in sql(session).scalars(running)} if payloads else set()
    return [job["element"] for job in payloads if job["instance"] in found]


def _waiting(stretch: Stretch) -> Select[Any]:
    """Select the events in the flow, of whichever version."""
    return (
        select(HISTORY.c.element_id)
        .join(INSTANCE, INSTANCE.c.id == HISTORY.c.instance_id)
        .where(INSTANCE.c.process_id == stretch.process_id, HISTORY.c.kind == "waiting")
        .distinct()
    )


def _waits(stretch: Stretch, events: Iterable[str]) -> Select[Any]:
    """Select how long events were waited for: from each arrival to what happened there next."""
    arrival, line, event = HISTORY.alias("arrival"), HISTORY.alias("line"), HISTORY.alias("event")
    following = (
        select(line.c.id)
        .where(
            line.c.instance_id == arrival.c.instance_id,
            line.c.element_id == arrival.c.element_id,
            line.c.number > arrival.c.number,
            line.c.kind.in_(("waiting", *events)),
        )
        .order_by(line.c.number)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            arrival.c.element_id,
            arrival.c.instance_id,
            INSTANCE.c.business_key,
            null(),
            arrival.c.at,
            event.c.at,
        )
        .join(INSTANCE, INSTANCE.c.id == arrival.c.instance_id)
        .join(event, event.c.id == following)
        .where(
            stretch.touched,
            _of_kind(arrival, "waiting"),
            event.c.kind != "waiting",
            stretch.holds(event.c.at),
        )
    )


def _calls(session: Session, stretch: Stretch) -> Subquery:
    """Select each call with what became of its children.

    A line of the history doesn't name its token. But children start in the same moment as
    their line is written, and what one instance calls in one moment, it calls in order. Lines
    and children meet by being grouped together: the databases join them badly.
    """
    child = INSTANCE.alias("child")
    process = _json(session, HISTORY.c.facts)["process"].as_string()
    several = _json(session, HISTORY.c.facts)["count"].as_integer() > 0
    started = func.min(child.c.started_at, type_=Instant)
    lines = (
        select(
            HISTORY.c.instance_id.label("parent_id"),
            process.label("process_id"),
            HISTORY.c.at.label("at"),
            _place(HISTORY.c.number, HISTORY.c.instance_id, HISTORY.c.at, process),
            HISTORY.c.element_id.label("element_id"),
            INSTANCE.c.business_key.label("key"),
            cast(null(), Instant).label("last"),
            cast(null(), Instant).label("last_cancelled"),
            cast(null(), Integer).label("children"),
            cast(null(), Integer).label("ended"),
        )
        .join(INSTANCE, INSTANCE.c.id == HISTORY.c.instance_id)
        .where(stretch.touched, _of_kind(HISTORY, "called"), several)
    )
    made = (
        select(
            child.c.parent_id,
            child.c.process_id,
            started,
            _place(child.c.parent_task_id, child.c.parent_id, child.c.process_id, started),
            null(),
            null(),
            func.max(child.c.ended_at),
            func.max(case((child.c.end == "cancelled", child.c.ended_at))),
            func.count(),
            func.count(child.c.ended_at),
        )
        .join(INSTANCE, INSTANCE.c.id == child.c.parent_id)
        .where(stretch.touched)
        .group_by(child.c.parent_id, child.c.parent_task_id, child.c.process_id)
    )
    both = union_all(lines, made).subquery("both")
    told = ("element_id", "key", "last", "last_cancelled", "children", "ended")
    met = (both.c.parent_id, both.c.process_id, both.c.at, both.c.place)
    return (
        select(*met[:3], *(func.max(both.c[name]).label(name) for name in told))
        .group_by(*met)
        .having(func.count(both.c.element_id) > 0, func.count(both.c.children) > 0)
        .subquery("calls")
    )


def _of_kind(line: FromClause, kind: str) -> ColumnElement[bool]:
    """Say in SQL that a line is of one of the two kinds that an index is for."""
    return and_(
        line.c.kind.in_([literal_column(f"'{one}'") for one in INDEXED]), line.c.kind == kind
    )


def _place(order: ColumnElement[Any], *within: ColumnElement[Any]) -> Label[int]:
    return func.row_number().over(partition_by=within, order_by=order).label("place")


def _seconds(
    session: Session, since: ColumnElement[Any], until: ColumnElement[Any]
) -> ColumnElement[float]:
    """Return how many seconds lie between two moments, as either database says it."""
    if sql(session).dialect.name == "sqlite":
        return func.round((func.julianday(until) - func.julianday(since)) * 86_400, 3)
    return func.date_part("epoch", until - since)


def _json(session: Session, column: ColumnElement[Any]) -> Any:  # noqa: ANN401 (its own algebra)
    """Look into JSON that is kept as text."""
    kept = sql(session).dialect.name == "sqlite"
    return type_coerce(column, JSON) if kept else cast(column, JSON)
