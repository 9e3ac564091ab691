"""The story of an item: one line for everything that happened, worded by the reader's page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import aliased

import engine
from engine import Break, HistoryEntry, Session, now
from workflows import rules, store
from workflows.actors import Actor, HeldPost
from workflows.tables import Assignment, Item, Person, Post, Revisit, Role, StoryEntry, Unit

MOST_HISTORY = 10_000
ACTING = "duban.acting"


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
    CHANGE_ASKED = "change_asked"
    CHANGE_ENDORSED = "change_endorsed"
    CHANGE_ADVISED = "change_advised"
    CHANGE_DECIDED = "change_decided"
    UNIT_ADDED = "unit_added"
    UNIT_WITHDRAWN = "unit_withdrawn"
    UNIT_REPLACED = "unit_replaced"
    ESCALATED = "escalated"
    RUNG_READ = "rung_read"
    INTERVIEWED = "interviewed"
    HANDED_OVER = "handed_over"
    CONCLUDED = "concluded"
    CLOCK_STOPPED = "clock_stopped"
    CLOCK_RESUMED = "clock_resumed"
    LIMIT_MOVED = "limit_moved"
    RESULT_PRESENTED = "result_presented"
    INSTRUCTED = "instructed"
    REVISIT_ASKED = "revisit_asked"
    REVISIT_DRAWN = "revisit_drawn"
    VISIT_PLANNED = "visit_planned"
    REVISITED = "revisited"
    CONCLUSION_OBJECTED = "conclusion_objected"
    CONCLUSION_DECIDED = "conclusion_decided"
    ACTION_PLANNED = "action_planned"
    ACTION_DONE = "action_done"
    ACTION_CALLED_OFF = "action_called_off"
    REOPENED = "reopened"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    IMPORTED = "imported"
    PROJECT_PLANNED = "project_planned"
    NODE_CLAIMED = "node_claimed"
    NODE_DONE = "node_done"
    NODE_RETURNED = "node_returned"
    NODE_MOVED = "node_moved"
    NODE_ADDED = "node_added"
    SUPERVISED = "supervised"
    PROJECT_ACCEPTED = "project_accepted"
    PHOTOGRAPHED = "photographed"
    MEETING_DECIDED = "meeting_decided"
    MEETING_DONE = "meeting_done"
    FORM_FILLED = "form_filled"
    HANDED_AT_MEETING = "handed_at_meeting"
    CONTACTED = "contacted"
    OPINION_GIVEN = "opinion_given"
    REPLY_DRAFTED = "reply_drafted"
    REPLY_ACCEPTED = "reply_accepted"
    REPLY_RETURNED = "reply_returned"
    REPLY_DECLINED = "reply_declined"
    REPLY_ISSUED = "reply_issued"
    REPLY_REDONE = "reply_redone"
    LINKS_MADE = "links_made"
    LINKS_SENT = "links_sent"
    LINK_WITHDRAWN = "link_withdrawn"
    RATED = "rated"
    RATINGS_LATE = "ratings_late"
    RATINGS_SETTLED = "ratings_settled"
    PROMISE_BACK = "promise_back"
    PROMISE_KEPT = "promise_kept"
    PROMISE_OPEN = "promise_open"
    DECOMPOSED = "decomposed"
    DIFFERENCE_SETTLED = "difference_settled"
    DIFFERENCE_REFERRED = "difference_referred"
    PLANNED = "planned"
    LOOK_ALIKE_ANSWERED = "look_alike_answered"
    JOINED = "joined"
    DELEGATED = "delegated"
    GIVEN_BACK = "given_back"
    TAKEN_BACK = "taken_back"
    RETRIED = "retried"
    SKIPPED = "skipped"
    MOVED = "moved"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    SUPERVISOR_CHANGED = "supervisor_changed"


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
    about: Assignment | Revisit | None = None,
) -> None:
    """Add a line to an item's story; nobody in particular did what has no actor.

    A line about a visit is hidden as long as the visit is.
    """
    part = about if isinstance(about, Assignment) else None
    held = _held(session, actor, part)
    told = {key: plain(value) for key, value in (facts or {}).items()}
    entry = StoryEntry(
        item_id=item if isinstance(item, int) else item.id,
        assignment_id=part.id if part else None,
        visit_id=about.id if isinstance(about, Revisit) else None,
        at=now(session),
        kind=str(kind),
        person_id=actor.person_id if actor else None,
        post_id=held.post_id if held else None,
        facts={**told, "deputy": True} if held and held.deputy else told,
    )
    session.add(entry)


def story_of(
    session: Session, actor: Actor, item_id: int, kinds: Collection[str] | None = None
) -> Sequence[StoryLine]:
    """Return an item's story, the latest line first, if the actor may see the item."""
    store.visible_item(session, actor, item_id)
    wanted = _lines(actor).where(StoryEntry.item_id == item_id)
    if kinds:
        wanted = wanted.where(StoryEntry.kind.in_(list(kinds)))
    return [StoryLine(*row) for row in session.execute(wanted)]


def latest(session: Session, actor: Actor, limit: int) -> Sequence[tuple[StoryLine, Item]]:
    """Return what happened last in the items that the actor may see, with each item."""
    wanted = _lines(actor).join(Item, Item.id == StoryEntry.item_id).where(store.visible_to(actor))
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


OF_THE_OFFICE = (
    Happened.REVISIT_ASKED, Happened.REVISIT_DRAWN, Happened.LOOK_ALIKE_ANSWERED,
)  # fmt: skip
"""Lines that no unit is told as such: whether it is visited, and which other items are alike."""


OF_A_DRAFT = (
    Happened.REPLY_DRAFTED, Happened.REPLY_ACCEPTED, Happened.REPLY_RETURNED,
    Happened.REPLY_DECLINED,
)  # fmt: skip
"""Lines that no other unit is told: what becomes of a reply before it is issued."""


def _lines(actor: Actor) -> Select[Any]:
    """Select the lines that the actor may know of with the names around them, the latest first."""
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
        .where(_is_told_to(actor))
        .order_by(StoryEntry.at.desc(), StoryEntry.id.desc())
    )


def _is_told_to(actor: Actor) -> ColumnElement[bool]:
    """Leave out what is the office's own, and what a unit mustn't know before a visit is done."""
    if store.sees_all(actor):
        return true()
    visit = select(Revisit.id).where(store.visits_open_to(actor))
    mine = frozenset[int]().union(*(actor.unit_ids(role) for role in store.IN_A_UNIT))
    own = select(Assignment.id).where(Assignment.unit_id.in_(select(store.units_below(mine).c.id)))
    drafts = or_(StoryEntry.kind.not_in(OF_A_DRAFT), StoryEntry.assignment_id.in_(own))
    told = and_(StoryEntry.visit_id.is_(None), StoryEntry.kind.not_in(OF_THE_OFFICE), drafts)
    return or_(told, StoryEntry.visit_id.in_(visit))


def plain(value: Any) -> Any:  # noqa: ANN401 (facts are whatever JSON can hold)
    """Return a fact as JSON can hold it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    return value


def act_as(session: Session, role: Role) -> None:
    """Note in which role somebody acts, for the lines that this transaction adds."""
    session.info[ACTING] = role


def _held(session: Session, actor: Actor | None, assignment: Assignment | None) -> HeldPost | None:
    """Return the post from which somebody acted: of the step's role, and of the part's unit."""
    if actor is None or not actor.posts:
        return None
    role, unit_id = session.info.get(ACTING), assignment.unit_id if assignment else None
    return min(actor.posts, key=lambda held: (held.role is not role, held.unit_id != unit_id))
