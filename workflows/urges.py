"""Urging 催办: by hand, to one or more units, each with a receipt."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select

from engine import Session, now
from workflows import messages, rules, settings, store, story
from workflows.actors import Actor
from workflows.calendar import office_day, today
from workflows.errors import ChoiceUnknown, UrgedLately
from workflows.methods import Method
from workflows.story import Happened
from workflows.tables import Assignment, Item, Role, Urge

CHOICES = tuple(method.value for method in Method)


class Sent(NamedTuple):
    """What became of many urges at once: those sent, and the parts that were urged lately."""

    urges: Sequence[Urge]
    spared: Sequence[UrgedLately]


def urge(
    session: Session, actor: Actor, assignment_ids: Sequence[int], method: str, text: str
) -> Sequence[Urge]:
    """Urge units about their parts; a receipt comes when somebody there opens it.

    Who was urged as often as may be for now is spared: the refusal says by whom, and until when.
    """
    sent = urge_many(session, actor, assignment_ids, method, text)
    if sent.spared:
        raise sent.spared[0]
    return sent.urges


def urge_many(
    session: Session, actor: Actor, assignment_ids: Sequence[int], method: str, text: str
) -> Sent:
    """Urge those of many units that weren't urged lately."""
    rules.must_have(actor, Role.SUPERVISOR, Role.DIRECTOR)
    said = rules.must_say("text", text)
    if method not in CHOICES:
        raise ChoiceUnknown("method", method, CHOICES)
    parts = store.assignments(session, list(dict.fromkeys(assignment_ids)), lock=True)
    for part in parts:
        rules.must_be_running(part, "urge")
    spared = {part.id: lately for part in parts if (lately := urged_lately(session, part))}
    urges = [_urge(session, actor, part, method, said) for part in parts if part.id not in spared]
    session.flush()
    return Sent(urges, list(spared.values()))


def urged_lately(session: Session, part: Assignment) -> UrgedLately | None:
    """Say who urged a unit last, and from when on it may be urged again; nothing if it may."""
    most = settings.number(session, "urge.most")
    pause = timedelta(days=settings.number(session, "urge.again_after_days"))
    wanted = select(Urge).where(Urge.assignment_id == part.id).order_by(Urge.id.desc())
    latest = session.scalars(wanted.limit(max(most, 1))).all()
    free_on = office_day(latest[-1].sent_at) + pause if len(latest) >= max(most, 1) else None
    if free_on is None or free_on <= today(session):
        return None
    by = store.person_name(session, latest[0].sent_by_id) or ""
    return UrgedLately(part.unit.name, by, latest[0].sent_at, free_on)


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
