"""What every new deployment needs: the calendar, the limits, and one administrator."""

from sqlalchemy import select

from engine import Session
from workflows import passwords
from workflows.calendar import seed_calendar, today
from workflows.limits import seed_limits
from workflows.tables import Holding, Person, Post, Role, Unit, UnitKind

LOGIN = "admin"
OFFICE, POST, NAME = "督查室", "系统管理员", "系统管理员"


def found(session: Session) -> str | None:
    """Seed what is missing; where nobody has an account yet, return the first one's password."""
    seed_calendar(session)
    seed_limits(session)
    if session.scalars(select(Person.id).limit(1)).first() is not None:
        return None
    password = passwords.fresh()
    unit = Unit(name=OFFICE, kind=UnitKind.OFFICE, aliases=[])
    person = Person(name=NAME, login=LOGIN, password=passwords.hash_of(password))
    session.add_all([unit, person])
    session.flush()
    post = Post(unit_id=unit.id, name=POST, role=Role.ADMINISTRATOR)
    session.add(post)
    session.flush()
    session.add(Holding(post_id=post.id, person_id=person.id, since=today(session)))
    session.flush()
    return password
