"""The verbs that move an instance: each is one step under the instance's lock."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from engine import store
from engine.database import now
from engine.errors import (
    NobodyWaits,
    NothingRepeats,
    OutcomeUnknown,
    ProcessUnknown,
    TaskClosed,
    TaskUnknown,
)
from engine.ids import new_id
from engine.records import Instance, Task
from engine.steps import begin, cancel_held, hold, keep, stepping, task_of, tell_written
from engine.values import fit

NOTHING: Final[Mapping[str, Any]] = {}


def start(
    session: Session, process_id: str, data: Mapping[str, Any], *, key: str, by: str
) -> Instance:
    """Start the newest version of a process and run it to its first waits."""
    newest = store.definitions.newest_id(session, process_id)
    if newest is None:
        raise ProcessUnknown(process_id)
    instance = Instance(
        id=new_id(),
        definition_id=newest,
        process_id=process_id,
        business_key=key,
        parent_id=None,
        parent_task_id=None,
        item=None,
        round=None,
        started_at=now(session),
    )
    return begin(session, instance, fit(data), depth=0, by=by)


def open_task(session: Session, task_id: UUID) -> Task:
    """Return an open task, its instance locked until the transaction ends."""
    row = store.instances.lock_of_task(session, task_id)
    if row is None:
        raise TaskUnknown(task_id)
    keep(session, row)
    return _still_open(find_task(session, task_id))


def find_task(session: Session, task_id: UUID) -> Task:
    """Return a task, open or closed, without locking anything."""
    row = store.tasks.one(session, task_id)
    if row is None:
        raise TaskUnknown(task_id)
    return task_of(session, row)


def open_tasks(session: Session, key: str) -> Sequence[Task]:
    """Return the open tasks of a business key, oldest first."""
    return [task_of(session, row) for row in store.tasks.open_of_key(session, key)]


def instances(session: Session, key: str) -> Sequence[Instance]:
    """Return the instances of a business key, the root first, then its children."""
    return store.instances.of_key(session, key)


def complete(
    session: Session,
    task: Task,
    outcome: str | None,
    data: Mapping[str, Any] = NOTHING,
    *,
    by: str,
) -> None:
    """Complete a task with its outcome; the diagram decides what comes next."""
    offered = [offer.value for offer in task.outcomes]
    if outcome not in offered and (offered or outcome is not None):
        raise OutcomeUnknown(task.id, outcome, offered)
    values = fit({**data, "outcome": outcome})
    held = hold(session, task.instance_id)
    with stepping(session, held, by) as step:
        token = step.before.tasks.get(task.id)
        if token is None:
            _still_open(find_task(session, task.id))
            raise TaskUnknown(task.id)
        token.write(values)
        step.completed[task.id] = replace(task, outcome=outcome)
        noted = len(step.run.notes)
        token.run()
        tell_written(session, step.run, "completed", noted, data)


def send(
    session: Session,
    message: str,
    *,
    instance_id: UUID | None = None,
    task_id: UUID | None = None,
    data: Mapping[str, Any] = NOTHING,
    by: str,
) -> None:
    """Send a message to the event that waits for it, in an instance or at an open task."""
    if task_id is not None:
        instance_id = open_task(session, task_id).instance_id
    if instance_id is None:
        reason = "a message needs an instance or a task"
        raise TypeError(reason)
    values = fit(data)
    held = hold(session, instance_id)
    with stepping(session, held, by) as step:
        event = step.run.waiting_for(message, task_id)
        if event is None:
            raise NobodyWaits(message, instance_id)
        step.run.fire(event, values)


def cancel(session: Session, instance_id: UUID, *, reason: str, by: str) -> None:
    """End an instance where it stands, with all that it has called."""
    cancel_held(session, hold(session, instance_id), reason=reason, by=by)


def add_round(
    session: Session, instance_id: UUID, element_id: str, item: object, *, by: str
) -> None:
    """Do an activity once more that is being done for each element of a list: for this one."""
    held = hold(session, instance_id)
    with stepping(session, held, by) as step:
        token = step.run.several_at(element_id)
        if token is None:
            raise NothingRepeats(instance_id, element_id)
        step.run.add_round(token, fit({"item": item})["item"])


def withdraw_round(session: Session, task: Task, *, by: str) -> None:
    """Give up one round of a user task that is being done several times.

    A standard loop has none to give up: its rounds aren't counted. A round that is an
    instance of its own is withdrawn by ``cancel``.
    """
    held = hold(session, task.instance_id)
    with stepping(session, held, by) as step:
        body = step.before.tasks.get(task.id)
        if body is None or body.task_spec.shell is None or not body.task_spec.shell.counts:
            raise NothingRepeats(task.instance_id, task.element_id)
        step.run.withdraw_round(body)


def _still_open(task: Task) -> Task:
    if task.closed_at is not None:
        raise TaskClosed(task.id, task.closed_by, task.closed_at, task.outcome)
    return task
