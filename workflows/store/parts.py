"""One unit's part of an item, and the parts of a round."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine import Session
from workflows.errors import AssignmentUnknown, ItemUnknown
from workflows.rules import Acting
from workflows.store.items import visible_item
from workflows.tables import Assignment, AssignmentState, Item, Part


def assignment_of(session: Session, assignment_id: int | None) -> Assignment:
    """Return one unit's part."""
    found = None if assignment_id is None else session.get(Assignment, assignment_id)
    if found is None:
        raise AssignmentUnknown(assignment_id)
    return found


def part_to_change(session: Session, assignment_id: int) -> Assignment:
    """Return a part as it is now, locked for the rest of the transaction."""
    wanted = select(Assignment).where(Assignment.id == assignment_id).with_for_update()
    part = session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if part is None:
        raise AssignmentUnknown(assignment_id)
    return part


def visible_part(session: Session, actor: Acting, assignment_id: int) -> Assignment:
    """Return a part of an item that the actor may see; any other doesn't exist for them."""
    part = assignment_of(session, assignment_id)
    try:
        visible_item(session, actor, part.item_id)
    except ItemUnknown as error:
        raise AssignmentUnknown(assignment_id) from error
    return part


def assignments(
    session: Session, ids: Sequence[int], *, lock: bool = False
) -> Sequence[Assignment]:
    """Return parts with their units, or refuse if one of them is unknown."""
    wanted = select(Assignment).where(Assignment.id.in_(ids)).order_by(Assignment.id)
    if lock:
        wanted = wanted.with_for_update(of=Assignment)
    found = session.scalars(wanted.options(joinedload(Assignment.unit))).all()
    missing = set(ids) - {assignment.id for assignment in found}
    if missing:
        raise AssignmentUnknown(min(missing))
    return found


def part_ids(session: Session, item_id: int, round_: int) -> Sequence[int]:
    """Name the units that have the item in this round, the released ones left out."""
    wanted = select(Assignment.unit_id).where(
        Assignment.item_id == item_id,
        Assignment.round == round_,
        Assignment.state != AssignmentState.RELEASED,
    )
    return session.scalars(wanted).all()


def parts_of_round(session: Session, item_id: int, round_: int) -> Sequence[Assignment]:
    """Return the parts of a round, the released ones left out."""
    wanted = select(Assignment).where(
        Assignment.item_id == item_id,
        Assignment.round == round_,
        Assignment.state != AssignmentState.RELEASED,
    )
    return session.scalars(wanted.order_by(Assignment.id)).all()


def lead_unit_id(session: Session, item: Item) -> int | None:
    """Name the unit that leads the item now."""
    wanted = select(Assignment.unit_id).where(
        Assignment.item_id == item.id,
        Assignment.round == item.round,
        Assignment.part == Part.LEAD,
        Assignment.state != AssignmentState.RELEASED,
    )
    return session.scalars(wanted.order_by(Assignment.id.desc()).limit(1)).first()
