"""Visits, for the host to count: one token's stay at one element.

What stands here are queries and not rows: the host joins them with its own tables and lets
the database count, however many there are. ``element_id``, ``instance_id``, ``business_key``,
``task_id`` (a user task's), ``since``, and of those that have ended ``until``.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect
from sqlalchemy.orm import Session

from engine import store
from engine.queries.times import EVENTS
from engine.store.times import Stretch


def ended_visits(
    session: Session,
    process_id: str,
    *,
    definition_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> CompoundSelect[Any]:
    """Return the query of the visits that ended in a time, of a process or one version of it."""
    stretch = Stretch(process_id, since, until, definition_id)
    return store.times.visits(session, stretch, EVENTS)


def open_visits(
    session: Session, process_id: str, *, definition_id: int | None = None
) -> CompoundSelect[Any]:
    """Return the query of the visits that go on; nobody knows since when a timer does."""
    return store.times.open_visits(session, Stretch(process_id, definition_id=definition_id))
