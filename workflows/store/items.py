"""Items: as somebody may see them, and as a step changes them."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.orm.util import identity_key

from engine import Session
from workflows.errors import ItemUnknown
from workflows.rules import Acting
from workflows.store.sight import visible_to
from workflows.tables import (
    Assignment,
    ChangeDecision,
    ChangeKind,
    ChangeRequest,
    ClosedHow,
    Item,
    Kind,
    Part,
)


def visible_item(session: Session, actor: Acting, item_id: int) -> Item:
    """Return an item that the actor may see; any other doesn't exist for them."""
    wanted = select(Item).where(Item.id == item_id, visible_to(actor))
    item = session.scalars(wanted).one_or_none()
    if item is None:
        raise ItemUnknown(item_id)
    return item


def item_to_change(session: Session, item_id: int) -> Item:
    """Return an item locked for the rest of the transaction."""
    wanted = select(Item).where(Item.id == item_id).with_for_update()
    item = session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if item is None:
        raise ItemUnknown(item_id)
    return item


def kind_and_whole(session: Session, item_id: int) -> tuple[Kind, int | None]:
    """Return of which kind an item is, and the whole that it is a part of; neither ever changes."""
    kind, whole_id = session.execute(_KIND_AND_WHOLE, {"item": item_id}).one()
    return kind, whole_id


_KIND_AND_WHOLE = (
    select(Item.kind, Item.parent_id)
    .where(Item.id == bindparam("item"))
    .execution_options(autoflush=False)
)


def note(session: Session, item_id: int, **values: object) -> None:
    """Change an item from one of its parts, in one statement that waits for nobody's read.

    Parts of one item move at the same time, so what they count on the item is counted
    by the database. Words that are searched change through the row itself, which is indexed.
    Where this transaction hasn't read the item, there is nothing to write first or to keep up.
    """
    change = update(Item).where(Item.id == item_id).values(version=Item.version + 1, **values)
    if identity_key(Item, item_id) in session.identity_map:
        session.execute(change)
    else:
        session.execute(change, execution_options=UNREAD)


UNREAD: Mapping[str, object] = {"synchronize_session": False, "autoflush": False}


def target_of(session: Session, part: Assignment) -> str:
    """Return what a part has to reach: the item's target, or what a co-unit's was changed to."""
    item = session.get_one(Item, part.item_id)
    if part.part is Part.LEAD:
        return item.target
    adjusted = select(ChangeRequest.new_target).where(
        ChangeRequest.assignment_id == part.id, *_adjusted()
    )
    own = session.scalars(adjusted.order_by(ChangeRequest.id.desc()).limit(1)).first()
    return own or item.target


def how_done(session: Session, item: Item) -> ClosedHow:
    """Say whether an item is done as it was meant at first, or after its target was changed."""
    wanted = (
        select(ChangeRequest.id)
        .join(Assignment, Assignment.id == ChangeRequest.assignment_id)
        .where(Assignment.item_id == item.id, Assignment.part == Part.LEAD, *_adjusted())
    )
    found = session.scalars(wanted.limit(1)).first()
    return ClosedHow.DONE if found is None else ClosedHow.ADJUSTED


def _adjusted() -> tuple[ColumnElement[bool], ...]:
    return (
        ChangeRequest.kind == ChangeKind.ADJUST,
        ChangeRequest.decision == ChangeDecision.CONSENTED,
    )
