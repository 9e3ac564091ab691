"""Units that take work, and who holds a post in them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Date, Select, bindparam, select

from engine import Session
from workflows.actors import seats
from workflows.calendar import today
from workflows.errors import UnitUnknown
from workflows.tables import Person, Post, Role, Unit


def person_name(session: Session, person_id: int | None) -> str | None:
    """Return a person's name; nobody has none."""
    return None if person_id is None else session.get_one(Person, person_id).name


def active_units(session: Session, ids: Sequence[int]) -> Mapping[int, Unit]:
    """Return units that take work, or refuse if one of them doesn't."""
    found = {
        unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(ids), Unit.active))
    }
    for unit_id in ids:
        if unit_id not in found:
            raise UnitUnknown(unit_id)
    return found


def people_of_unit(session: Session, unit_id: int, roles: Sequence[Role]) -> Sequence[Person]:
    """Return who holds one of these roles in a unit today, deputies included."""
    asked = {"on": today(session), "unit": unit_id, "roles": list(roles)}
    return session.scalars(_PEOPLE_OF_UNIT, asked).unique().all()


def _people_of_unit() -> Select[Person]:
    seat = seats(bindparam("on", type_=Date()))
    return (
        select(Person)
        .join(seat, seat.c.person_id == Person.id)
        .join(Post, Post.id == seat.c.post_id)
        .where(
            Post.unit_id == bindparam("unit"),
            Post.role.in_(bindparam("roles", expanding=True)),
            Person.active,
        )
        .order_by(Person.id)
    )


_PEOPLE_OF_UNIT = _people_of_unit()
