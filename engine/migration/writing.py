"""Brings the tables in line with an instance that stands on another version."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from engine import store
from engine.history import Line
from engine.machine import KEY, Plan, Run, Token
from engine.registry import registry_of
from engine.steps.arming import arm
from engine.steps.held import Held, save
from engine.steps.tasks import task_of


def put_on(
    session: Session, held: Held, plan: Plan, state: bytes, at: datetime, line: Line
) -> None:
    """Write a held instance down on another version, with one line of history."""
    held.instance = replace(held.instance, definition_id=plan.definition_id)
    held.plan = plan
    store.migrations.define(session, held.instance.id, plan.definition_id)
    save(session, held, state, at, [line])


def bring_in_line(session: Session, held: Held, run: Run, at: datetime) -> None:
    """Let the open tasks, the timers and what is awaited follow the state."""
    shape = run.shape()
    instance_id = held.instance.id
    elements = {token_id: token.task_spec.node.id for token_id, token in shape.tasks.items()}
    store.migrations.define_tasks(session, held.instance.definition_id, elements)
    _tell_moved(session, list(elements))
    since = store.migrations.awaited_since(session, instance_id)
    store.awaited.drop_of(session, instance_id)
    waiting = [_awaited(held, token, since, at) for token in shape.routed.values()]
    if waiting:
        store.awaited.add(session, waiting)
    store.timers.drop_of(session, instance_id)
    arm(session, held, run, shape.timers.values())


def _tell_moved(session: Session, tasks: list[UUID]) -> None:
    """Tell the host which open tasks are another version's now."""
    listener = registry_of(session).listener
    if listener is not None:
        for row in (store.tasks.one(session, task_id) for task_id in tasks):
            if row is not None:
                listener.moved(session, task_of(session, row))


def _awaited(
    held: Held, token: Token, since: dict[UUID, datetime], at: datetime
) -> dict[str, object]:
    node = token.task_spec.node.awaited
    return {
        "id": token.id,
        "instance_id": held.instance.id,
        "element_id": node.id,
        "kind": node.event.kind,
        "name": node.event.name,
        "key": token.internal_data.get(KEY),
        "since": since.get(token.id, at),
    }
