"""What whoever holds the machine may do without an account of their own."""

from sqlalchemy import select

from engine import Session
from workflows import passwords, people
from workflows.actors import Actor, HeldPost, actor_of, holders
from workflows.errors import PersonUnknown
from workflows.people import PersonForm
from workflows.tables import Person, Role, Unit, UnitKind
from workflows.units import UnitForm

OFFICE, POST = "督查室", "系统管理员"
TERMINAL = Actor(0, "terminal", (HeldPost(0, 0, "", Role.ADMINISTRATOR, "terminal"),))
"""The operator at the terminal; the record names him ``person:0``."""


def add_administrator(session: Session, login: str, name: str) -> str:
    """Open an administrator's account and return its first password, shown once."""
    unit = session.scalars(
        select(Unit).where(Unit.kind == UnitKind.OFFICE).order_by(Unit.id)
    ).first()
    if unit is None:
        unit = people.add_unit(session, TERMINAL, UnitForm(OFFICE, UnitKind.OFFICE))
    post = people.add_post(session, TERMINAL, unit.id, POST, Role.ADMINISTRATOR)
    password = passwords.fresh()
    person = people.add_person(session, TERMINAL, PersonForm(name, login), password)
    people.give_post(session, TERMINAL, person.id, post.id)
    return password


def reset_password(session: Session, login: str) -> str:
    """Give an account a new password, shown once."""
    return people.reset_password(session, TERMINAL, person_of(session, login).id)


def issue_token(session: Session, login: str) -> str:
    """Give an account a new token for the API, shown once."""
    return people.issue_token(session, TERMINAL, person_of(session, login).id)


def importer(session: Session, login: str | None = None) -> Actor:
    """Return for whom a ledger is imported: whoever is named, or the office's first supervisor."""
    if login is not None:
        return actor_of(session, person_of(session, login).id)
    supervisors = holders(session, Role.SUPERVISOR)
    if not supervisors:
        raise PersonUnknown
    return actor_of(session, supervisors[0].id)


def person_of(session: Session, login: str) -> Person:
    """Return whose login this is, or refuse."""
    person = session.scalars(select(Person).where(Person.login == login.casefold())).first()
    if person is None:
        raise PersonUnknown(login)
    return person
