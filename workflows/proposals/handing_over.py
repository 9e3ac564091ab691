"""Handing proposals to units: one by one, or a whole session's at its meeting 交办会."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engine import Session, now
from workflows import rules, store, story
from workflows.actors import Actor
from workflows.assignments import UnitTask, assign_item
from workflows.calendar import today
from workflows.errors import ChoiceUnknown, DayAhead, HandlingUnfit, UnitsMissing
from workflows.proposals import queries
from workflows.story import Happened
from workflows.tables import (
    Assignment,
    Handling,
    HandoverMeeting,
    Part,
    Role,
)

PLACE = 80
HANDLINGS = tuple(each.value for each in Handling)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting: which session's, when, where, and its minutes."""

    session: str
    held_on: date
    minutes: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class HandOut:
    """One proposal as it is handed out: to whom, and how the units share it."""

    task_id: UUID
    lead: UnitTask | None
    others: tuple[UnitTask, ...] = ()
    handling: Handling | str = Handling.LEAD_CO


def assign_proposal(session: Session, actor: Actor, handed: HandOut) -> Sequence[Assignment]:
    """Hand one proposal to its units; handled separately, each of them replies itself."""
    if handed.handling not in HANDLINGS:
        raise ChoiceUnknown("handling", handed.handling, HANDLINGS)
    handling = Handling(handed.handling)
    if (handling is Handling.SINGLE) == bool(handed.others):
        raise HandlingUnfit(handling, len(handed.others))
    item_id = store.visible_todo(session, actor, handed.task_id).item_id
    if handed.lead is None:
        raise UnitsMissing([queries.proposal_of(session, item_id).number])
    share = Part.SEPARATE if handling is Handling.SEPARATE else Part.CO
    parts = assign_item(session, actor, handed.task_id, handed.lead, handed.others, share)
    queries.proposal_of(session, item_id).handling = handling
    return parts


def hold_meeting(
    session: Session, actor: Actor, meeting: Meeting, handed: Sequence[HandOut]
) -> HandoverMeeting:
    """Hand every waiting proposal of a session to its units at once; none may be left out."""
    rules.must_have(actor, Role.SUPERVISOR)
    minutes = rules.must_say("minutes", meeting.minutes)
    rules.must_fit("place", meeting.place, PLACE)
    if meeting.held_on > today(session):
        raise DayAhead("held_on", meeting.held_on)
    by_task = {each.task_id: each for each in handed}
    due = queries.waiting(session, meeting.session)
    units_of = [(proposal, by_task.get(todo.task_id)) for todo, _, proposal in due]
    missing = [one.number for one, given in units_of if given is None or given.lead is None]
    if missing or not due:
        raise UnitsMissing(missing)

    held = HandoverMeeting(
        session=meeting.session,
        held_on=meeting.held_on,
        place=meeting.place.strip(),
        minutes=minutes,
        recorded_by_id=actor.person_id,
        recorded_at=now(session),
    )
    session.add(held)
    session.flush()
    for todo, item, proposal in due:
        assign_proposal(session, actor, by_task[todo.task_id])
        proposal.meeting_id = held.id
        facts = {"session": held.session, "on": held.held_on}
        story.tell(session, item, Happened.HANDED_AT_MEETING, actor, facts)
    return held
