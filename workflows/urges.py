"""Urging 催办: by hand, to one or more units, each with a receipt."""

from collections.abc import Sequence

from sqlalchemy import select

from engine import Session, now
from workflows import messages, rules, store, story
from workflows.actors import Actor
from workflows.errors import ChoiceUnknown
from workflows.methods import Method
from workflows.story import Happened
from workflows.tables import Assignment, Item, Role, Urge

CHOICES = tuple(method.value for method in Method)


def urge(
    session: Session, actor: Actor, assignment_ids: Sequence[int], method: str, text: str
) -> Sequence[Urge]:
    """Urge units about their parts; a receipt comes when somebody there opens it."""
    rules.must_have(actor, Role.SUPERVISOR, Role.DIRECTOR)
    said = rules.must_say("text", text)
    if method not in CHOICES:
        raise ChoiceUnknown("method", method, CHOICES)
    parts = store.assignments(session, list(dict.fromkeys(assignment_ids)))
    for part in parts:
        rules.must_be_running(part, "urge")
    urges = [_urge(session, actor, part, method, said) for part in parts]
    session.flush()
    return urges


def open_urges(session: Session, actor: Actor, item_id: int) -> Sequence[Urge]:
    """Leave the receipt of every urge to one's own unit about an item."""
    mine = actor.unit_ids(Role.HANDLER) | actor.unit_ids(Role.UNIT_HEAD)
    wanted = (
        select(Urge, Assignment)
        .join(Assignment, Assignment.id == Urge.assignment_id)
        .where(Urge.item_id == item_id, Urge.read_at.is_(None), Assignment.unit_id.in_(list(mine)))
        .order_by(Urge.id)
    )
    opened = []
    for sent, part in session.execute(wanted):
        sent.read_at, sent.read_by_id = now(session), actor.person_id
        story.tell(session, item_id, Happened.URGE_READ, actor, {"urge_id": sent.id}, part)
        opened.append(sent)
    return opened


def _urge(session: Session, actor: Actor, part: Assignment, method: str, said: str) -> Urge:
    sent = Urge(
        item_id=part.item_id,
        assignment_id=part.id,
        method=method,
        text=said,
        sent_by_id=actor.person_id,
        sent_at=now(session),
    )
    session.add(sent)
    store.note(session, part.item_id, times_urged=Item.times_urged + 1)
    facts = {"method": method, "text": said}
    story.tell(session, part.item_id, Happened.URGED, actor, facts, part)
    messages.to_unit(session, part, "urged", facts)
    return sent
