"""Processes that start by their own timers."""

import logging
from datetime import datetime
from typing import Any, Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from engine import store
from engine.database import is_transient, now
from engine.steps import begin_by
from engine.versions import next_start, plan_of

BY: Final = "timer"

log = logging.getLogger(__name__)


def wake_starts(session: Session) -> bool:
    """Start the process whose timer has been due longest; true if there was one."""
    at = now(session)
    start = store.starts.due(session, at)
    if start is None:
        return False
    try:
        again = _next(session, start, at)
    except Exception as error:  # a version that can't be read mustn't stop the others
        log.exception("process %s can't start by its timer", start.process_id)
        _park(session, start, error)
        store.starts.change(session, start.id, {"due_at": None})
        return True
    store.starts.change(session, start.id, again)
    try:
        with session.begin_nested():
            begin_by(session, start, f"{start.process_id}:{start.due_at.isoformat()}", {}, BY)
    except Exception as error:
        if isinstance(error, DBAPIError) and is_transient(error):
            raise
        log.exception("process %s can't start by its timer", start.process_id)
        _park(session, start, error)
    return True


def _next(session: Session, start: store.Found, at: datetime) -> dict[str, Any]:
    """Return how often a start still fires after this time, and when next."""
    node = plan_of(session, start.definition_id).diagram.nodes[start.element_id]
    left = None if start.left is None else start.left - 1
    again = node.timer is not None and node.timer.cycles and left != 0
    due = next_start(node, start.since, at) if again else None
    return {"fired_at": at, "left": left, "due_at": due}


def _park(session: Session, start: store.Found, error: Exception) -> None:
    """Make an incident of a start that fails; the next one comes in its time."""
    values: dict[str, Any] = {"element_id": start.element_id, "kind": "start", "at": now(session)}
    told = f"{start.process_id}: {type(error).__name__}: {error}"
    store.incidents.add(session, {**values, "error": told})
