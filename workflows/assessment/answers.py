"""Reports against their limits: which came in time, which late, and which never.

A report is due by the part's limit, and on each day on which an interim one was asked for. It
has come once the unit's head has signed it. After some working days it counts as missing, and
no longer as late. While a clock stands still nothing is missed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, func, or_, select

from engine import Session
from workflows import settings
from workflows.assessment import table
from workflows.calendar import WorkCalendar, calendar_of, instant_of, office_day, today
from workflows.story import Happened
from workflows.tables import (
    Assignment,
    AssignmentState,
    Item,
    ItemState,
    Kind,
    Report,
    StoryEntry,
    Verdict,
)

GONE = (ItemState.REFUSED, ItemState.CANCELLED)
MISSING_AFTER = "assessment.missing_after"

Late = tuple[str, Assignment, date, date, int, date | None]
"""Which event, of which part, for which due day, on which day, how many days, answered when."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that a part owed by a day, and when it came, if it did."""

    part: Assignment
    kind: Kind
    due_on: date
    answered_on: date | None
    final: bool


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges what was owed, by today's knowledge."""

    calendar: WorkCalendar
    today: date
    missing_after: int

    def missing_on(self, owed: Owed) -> date:
        """Return the day from which a report is no longer late, but missing."""
        return self.calendar.add(owed.due_on, self.missing_after)

    def late(self, owed: Owed) -> Late | None:
        """Return that a report is late, or that it is missing; nothing as long as it may come."""
        missing = self.missing_on(owed)
        answered = owed.answered_on
        if answered is not None and answered < missing:
            days = self.calendar.between(owed.due_on, answered)
            if days <= 0:
                return None
            return table.LATE_REPORT, owed.part, owed.due_on, answered, days, answered
        if missing > self.today or _stands_still(owed.part, missing):
            return None
        days = self.calendar.between(owed.due_on, missing)
        return table.MISSING_REPORT, owed.part, owed.due_on, missing, days, answered

    def overdue(self, owed: Owed) -> Late | None:
        """Return that an instruction's limit has passed without an answer."""
        if owed.kind is not Kind.INSTRUCTION or not owed.final:
            return None
        on = owed.due_on + timedelta(days=1)
        kept = owed.answered_on is not None and owed.answered_on <= owed.due_on
        if kept or on > self.today or _stands_still(owed.part, on):
            return None
        return table.OVERDUE_INSTRUCTION, owed.part, owed.due_on, on, 1, owed.answered_on


def late(session: Session, first: date, last: date) -> Iterator[Late]:
    """Yield what was late, missing or overdue in these days; one report is late only once."""
    judge = _judge(session)
    reach = timedelta(days=2 * judge.missing_after + 30)
    owed = [*_finals(session, first, first - reach, last), *_interims(session, first - reach, last)]
    longest: dict[tuple[str, int, date], Late] = {}
    for each in owed:
        for found in (judge.late(each), judge.overdue(each)):
            if found is None or not first <= found[3] <= last:
                continue
            key = (found[0], each.part.id, found[3])
            if key not in longest or longest[key][4] < found[4]:
                longest[key] = found
    yield from longest.values()


def on_time(
    session: Session, when: ColumnElement[bool]
) -> Iterator[tuple[Assignment, int | None, date]]:
    """Yield the parts that were finished by their limit, who accepted them, and when they came."""
    accepted = (
        select(
            Report.assignment_id,
            func.max(Report.confirmed_at).label("at"),
            func.max(Report.reviewed_by_id).label("by_id"),
        )
        .where(Report.final, Report.verdict == Verdict.ACCEPTED)
        .group_by(Report.assignment_id)
        .subquery()
    )
    wanted = (
        select(Assignment, Item.batch_id, Item.registered_at, accepted.c.at, accepted.c.by_id)
        .join(Item, Item.id == Assignment.item_id)
        .outerjoin(accepted, accepted.c.assignment_id == Assignment.id)
        .where(
            Assignment.state == AssignmentState.ACCEPTED,
            Assignment.due_on.is_not(None),
            when,
        )
    )
    for part, batch_id, registered_at, at, by_id in session.execute(wanted):
        finished = office_day(part.finished_at)
        done_on = office_day(at) if at else finished
        brought = batch_id is not None and finished == office_day(registered_at)
        if not brought and done_on <= part.due_on:
            yield part, by_id, done_on


def open_ones(session: Session, unit_ids: Sequence[int]) -> Iterator[tuple[Owed, date]]:
    """Yield the reports that units owe now by a limit, each with the day when it is missing."""
    judge = _judge(session)
    wanted = _parts(_first_finals()).where(
        Assignment.unit_id.in_(unit_ids), Assignment.finished_at.is_(None)
    )
    for row in session.execute(wanted.order_by(Assignment.due_on, Assignment.id)):
        owed = _final(row)
        if owed.answered_on is None:
            yield owed, judge.missing_on(owed)


def _judge(session: Session) -> _Judge:
    missing_after = settings.number(session, MISSING_AFTER)
    return _Judge(calendar_of(session), today(session), missing_after)


def _stands_still(part: Assignment, on: date) -> bool:
    return part.stopped_on is not None and part.stopped_on <= on


# -- what was owed ------------------------------------------------------------------------


def _finals(session: Session, first: date, reach: date, last: date) -> Iterator[Owed]:
    """Yield what parts owed by their limits, as far as it can matter in these days."""
    came = _first_finals()
    since = instant_of(first)
    matters = or_(Assignment.due_on >= reach, came.c.at >= since, Assignment.finished_at >= since)
    wanted = _parts(came).where(Assignment.due_on <= last, matters)
    yield from map(_final, session.execute(wanted.order_by(Assignment.id)))


def _first_finals() -> Subquery:
    """Return when each part's head first signed a final report that wasn't withdrawn."""
    signed = and_(Report.confirmed_at.is_not(None), Report.withdrawn_at.is_(None), Report.final)
    return (
        select(Report.assignment_id, func.min(Report.confirmed_at).label("at"))
        .where(signed)
        .group_by(Report.assignment_id)
        .subquery()
    )


def _parts(came: Subquery) -> Select[Assignment, Kind, int | None, datetime, Any]:
    return (
        select(Assignment, Item.kind, Item.batch_id, Item.registered_at, came.c.at)
        .join(Item, Item.id == Assignment.item_id)
        .outerjoin(came, came.c.assignment_id == Assignment.id)
        .where(
            Assignment.due_on.is_not(None),
            Assignment.state != AssignmentState.RELEASED,
            Item.state.not_in(GONE),
        )
    )


def _final(row: Row[Assignment, Kind, int | None, datetime, Any]) -> Owed:
    part, kind, batch_id, registered_at, came_at = row
    at = came_at or part.finished_at
    due_on = part.due_on or office_day(part.assigned_at)
    if batch_id is not None and part.assigned_at <= registered_at:
        due_on = max(due_on, office_day(registered_at))  # nobody could be late here before
    return Owed(part, kind, due_on, office_day(at) if at else None, final=True)


def _interims(session: Session, first: date, last: date) -> Iterator[Owed]:
    """Yield the interim reports that were asked for; past its limit a part owes the final one."""
    told = and_(
        StoryEntry.kind == Happened.INTERIM_DUE.value,
        StoryEntry.at >= instant_of(first),
        StoryEntry.at < instant_of(last + timedelta(days=1)),
    )
    asked = (
        select(StoryEntry.facts, Assignment, Item.kind)
        .join(Assignment, Assignment.id == StoryEntry.assignment_id)
        .join(Item, Item.id == Assignment.item_id)
        .where(told, Assignment.state != AssignmentState.RELEASED, Item.state.not_in(GONE))
        .order_by(StoryEntry.id)
    )
    owed = {
        (part.id, date.fromisoformat(facts["due_on"])): (part, kind)
        for facts, part, kind in session.execute(asked)
    }
    came = _signed(session, told)
    for (part_id, due_on), (part, kind) in owed.items():
        if part.due_on is not None and due_on >= part.due_on:
            continue
        days, ended = came.get(part_id, []), _ended(part)
        answered = min((day for day in (*days, *ended) if day >= due_on), default=None)
        yield Owed(part, kind, due_on, answered, final=False)


def _ended(part: Assignment) -> Sequence[date]:
    return [office_day(part.finished_at)] if part.finished_at else []


def _signed(session: Session, told: ColumnElement[bool]) -> Mapping[int, Sequence[date]]:
    """Return the days on which the heads of the parts that were asked signed reports."""
    found: dict[int, list[date]] = {}
    wanted = select(Report.assignment_id, Report.confirmed_at).where(
        Report.assignment_id.in_(select(StoryEntry.assignment_id).where(told)),
        Report.confirmed_at.is_not(None),
        Report.withdrawn_at.is_(None),
    )
    for part_id, at in session.execute(wanted):
        if at is not None:
            found.setdefault(part_id, []).append(office_day(at))
    return found
