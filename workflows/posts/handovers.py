"""Handing over 交接: a post goes to a successor with the list of its open work.

What waits for a post stays with the post. What is bound to a person goes along: the items
that a supervisor looks after, what they typed and didn't send, and what was delegated to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from engine import Session, now
from workflows import account_changes, notices, rules, seconding
from workflows.actors import Actor, holds
from workflows.calendar import today
from workflows.errors import NotNow, NotYours, PeopleRefused, PersonUnknown
from workflows.posts.deputies import GUARDED, HEADS, own_posts
from workflows.tables import (
    Delegation,
    Draft,
    HandOver,
    Holding,
    Item,
    Person,
    Post,
    Role,
    Todo,
)
from workflows.turns import wait_for_turn

REMARKS = 2000


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One line of what a post has open: a step that waits, or an item that is looked after."""

    item_id: int
    number: str
    title: str
    step: str
    step_en: str
    due_on: date | None

    @property
    def plain(self) -> dict[str, Any]:
        """Return the line as the record of the hand-over keeps it."""
        return {
            "item_id": self.item_id,
            "number": self.number,
            "title": self.title,
            "step": self.step,
            "step_en": self.step_en,
            "due_on": self.due_on.isoformat() if self.due_on else None,
        }


def may_hand_over(actor: Actor, post: Post) -> bool:
    """Say whether the actor may give a post to a successor.

    An administrator may; the head of a unit and the director may inside their own, but not
    their own post, nor one that oversees others.
    """
    if actor.has(Role.ADMINISTRATOR):
        return True
    if post.role in GUARDED or post.role in (*HEADS, Role.LEADER):
        return False
    heads = {held.unit_id for held in own_posts(actor) if held.role in HEADS}
    return post.unit_id in heads


def tells_titles(actor: Actor) -> bool:
    """Say whether the actor reads what open work is about; administering gives numbers only."""
    return any(actor.has(role) for role in Role if role is not Role.ADMINISTRATOR)


def seat_of(session: Session, actor: Actor, post_id: int) -> tuple[Post, Sequence[Person]]:
    """Return a post that the actor may hand over, with its holders today."""
    post = session.get(Post, post_id)
    if post is None or not may_hand_over(actor, post):
        raise PersonUnknown(post_id)
    return post, _holders(session, post)


def open_work(session: Session, post: Post, person_id: int | None) -> list[OpenWork]:
    """Return everything that a post has open, the most pressing first."""
    addressed = [Todo.post_id == post.id]
    if post.role in (Role.HANDLER, Role.UNIT_HEAD):
        of_unit = and_(Todo.unit_id == post.unit_id, Todo.role == post.role, Todo.post_id.is_(None))
        addressed.append(of_unit)
    if person_id is not None:
        addressed.append(and_(Todo.delegate_id == person_id, _of_the_post(post)))
        if post.role is Role.SUPERVISOR:
            own = and_(Todo.role == Role.SUPERVISOR, Item.supervisor_id == person_id)
            addressed.append(own)
    rows = session.execute(
        select(Item, Todo)
        .join(Todo, Todo.item_id == Item.id)
        .where(Todo.closed_at.is_(None), or_(*addressed))
        .order_by(Todo.due_on.is_(None), Todo.due_on, Todo.opened_at)
    ).all()
    lines = [
        OpenWork(item.id, item.number, item.title, todo.name, todo.name_en, todo.due_on)
        for item, todo in rows
    ]
    if post.role is Role.SUPERVISOR and person_id is not None:
        known = {line.item_id for line in lines}
        lines += [line for line in _looked_after(session, person_id) if line.item_id not in known]
    return lines


def hand_over(
    session: Session,
    actor: Actor,
    post_id: int,
    from_id: int | None,
    to_id: int,
    remarks: str = "",
) -> HandOver:
    """Give a post to a successor as of today, with all that is open; the list is kept."""
    wait_for_turn(session, f"post {post_id}")
    post, present = seat_of(session, actor, post_id)
    successor = session.get(Person, to_id)
    if successor is None:
        raise PersonUnknown(to_id)
    if not successor.active:
        raise PeopleRefused(why="person_disabled", name=successor.name)
    if from_id is not None and from_id not in {person.id for person in present}:
        raise PersonUnknown(from_id)
    if to_id in {person.id for person in present}:
        raise PeopleRefused(why="held_already", name=successor.name, post=post.name)
    said = remarks.strip()
    rules.must_fit("remarks", said, REMARKS)

    day = today(session)
    work = open_work(session, post, from_id)
    record = HandOver(
        post_id=post.id,
        from_id=from_id,
        to_id=to_id,
        on=day,
        remarks=said,
        work=[line.plain for line in work],
        made_by_id=actor.person_id,
        made_at=now(session),
    )
    session.add(record)
    if from_id is not None:
        _leave(session, post, from_id, to_id, day)
        _pass_on(session, post, from_id, to_id)
    session.add(Holding(post_id=post.id, person_id=to_id, since=day))
    session.flush()
    name = f"{post.unit.name} {post.name}"
    facts = {"post": name, "number": len(work), "hand_over": record.id}
    notices.notify(session, [successor], "handed_over", facts=facts)
    account_changes.note_post(session, actor, successor, post)
    if from_id is not None:
        account_changes.note_post_back(session, actor, session.get_one(Person, from_id), post)
    return record


def receive(session: Session, actor: Actor, hand_over_id: int) -> HandOver:
    """Sign that one has taken the work over."""
    record = _visible(session, actor, hand_over_id)
    if record.to_id != actor.person_id:
        raise NotYours
    if record.received_at is not None:
        raise NotNow("receive", "received")
    record.received_at = now(session)
    return record


def hand_over_of(session: Session, actor: Actor, hand_over_id: int) -> HandOver:
    """Return a hand-over that concerns the actor."""
    return _visible(session, actor, hand_over_id)


def waiting_hand_overs(session: Session, actor: Actor) -> Sequence[HandOver]:
    """Return the hand-overs that the actor hasn't signed for."""
    wanted = select(HandOver).where(
        HandOver.to_id == actor.person_id, HandOver.received_at.is_(None)
    )
    return session.scalars(wanted.order_by(HandOver.id)).all()


def _visible(session: Session, actor: Actor, hand_over_id: int) -> HandOver:
    record = session.get(HandOver, hand_over_id)
    if record is None:
        raise PersonUnknown(hand_over_id)
    concerned = actor.person_id in (record.to_id, record.from_id, record.made_by_id)
    if not (concerned or actor.has(Role.AUDITOR) or may_hand_over(actor, record.post)):
        raise PersonUnknown(hand_over_id)
    return record


def _of_the_post(post: Post) -> ColumnElement[bool]:
    """Return the condition that a todo is of a post's unit; the office's own have no unit."""
    if post.role is Role.SUPERVISOR:
        return Todo.role == Role.SUPERVISOR
    return Todo.unit_id == post.unit_id


def _looked_after(session: Session, person_id: int) -> list[OpenWork]:
    wanted = select(Item).where(Item.supervisor_id == person_id, Item.state.in_(rules.ALIVE))
    items = session.scalars(wanted.order_by(Item.due_on.is_(None), Item.due_on, Item.id))
    return [OpenWork(item.id, item.number, item.title, "", "", item.due_on) for item in items]


def _holders(session: Session, post: Post) -> Sequence[Person]:
    wanted = select(Person).join(Holding, Holding.person_id == Person.id)
    return session.scalars(
        wanted.where(Holding.post_id == post.id, holds(today(session))).order_by(Holding.id)
    ).all()


def _leave(session: Session, post: Post, person_id: int, to_id: int, day: date) -> None:
    if post.role is Role.ADMINISTRATOR:
        if _others(session, person_id) == 0:
            raise PeopleRefused(why="last_administrator")
        seconding.must_leave_two(session, session.get_one(Person, person_id), to_id)
    wanted = select(Holding).where(
        Holding.post_id == post.id, Holding.person_id == person_id, holds(day)
    )
    for holding in session.scalars(wanted):
        holding.until = max(day, holding.since)


def _others(session: Session, person_id: int) -> int:
    """Count the administrators besides a person."""
    wanted = (
        select(func.count())
        .select_from(Holding)
        .join(Post, Post.id == Holding.post_id)
        .where(
            Post.role == Role.ADMINISTRATOR,
            Holding.person_id != person_id,
            holds(today(session)),
        )
    )
    return session.scalar(wanted) or 0


def _pass_on(session: Session, post: Post, from_id: int, to_id: int) -> None:
    """Give the successor what is bound to the person who leaves."""
    in_unit = select(Todo.task_id).where(Todo.closed_at.is_(None), _of_the_post(post))
    if post.role is Role.SUPERVISOR:
        moved = update(Item).where(Item.supervisor_id == from_id, Item.state.in_(rules.ALIVE))
        session.execute(moved.values(supervisor_id=to_id, version=Item.version + 1))
    given = Delegation.task_id.in_(in_unit), Delegation.to_id == from_id
    session.execute(
        update(Delegation).where(*given, Delegation.ended_at.is_(None)).values(to_id=to_id)
    )
    session.execute(
        update(Todo)
        .where(Todo.delegate_id == from_id, Todo.task_id.in_(in_unit))
        .values(delegate_id=to_id)
    )
    kept = select(Draft.task_id).where(Draft.person_id == to_id)
    session.execute(
        update(Draft)
        .where(Draft.person_id == from_id, Draft.task_id.in_(in_unit), Draft.task_id.not_in(kept))
        .values(person_id=to_id)
    )
