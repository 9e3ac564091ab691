"""Delivery 分送 and its receipts: who an issue reached, who has read it, who is urged to."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from engine import Session, now
from workflows import store
from workflows.actors import Actor, holders_of_post
from workflows.errors import NotNow
from workflows.notices import notify
from workflows.publications.holding import locked, must_be
from workflows.publications.telling import facts_of
from workflows.readership import READERS, mine
from workflows.tables import Delivery, Person, Publication, PublicationState

URGED_AGAIN: Final = timedelta(hours=20)
"""Nobody is urged to read twice on one day."""


def deliver(session: Session, publication: Publication) -> None:
    """Bring an issue to everybody it is for."""
    at, told = now(session), facts_of(publication)
    for delivery in publication.deliveries:
        delivery.delivered_at = at
        notify(session, readers(session, delivery), "issue_delivered", facts=told)
    session.flush()


def readers(session: Session, delivery: Delivery) -> Sequence[Person]:
    """Return who reads an issue for the unit or post to which it goes."""
    if delivery.unit_id is not None:
        return store.people_of_unit(session, delivery.unit_id, READERS)
    return holders_of_post(session, delivery.post_id or 0)


def leave_receipt(session: Session, actor: Actor, publication: Publication) -> list[Delivery]:
    """Note that the actor has read an issue for each unit and post of theirs that it is for."""
    wanted = (
        select(Delivery)
        .where(
            Delivery.publication_id == publication.id,
            Delivery.delivered_at.is_not(None),
            Delivery.read_at.is_(None),
            mine(actor),
        )
        .order_by(Delivery.id)
        .with_for_update()
    )
    found = list(session.scalars(wanted))
    for delivery in found:
        delivery.read_at, delivery.read_by_id = now(session), actor.person_id
    session.flush()
    return found


def urge_readers(session: Session, actor: Actor, publication_id: int) -> int:
    """Urge everybody who hasn't read an issue, once a day; return how many were told."""
    found = locked(session, actor, publication_id)
    must_be(found, "urge", PublicationState.ISSUED)
    at, told = now(session), facts_of(found)
    late = [
        one
        for one in found.deliveries
        if one.read_at is None and (one.urged_at is None or at - one.urged_at > URGED_AGAIN)
    ]
    if not late:
        raise NotNow("urge", found.state.value)
    for one in late:
        one.urged_at, one.times_urged = at, one.times_urged + 1
        notify(session, readers(session, one), "issue_urged", facts=told)
    session.flush()
    return len(late)
