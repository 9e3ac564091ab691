"""Suspending an item: nothing moves it, and the clocks of its parts stand still by their rules."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

import engine
from engine import Session
from workflows import clock, rules
from workflows.tables import Assignment, Item, StopCause


def suspend(session: Session, instance_id: UUID, *, reason: str, by: str) -> None:
    """Let nothing move an item until it is resumed."""
    for part in _open_parts(session, instance_id):
        clock.stop(session, part, StopCause.SUSPENSION)
    engine.suspend(session, instance_id, reason=reason, by=by)


def resume(session: Session, instance_id: UUID, *, reason: str, by: str) -> None:
    """Let a suspended item go on; its limits move by the days of the suspension."""
    engine.resume(session, instance_id, reason=reason, by=by)
    for part in _open_parts(session, instance_id):
        clock.resume(session, part, StopCause.SUSPENSION)


def _open_parts(session: Session, instance_id: UUID) -> Sequence[Assignment]:
    wanted = select(Assignment).join(Item).where(Item.instance_id == instance_id)
    running = wanted.where(Assignment.state.not_in(rules.FINISHED))
    return session.scalars(running.order_by(Assignment.id)).all()
