"""What of a figure's rows a reader is told: what they can't open elsewhere, they don't read here.

A figure is everybody's who may know it, and so is how many rows it has. Yet the title of an issue
is for those whom it was sent to, and the number of an item for those who see the item.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from engine import Session
from workflows import store
from workflows.actors import Actor
from workflows.figures.asked import Row
from workflows.readership import open_to
from workflows.tables import ActionItem, Item, Publication

NUMBERS = "、"
"""What stands between the numbers of an action's items."""


def told(session: Session, actor: Actor, rows: Sequence[Row]) -> Sequence[Row]:
    """Return a figure's rows as an actor may read them; a withheld one has no title and no ref."""
    issues, acts = _of("issue", rows), _of("action", rows)
    if issues:
        wanted = select(Publication.id).where(Publication.id.in_(issues), open_to(actor))
        withheld = issues - set(session.scalars(wanted))
        rows = [_withheld(row) if _is(row, "issue", withheld) else row for row in rows]
    if acts and not store.sees_all(actor):
        about = select(ActionItem.item_id).where(ActionItem.action_id.in_(acts))
        items = select(Item).where(Item.id.in_(about), store.visible_to(actor))
        seen = {item.number for item in session.scalars(items)}
        rows = [_with_own(row, seen) if _is(row, "action", acts) else row for row in rows]
    return rows


def _of(subject: str, rows: Sequence[Row]) -> set[int]:
    return {int(row.ref) for row in rows if row.subject == subject}


def _is(row: Row, subject: str, refs: set[int]) -> bool:
    return row.subject == subject and int(row.ref) in refs


def _withheld(row: Row) -> Row:
    return replace(row, ref="", title="")


def _with_own(row: Row, seen: set[str]) -> Row:
    """Return an action with the numbers of those of its items that are seen."""
    own = [number for number in row.number.split(NUMBERS) if number in seen]
    return replace(row, number=NUMBERS.join(own))
