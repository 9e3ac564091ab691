"""A decision with its parts, as a page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from engine import Session
from workflows import store
from workflows.actors import Actor
from workflows.calendar import today
from workflows.casefile import light_of_item
from workflows.lights import Light
from workflows.tables import Assignment, AssignmentState, Item, PlannedUnit, Unit


@dataclass(frozen=True, slots=True)
class Member:
    """A part of a decision: its light, and the units that have it or will."""

    item: Item
    light: Light
    units: Sequence[str]


@dataclass(frozen=True, slots=True)
class Whole:
    """The decision that a part belongs to; ``open`` says whether the reader may see it."""

    item: Item
    open: bool


def parts_of(session: Session, actor: Actor, item: Item) -> Sequence[Member]:
    """Return the parts of a decision that the actor may see, in their order."""
    wanted = (
        select(Item)
        .where(Item.parent_id == item.id, store.visible_to(actor))
        .order_by(Item.part_no)
        .options(
            joinedload(Item.sponsor),
            selectinload(Item.assignments).joinedload(Assignment.unit),
        )
    )
    found = session.scalars(wanted).all()
    day, planned = today(session), _planned(session, [part.id for part in found])
    return [
        Member(part, light_of_item(part, day), _units(part) or planned.get(part.id, []))
        for part in found
    ]


def whole_of(session: Session, actor: Actor, item: Item) -> Whole | None:
    """Return the decision that a part belongs to."""
    if item.parent_id is None:
        return None
    seen = select(Item.id).where(Item.id == item.parent_id, store.visible_to(actor))
    whole = session.get_one(Item, item.parent_id)
    return Whole(whole, open=session.scalar(seen) is not None)


def _units(part: Item) -> list[str]:
    return [
        each.unit.name
        for each in part.assignments
        if each.round == part.round and each.state is not AssignmentState.RELEASED
    ]


def _planned(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(PlannedUnit.item_id, Unit.name)
        .join(Unit, Unit.id == PlannedUnit.unit_id)
        .where(PlannedUnit.item_id.in_(ids))
        .order_by(PlannedUnit.part.desc(), Unit.position)
    )
    found: dict[int, list[str]] = {}
    for item_id, name in rows:
        found.setdefault(item_id, []).append(name)
    return found
