"""A co-unit's opinion 会办意见 to the unit that replies."""

from uuid import UUID

from engine import Session, now
from workflows import desk, messages, rules, steps, store, story
from workflows.actors import Actor
from workflows.proposals import queries
from workflows.story import Happened
from workflows.tables import AssignmentState, CoOpinion, Part


def give_opinion(session: Session, actor: Actor, task_id: UUID, said: str) -> CoOpinion:
    """Give the lead unit an opinion; with it the co-unit's part is done."""
    errand = steps.take(session, actor, task_id, steps.OPINION)
    words = rules.must_say("said", said)
    part = store.assignment_of(session, errand.todo.assignment_id)
    opinion = CoOpinion(
        assignment_id=part.id, said=words, author_id=actor.person_id, given_at=now(session)
    )
    session.add(opinion)
    part.state, part.finished_at = AssignmentState.ACCEPTED, now(session)
    story.tell(session, part.item_id, Happened.OPINION_GIVEN, actor, {"said": words}, part)
    for lead in queries.leading_parts(session, part.item_id):
        if lead.part is Part.LEAD and lead.round == part.round:
            messages.to_unit(session, lead, "opinion_given", {"unit": part.unit.name})
    desk.move_on(session, actor, errand.task, "give")
    return opinion
