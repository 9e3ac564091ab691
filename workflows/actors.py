"""Who acts: a person with the posts held today, as holder or deputy. Work goes to posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    Subquery,
    bindparam,
    false,
    or_,
    select,
    true,
    union_all,
)

from engine import Session
from workflows.calendar import today
from workflows.errors import PersonUnknown
from workflows.tables import Deputy, Holding, Person, Post, Role, Unit


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post that a person holds today, or in which they act for its holder."""

    post_id: int
    unit_id: int
    unit_name: str
    role: Role
    name: str
    deputy: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who is signed in, and the posts held today."""

    person_id: int
    name: str
    posts: tuple[HeldPost, ...]
    language: str | None = None

    @property
    def by(self) -> str:
        """Return the name by which the engine's history knows the person."""
        return f"person:{self.person_id}"

    @property
    def roles(self) -> frozenset[Role]:
        """Return every role held."""
        return frozenset(held.role for held in self.posts)

    def has(self, role: Role) -> bool:
        """Say whether one of the posts carries this role."""
        return role in self.roles

    def unit_ids(self, role: Role | None = None) -> frozenset[int]:
        """Name the units in which the person holds this role, or any."""
        return frozenset(held.unit_id for held in self.posts if role is None or held.role is role)

    def post_for(self, role: Role, unit_id: int | None = None) -> HeldPost | None:
        """Return the post from which the person acts in this role (and unit)."""
        for held in self.posts:
            if held.role is role and unit_id in (None, held.unit_id):
                return held
        return None


def actor_of(session: Session, person_id: int) -> Actor:
    """Return the person as an actor, or refuse whoever has no account any more."""
    person = session.get(Person, person_id)
    if person is None or not person.active:
        raise PersonUnknown(person_id)
    return _with_posts(session, person)


def actor_of_token(session: Session, token: str) -> Actor | None:
    """Return whose API token this is, if it is anybody's who may still use it."""
    kept = sha256(token.encode()).hexdigest()
    person = session.scalars(select(Person).where(Person.token == kept, Person.active)).first()
    return None if person is None else _with_posts(session, person)


def holders(session: Session, role: Role, unit_id: int | None = None) -> Sequence[Person]:
    """Return who holds a role today, in one unit or anywhere."""
    wanted = _held_today(session).where(Post.role == role)
    if unit_id is not None:
        wanted = wanted.where(Post.unit_id == unit_id)
    return session.scalars(wanted).unique().all()


def holders_of_post(session: Session, post_id: int) -> Sequence[Person]:
    """Return who holds this post today."""
    return session.scalars(_held_today(session).where(Post.id == post_id)).unique().all()


def leaders(session: Session) -> Sequence[Post]:
    """Return the leaders' posts, in the order in which leaders are named."""
    return session.scalars(
        select(Post).where(Post.role == Role.LEADER).order_by(Post.position, Post.id)
    ).all()


def holds(on: date | BindParameter[date]) -> ColumnElement[bool]:
    """Return the condition that a holding is in force on a day; its last day is excluded."""
    return (Holding.since <= on) & or_(Holding.until.is_(None), Holding.until > on)


def seats(on: date | BindParameter[date]) -> Subquery:
    """Return who sits in which post on a day: its holders, and the deputies of those away."""
    deputising = (Deputy.since <= on) & or_(Deputy.until.is_(None), Deputy.until > on)
    held = select(Holding.post_id, Holding.person_id, false().label("deputy")).where(holds(on))
    acting = select(Deputy.post_id, Deputy.person_id, true().label("deputy")).where(deputising)
    return union_all(held, acting).subquery("seat")


def _held_today(session: Session) -> Select[Person]:
    seat = seats(today(session))
    return (
        select(Person)
        .join(seat, seat.c.person_id == Person.id)
        .join(Post, Post.id == seat.c.post_id)
        .where(Person.active)
        .order_by(Person.id)
    )


def _posts_held() -> Select[int, int, str, Role, str, bool]:
    seat = seats(bindparam("on", type_=Date()))
    return (
        select(Post.id, Post.unit_id, Unit.name, Post.role, Post.name, seat.c.deputy)
        .join(seat, seat.c.post_id == Post.id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(seat.c.person_id == bindparam("person_id"))
        .order_by(seat.c.deputy, Post.position, Post.id)
    )


POSTS_HELD: Final = _posts_held()
"""Asked by every request, so it is put together once."""


def _with_posts(session: Session, person: Person) -> Actor:
    rows = session.execute(POSTS_HELD, {"on": today(session), "person_id": person.id})
    posts = tuple(HeldPost(*row) for row in rows)
    return Actor(person.id, person.name, posts, person.language)
