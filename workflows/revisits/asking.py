"""Asking for a revisit 回访: before an item closes, or after it has closed."""

import engine
from engine import Session
from workflows import desk, rules, store, story
from workflows.actors import Actor
from workflows.errors import AlreadyAsked
from workflows.revisits import ordering
from workflows.story import Happened
from workflows.tables import Cause, Item, ItemState, Role

AFTER_CLOSING = "after_closing"
"""The process that revisits what has closed, and has it put right if need be."""


def ask_for_revisit(session: Session, actor: Actor, item_id: int) -> Item:
    """Ask that an item be revisited, whatever the lot says; a closed one at once."""
    store.visible_item(session, actor, item_id)
    rules.must_have(actor, Role.SUPERVISOR, Role.DIRECTOR, Role.LEADER)
    item = store.item_to_change(session, item_id)
    if item.state is ItemState.CLOSED:
        _ask_after_closing(session, actor, item)
        return item
    rules.must_be_alive(item, "revisit")
    if not item.revisit_asked:
        item.revisit_asked = True
        story.tell(session, item, Happened.REVISIT_ASKED, actor)
    return item


def _ask_after_closing(session: Session, actor: Actor, item: Item) -> None:
    pending = store.pending_revisit(session, item.id)
    if pending is not None:
        raise AlreadyAsked("revisit", pending.ordered_at)
    revisit = ordering.order(session, item, Cause.ASKED, asked_by_id=actor.person_id)
    story.tell(session, item, Happened.REVISIT_ASKED, actor, None, revisit)
    start_after_closing(session, actor, item)


def start_after_closing(session: Session, actor: Actor, item: Item) -> None:
    """Let a closed item's revisit begin; it is ordered already."""
    session.info[desk.SENDER] = actor.person_id
    engine.start(session, AFTER_CLOSING, {}, key=str(item.id), by=actor.by)
