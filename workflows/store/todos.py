"""What waits for somebody, and what they have typed into it so far."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import bindparam, select

import engine
from engine import Session
from workflows.errors import ItemUnknown
from workflows.rules import Acting
from workflows.store.items import visible_item
from workflows.store.sight import todos_open_to
from workflows.tables import Assignment, Draft, Todo


def todo_of(session: Session, task_id: UUID) -> Todo:
    """Return the todo of a task."""
    todo = session.get(Todo, task_id)
    if todo is None:
        raise engine.TaskUnknown(task_id)
    return todo


def todo_and_part(session: Session, task_id: UUID) -> tuple[Todo, Assignment | None]:
    """Return the todo of a task with the part that it is about, at one look."""
    found = session.execute(_TODO_AND_PART, {"task": task_id}).one_or_none()
    if found is None:
        raise engine.TaskUnknown(task_id)
    todo, part = found
    return todo, part


_TODO_AND_PART = (
    select(Todo, Assignment)
    .outerjoin(Assignment, Assignment.id == Todo.assignment_id)
    .where(Todo.task_id == bindparam("task"))
)


def visible_todo(session: Session, actor: Acting, task_id: UUID) -> Todo:
    """Return the todo of a task whose item the actor may see; any other doesn't exist for them."""
    todo = todo_of(session, task_id)
    try:
        visible_item(session, actor, todo.item_id)
    except ItemUnknown as error:
        raise engine.TaskUnknown(task_id) from error
    open_to = select(Todo.task_id).where(Todo.task_id == task_id, todos_open_to(actor))
    if session.scalars(open_to).first() is None:
        raise engine.TaskUnknown(task_id)
    return todo


def open_todos(session: Session, actor: Acting, item_id: int) -> Sequence[Todo]:
    """Return what waits about an item and may be known to the actor, the oldest first."""
    wanted = select(Todo).where(
        Todo.item_id == item_id, Todo.closed_at.is_(None), todos_open_to(actor)
    )
    return session.scalars(wanted.order_by(Todo.opened_at, Todo.task_id)).all()


def open_todo_of_part(session: Session, assignment_id: int, step: str) -> Todo | None:
    """Return what waits for a unit at a step of its part, if it does."""
    wanted = select(Todo).where(
        Todo.assignment_id == assignment_id, Todo.step == step, Todo.closed_at.is_(None)
    )
    return session.scalars(wanted.limit(1)).first()


def waits_at(session: Session, assignment_id: int, steps: Collection[str]) -> bool:
    """Say whether something about a part waits at one of these steps."""
    wanted = select(Todo.task_id).where(
        Todo.assignment_id == assignment_id, Todo.step.in_(steps), Todo.closed_at.is_(None)
    )
    return session.scalars(wanted.limit(1)).first() is not None


def open_todo_of_item(session: Session, item_id: int, step: str) -> Todo | None:
    """Return what waits about an item at a step, if anything does."""
    wanted = select(Todo).where(
        Todo.item_id == item_id, Todo.step == step, Todo.closed_at.is_(None)
    )
    return session.scalars(wanted.limit(1)).first()


def draft_of(session: Session, task_id: UUID, person_id: int) -> Draft | None:
    """Return what a person typed into a step so far."""
    wanted = select(Draft).where(Draft.task_id == task_id, Draft.person_id == person_id)
    return session.scalars(wanted).one_or_none()
