"""Notices: a message in the house for each person, and one out of it as each of them wishes.

A notice is its kind and facts, worded in the reader's language when it is read. What leaves
the house of it is ``channels``'s.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import case, func, insert, select, update

from engine import Session, now
from workflows import channels, store
from workflows.actors import holders_of_post
from workflows.calendar import calendar_of
from workflows.errors import NoticeUnknown
from workflows.rules import Acting
from workflows.tables import Assignment, Item, Notice, Person, Unit

SHOWN = 200
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
DAYS = ("due_on", "new", "answer_by")
"""The facts that are days until which something is due."""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice with its item's title, if the reader may see it, and its unit's name."""

    notice: Notice
    title: str | None
    unit: str | None


def notify(
    session: Session,
    persons: Iterable[Person],
    kind: str,
    item: Item | None = None,
    facts: Mapping[str, Any] | None = None,
    assignment: Assignment | None = None,
) -> list[Notice]:
    """Tell everybody once, in the house and by the channels that they wish."""
    at = now(session)
    told = {person.id: person for person in persons if person.active}
    facts_told = {**(facts or {}), **_guessed(session, facts or {})}
    rows = [
        {
            "person_id": person_id,
            "kind": kind,
            "item_id": item.id if item else assignment and assignment.item_id,
            "assignment_id": assignment and assignment.id,
            "facts": facts_told,
            "at": at,
        }
        for person_id in sorted(told)
    ]
    if not rows:
        return []
    notices = sorted(session.scalars(_ADD, rows), key=attrgetter("person_id"))
    channels.post(session, notices, list(told.values()))
    return notices


_ADD = insert(Notice).returning(Notice)


def _guessed(session: Session, facts: Mapping[str, Any]) -> dict[str, list[int]]:
    """Name the years of the days that are told, as far as their holidays aren't published."""
    days = [str(facts[name]) for name in DAYS if ISO_DAY.fullmatch(str(facts.get(name)))]
    told, table = sorted({int(day[:4]) for day in days}), calendar_of(session)
    years = [year for year in told if table.year(year).provisional]
    return {"provisional": years} if years else {}


def notify_post(
    session: Session,
    post_id: int,
    kind: str,
    item: Item | None = None,
    facts: Mapping[str, Any] | None = None,
) -> list[Notice]:
    """Tell whoever holds a post today."""
    return notify(session, holders_of_post(session, post_id), kind, item, facts)


def mine(session: Session, actor: Acting, *, limit: int = SHOWN) -> Sequence[Notice]:
    """Return the actor's notices, the newest first."""
    wanted = select(Notice).where(Notice.person_id == actor.person_id)
    return session.scalars(wanted.order_by(Notice.at.desc(), Notice.id.desc()).limit(limit)).all()


def lines(session: Session, actor: Acting, *, limit: int = SHOWN) -> Sequence[NoticeLine]:
    """Return the actor's notices with the names of their items and units, the newest first."""
    wanted = (
        select(Notice, case((store.visible_to(actor), Item.title)), Unit.name)
        .outerjoin(Item, Item.id == Notice.item_id)
        .outerjoin(Assignment, Assignment.id == Notice.assignment_id)
        .outerjoin(Unit, Unit.id == Assignment.unit_id)
        .where(Notice.person_id == actor.person_id)
        .order_by(Notice.at.desc(), Notice.id.desc())
    )
    return [NoticeLine(*row) for row in session.execute(wanted.limit(limit))]


def unread(session: Session, actor: Acting) -> int:
    """Count the notices that the actor hasn't read."""
    wanted = select(func.count()).where(
        Notice.person_id == actor.person_id, Notice.read_at.is_(None)
    )
    return session.scalar(wanted) or 0


def read(session: Session, actor: Acting, notice_id: int) -> Notice:
    """Note that the actor has read a notice; the first time counts."""
    notice = session.get(Notice, notice_id)
    if notice is None or notice.person_id != actor.person_id:
        raise NoticeUnknown(notice_id)
    notice.read_at = notice.read_at or now(session)
    session.flush()
    return notice


def read_all(session: Session, actor: Acting) -> None:
    """Note that the actor has read everything up to now."""
    wanted = update(Notice).where(Notice.person_id == actor.person_id, Notice.read_at.is_(None))
    session.execute(wanted.values(read_at=now(session)))


def unread_again(session: Session, actor: Acting, notice_id: int) -> Notice:
    """Take back that a notice was read."""
    notice = read(session, actor, notice_id)
    notice.read_at = None
    session.flush()
    return notice
