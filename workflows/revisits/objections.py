"""Objections to a visit's conclusion: made by a unit in time, decided by somebody else."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

import engine
from engine import Session, now
from workflows import desk, limits, messages, rules, steps, store, story
from workflows.actors import Actor
from workflows.calendar import office_day, today
from workflows.errors import AlreadyAsked, NotNow, RevisitUnknown, VisitorDecides
from workflows.revisits.visits import OBJECT, visitors_of
from workflows.story import Happened
from workflows.tables import Assignment, Revisit, RevisitObjection

CONCLUSION_REVIEW = "conclusion_review"
"""The process by which an objection is decided."""


def objection_until(session: Session, revisit: Revisit) -> date | None:
    """Return the last day on which a unit may object to a conclusion; none before there is one."""
    if revisit.done_at is None:
        return None
    return limits.due_date(session, office_day(revisit.done_at), OBJECT).on


def object_to_conclusion(
    session: Session, actor: Actor, revisit_id: int, assignment_id: int, reason: str
) -> RevisitObjection:
    """Object to what a visit concluded, for one of the units that it is about."""
    revisit, part = _visited_part(session, actor, revisit_id, assignment_id)
    rules.must_speak_for(actor, part.unit_id)
    said = rules.must_give_reason(reason)
    until = objection_until(session, revisit)
    if until is None:
        raise NotNow("object_to_conclusion", "pending")
    rules.must_be_in_window(until, today(session))
    earlier = _objection(session, revisit.id, part.id)
    if earlier is not None:
        raise AlreadyAsked("object_to_conclusion", earlier.made_at)

    objection = RevisitObjection(
        revisit_id=revisit.id,
        assignment_id=part.id,
        reason=said,
        made_by_id=actor.person_id,
        made_at=now(session),
    )
    session.add(objection)
    session.flush()
    facts = {"reason": said}
    story.tell(session, part.item_id, Happened.CONCLUSION_OBJECTED, actor, facts, part)
    messages.to_supervisor(session, part, "conclusion_objected", facts)
    session.info[desk.SENDER] = actor.person_id
    data = {"assignment": part.id, "objection": objection.id}
    engine.start(session, CONCLUSION_REVIEW, data, key=str(part.item_id), by=actor.by)
    return objection


def decide_conclusion(
    session: Session, actor: Actor, task_id: UUID, opinion: str, *, upheld: bool
) -> RevisitObjection:
    """Decide on an objection: a conclusion that it holds against is set aside."""
    errand = steps.take(session, actor, task_id, steps.CONCLUSION)
    said = rules.must_give_reason(opinion, "opinion")
    objection = session.get_one(RevisitObjection, int(errand.task.data["objection"]))
    revisit = session.get_one(Revisit, objection.revisit_id)
    if actor.person_id in visitors_of(revisit):
        raise VisitorDecides(revisit.id)
    objection.upheld, objection.opinion = upheld, said
    objection.decided_by_id, objection.decided_at = actor.person_id, now(session)
    part = store.assignment_of(session, objection.assignment_id)
    facts = {"upheld": upheld, "opinion": said, "solved": revisit.solved}
    story.tell(session, part.item_id, Happened.CONCLUSION_DECIDED, actor, facts, part)
    messages.to_unit(session, part, "conclusion_decided", facts)
    messages.to_supervisor(session, part, "conclusion_decided", facts)
    desk.move_on(session, actor, errand.task, "uphold" if upheld else "keep")
    return objection


def objections_of(session: Session, item_id: int) -> Sequence[RevisitObjection]:
    """Return what units objected to the conclusions about an item, the oldest first."""
    wanted = select(RevisitObjection).join(Revisit, Revisit.id == RevisitObjection.revisit_id)
    return session.scalars(
        wanted.where(Revisit.item_id == item_id).order_by(RevisitObjection.id)
    ).all()


def _visited_part(
    session: Session, actor: Actor, revisit_id: int, assignment_id: int
) -> tuple[Revisit, Assignment]:
    """Return a visit and a part of the round that it looked at, both visible to the actor."""
    wanted = select(Revisit).where(Revisit.id == revisit_id, store.visits_open_to(actor))
    revisit = session.scalars(wanted.with_for_update()).one_or_none()
    if revisit is None:
        raise RevisitUnknown(revisit_id)
    part = store.visible_part(session, actor, assignment_id)
    if (part.item_id, part.round) != (revisit.item_id, revisit.round):
        raise RevisitUnknown(revisit_id)
    return revisit, part


def _objection(session: Session, revisit_id: int, part_id: int) -> RevisitObjection | None:
    wanted = select(RevisitObjection).where(
        RevisitObjection.revisit_id == revisit_id, RevisitObjection.assignment_id == part_id
    )
    return session.scalars(wanted).one_or_none()
