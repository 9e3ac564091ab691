"""Giving an item to another supervisor 改派: the director says who looks after it from now on."""

from collections.abc import Sequence

from engine import Session
from workflows import notices, rules, store, story
from workflows.actors import Actor, holders
from workflows.errors import PersonUnknown
from workflows.story import Happened
from workflows.tables import Item, Person, Role


def hand_to_supervisor(session: Session, actor: Actor, item_id: int, person_id: int) -> Item:
    """Let another supervisor look after an item; what waits for the office waits for them."""
    store.visible_item(session, actor, item_id)
    rules.must_have(actor, Role.DIRECTOR)
    item = store.item_to_change(session, item_id)
    rules.must_be_alive(item, "hand_to_supervisor")
    chosen = {person.id: person for person in supervisors(session)}.get(person_id)
    if chosen is None:
        raise PersonUnknown(person_id)
    if item.supervisor_id == person_id:
        return item
    before = item.supervisor
    item.supervisor_id = person_id
    facts = {"from": before.name if before else "", "to": chosen.name}
    story.tell(session, item, Happened.SUPERVISOR_CHANGED, actor, facts)
    told = [person for person in (before, chosen) if person is not None]
    notices.notify(session, told, "supervisor_changed", item, facts)
    return item


def supervisors(session: Session) -> Sequence[Person]:
    """Return who may look after an item."""
    return holders(session, Role.SUPERVISOR)
