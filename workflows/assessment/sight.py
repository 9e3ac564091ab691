"""Who may see scores: the office, leaders and auditors all, a unit its own and those below it."""

from sqlalchemy import select

from engine import Session
from workflows import store
from workflows.actors import Actor
from workflows.errors import NotYours
from workflows.tables import Role


def scope(session: Session, actor: Actor) -> frozenset[int] | None:
    """Return the units whose scores an actor may see, or nothing where all; refuse others."""
    if store.sees_all(actor):
        return None
    mine = frozenset[int]().union(*(actor.unit_ids(role) for role in store.IN_A_UNIT))
    if not mine:
        raise NotYours(Role.SUPERVISOR.value)
    below = store.units_below(mine)
    return frozenset(session.scalars(select(below.c.id)))
