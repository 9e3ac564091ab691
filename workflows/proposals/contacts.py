"""Talking with the proposers before the reply 面商: how, when, with whom, what was said."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engine import Session, now
from workflows import desk, rules, steps, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import ChoiceUnknown, DayAhead
from workflows.proposals import queries
from workflows.story import Happened
from workflows.tables import ContactWay, ProposerContact

PEOPLE = 200
WAYS = tuple(way.value for way in ContactWay)


@dataclass(frozen=True, slots=True)
class Contact:
    """One talk with the proposers."""

    way: ContactWay | str
    met_on: date
    said: str
    people: str = ""


def record_contact(
    session: Session, actor: Actor, task_id: UUID, contact: Contact
) -> ProposerContact:
    """Write down a talk with the proposers; it counts for the reply that is being prepared."""
    errand = steps.take(session, actor, task_id, steps.CONTACT)
    if contact.way not in WAYS:
        raise ChoiceUnknown("way", contact.way, WAYS)
    said = rules.must_say("said", contact.said)
    rules.must_fit("people", contact.people, PEOPLE)
    if contact.met_on > today(session):
        raise DayAhead("met_on", contact.met_on)
    part = store.assignment_of(session, errand.todo.assignment_id)
    talk = ProposerContact(
        assignment_id=part.id,
        attempt=queries.attempt_of(session, part),
        way=ContactWay(contact.way),
        met_on=contact.met_on,
        people=contact.people.strip(),
        said=said,
        recorded_by_id=actor.person_id,
        recorded_at=now(session),
    )
    session.add(talk)
    facts = {"way": talk.way, "on": talk.met_on, "people": talk.people, "said": said}
    story.tell(session, part.item_id, Happened.CONTACTED, actor, facts, part)
    desk.move_on(session, actor, errand.task, "recorded")
    return talk
