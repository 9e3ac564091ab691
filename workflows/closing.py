"""Striking an item off the ledger 销号."""

from uuid import UUID

from engine import Session, now
from workflows import desk, parents, steps, store, story
from workflows.actors import Actor
from workflows.story import Happened
from workflows.tables import Item, ItemState


def close_item(session: Session, actor: Actor, task_id: UUID) -> Item:
    """Strike an item off the ledger: it is done."""
    errand = steps.take(session, actor, task_id, steps.CLOSE)
    item = store.item_to_change(session, errand.todo.item_id)
    strike_off(session, item, actor)
    desk.move_on(session, actor, errand.task, "close")
    return item


def strike_off(session: Session, item: Item, actor: Actor | None) -> None:
    """Say that an item is done; what was broken down is done once each of its parts has ended."""
    parents.must_have_ended(session, item)
    item.state = ItemState.CLOSED
    item.closed_at, item.closed_how = now(session), store.how_done(session, item)
    story.tell(session, item, Happened.CLOSED, actor, {"how": item.closed_how})
