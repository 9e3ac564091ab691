"""What an old ledger calls closed is closed at once; its diagram follows to the end by a job.

A part of the way may lie in a called instance, which tells of its end after the commit only.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import engine
from engine import Attempt, Database, Session, now
from workflows import steps, store
from workflows.tables import ClosedHow, Item, ItemState

JOB = "import.finish"
"""The job that leads an item's diagram to its end."""

AGAIN = timedelta(seconds=5)
ENDS: Mapping[str, tuple[str, Mapping[str, Any]]] = MappingProxyType(
    {
        steps.INSTRUCT: ("none", {"answer": "none"}),
        steps.REVISIT: ("solved", {"solved": True}),
        steps.CLOSE: ("close", {}),
    }
)
"""How each step that may still lie between an item and its end is passed."""


def close(session: Session, item: Item) -> None:
    """Close an item as its ledger says; no lot is drawn for it any more."""
    item.state, item.closed_how = ItemState.CLOSED, ClosedHow.DONE
    item.closed_at = now(session)


def leave(session: Session, item_id: int, by: str) -> None:
    """Leave the rest of a closed item's diagram to the worker."""
    at = now(session)
    payload = {"item": item_id, "by": by}
    key = f"{JOB}:{item_id}:{at.isoformat()}"
    engine.enqueue(session, JOB, payload, run_at=at + AGAIN, job_key=key)


def finish(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Pass what waits between an item and its end; come again for what is still on its way."""
    del attempt
    database.write(lambda session: _finish(session, int(payload["item"]), str(payload["by"])))


def _finish(session: Session, item_id: int, by: str) -> None:
    item = store.item_to_change(session, item_id)
    for task in engine.open_tasks(session, str(item.id)):
        if task.step not in ENDS:
            return
        outcome, data = ENDS[task.step]
        engine.complete(session, engine.open_task(session, task.id), outcome, data, by=by)
    if item.instance_id and not _is_over(session, item):
        leave(session, item.id, by)


def _is_over(session: Session, item: Item) -> bool:
    instances = engine.instances(session, str(item.id))
    return all(one.ended_at is not None for one in instances if one.id == item.instance_id)
