"""The story of an item: one line for everything that happened, worded by the reader's page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

import engine
from engine import Break, HistoryEntry, Session, now
from workflows import rules, store
from workflows.actors import Actor
from workflows.tables import Assignment, Item, Person, Post, Role, StoryEntry, Unit

MOST_HISTORY = 10_000


class Happened(StrEnum):
    """What a line of the story is about."""

    REGISTERED = "registered"
    AMENDED = "amended"
    FAST_TRACK = "fast_track"
    APPROVED = "approved"
    REFUSED = "refused"
    RETURNED_TO_REGISTER = "returned_to_register"
    NUMBERED = "numbered"
    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    OBJECTED = "objected"
    OBJECTION_DECIDED = "objection_decided"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    INTERIM_DUE = "interim_due"
    REMINDED = "reminded"
    UNACKNOWLEDGED = "unacknowledged"
    URGED = "urged"
    URGE_READ = "urge_read"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_DECIDED = "extension_decided"
    ESCALATED = "escalated"
    RESULT_PRESENTED = "result_presented"
    INSTRUCTED = "instructed"
    REVISIT_ASKED = "revisit_asked"
    REVISIT_DRAWN = "revisit_drawn"
    REVISITED = "revisited"
    REOPENED = "reopened"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    IMPORTED = "imported"
    FORM_FILLED = "form_filled"


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One line of the story with every name that its sentence needs."""

    id: int
    at: datetime
    kind: str
    facts: Mapping[str, Any]
    person_id: int | None
    person: str | None
    post_id: int | None
    post: str | None
    post_unit: str | None
    assignment_id: int | None
    unit: str | None


def tell(
    session: Session,
    item: Item | int,
    kind: Happened | str,
    actor: Actor | None,
    facts: Mapping[str, Any] | None = None,
    assignment: Assignment | None = None,
) -> None:
    """Add a line to an item's story; nobody in particular did what has no actor."""
    entry = StoryEntry(
        item_id=item if isinstance(item, int) else item.id,
        assignment_id=assignment.id if assignment else None,
        at=now(session),
        kind=str(kind),
        person_id=actor.person_id if actor else None,
        post_id=_post_id(actor, assignment),
        facts={key: plain(value) for key, value in (facts or {}).items()},
    )
    session.add(entry)


def story_of(
    session: Session, actor: Actor, item_id: int, kinds: Collection[str] | None = None
) -> Sequence[StoryLine]:
    """Return an item's story, the latest line first, if the actor may see the item."""
    store.visible_item(session, actor, item_id)
    wanted = _lines().where(StoryEntry.item_id == item_id)
    if kinds:
        wanted = wanted.where(StoryEntry.kind.in_(list(kinds)))
    return [StoryLine(*row) for row in session.execute(wanted)]


def latest(session: Session, actor: Actor, limit: int) -> Sequence[tuple[StoryLine, Item]]:
    """Return what happened last in the items that the actor may see, with each item."""
    wanted = _lines().join(Item, Item.id == StoryEntry.item_id).where(store.visible_to(actor))
    rows = session.execute(wanted.add_columns(Item).limit(limit))
    return [(StoryLine(*row[:-1]), row[-1]) for row in rows]


def history_of(session: Session, actor: Actor, item_id: int) -> Sequence[HistoryEntry]:
    """Return what the engine recorded about an item, the oldest first."""
    store.visible_item(session, actor, item_id)
    rules.must_have(actor, Role.AUDITOR)
    return engine.history(session, str(item_id), limit=MOST_HISTORY)


def breaks_of(session: Session, actor: Actor, item_id: int) -> Sequence[Break]:
    """Check the chains of an item's history; no break means that nothing was changed."""
    store.visible_item(session, actor, item_id)
    rules.must_have(actor, Role.AUDITOR)
    found: list[Break] = []
    for instance in engine.instances(session, str(item_id)):
        found.extend(engine.verify_history(session, instance.id))
    return found


def _lines() -> Select[Any]:
    """Select the columns of a line with the names around it, the latest first."""
    home, part_unit, part = aliased(Unit), aliased(Unit), aliased(Assignment)
    return (
        select(
            StoryEntry.id,
            StoryEntry.at,
            StoryEntry.kind,
            StoryEntry.facts,
            StoryEntry.person_id,
            Person.name,
            StoryEntry.post_id,
            Post.name,
            home.name,
            StoryEntry.assignment_id,
            part_unit.name,
        )
        .outerjoin(Person, Person.id == StoryEntry.person_id)
        .outerjoin(Post, Post.id == StoryEntry.post_id)
        .outerjoin(home, home.id == Post.unit_id)
        .outerjoin(part, part.id == StoryEntry.assignment_id)
        .outerjoin(part_unit, part_unit.id == part.unit_id)
        .order_by(StoryEntry.at.desc(), StoryEntry.id.desc())
    )


def plain(value: Any) -> Any:  # noqa: ANN401 (facts are whatever JSON can hold)
    """Return a fact as JSON can hold it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    return value


def _post_id(actor: Actor | None, assignment: Assignment | None) -> int | None:
    """Name the post from which somebody acted: one of the part's unit before any other."""
    if actor is None or not actor.posts:
        return None
    unit_id = assignment.unit_id if assignment else None
    own = [held.post_id for held in actor.posts if held.unit_id == unit_id]
    return own[0] if own else actor.posts[0].post_id
