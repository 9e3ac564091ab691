"""The front door of people: who acts, accounts, and what an administrator does about them.

Posts outlive persons: a person is given a post and gives it back, and the holding stays
as the record of who held it when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from secrets import token_urlsafe

from sqlalchemy import select

from engine import Session
from workflows import account_changes, passwords, rules, seconding
from workflows.accounts import (
    change_own_password,
    choose_language,
    close_session,
    close_sessions_of,
    hash_of,
    load_session,
    open_session,
    set_password,
    sign_in,
    sweep_sessions,
    touch_session,
    wants_touch,
)
from workflows.actors import (
    Actor,
    HeldPost,
    actor_of,
    actor_of_token,
    holders,
    holders_of_post,
    holds,
    leaders,
)
from workflows.calendar import today
from workflows.errors import NotYours, PeopleRefused, PersonUnknown
from workflows.rules import Acting
from workflows.tables import AccountDeed, Holding, Person, Post, Role
from workflows.units import (
    UnitForm,
    add_unit,
    change_unit,
    close_unit,
    must_be_version,
    reopen_unit,
    unit_of,
    units,
)

__all__ = [
    "Actor",
    "HeldPost",
    "PersonForm",
    "UnitForm",
    "actor_of",
    "actor_of_token",
    "add_person",
    "add_post",
    "add_unit",
    "change_own_password",
    "change_person",
    "change_post",
    "change_unit",
    "choose_language",
    "close_session",
    "close_sessions_of",
    "close_unit",
    "disable_person",
    "enable_person",
    "end_holding",
    "give_post",
    "holders",
    "holders_of_post",
    "holdings_of",
    "issue_token",
    "leaders",
    "load_session",
    "open_account",
    "open_session",
    "person_of",
    "persons",
    "posts_of",
    "reopen_unit",
    "reset_password",
    "revoke_token",
    "sign_in",
    "sweep_sessions",
    "touch_session",
    "units",
    "wants_touch",
]

LOGIN, NAME, PHONE = 80, 80, 40


@dataclass(frozen=True, slots=True)
class PersonForm:
    """What an administrator says about a person."""

    name: str
    login: str
    email: str = ""
    phone: str = ""
    language: str | None = None


def persons(session: Session) -> Sequence[Person]:
    """Return everybody with an account, the active first."""
    return session.scalars(select(Person).order_by(Person.active.desc(), Person.id)).all()


def person_of(session: Session, person_id: int) -> Person:
    """Return the person of this number, or refuse."""
    person = session.get(Person, person_id)
    if person is None:
        raise PersonUnknown(person_id)
    return person


def posts_of(session: Session, unit_id: int) -> Sequence[Post]:
    """Return a unit's posts in their order."""
    wanted = select(Post).where(Post.unit_id == unit_id)
    return session.scalars(wanted.order_by(Post.position, Post.id)).all()


def holdings_of(session: Session, person_id: int) -> Sequence[Holding]:
    """Return which posts a person holds and held, the latest first."""
    wanted = select(Holding).where(Holding.person_id == person_id)
    return session.scalars(wanted.order_by(Holding.since.desc(), Holding.id.desc())).all()


def add_post(
    session: Session, actor: Acting, unit_id: int, name: str, role: Role, position: int = 0
) -> Post:
    """Add a post to a unit."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    if not unit_of(session, unit_id).active:
        raise PeopleRefused(why="unit_closed")
    said = rules.must_say("name", name, NAME)
    post = Post(unit_id=unit_id, name=said, role=role, position=position)
    session.add(post)
    session.flush()
    return post


def change_post(session: Session, actor: Acting, post_id: int, name: str) -> Post:
    """Rename a post; its role stays, since records were made in it."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    post = session.get(Post, post_id)
    if post is None:
        raise PersonUnknown(post_id)
    post.name = rules.must_say("name", name, NAME)
    session.flush()
    return post


def add_person(session: Session, actor: Acting, form: PersonForm, password: str) -> Person:
    """Open an account with its first password."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    person = Person(name="", login="", password="")
    _fill(session, person, form)
    session.add(person)
    set_password(session, person, password)
    account_changes.note(session, actor, person, AccountDeed.OPENED)
    return person


def open_account(session: Session, actor: Acting, form: PersonForm) -> tuple[Person, str]:
    """Open an account with a password of ours, which is shown once."""
    password = passwords.fresh()
    return add_person(session, actor, form, password), password


def change_person(
    session: Session, actor: Acting, person_id: int, form: PersonForm, version: int | None = None
) -> Person:
    """Change what is known of a person; ``version`` is what the page showed."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    person = person_of(session, person_id)
    must_be_version("person", person.version, version)
    _fill(session, person, form)
    session.flush()
    return person


def disable_person(session: Session, actor: Acting, person_id: int) -> Person:
    """Close an account at once: its sessions and its token end."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    person = person_of(session, person_id)
    if person_id == actor.person_id:
        raise PeopleRefused(why="yourself")
    if person.active:
        seconding.must_leave_two(session, person)
        account_changes.note(session, actor, person, AccountDeed.CLOSED)
        person.active = False
        person.token = None
        close_sessions_of(session, person_id)
        session.flush()
    return person


def enable_person(session: Session, actor: Acting, person_id: int) -> Person:
    """Open a closed account again."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    person = person_of(session, person_id)
    if not person.active:
        person.active = True
        session.flush()
        account_changes.note(session, actor, person, AccountDeed.REOPENED)
    return person


def give_post(
    session: Session, actor: Acting, person_id: int, post_id: int, since: date | None = None
) -> Holding:
    """Give somebody a post from a day on."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    person, post = person_of(session, person_id), session.get(Post, post_id)
    if post is None:
        raise PersonUnknown(post_id)
    if not person.active:
        raise PeopleRefused(why="person_disabled", name=person.name)
    start = since or today(session)
    held = select(Holding.id).where(
        Holding.person_id == person_id, Holding.post_id == post_id, holds(start)
    )
    if session.scalars(held).first():
        raise PeopleRefused(why="held_already", name=person.name, post=post.name)
    holding = Holding(post_id=post_id, person_id=person_id, since=start)
    session.add(holding)
    session.flush()
    account_changes.note_post(session, actor, person, post)
    return holding


def end_holding(session: Session, actor: Acting, holding_id: int) -> Holding:
    """Take a post back as of today; the record of the holding stays."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    holding = session.get(Holding, holding_id)
    if holding is None or holding.until is not None:
        raise PersonUnknown(holding_id)
    _must_leave_an_administrator(session, holding)
    holding.until = max(today(session), holding.since)
    session.flush()
    account_changes.note_post_back(session, actor, holding.person, holding.post)
    return holding


def reset_password(session: Session, actor: Acting, person_id: int) -> str:
    """Give somebody a new password, shown once; the old one's sessions and token end."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    person, password = person_of(session, person_id), passwords.fresh()
    set_password(session, person, password)
    account_changes.note(session, actor, person, AccountDeed.RESET)
    return password


def issue_token(session: Session, actor: Acting, person_id: int) -> str:
    """Give an account a new API token, shown once; the one before it ends."""
    if actor.person_id != person_id:
        rules.must_have(actor, Role.ADMINISTRATOR)
    person = person_of(session, person_id)
    if not person.active:
        raise NotYours(Role.ADMINISTRATOR.value)
    token = f"duban_{token_urlsafe(32)}"
    person.token = hash_of(token)
    session.flush()
    account_changes.note(session, actor, person, AccountDeed.ISSUED)
    return token


def revoke_token(session: Session, actor: Acting, person_id: int) -> None:
    """End an account's API token."""
    if actor.person_id != person_id:
        rules.must_have(actor, Role.ADMINISTRATOR)
    person = person_of(session, person_id)
    if person.token is not None:
        person.token = None
        session.flush()
        account_changes.note(session, actor, person, AccountDeed.REVOKED)


def _fill(session: Session, person: Person, form: PersonForm) -> None:
    login = rules.must_say("login", form.login, LOGIN).casefold()
    others = select(Person.id).where(Person.login == login, Person.id != (person.id or 0))
    if session.scalars(others).first():
        raise PeopleRefused(why="login_taken", login=login)
    email, phone = form.email.strip(), form.phone.strip()
    rules.must_fit("email", email, rules.LONGEST_MAIL)
    rules.must_fit("phone", phone, PHONE)
    if email and not rules.is_mail_address(email):
        raise PeopleRefused(why="email", email=email)
    person.name = rules.must_say("name", form.name, NAME)
    person.login, person.language = login, form.language
    person.email, person.phone = email or None, phone or None


def _must_leave_an_administrator(session: Session, holding: Holding) -> None:
    if holding.post.role is not Role.ADMINISTRATOR:
        return
    if not [each for each in holders(session, Role.ADMINISTRATOR) if each.id != holding.person_id]:
        raise PeopleRefused(why="last_administrator")
    seconding.must_leave_two(session, holding.person)
