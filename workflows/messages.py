"""Who hears of what: notices to a unit's handlers and head, to the office, to a leader."""

from collections.abc import Mapping
from typing import Any

from engine import Session
from workflows import notices
from workflows.actors import holders
from workflows.story import plain
from workflows.tables import Assignment, Item, Person, Role

OF_A_UNIT = (Role.HANDLER, Role.UNIT_HEAD)


def to_unit(
    session: Session,
    part: Assignment,
    kind: str,
    facts: Mapping[str, Any] | None = None,
    roles: tuple[Role, ...] = OF_A_UNIT,
) -> None:
    """Tell a unit's handlers and its head about their part."""
    people = [person for role in roles for person in holders(session, role, part.unit_id)]
    _notify(session, people, kind, facts, part)


def to_supervisor(
    session: Session, part: Assignment, kind: str, facts: Mapping[str, Any] | None = None
) -> None:
    """Tell the supervisor whose item it is, or the whole office if it is nobody's."""
    item = session.get_one(Item, part.item_id)
    own = item.supervisor
    people = [own] if own else list(holders(session, Role.SUPERVISOR))
    _notify(session, people, kind, facts, part)


def to_post(session: Session, post_id: int, kind: str, item: Item) -> None:
    """Tell whoever holds a post about an item."""
    notices.notify_post(session, post_id, kind, item)


def _notify(
    session: Session,
    people: list[Person],
    kind: str,
    facts: Mapping[str, Any] | None,
    part: Assignment,
) -> None:
    told = {key: plain(value) for key, value in (facts or {}).items()}
    item = session.get_one(Item, part.item_id)
    notices.notify(session, people, kind, item, told, part)
