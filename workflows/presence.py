"""Who has a draft open in an editor: each tells now and then, and hears who else is there."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, TypeVar

from sqlalchemy import inspect, select

from engine import Session, now
from workflows.actors import Actor
from workflows.tables import Presence, PublicationPresence
from workflows.turns import wait_for_turn

PRESENT: Final = timedelta(seconds=45)
"""Whoever hasn't been heard of for this long isn't there any more."""

Row = TypeVar("Row", Presence, PublicationPresence)


def note(
    session: Session, by: Actor, model: type[Row], about: int, **where: str | None
) -> Sequence[Row]:
    """Note that somebody has a draft open, and where in it they are; return who else has."""
    wait_for_turn(session, f"{model.__tablename__} {about}")
    draft, at = inspect(model).primary_key[0], now(session)
    own = session.get(model, (about, by.person_id))
    if own is None:
        told = {str(draft.key): about, "person_id": by.person_id, "since": at}
        own = model(**told, seen_at=at)
        session.add(own)
    if own.seen_at < at - PRESENT:
        own.since = at
    own.seen_at = at
    for name, value in where.items():
        setattr(own, name, value)
    session.flush()
    others = select(model).where(
        draft == about, model.person_id != by.person_id, model.seen_at >= at - PRESENT
    )
    return session.scalars(others.order_by(model.since)).all()
