"""Registering items, the director's approval, and who may see them."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

import engine
from engine import Session, now
from workflows import desk, kinds, periods, routes, rules, secrecy, steps, store, story
from workflows.actors import Actor
from workflows.calendar import today
from workflows.closing import close_item
from workflows.errors import ChoiceUnknown, DetailsMissing, KindFixed, PostRefused, SoundsSecret
from workflows.store import visible_item, visible_to
from workflows.story import Happened
from workflows.tables import Item, ItemState, Kind, Period, Post, Role, Source, Urgency

__all__ = [
    "Details",
    "Registration",
    "amend_registration",
    "approve_item",
    "close_item",
    "must_be_sound",
    "register_item",
    "visible_item",
    "visible_to",
]

TITLE, NAME = 200, 80
SUBMITTED = "submit"


class Details(Protocol):
    """What an item of one kind says beside the fields that every item has."""

    @property
    def kind(self) -> Kind:
        """The kind whose details these are."""

    def check(self, session: Session) -> None:
        """Refuse what can't be so; nothing is written yet."""

    def keep(self, session: Session, item: Item) -> None:
        """Write them down with the item, instead of any written before."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What the office writes down about a matter when it opens it."""

    source: Source
    basis: str
    title: str
    urgency: Urgency
    secret: bool
    target: str = ""
    instructing_post_id: int | None = None
    sponsor_post_id: int | None = None
    planned_due_on: date | None = None
    reporting_period: Period | None = None
    responsible_person: str = ""
    contact: str = ""
    remarks: str = ""
    revisit_asked: bool = False
    secret_checked: bool = False
    details: Details | None = None

    @property
    def kind(self) -> Kind:
        """Return the kind that its source's items are, and the name of their diagram."""
        return kinds.runs_as(self.source)


def register_item(session: Session, actor: Actor, registration: Registration) -> Item:
    """Open an item, start its diagram and send it on from its first step."""
    rules.must_have(actor, Role.SUPERVISOR)
    must_be_sound(session, registration)
    item = Item(
        kind=registration.kind,
        registered_by_id=actor.person_id,
        supervisor_id=actor.person_id,
        registered_at=now(session),
    )
    _fill(session, item, registration)
    session.add(item)
    session.flush()
    _keep_details(session, item, registration)
    story.tell(session, item, Happened.REGISTERED, actor, {"source": item.source})

    session.info[desk.SENDER] = actor.person_id
    instance = engine.start(
        session,
        routes.process_of(session, item.source),
        _facts(item),
        key=str(item.id),
        by=actor.by,
    )
    item.instance_id = instance.id
    for task in engine.open_tasks(session, str(item.id)):
        if task.step == steps.REGISTER:
            desk.move_on(session, actor, task, SUBMITTED, _facts(item))
    return item


def amend_registration(
    session: Session, actor: Actor, task_id: UUID, registration: Registration
) -> Item:
    """Write a returned item down again, and send it on."""
    errand = steps.take(session, actor, task_id, steps.REGISTER)
    must_be_sound(session, registration)
    item = store.item_to_change(session, errand.todo.item_id)
    if item.kind is not registration.kind:
        raise KindFixed(item.kind, registration.kind)
    _fill(session, item, registration)
    _keep_details(session, item, registration)
    story.tell(session, item, Happened.AMENDED, actor)
    desk.move_on(session, actor, errand.task, SUBMITTED, _facts(item))
    return item


def approve_item(
    session: Session, actor: Actor, task_id: UUID, outcome: str, reason: str = ""
) -> Item:
    """Approve an item, return it to be written again, or refuse to open it."""
    if outcome not in ANSWERS:
        raise ChoiceUnknown("outcome", outcome, list(ANSWERS))
    errand = steps.take(session, actor, task_id, steps.APPROVE)
    said = reason.strip() if outcome == "approve" else rules.must_give_reason(reason)
    item = store.item_to_change(session, errand.todo.item_id)
    if outcome == "refuse":
        item.state = ItemState.REFUSED
    story.tell(session, item, ANSWERS[outcome], actor, {"reason": said})
    desk.move_on(session, actor, errand.task, outcome)
    return item


ANSWERS = {
    "approve": Happened.APPROVED,
    "return": Happened.RETURNED_TO_REGISTER,
    "refuse": Happened.REFUSED,
}


def must_be_sound(session: Session, registration: Registration) -> None:
    """Refuse a registration that can't be opened as it was typed; nothing is written yet."""
    rules.must_not_be_secret(secret=registration.secret)
    _must_not_sound_secret(registration)
    rules.must_say("title", registration.title, TITLE)
    rules.must_say("basis", registration.basis)
    rules.must_fit("responsible_person", registration.responsible_person, NAME)
    rules.must_fit("contact", registration.contact, NAME)
    rules.must_lie_ahead(registration.planned_due_on, today(session))
    for post_id in (registration.instructing_post_id, registration.sponsor_post_id):
        _must_be_a_leader(session, post_id)
    if registration.kind is Kind.INSTRUCTION:
        rules.must_ask_for_action("basis", registration.basis)
    _must_have_details(session, registration)


def _must_not_sound_secret(registration: Registration) -> None:
    """Ask again about a matter whose words sound secret, though it was said not to be."""
    words = secrecy.words_in(f"{registration.title}\n{registration.basis}")
    if words and not registration.secret_checked:
        raise SoundsSecret(words)


def _must_have_details(session: Session, registration: Registration) -> None:
    """Refuse a kind of item without the details that it can't do without, or with another's."""
    kind, details = registration.kind, registration.details
    if kind in kinds.DETAILED and (details is None or details.kind is not kind):
        raise DetailsMissing(kind)
    if details is not None and details.kind is kind:
        details.check(session)


def _keep_details(session: Session, item: Item, registration: Registration) -> None:
    details = registration.details
    if details is not None and details.kind is item.kind:
        details.keep(session, item)


def _must_be_a_leader(session: Session, post_id: int | None) -> None:
    if post_id is None:
        return
    post = session.get(Post, post_id)
    if post is None or post.role is not Role.LEADER:
        raise PostRefused(post_id)


def _fill(session: Session, item: Item, registration: Registration) -> None:
    item.source = registration.source
    item.basis = registration.basis.strip()
    item.title = registration.title.strip()
    item.target = registration.target.strip()
    item.urgency = registration.urgency
    item.instructing_post_id = registration.instructing_post_id
    item.sponsor_post_id = registration.sponsor_post_id
    item.planned_due_on = registration.planned_due_on
    usual = periods.period_of(session, registration.source, registration.urgency)
    item.reporting_period = registration.reporting_period or usual
    item.responsible_person = registration.responsible_person.strip()
    item.contact = registration.contact.strip()
    item.remarks = registration.remarks.strip()
    item.revisit_asked = registration.revisit_asked


def _facts(item: Item) -> dict[str, str]:
    """Return the little that the diagram decides by."""
    return {"urgency": item.urgency.value}
