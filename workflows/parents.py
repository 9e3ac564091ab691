"""What a decision that was broken down hears of its parts, and what holds between them.

Each part is an item of its own, on a diagram and under a business key of its own, so that
none waits for another. The whole waits at a message event: once its last part has ended,
by whatever way, ``parts_done`` is published under the key that the whole wrote down as it
began to wait. The engine delivers it after the commit, under the whole's own lock.
"""

from collections.abc import Sequence

from sqlalchemy import func, select, update

import engine
from engine import Session
from workflows import store
from workflows.errors import PartsOpen
from workflows.tables import Item, ItemState

PARTS_DONE = "parts_done"
ENDED = (ItemState.CLOSED, ItemState.REFUSED, ItemState.CANCELLED)
BY = "parts"


def key_of(item: Item) -> str:
    """Return the key under which the end of this round's parts is told."""
    return f"{item.id}-{item.round}"


def parts_of(session: Session, item_id: int) -> Sequence[Item]:
    """Return the items that a decision was broken down into, in their order."""
    wanted = select(Item).where(Item.parent_id == item_id)
    return session.scalars(wanted.order_by(Item.part_no)).all()


def open_parts(session: Session, item_id: int) -> Sequence[Item]:
    """Return those parts that haven't ended."""
    wanted = select(Item).where(Item.parent_id == item_id, Item.state.not_in(ENDED))
    return session.scalars(wanted.order_by(Item.part_no)).all()


def must_have_ended(session: Session, item: Item) -> None:
    """Refuse to close a whole while one of its parts is open."""
    waiting = open_parts(session, item.id)
    if waiting:
        raise PartsOpen([part.number or part.title for part in waiting])


def ended(session: Session, item: Item) -> None:
    """Tell the whole of a part that has ended; parts of a whole that is given up end with it."""
    if item.parent_id is not None:
        session.flush()
        _part_ended(session, item.parent_id)
    elif item.state is ItemState.CANCELLED:
        _give_up(session, item)


def recount(session: Session, parent_id: int) -> Item:
    """Count its parts' progress in a whole: the mean by weight of those that aren't given up.

    Whoever counts holds the whole's row: two parts that report at once count one after
    the other, and the second sees what the first has written.
    """
    session.flush()
    whole = store.item_to_change(session, parent_id)
    share = func.sum(Item.percent * Item.weight) / func.sum(Item.weight)
    counted = select(share).where(Item.parent_id == parent_id, Item.state != ItemState.CANCELLED)
    percent = session.scalar(counted)
    if percent is not None:
        change = update(Item).where(Item.id == parent_id)
        session.execute(change.values(percent=int(percent), version=Item.version + 1))
        session.refresh(whole)
    return whole


def _part_ended(session: Session, parent_id: int) -> None:
    whole = recount(session, parent_id)
    if not open_parts(session, parent_id):
        engine.publish(session, PARTS_DONE, key=key_of(whole), by=BY)


def _give_up(session: Session, whole: Item) -> None:
    for part in open_parts(session, whole.id):
        if part.instance_id is None:
            part.state = ItemState.CANCELLED
        else:
            engine.cancel(session, part.instance_id, reason="its whole is given up", by=BY)
