"""Delegating 转办: one todo goes to a colleague, who does it or gives it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from engine import Session, now
from workflows import notices, rules, steps, store, story
from workflows.actors import Actor, holders, seats
from workflows.calendar import today
from workflows.errors import AlreadyAsked, NotNow, NotYours, PersonUnknown
from workflows.story import Happened
from workflows.tables import Assignment, Delegation, Item, Person, Post, Role, Todo

NOTE = 500
PERSONAL = frozenset({Role.LEADER, Role.UNIT_HEAD, Role.DIRECTOR})
"""Roles whose word can't be given by a colleague; while one is away there is a deputy."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom a todo can be given."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One delegation of a todo with the names in it."""

    by: str
    to: str
    note: str
    at: datetime
    ended_at: datetime | None
    answer: str


def delegate(
    session: Session, actor: Actor, task_id: UUID, person_id: int, note: str = ""
) -> Delegation:
    """Give what waits for one's unit or office to a colleague; it can be taken back."""
    todo = _mine(session, actor, task_id)
    if todo.role in PERSONAL:
        raise NotNow("delegate", todo.role.value)
    if todo.delegate_id is not None:
        raise AlreadyAsked("delegate", _running(session, todo).at)
    said = note.strip()
    rules.must_fit("note", said, NOTE)
    if person_id not in {each.person_id for each in colleagues(session, actor, todo)}:
        raise PersonUnknown(person_id)

    given = Delegation(
        task_id=todo.task_id,
        from_id=actor.person_id,
        to_id=person_id,
        note=said,
        at=now(session),
    )
    session.add(given)
    todo.delegate_id = person_id
    session.flush()
    to = session.get_one(Person, person_id)
    _tell(session, actor, todo, Happened.DELEGATED, {"to": to.name, "note": said})
    facts = {"by": actor.name, "step": todo.name, "step_en": todo.name_en, "note": said}
    _notify(session, to, todo, "delegated", facts)
    return given


def give_back(session: Session, actor: Actor, task_id: UUID, answer: str) -> Delegation:
    """Give a todo back to whoever gave it, and say why."""
    todo = steps.lock(session, actor, task_id).todo
    if todo.delegate_id != actor.person_id:
        raise NotYours(todo.role.value, todo.unit_id)
    said = rules.must_give_reason(answer, "answer")
    rules.must_fit("answer", said, NOTE)
    given = _end(session, actor, todo, said)
    _tell(session, actor, todo, Happened.GIVEN_BACK, {"answer": said})
    facts = {"by": actor.name, "step": todo.name, "step_en": todo.name_en, "note": said}
    _notify(session, session.get_one(Person, given.from_id), todo, "given_back", facts)
    return given


def take_back(session: Session, actor: Actor, task_id: UUID) -> Delegation:
    """Take back what one, or a colleague of the same post, has given away."""
    todo = _mine(session, actor, task_id)
    if todo.delegate_id is None:
        raise NotNow("take_back", todo.step)
    to = session.get_one(Person, todo.delegate_id)
    given = _end(session, actor, todo, "")
    _tell(session, actor, todo, Happened.TAKEN_BACK, {"from": to.name})
    facts = {"by": actor.name, "step": todo.name, "step_en": todo.name_en}
    _notify(session, to, todo, "taken_back", facts)
    return given


def colleagues(session: Session, actor: Actor, todo: Todo) -> Sequence[Colleague]:
    """Return to whom a todo can be given: those of its unit, or of its role in the office."""
    if todo.role in PERSONAL:
        return []
    if todo.unit_id is None:
        found = [(person.id, person.name) for person in holders(session, todo.role)]
    else:
        seat = seats(today(session))
        rows = session.execute(
            select(Person.id, Person.name)
            .join(seat, seat.c.person_id == Person.id)
            .join(Post, Post.id == seat.c.post_id)
            .where(Person.active, Post.unit_id == todo.unit_id)
            .order_by(Person.id)
            .distinct()
        )
        found = [(each, name) for each, name in rows]
    return [Colleague(each, name) for each, name in found if each != actor.person_id]


def history_of(session: Session, todo: Todo) -> Sequence[Line]:
    """Return to whom a todo was given, the latest first."""
    by, to = aliased(Person), aliased(Person)
    rows = session.execute(
        select(
            by.name, to.name, Delegation.note, Delegation.at, Delegation.ended_at, Delegation.answer
        )
        .join(by, by.id == Delegation.from_id)
        .join(to, to.id == Delegation.to_id)
        .where(Delegation.task_id == todo.task_id)
        .order_by(Delegation.id.desc())
    )
    return [Line(*row) for row in rows]


def _mine(session: Session, actor: Actor, task_id: UUID) -> Todo:
    """Return an open todo that is addressed to one of the actor's own posts."""
    todo = steps.lock(session, actor, task_id).todo
    if not rules.is_addressed_to(actor, todo):
        raise NotYours(todo.role.value, todo.unit_id)
    return todo


def _running(session: Session, todo: Todo) -> Delegation:
    wanted = select(Delegation).where(
        Delegation.task_id == todo.task_id, Delegation.ended_at.is_(None)
    )
    return session.scalars(wanted.order_by(Delegation.id.desc()).limit(1)).one()


def _end(session: Session, actor: Actor, todo: Todo, answer: str) -> Delegation:
    given = _running(session, todo)
    given.ended_at, given.ended_by_id, given.answer = now(session), actor.person_id, answer
    todo.delegate_id = None
    return given


def _tell(
    session: Session, actor: Actor, todo: Todo, kind: Happened, facts: Mapping[str, object]
) -> None:
    part = None if todo.assignment_id is None else store.assignment_of(session, todo.assignment_id)
    told = {"step": todo.name, "step_en": todo.name_en, **facts}
    story.tell(session, todo.item_id, kind, actor, told, part)


def _notify(
    session: Session, person: Person, todo: Todo, kind: str, facts: Mapping[str, object]
) -> None:
    part = None if todo.assignment_id is None else session.get(Assignment, todo.assignment_id)
    item = session.get_one(Item, todo.item_id)
    notices.notify(session, [person], kind, item, facts, part)
