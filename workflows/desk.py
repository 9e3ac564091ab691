"""The desk: writes down what waits for whom as the engine opens and closes tasks."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import engine
from engine import Instance, Session, Task, now
from workflows import limits, messages, store
from workflows.actors import Actor
from workflows.calendar import today
from workflows.steps import ACKNOWLEDGE, REPORT, STEPS
from workflows.tables import (
    Assignment,
    ClosedHow,
    Item,
    ItemState,
    Role,
    Todo,
)

SENDER = "duban.sender"
OWN_LIMIT = "due.limit"
NO_LIMIT = "none"

REGISTRAR, SPONSOR, INSTRUCTING_LEADER = "registrar", "sponsor", "instructing_leader"
WHO: Mapping[str, Role] = {
    REGISTRAR: Role.SUPERVISOR,
    "supervisor": Role.SUPERVISOR,
    "director": Role.DIRECTOR,
    "handler": Role.HANDLER,
    "unit_head": Role.UNIT_HEAD,
    SPONSOR: Role.LEADER,
    INSTRUCTING_LEADER: Role.LEADER,
}
"""The rules by which a diagram says who does a step, and the role that each asks for."""


class Address(NamedTuple):
    """To whom a todo goes: a post, a role in a unit, or a role of the office."""

    role: Role
    unit_id: int | None = None
    post_id: int | None = None


class Term(NamedTuple):
    """Until when a todo should be done, and from when its light is yellow."""

    due_on: date | None = None
    warn_on: date | None = None


def move_on(
    session: Session,
    actor: Actor,
    task: Task,
    outcome: str | None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Complete a task; what it opens next was sent by the actor."""
    session.info[SENDER] = actor.person_id
    engine.complete(session, task, outcome, data or {}, by=actor.by)


def send(
    session: Session,
    actor: Actor,
    message: str,
    *,
    instance_id: UUID | None = None,
    task_id: UUID | None = None,
) -> None:
    """Send a message into an instance; what it opens was sent by the actor."""
    session.info[SENDER] = actor.person_id
    engine.send(session, message, instance_id=instance_id, task_id=task_id, by=actor.by)


class Desk:
    """Listens to the engine, inside the step's transaction."""

    def started(self, session: Session, instance: Instance) -> None:
        """Bind a unit's part to the instance that handles it."""
        if instance.parent_id is not None and isinstance(instance.item, int):
            store.assignment_of(session, instance.item).instance_id = instance.id

    def opened(self, session: Session, task: Task) -> None:
        """Put a todo on the desk of whoever does the step."""
        item_id = int(task.business_key)
        part = _part_of(session, task)
        address = _address(session, task, item_id, part)
        term = _term(session, task, part)
        todo = Todo(
            task_id=task.id,
            item_id=item_id,
            assignment_id=part.id if part else None,
            step=task.step,
            name=task.name,
            name_en=task.name_en,
            role=address.role,
            unit_id=address.unit_id,
            post_id=address.post_id,
            sent_by_id=session.info.get(SENDER),
            opened_at=task.opened_at,
            due_on=term.due_on,
            warn_on=term.warn_on,
        )
        session.add(todo)
        if address.post_id is not None:
            item = session.get_one(Item, item_id)
            messages.to_post(session, address.post_id, task.step, item)

    def closed(self, session: Session, task: Task) -> None:
        """Take a todo off the desk, and remember who did it and how."""
        todo = store.todo_of(session, task.id)
        todo.closed_at = task.closed_at or now(session)
        todo.closed_by_id = person_id(task.closed_by)
        todo.outcome = task.outcome

    def ended(self, session: Session, instance: Instance) -> None:
        """Close an item whose diagram came to its end without a closing step."""
        if instance.parent_id is not None:
            return
        item = store.item_to_change(session, int(instance.business_key))
        if item.state in (ItemState.REGISTERED, ItemState.OPEN):
            done = instance.end == "completed"
            item.state = ItemState.CLOSED if done else ItemState.CANCELLED
            item.closed_how = ClosedHow.DONE if done else ClosedHow.CANCELLED
            item.closed_at = now(session)


def person_id(by: str | None) -> int | None:
    """Return the person that the engine knows by this name; a timer is nobody."""
    kind, _, number = (by or "").partition(":")
    return int(number) if kind == "person" else None


def _part_of(session: Session, task: Task) -> Assignment | None:
    assignment_id = task.data.get("assignment")
    return None if assignment_id is None else store.assignment_of(session, assignment_id)


def _address(session: Session, task: Task, item_id: int, part: Assignment | None) -> Address:
    """Return to whom a task goes: the diagram's own rule first, then the lane's role."""
    role = _role(task)
    match role:
        case Role.LEADER:
            return _leader(session, task, item_id)
        case Role.HANDLER | Role.UNIT_HEAD if part is not None:
            return Address(role, part.unit_id)
        case Role.HANDLER | Role.UNIT_HEAD:
            item = _item(session, item_id)
            unit_id = store.lead_unit_id(session, item)
            return Address(Role.SUPERVISOR) if unit_id is None else Address(role, unit_id)
        case _:
            return Address(role)


def _role(task: Task) -> Role:
    if task.assignee is not None:
        return WHO[task.assignee]
    return Role(task.role) if task.role else STEPS[task.step].role


def _leader(session: Session, task: Task, item_id: int) -> Address:
    item = _item(session, item_id)
    posts = [item.instructing_post_id, item.sponsor_post_id]
    if task.assignee == SPONSOR:
        posts.reverse()
    return Address(Role.LEADER, post_id=posts[0] or posts[1])


def _term(session: Session, task: Task, part: Assignment | None) -> Term:
    """Return a task's limit: the part's own where the diagram says so, or a named one."""
    if task.limit in (None, NO_LIMIT):
        return Term()
    if task.limit != OWN_LIMIT:
        due = limits.due_date(session, today(session), str(task.limit))
        return Term(due.on, due.warn_on)
    if part is None:
        item = _item(session, int(task.business_key))
        return Term(item.due_on, item.warn_on)
    return own_term(part, task.step)


def acknowledge_by(session: Session, part: Assignment) -> date:
    """Return until when a unit has to acknowledge its part."""
    todo = store.open_todo_of_part(session, part.id, ACKNOWLEDGE)
    if todo is None or todo.due_on is None:
        return limits.due_date(session, today(session), ACKNOWLEDGE).on
    return todo.due_on


def own_term(part: Assignment, step: str) -> Term:
    """Return a part's limit; a report is due with the next interim one, if that is earlier."""
    interim = part.interim_due_on
    if step == REPORT and interim and (part.due_on is None or interim < part.due_on):
        return Term(interim, interim)
    return Term(part.due_on, part.warn_on)


def _item(session: Session, item_id: int) -> Item:
    return session.get_one(Item, item_id)
