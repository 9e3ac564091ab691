"""What a year has come to: every item closed, or open for a reason that the ledger names."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

import engine
from engine import Session
from workflows import rules
from workflows.actors import seats
from workflows.calendar import today
from workflows.tables import (
    Assignment,
    ClosedHow,
    Escalation,
    Item,
    Post,
    Reply,
    Revisit,
    Todo,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """An item for which nothing waits although it is open, or a todo that nobody may do."""

    item_id: int
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Account:
    """The year's account: states, reasons, what happened how often, and what is wrong."""

    items: int
    states: Mapping[str, int]
    reasons: Mapping[str, int]
    happened: Mapping[str, int]
    wrong: Sequence[Finding]


def account_of(session: Session) -> Account:
    """Look at every item: what is open waits for somebody, for its parts or for a day."""
    items = session.scalars(select(Item).order_by(Item.id)).all()
    waiting = _waiting(session)
    reasons = {
        item.id: _reason(session, item, waiting) for item in items if item.state in rules.ALIVE
    }
    stuck = [
        Finding(item.id, item.title, "nothing waits")
        for item in items
        if item.state in rules.ALIVE and not reasons[item.id]
    ]
    return Account(
        items=len(items),
        states=Counter(_state(item) for item in items),
        reasons=Counter(reason for reason in reasons.values() if reason),
        happened=_happened(session, items),
        wrong=[*stuck, *_ownerless(session, items), *_incidents(session)],
    )


def _state(item: Item) -> str:
    how = item.closed_how.value if item.closed_how else ""
    again = ", re-opened" if item.times_reopened and item.state in rules.ALIVE else ""
    return f"{item.state.value}{' ' if how else ''}{how}{again}"


def _waiting(session: Session) -> Mapping[int, Sequence[Todo]]:
    found: dict[int, list[Todo]] = {}
    for todo in session.scalars(select(Todo).where(Todo.closed_at.is_(None))):
        found.setdefault(todo.item_id, []).append(todo)
    return found


def _reason(session: Session, item: Item, waiting: Mapping[int, Sequence[Todo]]) -> str:
    """Say why an item is open: whose turn it is, which parts run, or until which day it waits."""
    todos = waiting.get(item.id, ())
    if todos:
        late = any(todo.due_on and todo.due_on < today(session) for todo in todos)
        steps = ", ".join(sorted({todo.step for todo in todos}))
        return f"{steps}{' (late)' if late else ''}"
    parts = select(func.count()).where(Item.parent_id == item.id, Item.state.in_(rules.ALIVE))
    if session.scalar(parts):
        return "its parts run"
    promised = select(func.count()).where(Reply.item_id == item.id, Reply.back_on.is_not(None))
    if session.scalar(promised):
        return "a promise comes back"
    return ""


def _happened(session: Session, items: Iterable[Item]) -> Mapping[str, int]:
    counted = {
        "urged": sum(item.times_urged for item in items),
        "returned": sum(item.times_returned for item in items),
        "extended": sum(item.times_extended for item in items),
        "reopened": sum(item.times_reopened for item in items),
        "cancelled": sum(item.closed_how is ClosedHow.CANCELLED for item in items),
        "parts": session.scalar(select(func.count(Assignment.id))) or 0,
        "steps": session.scalar(select(func.count(Todo.task_id))) or 0,
        "revisits": session.scalar(select(func.count(Revisit.id))) or 0,
    }
    rungs = session.execute(select(Escalation.rung, func.count()).group_by(Escalation.rung))
    return {**counted, **{f"rung {rung.value}": number for rung, number in rungs}}


def _ownerless(session: Session, items: Iterable[Item]) -> list[Finding]:
    """Find what waits for a post that nobody sits in."""
    seat = seats(today(session))
    rows = session.execute(
        select(Post.id, Post.unit_id, Post.role).join(seat, seat.c.post_id == Post.id)
    ).all()
    posts = {post_id for post_id, _, _ in rows}
    units = {(unit_id, role) for _, unit_id, role in rows}
    roles = {role for _, _, role in rows}
    titles = {item.id: item.title for item in items}
    found = []
    for todo in session.scalars(select(Todo).where(Todo.closed_at.is_(None))):
        if todo.post_id is not None:
            owned = todo.post_id in posts
        elif todo.unit_id is not None:
            owned = (todo.unit_id, todo.role) in units
        else:
            owned = todo.role in roles
        if not owned:
            found.append(Finding(todo.item_id, titles[todo.item_id], f"nobody for {todo.step}"))
    return found


def _incidents(session: Session) -> list[Finding]:
    return [
        Finding(int(incident.business_key or 0), "", str(incident.error))
        for incident in engine.incidents(session)
    ]
