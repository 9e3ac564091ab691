"""Units: a tree with groups, and the other names by which ledgers know them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy import select

from engine import Session
from workflows import rules
from workflows.errors import ChangedMeanwhile, PeopleRefused, UnitUnknown
from workflows.rules import Acting
from workflows.tables import Assignment, AssignmentState, Role, Unit, UnitKind

NAME = 80
GROUPS: Mapping[str, UnitKind] = MappingProxyType(
    {
        "市直各单位": UnitKind.DEPARTMENT,
        "市直单位": UnitKind.DEPARTMENT,
        "市直各部门": UnitKind.DEPARTMENT,
        "各市直单位": UnitKind.DEPARTMENT,
        "市直有关单位": UnitKind.DEPARTMENT,
        "各县市区": UnitKind.COUNTY,
        "县市区": UnitKind.COUNTY,
        "各县区": UnitKind.COUNTY,
        "各区县": UnitKind.COUNTY,
        "各县": UnitKind.COUNTY,
    }
)
"""Names of groups, without brackets, commas and 政府, and whom each means."""


@dataclass(frozen=True, slots=True)
class UnitForm:
    """What an administrator says about a unit."""

    name: str
    kind: UnitKind
    parent_id: int | None = None
    position: int = 0
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A unit of the tree with the units below it."""

    unit: Unit
    below: list["Node"] = field(default_factory=list)


def units(session: Session, *, active: bool = True) -> list[Node]:
    """Return the tree of units in its own order; ``active=False`` shows closed ones too."""
    wanted = select(Unit).order_by(Unit.position, Unit.id)
    rows = session.scalars(wanted.where(Unit.active) if active else wanted).all()
    nodes = {row.id: Node(row) for row in rows}
    roots: list[Node] = []
    for node in nodes.values():
        parent = nodes.get(node.unit.parent_id or 0)
        (roots if parent is None else parent.below).append(node)
    return roots


def unit_of(session: Session, unit_id: int) -> Unit:
    """Return the unit of this number, or refuse."""
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise UnitUnknown(unit_id)
    return unit


def members(session: Session, kind: UnitKind) -> Sequence[Unit]:
    """Return the active units of a group."""
    wanted = select(Unit).where(Unit.kind == kind, Unit.active)
    return session.scalars(wanted.order_by(Unit.position, Unit.id)).all()


def group_of(name: str) -> UnitKind | None:
    """Return the group that a name such as 各县（市、区）政府 means."""
    plain = re.sub(r"[()、,，]|人民政府|政府", "", plain_name(name))
    return GROUPS.get(plain)


def expand(session: Session, name: str) -> Sequence[Unit]:
    """Return every unit that a name means: one, a whole group, or none."""
    kind = group_of(name)
    if kind is not None:
        return members(session, kind)
    unit = find_unit(session, name)
    return [] if unit is None else [unit]


def find_unit(session: Session, name: str) -> Unit | None:
    """Return the active unit of this name or alias."""
    return names(session).get(plain_name(name))


def names(session: Session) -> dict[str, Unit]:
    """Return every active unit by each of its plain names; true names win over aliases."""
    rows = session.scalars(select(Unit).where(Unit.active).order_by(Unit.id)).all()
    found = {plain_name(alias): row for row in rows for alias in row.aliases}
    return found | {plain_name(row.name): row for row in rows}


def every_name(session: Session) -> Mapping[int, str]:
    """Return what each unit is called, closed ones too."""
    return {unit.id: unit.name for unit in session.scalars(select(Unit))}


def plain_name(name: str) -> str:
    """Return a name without blanks and in half width, for comparing."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


def add_unit(session: Session, actor: Acting, form: UnitForm) -> Unit:
    """Add a unit to the tree."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    unit = Unit(name="", kind=form.kind, aliases=[])
    _fill(session, unit, form)
    session.add(unit)
    session.flush()
    return unit


def change_unit(
    session: Session, actor: Acting, unit_id: int, form: UnitForm, version: int | None = None
) -> Unit:
    """Change a unit; ``version`` is what the page showed."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    unit = unit_of(session, unit_id)
    must_be_version("unit", unit.version, version)
    _fill(session, unit, form)
    session.flush()
    return unit


def close_unit(session: Session, actor: Acting, unit_id: int) -> Unit:
    """Deactivate a unit: it takes no new work, its past stays readable."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    unit = unit_of(session, unit_id)
    if session.scalars(select(Unit.id).where(Unit.parent_id == unit_id, Unit.active)).first():
        raise PeopleRefused(why="unit_has_units", name=unit.name)
    done = (AssignmentState.ACCEPTED, AssignmentState.RELEASED)
    running = select(Assignment.id).where(
        Assignment.unit_id == unit_id, Assignment.state.not_in(done)
    )
    if session.scalars(running.limit(1)).first():
        raise PeopleRefused(why="unit_has_work", name=unit.name)
    unit.active = False
    session.flush()
    return unit


def reopen_unit(session: Session, actor: Acting, unit_id: int) -> Unit:
    """Let a deactivated unit take work again."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    unit = unit_of(session, unit_id)
    parent = session.get(Unit, unit.parent_id) if unit.parent_id else None
    if parent is not None and not parent.active:
        raise PeopleRefused(why="parent_closed", name=parent.name)
    unit.active = True
    session.flush()
    return unit


def must_be_version(what: str, found: int, expected: int | None) -> None:
    """Refuse a change to a row that somebody else changed since it was read."""
    if expected is not None and expected != found:
        raise ChangedMeanwhile(what)


def _fill(session: Session, unit: Unit, form: UnitForm) -> None:
    name = rules.must_say("name", form.name, NAME)
    aliases = list(dict.fromkeys(alias.strip() for alias in form.aliases if alias.strip()))
    for each in (name, *aliases):
        rules.must_fit("aliases", each, NAME)
        _must_be_free(session, unit, each)
    _must_hang_well(session, unit, form.parent_id)
    unit.name, unit.aliases = name, aliases
    unit.kind, unit.parent_id, unit.position = form.kind, form.parent_id, form.position


def _must_be_free(session: Session, unit: Unit, name: str) -> None:
    """Refuse a name or alias by which another unit, open or closed, is known."""
    plain = plain_name(name)
    if group_of(name) is not None:
        raise PeopleRefused(why="name_is_group", name=name)
    for other in session.scalars(select(Unit).where(Unit.id != (unit.id or 0))):
        if plain in map(plain_name, (other.name, *other.aliases)):
            raise PeopleRefused(why="name_taken", name=name, by=other.name)


def _must_hang_well(session: Session, unit: Unit, parent_id: int | None) -> None:
    """Refuse a parent that is closed, or that hangs below the unit itself."""
    step = parent_id
    while step is not None:
        parent = unit_of(session, step)
        if parent.id == unit.id:
            raise PeopleRefused(why="circle", name=unit.name)
        step = parent.parent_id
    if parent_id is not None and not unit_of(session, parent_id).active:
        raise PeopleRefused(why="parent_closed", name=unit_of(session, parent_id).name)
