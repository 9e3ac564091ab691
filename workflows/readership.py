"""Who may read which issue of a serial."""

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from workflows import rules
from workflows.actors import Actor
from workflows.tables import Delivery, Publication, PublicationState, Role

OUT = (PublicationState.ISSUED, PublicationState.WITHDRAWN)
READERS = (Role.HANDLER, Role.UNIT_HEAD)
"""Who in a unit gets an issue, and may leave its receipt."""


def open_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which an actor may read an issue.

    The office reads drafts too; auditors whatever was issued; units and leaders what was
    delivered to them or is for everybody. Administering gives no sight of any.
    """
    if any(actor.has(role) for role in rules.OFFICE):
        return true()
    out = Publication.state.in_(OUT)
    if actor.has(Role.AUDITOR):
        return out
    if not actor.roles - {Role.ADMINISTRATOR}:
        return false()
    theirs = select(Delivery.publication_id).where(mine(actor), Delivery.delivered_at.is_not(None))
    return and_(out, or_(Publication.for_all, Publication.id.in_(theirs)))


def mine(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that something was delivered to a unit or post of the actor's."""
    units = frozenset[int]().union(*(actor.unit_ids(role) for role in READERS))
    posts = [held.post_id for held in actor.posts]
    return or_(Delivery.unit_id.in_(sorted(units)), Delivery.post_id.in_(posts))
