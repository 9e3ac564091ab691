"""Who acts: a person with the posts held today. Work is addressed to posts, not persons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import ColumnElement, Select, or_, select

from engine import Session
from workflows.calendar import today
from workflows.errors import PersonUnknown
from workflows.tables import Holding, Person, Post, Role, Unit


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post that a person holds today."""

    post_id: int
    unit_id: int
    unit_name: str
    role: Role
    name: str


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


def holds(on: date) -> ColumnElement[bool]:
    """Return the condition that a holding is in force on a day; its last day is excluded."""
    return (Holding.since <= on) & or_(Holding.until.is_(None), Holding.until > on)


def _held_today(session: Session) -> Select[Person]:
    return (
        select(Person)
        .join(Holding, Holding.person_id == Person.id)
        .join(Post, Post.id == Holding.post_id)
        .where(Person.active, holds(today(session)))
        .order_by(Person.id)
    )


def _with_posts(session: Session, person: Person) -> Actor:
    rows = session.execute(
        select(Post.id, Post.unit_id, Unit.name, Post.role, Post.name)
        .join(Holding, Holding.post_id == Post.id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Holding.person_id == person.id, holds(today(session)))
        .order_by(Post.position, Post.id)
    )
    posts = tuple(HeldPost(*row) for row in rows)
    return Actor(person.id, person.name, posts, person.language)
