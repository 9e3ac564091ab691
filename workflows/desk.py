"""The desk: writes down what waits for whom as the engine opens and closes tasks."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import engine
from engine import Instance, Session, Task, now
from workflows import clock, limits, messages, parents, rules, store
from workflows.actors import Actor, leaders
from workflows.calendar import today
from workflows.clock import OWN_LIMIT, Term
from workflows.steps import ACKNOWLEDGE, STEPS
from workflows.tables import (
    Assignment,
    ClosedHow,
    Item,
    ItemState,
    Role,
    Todo,
)

SENDER = "duban.sender"
NO_LIMIT = "none"
VISIT_LIMIT = "due.revisit"

REGISTRAR, SPONSOR, INSTRUCTING_LEADER = "registrar", "sponsor", "instructing_leader"
PRINCIPAL_LEADER = "principal_leader"
LEADER_OF_ROUND = "leader"
"""The key under which a step that is done by several leaders finds the post of each."""

WHO: Mapping[str, Role] = {
    REGISTRAR: Role.SUPERVISOR,
    "supervisor": Role.SUPERVISOR,
    "director": Role.DIRECTOR,
    "handler": Role.HANDLER,
    "unit_head": Role.UNIT_HEAD,
    SPONSOR: Role.LEADER,
    INSTRUCTING_LEADER: Role.LEADER,
    PRINCIPAL_LEADER: Role.LEADER,
}
"""The rules by which a diagram says who does a step, and the role that each asks for."""


class Address(NamedTuple):
    """To whom a todo goes: a post, a role in a unit, or a role of the office."""

    role: Role
    unit_id: int | None = None
    post_id: int | None = None


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
            due_why=term.why,
        )
        session.add(todo)
        if part is not None and task.step in clock.STOPPED_BY:
            clock.stop(session, part, clock.STOPPED_BY[task.step])
        if address.post_id is not None:
            item = session.get_one(Item, item_id)
            messages.to_post(session, address.post_id, task.step, item)

    def closed(self, session: Session, task: Task) -> None:
        """Take a todo off the desk, and remember who did it and how."""
        todo = store.todo_of(session, task.id)
        todo.closed_at = task.closed_at or now(session)
        todo.closed_by_id = person_id(task.closed_by)
        todo.outcome = task.outcome
        if todo.assignment_id is not None and todo.step in clock.STOPPED_BY:
            part = store.assignment_of(session, todo.assignment_id)
            clock.resume(session, part, clock.STOPPED_BY[todo.step])

    def moved(self, session: Session, task: Task) -> None:
        """Call a todo what its step is called now; its clock goes on as it went."""
        todo = store.todo_of(session, task.id)
        todo.name, todo.name_en = task.name, task.name_en

    def ended(self, session: Session, instance: Instance) -> None:
        """Close an item whose diagram came to its end without a closing step."""
        store.lapse_rungs(session, instance.id)
        if instance.parent_id is not None:
            return
        item = store.item_to_change(session, int(instance.business_key))
        if item.instance_id not in (None, instance.id):  # it ran beside the item's own
            return
        if item.state in rules.ALIVE:
            done = instance.end == "completed"
            item.state = ItemState.CLOSED if done else ItemState.CANCELLED
            item.closed_how = store.how_done(session, item) if done else ClosedHow.CANCELLED
            item.closed_at = now(session)
        parents.ended(session, item)


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
    chosen = task.data.get(LEADER_OF_ROUND)
    if task.assignee == INSTRUCTING_LEADER and chosen:
        return Address(Role.LEADER, post_id=chosen)
    if task.assignee == PRINCIPAL_LEADER:
        return Address(Role.LEADER, post_id=next((post.id for post in leaders(session)), None))
    item = _item(session, item_id)
    posts = [item.instructing_post_id, item.sponsor_post_id]
    if task.assignee == SPONSOR:
        posts.reverse()
    return Address(Role.LEADER, post_id=posts[0] or posts[1])


def _term(session: Session, task: Task, part: Assignment | None) -> Term:
    """Return a task's limit: the part's own where the diagram says so, or a named one."""
    if task.limit in (None, NO_LIMIT):
        return Term()
    item_id = int(task.business_key)
    if task.limit == VISIT_LIMIT:
        visit = store.pending_revisit(session, item_id)
        return Term(visit.due_on, visit.warn_on, visit.due_why) if visit else Term()
    if task.limit != OWN_LIMIT:
        due = clock.step_due(session, str(task.limit), item_id, part)
        return Term(due.on, due.warn_on, due.why)
    if part is not None:
        return clock.own_term(session, part, task.step)
    item = _item(session, item_id)
    return Term(item.due_on, item.warn_on, item.due_why)


def acknowledge_by(session: Session, part: Assignment) -> date:
    """Return until when a unit has to acknowledge its part."""
    todo = store.open_todo_of_part(session, part.id, ACKNOWLEDGE)
    if todo is None or todo.due_on is None:
        return limits.due_date(session, today(session), ACKNOWLEDGE).on
    return todo.due_on


def _item(session: Session, item_id: int) -> Item:
    return session.get_one(Item, item_id)
