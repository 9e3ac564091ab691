"""约谈: the head of a unit is spoken with, and what was said is written down."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engine import Session, now
from workflows import desk, rules, steps, store
from workflows.actors import Actor
from workflows.calendar import office_day, today
from workflows.errors import DayOutside
from workflows.ladder.rungs import tell_delivered, waiting_rung
from workflows.story import Happened
from workflows.tables import Interview

NAME = 200


@dataclass(frozen=True, slots=True)
class InterviewText:
    """What the record of an interview says."""

    held_on: date
    place: str
    interviewer: str
    interviewed: str
    record: str


def hold_interview(session: Session, actor: Actor, task_id: UUID, text: InterviewText) -> Interview:
    """Record an interview that was held after the director had approved it."""
    errand = steps.take(session, actor, task_id, steps.HOLD_INTERVIEW)
    rung = waiting_rung(session, errand)
    first, last = office_day(rung.decided_at or rung.at), today(session)
    if not first <= text.held_on <= last:
        raise DayOutside("held_on", text.held_on, first, last)
    interview = Interview(
        escalation_id=rung.id,
        held_on=text.held_on,
        place=rules.must_say("place", text.place, NAME),
        interviewer=rules.must_say("interviewer", text.interviewer, NAME),
        interviewed=rules.must_say("interviewed", text.interviewed, NAME),
        record=rules.must_say("record", text.record),
        recorded_by_id=actor.person_id,
        recorded_at=now(session),
    )
    session.add(interview)
    part = store.assignment_of(session, rung.assignment_id)
    tell_delivered(session, part, rung, Happened.INTERVIEWED, actor)
    desk.move_on(session, actor, errand.task, "held")
    return interview
