"""What was written down with a date: how items stood, who answered for them, their limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import load_only

from engine import Session
from workflows.calendar import instant_of, office_day
from workflows.story import Happened
from workflows.tables import (
    Assignment,
    AssignmentState,
    ChangeDecision,
    ChangeRequest,
    ClockStop,
    ItemState,
    Report,
    StoryEntry,
    Unit,
    Verdict,
)
from workflows.tables import Part as Share

STANDS: Mapping[str, ItemState] = {
    Happened.REGISTERED.value: ItemState.REGISTERED,
    Happened.NUMBERED.value: ItemState.OPEN,
    Happened.ASSIGNED.value: ItemState.OPEN,
    Happened.REOPENED.value: ItemState.OPEN,
    Happened.CLOSED.value: ItemState.CLOSED,
    Happened.REFUSED.value: ItemState.REFUSED,
}
"""How an item stands after a line of its story."""
LOOKED_AT = (
    Assignment.item_id,
    Assignment.unit_id,
    Assignment.round,
    Assignment.state,
    Assignment.due_on,
    Assignment.warn_on,
    Assignment.stopped_on,
    Assignment.finished_at,
)
"""What is read of a unit's part."""
ANSWERS = (Share.LEAD, Share.SEPARATE)
"""Whoever takes part like this answers for the item; co-units don't."""


@dataclass(frozen=True, slots=True)
class Answering:
    """A unit that answers for an item, with its limit as it was."""

    item_id: int
    unit_id: int
    unit: str
    round: int
    due_on: date | None
    warn_on: date | None
    stopped_on: date | None
    done_on: date | None
    returned: bool


def _end_of(moment: date) -> datetime:
    return instant_of(moment + timedelta(days=1))


def events(
    session: Session, ids: Select[int], moment: date
) -> Mapping[int, list[tuple[datetime, ItemState]]]:
    """Return after which moments each item stood how, up to the end of a day."""
    wanted = (
        select(StoryEntry.item_id, StoryEntry.at, StoryEntry.kind)
        .where(
            StoryEntry.item_id.in_(ids),
            StoryEntry.kind.in_(STANDS),
            StoryEntry.at < _end_of(moment),
        )
        .order_by(StoryEntry.at, StoryEntry.id)
    )
    found: dict[int, list[tuple[datetime, ItemState]]] = {}
    for item_id, at, kind in session.execute(wanted):
        found.setdefault(item_id, []).append((at, STANDS[kind]))
    return found


def answering(
    session: Session, ids: Select[int], moment: date, *, past: bool
) -> Mapping[int, list[Answering]]:
    """Return who answered for each item: the leading unit first, those of the last round only."""
    moved = _limits_moved_after(session, moment) if past else {}
    stops = _stops_at(session, moment) if past else {}
    found: dict[int, list[Answering]] = {}
    for part, unit, signed in session.execute(_parts(ids, moment)):
        if _let_go(part, moment, past=past):
            continue
        share = Answering(
            item_id=part.item_id,
            unit_id=part.unit_id,
            unit=unit,
            round=part.round,
            due_on=moved.get(part.id, part.due_on),
            warn_on=None if part.id in moved else part.warn_on,
            stopped_on=stops.get(part.id) if past else part.stopped_on,
            done_on=_day(signed or part.finished_at),
            returned=part.state is AssignmentState.RETURNED,
        )
        known = found.setdefault(part.item_id, [])
        if known and known[0].round < share.round:
            known.clear()
        known.append(share)
    return found


def _parts(ids: Select[int], moment: date) -> Any:  # noqa: ANN401 (what it selects says so)
    """Select the parts handed out up to a day, each with its unit and when it was reported done."""
    signed = (
        select(func.max(Report.confirmed_at))
        .where(Report.assignment_id == Assignment.id, Report.final)
        .where(Report.verdict == Verdict.ACCEPTED)
        .correlate(Assignment)
        .scalar_subquery()
    )
    return (
        select(Assignment, Unit.name, signed)
        .options(load_only(*LOOKED_AT))
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(
            Assignment.item_id.in_(ids),
            Assignment.part.in_(ANSWERS),
            Assignment.assigned_at < _end_of(moment),
        )
        .order_by(Assignment.item_id, Assignment.round, Assignment.part, Assignment.id)
    )


def _let_go(part: Assignment, moment: date, *, past: bool) -> bool:
    if part.state is not AssignmentState.RELEASED:
        return False
    gone = _day(part.finished_at)
    return not past or gone is None or gone <= moment


def _day(at: datetime | None) -> date | None:
    return None if at is None else office_day(at)


def _limits_moved_after(session: Session, moment: date) -> Mapping[int, date | None]:
    """Return the limits that held at the end of a day where a leader moved them later."""
    wanted = (
        select(ChangeRequest.assignment_id, ChangeRequest.old_due_on)
        .where(
            ChangeRequest.decision == ChangeDecision.CONSENTED,
            ChangeRequest.decided_at >= _end_of(moment),
            ChangeRequest.new_due_on.is_not(None),
        )
        .order_by(ChangeRequest.id.desc())
    )
    return dict(session.execute(wanted).all())


def _stops_at(session: Session, moment: date) -> Mapping[int, date]:
    wanted = select(ClockStop.assignment_id, ClockStop.since).where(
        ClockStop.since <= moment, ClockStop.until.is_(None) | (ClockStop.until > moment)
    )
    return dict(session.execute(wanted).all())
