"""Groups of units 考评分组: who is ranked among whom. Kinds of units are groups by themselves."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from engine import Session
from workflows.tables import GroupedUnit, Unit, UnitGroup, UnitKind

NAME = 80
DEFAULT = (
    (UnitKind.COUNTY, "县（市、区）", "Counties and districts"),
    (UnitKind.DEPARTMENT, "市直单位", "Departments of the city"),
)


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
    placed = {each.unit_id: each.group_id for each in session.scalars(select(GroupedUnit))}
    units = session.scalars(select(Unit).where(Unit.active).order_by(Unit.position, Unit.id)).all()
    found = {}
    for unit in units:
        group = by_id.get(placed[unit.id] or 0) if unit.id in placed else by_kind.get(unit.kind)
        if group is not None:
            found[unit.id] = (unit, group)
    return found
