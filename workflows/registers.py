"""The registers of units and people: what an administrator's lists show, in few queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, or_, select

from engine import Session
from workflows.actors import holds
from workflows.calendar import today
from workflows.tables import Holding, Person, Post, Role, Unit
from workflows.units import unit_of

__all__ = [
    "Counts",
    "HolderLine",
    "PastLine",
    "PersonLine",
    "PostLine",
    "counts",
    "past_holdings",
    "person_lines",
    "posts_by_unit",
    "unit_of",
]


@dataclass(frozen=True, slots=True)
class HolderLine:
    """Who holds a post, since when."""

    holding_id: int
    person_id: int
    name: str
    since: date


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post with its holders today; without any it is vacant."""

    post_id: int
    name: str
    role: Role
    holders: list[HolderLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PastLine:
    """Who held which post of a unit, and until when."""

    post: str
    person: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person with the posts held today, each with its unit."""

    person: Person
    posts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many units and accounts there are."""

    units: int
    persons: int


def posts_by_unit(session: Session) -> dict[int, list[PostLine]]:
    """Return every unit's posts in their order, each with its holders today."""
    on = today(session)
    rows = session.execute(
        select(Post, Holding, Person)
        .outerjoin(Holding, (Holding.post_id == Post.id) & holds(on))
        .outerjoin(Person, (Person.id == Holding.person_id) & Person.active)
        .order_by(Post.unit_id, Post.position, Post.id, Holding.id)
    )
    lines: dict[int, PostLine] = {}
    units: dict[int, list[PostLine]] = {}
    for post, holding, person in rows:
        if post.id not in lines:
            lines[post.id] = PostLine(post.id, post.name, post.role)
            units.setdefault(post.unit_id, []).append(lines[post.id])
        if person is not None:
            holder = HolderLine(holding.id, person.id, person.name, holding.since)
            lines[post.id].holders.append(holder)
    return units


def past_holdings(session: Session, unit_id: int) -> Sequence[PastLine]:
    """Return who held a unit's posts before, the latest first."""
    rows = session.execute(
        select(Post.name, Person.name, Holding.since, Holding.until)
        .join(Holding, Holding.post_id == Post.id)
        .join(Person, Person.id == Holding.person_id)
        .where(Post.unit_id == unit_id, Holding.until.is_not(None))
        .order_by(Holding.until.desc(), Holding.id.desc())
    )
    return [PastLine(*row) for row in rows]


def person_lines(session: Session, sought: str = "") -> list[PersonLine]:
    """Return everybody whose name, login or unit contains some letters, with their posts."""
    rows = session.execute(
        select(Person, Post.name, Unit.name)
        .outerjoin(Holding, (Holding.person_id == Person.id) & holds(today(session)))
        .outerjoin(Post, Post.id == Holding.post_id)
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .where(
            or_(
                Person.name.contains(sought, autoescape=True),
                Person.login.contains(sought.casefold(), autoescape=True),
                Unit.name.contains(sought, autoescape=True),
            )
        )
        .order_by(Person.active.desc(), Person.id, Post.position, Post.id)
    )
    lines: dict[int, PersonLine] = {}
    for person, post, unit in rows:
        line = lines.setdefault(person.id, PersonLine(person))
        if post is not None:
            line.posts.append((unit, post))
    return list(lines.values())


def counts(session: Session) -> Counts:
    """Count units and accounts that are open."""
    units = select(func.count()).select_from(Unit).where(Unit.active)
    persons = select(func.count()).select_from(Person).where(Person.active)
    return Counts(session.scalar(units) or 0, session.scalar(persons) or 0)
