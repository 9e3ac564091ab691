"""The running clocks of units' parts: what sets them off, stops and moves them, how far they go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select

import engine
from engine import Session
from workflows import kinds, limits, messages, periods, rules, steps, store, story
from workflows.calendar import office_day, today
from workflows.reckoning import Due, Stop, Why, is_fixed, stopped_in_all
from workflows.story import Happened, plain
from workflows.tables import (
    Assignment,
    ClockStop,
    Item,
    Part,
    StartEvent,
    StopCause,
    Todo,
)

STOPPED_BY: Mapping[str, StopCause] = {
    steps.OBJECTION: StopCause.OBJECTION,
    steps.ADVISE_CHANGE: StopCause.CHANGE,
    steps.CONSENT: StopCause.CHANGE,
    steps.REVIEW: StopCause.REVIEW,
}
"""The steps that stop the clock of their part while they wait, where its rule says so."""

OWN_LIMIT = "due.limit"


class Term(NamedTuple):
    """Until when a todo should be done, from when its light is yellow, and why that day."""

    due_on: date | None = None
    warn_on: date | None = None
    why: Why = []  # noqa: RUF012 (nobody writes into it)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How often a part may be extended, how often it was, and until which day at most."""

    rule: str
    times: int
    used: int
    last: date | None

    @property
    def left(self) -> int:
        """Return how many extensions are left."""
        return max(0, self.times - self.used)


# -- which rule, from which day ---------------------------------------------------------


def rule_of(session: Session, part: Assignment) -> str:
    """Return the name of the rule by which a unit's part is due."""
    named = (each["name"] for each in part.due_why if each["kind"] == "limit")
    own = next((name for name in named if name in limits.PARTS), None)
    return own or kinds.limit_of(session.get_one(Item, part.item_id), part.part)


def first_due(session: Session, item: Item, part: Part) -> Due:
    """Return the limit of a part that is handed over today, by the rule of its kind.

    Where it begins with the receipt, it is reckoned from the last day for that.
    """
    name, day = kinds.limit_of(item, part), today(session)
    event = limits.clause_of(session, name).starts
    return limits.due_date(session, start_day(session, event, item.id, None, day), name)


def step_due(session: Session, name: str, item_id: int, part: Assignment | None) -> Due:
    """Return until when a step that opens now is to be done, by the rule or the time it names."""
    span, day = limits.written(name), today(session)
    if span is not None:
        return limits.due_date(session, day, span)
    event = limits.clause_of(session, name).starts
    return limits.due_date(session, start_day(session, event, item_id, part, day), name)


def start_day(
    session: Session, event: StartEvent, item_id: int, part: Assignment | None, day: date
) -> date:
    """Return the day of an event; of one that is still to come, until when it has to."""
    match event:
        case StartEvent.REGISTERED:
            return office_day(session.get_one(Item, item_id).registered_at)
        case StartEvent.HANDED_OVER if part is not None:
            return office_day(part.assigned_at)
        case StartEvent.ACKNOWLEDGED if part is not None and part.acknowledged_at is not None:
            return office_day(part.acknowledged_at)
        case StartEvent.ACKNOWLEDGED:
            handed_on = office_day(part.assigned_at) if part else day
            return limits.due_date(session, handed_on, steps.ACKNOWLEDGE).on
        case StartEvent.CLOSED:
            closed_at = session.get_one(Item, item_id).closed_at
            return office_day(closed_at) if closed_at else day
        case _:
            return day


def objection_window(session: Session, part: Assignment) -> Due:
    """Return until when a unit may object to its part, by the rule of its kind."""
    window = limits.clause_of(session, rule_of(session, part)).objection or limits.WINDOWS[0]
    return limits.due_date(session, office_day(part.assigned_at), window)


def stops_for(session: Session, part: Assignment, cause: StopCause) -> bool:
    """Say whether a part's clock stands still during this, by its rule."""
    return cause in limits.clause_of(session, rule_of(session, part)).stops


def ceiling_of(session: Session, part: Assignment) -> Ceiling:
    """Return how often and how far a part's limit may be extended in all.

    The days on which its clock stood still don't count against it.
    """
    name = rule_of(session, part)
    clause = limits.clause_of(session, name)
    used = sum(each["kind"] == "extended" for each in part.due_why)
    return Ceiling(name, clause.extensions, used, furthest(session, part).due_on)


def furthest(session: Session, part: Assignment) -> Term:
    """Return until when a part can be extended at the latest, and why that day."""
    clause = limits.clause_of(session, rule_of(session, part))
    began, first = began_on(part), part.original_due_on
    if first is None:
        return Term()
    if clause.longest is not None:
        due = limits.reckoner(session).due(began, clause.longest, clause.starts)
        last, why = due.on, due.why
    else:
        last = first + (first - began)
        told = {"from": began.isoformat(), "first": first.isoformat(), "on": last.isoformat()}
        why = [{"kind": "doubled", **told}]
    stopped = stopped_in_all(part.due_why)
    if stopped:
        last += timedelta(days=stopped)
        why = [*why, {"kind": "added", "days": stopped, "on": last.isoformat()}]
    return Term(last, None, why)


def began_on(part: Assignment) -> date:
    """Return the day of the event that set a part's clock running."""
    starts = (each["on"] for each in part.due_why if each["kind"] == "start")
    first = next(starts, None)
    return date.fromisoformat(first) if first else office_day(part.assigned_at)


# -- stopping and going on --------------------------------------------------------------


def stop(session: Session, part: Assignment, cause: StopCause) -> bool:
    """Stop a part's clock if its rule says so; say whether this cause holds it now.

    A limit that has passed already isn't stopped.
    """
    day = today(session)
    if part.state in rules.FINISHED or part.due_on is None:
        return False
    if part.due_on < (part.stopped_on or day):
        return False
    if not stops_for(session, part, cause):
        return False
    if any(each.cause is cause for each in _open_stops(session, part)):
        return True
    session.add(ClockStop(assignment_id=part.id, cause=cause, since=day))
    if part.stopped_on is None:
        _stand_still(session, part, day)
        engine.reschedule(session, str(part.item_id))
    story.tell(session, part.item_id, Happened.CLOCK_STOPPED, None, {"cause": cause}, part)
    return True


def resume(session: Session, part: Assignment, cause: StopCause) -> None:
    """End a stop: the limit moves by the days on which nothing else had stopped it.

    Where this cause doesn't hold the clock, nothing happens.
    """
    held = _open_stops(session, part)
    ended = next((each for each in held if each.cause is cause), None)
    if ended is None:
        return
    ended.until = today(session)
    if len(held) == 1:
        _stand_still(session, part, None)
        engine.reschedule(session, str(part.item_id))
    if ended.until == ended.since or part.due_on is None:
        story.tell(session, part.item_id, Happened.CLOCK_RESUMED, None, {"cause": cause}, part)
        return
    old = part.due_on
    over = Stop(cause.value, ended.since, ended.until)
    due = limits.reckoner(session).stopped(part.due_why, office_day(part.assigned_at), old, over)
    move(session, part, due)
    facts = {"cause": cause, "since": ended.since, "old": old, "new": due.on}
    story.tell(session, part.item_id, Happened.CLOCK_RESUMED, None, facts, part)
    if due.on != old and part.state not in rules.FINISHED:
        messages.to_unit(session, part, "limit_moved", {**facts, "because": "stopped"})


def pass_on(session: Session, part: Assignment, successor: Assignment) -> None:
    """Let what stops a part's clock stop that of the part that takes its place."""
    for held in _open_stops(session, part):
        held.assignment_id = successor.id
    successor.stopped_on, part.stopped_on = part.stopped_on, None


def acknowledged(session: Session, part: Assignment) -> None:
    """Set the clock off on the day of the receipt, where the part's rule begins with it."""
    name = rule_of(session, part)
    started = any(each.get("event") == StartEvent.ACKNOWLEDGED for each in part.due_why)
    if not started or is_fixed(part.due_why):
        return
    starts = {name: (today(session), StartEvent.ACKNOWLEDGED)}
    due = limits.reckoner(session).again(part.due_why, today(session), starts=starts)
    if due is not None:
        part.original_due_on = due.on
        move(session, part, due)


def extend(session: Session, part: Assignment, to: date, asked_on: date) -> None:
    """Move a part's limit to the day that was consented to; the first one is kept."""
    said = {
        "kind": "extended",
        "asked": asked_on.isoformat(),
        "decided": today(session).isoformat(),
        "from": plain(part.due_on),
        "to": to.isoformat(),
    }
    due = limits.reckoner(session).again([*part.due_why, said], office_day(part.assigned_at))
    if due is not None:
        move(session, part, due)


def _open_stops(session: Session, part: Assignment) -> list[ClockStop]:
    if part.stopped_on is None:
        return []
    wanted = select(ClockStop).where(ClockStop.assignment_id == part.id, ClockStop.until.is_(None))
    return list(session.scalars(wanted.order_by(ClockStop.id)))


def _stand_still(session: Session, part: Assignment, since: date | None) -> None:
    part.stopped_on = since
    if leads(session, part):
        store.note(session, part.item_id, stopped_on=since)


# -- moving -----------------------------------------------------------------------------


def move(session: Session, part: Assignment, due: Due) -> None:
    """Give a part another limit; the item, what waits under it, and the timers follow."""
    part.due_on, part.due_why = due.on, due.why
    part.warn_on, part.warn_again_on = due.warn_on, due.warn_again_on
    if leads(session, part):
        store.note(session, part.item_id, due_on=due.on, warn_on=due.warn_on, due_why=due.why)
    _pass_down(session, part)


def report_by(session: Session, part: Assignment, day: date | None) -> None:
    """Let a part's next interim report be due on another day, or let none be due."""
    part.interim_due_on = day
    _pass_down(session, part)


def _pass_down(session: Session, part: Assignment) -> None:
    """Let what waits under a part's limit, and the timers, follow it."""
    for task in engine.open_tasks(session, str(part.item_id)):
        todo = session.get(Todo, task.id)  # one that just opens has none yet, and reads the part
        if todo and task.limit == OWN_LIMIT and task.data.get("assignment") == part.id:
            give(todo, own_term(session, part, task.step))
    engine.reschedule(session, str(part.item_id))


def give(todo: Todo, term: Term) -> None:
    """Give a todo its day."""
    todo.due_on, todo.warn_on, todo.due_why = term


def own_term(session: Session, part: Assignment, step: str) -> Term:
    """Return a part's limit; a report is due with the next interim one, if that is earlier."""
    interim = part.interim_due_on
    if step == steps.REPORT and interim and (part.due_on is None or interim < part.due_on):
        item = session.get_one(Item, part.item_id)
        why = periods.reason(session, item, office_day(part.assigned_at), interim)
        return Term(interim, interim, why)
    return Term(part.due_on, part.warn_on, part.due_why)


def leads(session: Session, part: Assignment) -> bool:
    """Say whether the item repeats this part's limit: it leads the present round."""
    item = session.get_one(Item, part.item_id)
    return part.part is Part.LEAD and part.round == item.round
