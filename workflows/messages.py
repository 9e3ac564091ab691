"""Who hears of what: notices to a unit's handlers and head, to the office, to a leader."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine import Session
from workflows import notices, store
from workflows.actors import holders
from workflows.story import plain
from workflows.tables import Assignment, Item, Person, Role

OF_A_UNIT = (Role.HANDLER, Role.UNIT_HEAD)


def to_unit(
    session: Session,
    part: Assignment,
    kind: str,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Tell a unit's handlers and its head about their part."""
    people = store.people_of_unit(session, part.unit_id, OF_A_UNIT)
    _notify(session, people, kind, facts, part)


def to_supervisor(
    session: Session, part: Assignment, kind: str, facts: Mapping[str, Any] | None = None
) -> None:
    """Tell the supervisor whose item it is, or the whole office if it is nobody's."""
    item = session.get_one(Item, part.item_id)
    own = item.supervisor
    people = [own] if own else holders(session, Role.SUPERVISOR)
    _notify(session, people, kind, facts, part)


def to_post(session: Session, post_id: int, kind: str, item: Item) -> None:
    """Tell whoever holds a post about an item."""
    notices.notify_post(session, post_id, kind, item)


def _notify(
    session: Session,
    people: Sequence[Person],
    kind: str,
    facts: Mapping[str, Any] | None,
    part: Assignment,
) -> None:
    told = {key: plain(value) for key, value in (facts or {}).items()}
    notices.notify(session, people, kind, facts=told, assignment=part)
