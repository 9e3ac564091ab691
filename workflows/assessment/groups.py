"""Groups of units 考评分组: who is ranked among whom. Kinds of units are groups by themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from engine import Session
from workflows import rules
from workflows.actors import Actor
from workflows.errors import AssessmentRefused
from workflows.tables import GroupedUnit, Ranking, Role, Unit, UnitGroup, UnitKind
from workflows.units import unit_of

NAME = 80
DEFAULT = (
    (UnitKind.COUNTY, "县（市、区）", "Counties and districts"),
    (UnitKind.DEPARTMENT, "市直单位", "Departments of the city"),
)


BY_KIND, NOWHERE = "kind", "none"


@dataclass(frozen=True, slots=True)
class GroupForm:
    """What a group is called, where it stands, and which kind of units belongs to it."""

    name: str
    name_en: str = ""
    kind: UnitKind | None = None
    position: int = 0


def seed_groups(session: Session) -> None:
    """Write the groups of the seed where there are none."""
    if session.scalars(select(UnitGroup.id).limit(1)).first() is None:
        for position, (kind, name, name_en) in enumerate(DEFAULT):
            session.add(UnitGroup(name=name, name_en=name_en, kind=kind, position=position))
        session.flush()


def groups(session: Session) -> Sequence[UnitGroup]:
    """Return every group in the order in which they are shown."""
    return session.scalars(select(UnitGroup).order_by(UnitGroup.position, UnitGroup.id)).all()


def grouped(session: Session) -> Mapping[int, tuple[Unit, UnitGroup]]:
    """Return the units that are assessed, each with its group."""
    known = groups(session)
    by_id = {group.id: group for group in known}
    by_kind = {group.kind: group for group in known if group.kind is not None}
    placed = places(session)
    units = session.scalars(select(Unit).where(Unit.active).order_by(Unit.position, Unit.id)).all()
    found = {}
    for unit in units:
        group = by_id.get(placed[unit.id] or 0) if unit.id in placed else by_kind.get(unit.kind)
        if group is not None:
            found[unit.id] = (unit, group)
    return found


# -- what an administrator changes --------------------------------------------------------


def add_group(session: Session, actor: Actor, form: GroupForm) -> UnitGroup:
    """Add a group of units."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    group = UnitGroup(name="")
    _fill(session, group, form)
    session.add(group)
    session.flush()
    return group


def change_group(session: Session, actor: Actor, group_id: int, form: GroupForm) -> UnitGroup:
    """Change a group's name, place or kind; frozen quarters keep who was in it."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    group = _group(session, group_id)
    _fill(session, group, form)
    session.flush()
    return group


def remove_group(session: Session, actor: Actor, group_id: int) -> None:
    """Take a group away that no frozen quarter knows; its units belong where their kind does."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    group = _group(session, group_id)
    kept = select(Ranking.id).where(Ranking.group_id == group_id).limit(1)
    if session.scalars(kept).first() is not None:
        raise AssessmentRefused("group_kept", name=group.name)
    session.execute(delete(GroupedUnit).where(GroupedUnit.group_id == group_id))
    session.delete(group)
    session.flush()


def place_units(session: Session, actor: Actor, places: Mapping[int, int | str]) -> None:
    """Put units into groups by hand; BY_KIND where its kind puts one, NOWHERE takes it out."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    for unit_id, place in places.items():
        unit_of(session, unit_id)
        row = session.get(GroupedUnit, unit_id)
        if place == BY_KIND:
            if row is not None:
                session.delete(row)
            continue
        group_id = None if place == NOWHERE else _group(session, int(place)).id
        if row is None:
            session.add(GroupedUnit(unit_id=unit_id, group_id=group_id))
        else:
            row.group_id = group_id
    session.flush()


def places(session: Session) -> Mapping[int, int | None]:
    """Return the units that were placed by hand; nothing is said of those that weren't."""
    return {each.unit_id: each.group_id for each in session.scalars(select(GroupedUnit))}


def _group(session: Session, group_id: int) -> UnitGroup:
    group = session.get(UnitGroup, group_id)
    if group is None:
        raise AssessmentRefused("no_group")
    return group


def _fill(session: Session, group: UnitGroup, form: GroupForm) -> None:
    name = rules.must_say("name", form.name, NAME)
    rules.must_fit("name_en", form.name_en.strip(), NAME)
    for other in groups(session):
        if other is group:
            continue
        if other.name == name:
            raise AssessmentRefused("group_name", name=name)
        if form.kind is not None and other.kind is form.kind:
            raise AssessmentRefused("group_kind", name=other.name)
    group.name, group.name_en = name, form.name_en.strip()
    group.kind, group.position = form.kind, form.position
