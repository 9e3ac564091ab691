"""Conditions on the ledger's items: who leads, what was reported, and what happened to them when.

What an item was on a day that has gone by is reckoned from what was written down with a date:
closings and re-openings from its story, limits from the changes that leaders consented to, and
the times in which its clock stood still. What an item's own plan made of its light isn't kept,
and so counts as it stands now.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from engine import Session
from workflows import rules
from workflows.calendar import instant_of, today
from workflows.ledger_filter import LedgerFilter
from workflows.lights import Light
from workflows.story import Happened
from workflows.tables import (
    Assignment,
    AssignmentState,
    ChangeDecision,
    ChangeRequest,
    ClockStop,
    Item,
    ItemState,
    LeaderInstruction,
    Part,
    Report,
    Revisit,
    StoryEntry,
    Verdict,
)

ENDS = (Happened.CLOSED, Happened.REFUSED, Happened.WITHDRAWN)
DAY = timedelta(days=1)
NOBODY = 0
"""The unit that leads what no unit leads."""
PART, LATER = aliased(Assignment), aliased(Assignment)
"""A unit's part in an item and one of a later round, named once: a board asks for twelve weeks."""


def conditions(
    session: Session, wanted: LedgerFilter, light: ColumnElement[str]
) -> list[ColumnElement[bool]]:
    """Return what a filter asks of the items' happenings, as conditions."""
    return [*_whose(wanted), *_when(wanted), *_late(session, wanted.late_on, light)]


def lead() -> ColumnElement[int]:
    """Return the unit that leads an item now; :data:`NOBODY` where none does."""
    part = aliased(Assignment)
    found = (
        select(part.unit_id)
        .where(
            part.item_id == Item.id,
            part.round == Item.round,
            part.part == Part.LEAD,
            part.state != AssignmentState.RELEASED,
        )
        .order_by(part.id.desc())
        .limit(1)
        .correlate(Item)
    )
    return func.coalesce(found.scalar_subquery(), NOBODY)


def reported() -> ColumnElement[bool]:
    """Say whether an item has ended, or a last report on it stands that wasn't sent back."""
    part = aliased(Assignment)
    stands = exists(
        select(Report.id)
        .join(part, part.id == Report.assignment_id)
        .where(
            Report.item_id == Item.id,
            part.round == Item.round,
            Report.final,
            Report.withdrawn_at.is_(None),
            or_(Report.verdict.is_(None), Report.verdict != Verdict.RETURNED),
        )
        .correlate(Item)
    )
    left = Item.state.not_in(rules.ALIVE)
    return case((left, literal(1)), (stands, literal(1)), else_=literal(0)) == 1


def _whose(wanted: LedgerFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.leads:
        yield lead().in_(wanted.leads)
    if wanted.sponsors:
        yield Item.sponsor_post_id.in_(wanted.sponsors)
    if wanted.instructors:
        said = exists(
            select(LeaderInstruction.id).where(
                LeaderInstruction.item_id == Item.id,
                LeaderInstruction.post_id.in_(wanted.instructors),
            )
        )
        yield or_(Item.instructing_post_id.in_(wanted.instructors), said)
    if wanted.holder_id is not None:
        part = aliased(Assignment)
        yield exists(
            select(part.id).where(
                part.item_id == Item.id,
                part.unit_id == wanted.holder_id,
                part.round == Item.round,
                part.state.not_in(rules.FINISHED),
                Item.state == ItemState.OPEN,
            )
        )


def _when(wanted: LedgerFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.reported:
        yield reported()
    registered = list(_within(Item.registered_at, wanted.registered_from, wanted.registered_to))
    if registered:
        yield and_(*registered, Item.state != ItemState.REFUSED)
    closed = list(_within(StoryEntry.at, wanted.closed_from, wanted.closed_to))
    if closed:
        ends = select(StoryEntry.item_id).where(StoryEntry.kind == Happened.CLOSED, *closed)
        yield and_(Item.id.in_(ends), Item.state != ItemState.CANCELLED)
        yield _stayed_closed(wanted.closed_to)
    visited = list(_within(Revisit.done_at, wanted.visited_from, wanted.visited_to))
    if wanted.unsolved:
        visited.append(Revisit.solved.is_(False))
    if visited:
        yield Item.id.in_(select(Revisit.item_id).where(Revisit.done_at.is_not(None), *visited))


def _stayed_closed(last: date | None) -> ColumnElement[bool]:
    """Say whether an item wasn't taken up again up to the end of a day, or until now."""
    if last is None or last == date.max:
        return Item.state == ItemState.CLOSED
    again = _last_end(instant_of(last + DAY)) == Happened.REOPENED
    return or_(Item.times_reopened == 0, not_(again))


def _within(
    moment: InstrumentedAttribute[Any], first: date | None, last: date | None
) -> Iterator[ColumnElement[bool]]:
    """Compare a moment with office days; both ends belong to it."""
    if first is not None and first > date.min:
        yield moment >= instant_of(first)
    if last is not None and last < date.max:
        yield moment < instant_of(last + DAY)


def _late(
    session: Session, day: date | None, light: ColumnElement[str]
) -> Iterator[ColumnElement[bool]]:
    """Say whether an item was past its limit as a day ended; today its light says so."""
    if day is None:
        return
    if day >= today(session):
        yield light == Light.RED.value
        return
    end = instant_of(day + DAY)
    yield or_(Item.state.in_(rules.ALIVE), Item.closed_at >= end)
    by_plan = and_(Item.state.in_(rules.ALIVE), Item.plan_red_on <= day)
    yield or_(by_plan, _past_its_limit(day, end))
    ran_then = func.coalesce(_last_end(end), Happened.REOPENED) == Happened.REOPENED
    yield or_(Item.times_reopened == 0, ran_then)


def _last_end(end: datetime) -> ColumnElement[str]:
    """Return by what an item ended last before a moment, or that it was taken up again."""
    found = (
        select(StoryEntry.kind)
        .where(
            StoryEntry.item_id == Item.id,
            StoryEntry.at < end,
            StoryEntry.kind.in_((*ENDS, Happened.REOPENED)),
        )
        .order_by(StoryEntry.at.desc(), StoryEntry.id.desc())
        .limit(1)
    )
    return found.correlate(Item).scalar_subquery()


def _past_its_limit(day: date, end: datetime) -> ColumnElement[bool]:
    before = (
        select(ChangeRequest.old_due_on)
        .where(
            ChangeRequest.assignment_id == PART.id,
            ChangeRequest.decision == ChangeDecision.CONSENTED,
            ChangeRequest.decided_at >= end,
            ChangeRequest.new_due_on.is_not(None),
        )
        .order_by(ChangeRequest.decided_at)
        .limit(1)
        .correlate(PART)
        .scalar_subquery()
    )
    stopped = (
        select(func.min(ClockStop.since))
        .where(
            ClockStop.assignment_id == PART.id,
            ClockStop.since <= day,
            or_(ClockStop.until.is_(None), ClockStop.until > day),
        )
        .correlate(PART)
        .scalar_subquery()
    )
    newer = exists(
        select(LATER.id).where(
            LATER.item_id == PART.item_id, LATER.round > PART.round, LATER.assigned_at < end
        )
    )
    extended = and_(Item.times_extended > 0, before.is_not(None))
    due_on = case((extended, before), else_=PART.due_on)
    return exists(
        select(PART.id)
        .where(
            PART.item_id == Item.id,
            PART.part == Part.LEAD,
            PART.state != AssignmentState.RELEASED,
            PART.assigned_at < end,
            due_on < day,
            due_on < func.coalesce(stopped, day),
            or_(PART.round == Item.round, ~newer),
        )
        .correlate(Item)
    )
