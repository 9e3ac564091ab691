"""Deputies 代理: somebody acts in a post while its holder is away; the post stays the holder's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from engine import Session, now
from workflows import account_changes, notices, rules, store
from workflows.actors import Actor, HeldPost, holds
from workflows.calendar import today
from workflows.errors import NotYours, PeopleRefused, PersonUnknown
from workflows.tables import Deputy, Holding, Person, Post, Role
from workflows.turns import wait_for_turn

REASON = 200
HEADS = (Role.UNIT_HEAD, Role.DIRECTOR)
GUARDED = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
"""Roles that oversee the others: only an administrator lets somebody else act in them."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A deputy in a post, and for whom."""

    deputy: Deputy
    away: str
    running: bool


@dataclass(frozen=True, slots=True)
class Away:
    """From when on a holder is away, until the first day back; today and open, unless said."""

    since: date | None = None
    until: date | None = None
    reason: str = ""


def own_posts(actor: Actor) -> list[HeldPost]:
    """Return the posts that the actor holds, without those in which they are a deputy."""
    return [held for held in actor.posts if not held.deputy]


def may_appoint(actor: Actor, post: Post) -> bool:
    """Say whether the actor may let somebody act in a post.

    A holder may for their own post, a unit's head for the posts of the unit but a leader's, an
    administrator for any. A deputy may not pass on what was lent to them.
    """
    if actor.has(Role.ADMINISTRATOR):
        return True
    if post.role in GUARDED:
        return False
    own = own_posts(actor)
    heads = {held.unit_id for held in own if held.role in HEADS}
    headed = post.unit_id in heads and post.role is not Role.LEADER
    return headed or any(held.post_id == post.id for held in own)


def appoint(
    session: Session,
    actor: Actor,
    post_id: int,
    person_id: int,
    away: Away | None = None,
) -> Deputy:
    """Let somebody act in a post from a day on, until the day on which its holder is back.

    Only an administrator lets somebody in who is of another unit, and of none below.
    """
    away = away or Away()
    wait_for_turn(session, f"post {post_id}")
    post, person = _post(session, post_id), _person(session, person_id)
    if not may_appoint(actor, post):
        raise NotYours(post.role.value, post.unit_id)
    if not (actor.has(Role.ADMINISTRATOR) or _is_of_the_unit(session, person, post.unit_id)):
        raise PersonUnknown(person_id)
    day = today(session)
    start, until, reason = away.since or day, away.until, away.reason.strip()
    rules.must_fit("reason", reason, REASON)
    rules.must_lie_ahead(start, day)
    if until is not None and until <= start:
        raise PeopleRefused(why="back_before_away", since=start, until=until)
    _must_be_free(session, post, person, start, until)

    deputy = Deputy(
        post_id=post.id,
        person_id=person.id,
        since=start,
        until=until,
        reason=reason,
        appointed_by_id=actor.person_id,
        appointed_at=now(session),
    )
    session.add(deputy)
    session.flush()
    facts = {
        "post": f"{post.unit.name} {post.name}",
        "since": start.isoformat(),
        "until": until.isoformat() if until else None,
    }
    notices.notify(session, [person], "deputy", facts=facts)
    account_changes.note_post(session, actor, person, post)
    return deputy


def end_deputy(session: Session, actor: Actor, deputy_id: int) -> Deputy:
    """Let a deputy's time end today; that they acted stays on record."""
    deputy = session.get(Deputy, deputy_id)
    if deputy is None or not (
        may_appoint(actor, deputy.post) or deputy.person_id == actor.person_id
    ):
        raise PersonUnknown(deputy_id)
    day = today(session)
    if deputy.until is not None and deputy.until <= day:
        raise PeopleRefused(why="ended_already")
    deputy.until = max(day, deputy.since)
    session.flush()
    account_changes.note_post_back(session, actor, deputy.person, deputy.post)
    return deputy


def absences(session: Session, actor: Actor) -> list[Absence]:
    """Return the deputies that concern the actor, now or later: theirs, and those they are."""
    day = today(session)
    posts = [held.post_id for held in actor.posts]
    rows = session.scalars(
        select(Deputy)
        .where(
            or_(Deputy.post_id.in_(posts), Deputy.person_id == actor.person_id),
            or_(Deputy.until.is_(None), Deputy.until > day),
        )
        .options(joinedload(Deputy.post).joinedload(Post.unit), joinedload(Deputy.person))
        .order_by(Deputy.since, Deputy.id)
    ).all()
    return [Absence(row, _holders(session, row.post_id), row.since <= day) for row in rows]


def possible_deputies(session: Session, actor: Actor) -> Sequence[tuple[Person, str]]:
    """Return who may act for the actor: people of the same units, each with a post of theirs."""
    units = {held.unit_id for held in own_posts(actor)}
    rows = session.execute(
        select(Person, Post.name)
        .join(Holding, Holding.person_id == Person.id)
        .join(Post, Post.id == Holding.post_id)
        .where(
            Person.active,
            Person.id != actor.person_id,
            Post.unit_id.in_(units),
            holds(today(session)),
        )
        .order_by(Post.position, Post.id)
    ).all()
    first: dict[int, tuple[Person, str]] = {}
    for person, post in rows:
        first.setdefault(person.id, (person, post))
    return list(first.values())


def staff(session: Session, actor: Actor) -> Sequence[tuple[Post, Sequence[Person]]]:
    """Return the posts of the units that the actor heads, each with its holders today."""
    heads = {held.unit_id for held in own_posts(actor) if held.role in HEADS}
    rows = session.execute(
        select(Post, Person)
        .outerjoin(Holding, (Holding.post_id == Post.id) & holds(today(session)))
        .outerjoin(Person, Person.id == Holding.person_id)
        .where(Post.unit_id.in_(heads), Post.role.not_in([*HEADS, *GUARDED, Role.LEADER]))
        .order_by(Post.position, Post.id)
    )
    seated: dict[int, tuple[Post, list[Person]]] = {}
    for post, person in rows:
        _, people = seated.setdefault(post.id, (post, []))
        if person is not None:
            people.append(person)
    return list(seated.values())


def _is_of_the_unit(session: Session, person: Person, unit_id: int) -> bool:
    """Say whether somebody holds a post of a unit, or of one below it, today."""
    below = store.units_below([unit_id])
    held = (
        select(Holding.id)
        .join(Post, Post.id == Holding.post_id)
        .where(
            Holding.person_id == person.id,
            Post.unit_id.in_(select(below.c.id)),
            holds(today(session)),
        )
    )
    return session.scalars(held.limit(1)).first() is not None


def _must_be_free(
    session: Session, post: Post, person: Person, since: date, until: date | None
) -> None:
    """Refuse whoever sits in the post already, or a second deputy at the same time."""
    held = select(Holding.id).where(
        Holding.post_id == post.id, Holding.person_id == person.id, holds(since)
    )
    if session.scalars(held).first():
        raise PeopleRefused(why="held_already", name=person.name, post=post.name)
    others = select(Deputy).where(
        Deputy.post_id == post.id, or_(Deputy.until.is_(None), Deputy.until > since)
    )
    if until is not None:
        others = others.where(Deputy.since < until)
    other = session.scalars(others).first()
    if other is not None:
        raise PeopleRefused(why="deputy_already", name=other.person.name, post=post.name)


def _holders(session: Session, post_id: int) -> str:
    held = select(Person.name).join(Holding, Holding.person_id == Person.id)
    names = session.scalars(held.where(Holding.post_id == post_id, holds(today(session))))
    return "、".join(names)


def _post(session: Session, post_id: int) -> Post:
    post = session.get(Post, post_id)
    if post is None:
        raise PersonUnknown(post_id)
    return post


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise PersonUnknown(person_id)
    if not person.active:
        raise PeopleRefused(why="person_disabled", name=person.name)
    return person
