"""The rows of user tasks: what a step opens and closes, and who is told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, cast
from uuid import UUID

from sqlalchemy.orm import Session

from engine import store
from engine.diagrams import UserStep
from engine.errors import TaskUnknown
from engine.machine import Plan, Token
from engine.records import Task
from engine.registry import registry_of
from engine.steps.held import Held
from engine.versions import plan_of


def task_of(session: Session, row: store.Found) -> Task:
    """Return the record of a task's row."""
    return as_task(plan_of(session, row.definition_id), row._asdict())


def as_task(plan: Plan, row: Mapping[str, Any]) -> Task:
    """Return a task's record: its row, and what its diagram says of it."""
    node = plan.diagram.nodes[row["element_id"]]
    user = cast(UserStep, node.user)
    return Task(
        id=row["id"],
        instance_id=row["instance_id"],
        business_key=row["business_key"],
        element_id=node.id,
        name=node.name,
        name_en=node.name_en,
        step=user.step,
        role=user.role,
        assignee=user.assignee,
        limit=user.limit,
        form=user.form,
        outcomes=user.outcomes,
        withdrawable=user.withdrawable,
        data=MappingProxyType(row["data"]),
        opened_at=row["opened_at"],
        closed_at=row.get("closed_at"),
        closed_by=row.get("closed_by"),
        outcome=row.get("outcome"),
    )


def open_rows(session: Session, held: Held, tokens: list[Token], at: datetime) -> list[Task]:
    """Store a row for each token that now waits for a person."""
    rows = [
        {
            "id": token.id,
            "instance_id": held.instance.id,
            "definition_id": held.instance.definition_id,
            "business_key": held.instance.business_key,
            "element_id": token.task_spec.node.id,
            "data": token.data,
            "opened_at": at,
        }
        for token in tokens
    ]
    if rows:
        store.tasks.add(session, rows)
    return [as_task(held.plan, row) for row in rows]


def close_rows(
    session: Session, outcomes: Mapping[UUID, str | None], at: datetime, by: str
) -> None:
    """Close tasks; the outcome of one that was cancelled is ``None``."""
    if outcomes:
        rows = [
            {"task": task_id, "closed_at": at, "closed_by": by, "outcome": outcome}
            for task_id, outcome in outcomes.items()
        ]
        store.tasks.close(session, rows)


def tell_closed(session: Session, closed: list[Task]) -> None:
    """Tell the host which tasks are closed."""
    listener = registry_of(session).listener
    if listener is not None:
        for task in closed:
            listener.closed(session, task)


def tell_opened(session: Session, opened: list[Task]) -> None:
    """Tell the host which tasks now wait."""
    listener = registry_of(session).listener
    if listener is not None:
        for task in opened:
            listener.opened(session, task)


def closed_record(
    session: Session, task_id: UUID, known: Task | None, at: datetime, by: str
) -> Task:
    """Return the record of a task that was just closed."""
    if known is not None:
        return replace(known, closed_at=at, closed_by=by)
    row = store.tasks.one(session, task_id)
    if row is None:
        raise TaskUnknown(task_id)
    return task_of(session, row)
