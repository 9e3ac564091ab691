"""The end of an instance where it stands, with all that it has called."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine import store
from engine.database import now
from engine.errors import StateUnreadable
from engine.history import Line
from engine.machine import Shape, Token
from engine.registry import registry_of
from engine.steps import tasks
from engine.steps.held import Held, hold, save
from engine.steps.posting import Letter, post
from engine.steps.step import spoiling, thawed


def cancel_held(session: Session, held: Held, *, reason: str, by: str) -> None:
    """End an instance where it stands, its open tasks and timers, and all that it called."""
    held.must_be_open()
    with spoiling(session):
        _cancel(session, held, reason=reason, by=by)


def cancel_children(session: Session, parent_id: UUID, task_ids: list[UUID], by: str) -> None:
    """End what call activities have started: the parent is locked, now each child is."""
    _cancel_each(session, store.instances.open_children(session, parent_id, task_ids), by)


def _cancel_each(session: Session, children: Sequence[UUID], by: str) -> None:
    for child_id in children:
        held = hold(session, child_id)
        if held.instance.ended_at is None:
            cancel_held(session, held, reason="the call was cancelled", by=by)


def call_back(session: Session, errands: Sequence[UUID]) -> int:
    """Call back the jobs of operations that nobody waits for any more; return how many."""
    if not errands:
        return 0
    return store.jobs.call_back(session, [errand(token_id) for token_id in errands])


def errand(token_id: UUID) -> str:
    """Return the key of the job that an operation outside is done by."""
    return f"errand:{token_id.hex}"


def tell_ended(session: Session, held: Held, data: Mapping[str, Any] | None, by: str) -> None:
    """Tell the host and the caller's instance that an instance has ended.

    Its data goes along for the caller to take from; one that was cancelled has none.
    """
    instance = held.instance
    store.deliveries.let_go(session, instance.id, now(session))
    listener = registry_of(session).listener
    if listener is not None:
        listener.ended(session, instance)
    if instance.parent_id is not None and instance.end != "error":
        payload = {"round": instance.round or 0, "data": data}
        parent, task_id = instance.parent_id, instance.parent_task_id
        post(session, parent, Letter.CHILD_ENDED, by, task_id=task_id, payload=payload)


def cancelled_line(token: Token, by: str) -> Line:
    """Return the line of history that says that a task was cancelled."""
    return Line("cancelled", by, token.task_spec.node.id, token.task_spec.node.name)


def _cancel(session: Session, held: Held, *, reason: str, by: str) -> None:
    at = now(session)
    instance = held.instance
    shape = _shape_of(session, held, by)
    rows = store.tasks.open_of(session, instance.id)
    held.instance = replace(instance, ended_at=at, end="cancelled")
    lines = [cancelled_line(token, by) for token in shape.tasks.values()] if shape else []
    lines.append(Line("ended", by, facts={"reason": reason}))
    save(session, held, held.state, at, lines)
    store.timers.drop_of(session, instance.id)
    if shape is None or shape.routed:
        store.awaited.drop_of(session, instance.id)
    store.incidents.resolve_of(session, instance.id, at, by)
    tasks.close_rows(session, dict.fromkeys((row.id for row in rows), None), at, by)
    tasks.tell_closed(session, [tasks.closed_record(session, row.id, None, at, by) for row in rows])
    if shape is None:
        _cancel_each(session, store.instances.all_open_children(session, instance.id), by)
    else:
        call_back(session, list(shape.errands))
        if shape.callers:
            cancel_children(session, instance.id, list(shape.callers), by)
    tell_ended(session, held, None, by)


def _shape_of(session: Session, held: Held, by: str) -> Shape | None:
    """Return where an instance waits; nothing if nobody can read it, for it may end all the same.

    The job of an errand then runs in vain: an instance that has ended takes no answer.
    """
    try:
        return thawed(session, held, by, now(session)).shape()
    except StateUnreadable:
        return None
