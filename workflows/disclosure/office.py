"""What the office reads of disclosure: replies to release, those released, those withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from engine import Session
from workflows import rules
from workflows.actors import Actor
from workflows.disclosure.releasing import reason
from workflows.errors import DisclosureUnknown
from workflows.tables import (
    Assignment,
    Disclosure,
    Item,
    ItemState,
    Proposal,
    Reply,
    Role,
    Verdict,
)

SEES = (Role.SUPERVISOR, Role.DIRECTOR, Role.LEADER, Role.AUDITOR)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reply that was reviewed for disclosure and isn't public; ``why_not`` holds it back."""

    reply: Reply
    item: Item
    proposal: Proposal
    why_not: str


@dataclass(frozen=True, slots=True)
class Released:
    """A released reply; ``why_not`` says why it couldn't be released any more today."""

    disclosure: Disclosure
    why_not: str


def to_release(session: Session, actor: Actor) -> list[Waiting]:
    """Return what waits to be released, those that can be first, the oldest first."""
    rules.must_have(actor, *SEES)
    rows = session.execute(_reviewed()).unique().all()
    found = [
        Waiting(row.Reply, row.Item, row.Proposal, reason(session, row.Reply, row.Item))
        for row in rows
    ]
    return sorted(found, key=lambda each: bool(each.why_not))


def released(session: Session, actor: Actor) -> list[Released]:
    """Return what the public reads, the latest first."""
    rules.must_have(actor, *SEES)
    rows = session.scalars(_disclosures().where(Disclosure.withdrawn_at.is_(None))).all()
    return [Released(each, reason(session, each.reply, each.item)) for each in rows]


def withdrawn(session: Session, actor: Actor) -> Sequence[Disclosure]:
    """Return what the public read once, the latest first."""
    rules.must_have(actor, *SEES)
    return session.scalars(_disclosures().where(Disclosure.withdrawn_at.is_not(None))).all()


def counts(session: Session, actor: Actor) -> tuple[int, int, int]:
    """Count what waits, what is released, and what was withdrawn."""
    rules.must_have(actor, *SEES)
    waiting = session.scalar(select(func.count()).select_from(_reviewed().subquery())) or 0
    stands = Disclosure.withdrawn_at.is_(None)
    asked = select(stands, func.count(Disclosure.id)).group_by(stands)
    told = {bool(standing): number for standing, number in session.execute(asked)}
    return waiting, told.get(True, 0), told.get(False, 0)


def record(session: Session, actor: Actor, disclosure_id: int) -> Released:
    """Return the record of a reply that is or was public: by whom, when, what was hidden."""
    rules.must_have(actor, *SEES)
    found = session.scalars(_disclosures().where(Disclosure.id == disclosure_id)).one_or_none()
    if found is None:
        raise DisclosureUnknown(disclosure_id)
    return Released(found, reason(session, found.reply, found.item))


def _reviewed() -> Select[Reply, Item, Proposal]:
    """Select the last issued reply of each part that was accepted as public and isn't."""
    later = aliased(Reply)
    newer = exists().where(
        later.assignment_id == Reply.assignment_id,
        later.issued_at.is_not(None),
        later.number > Reply.number,
    )
    public = exists().where(Disclosure.reply_id == Reply.id, Disclosure.withdrawn_at.is_(None))
    return (
        select(Reply, Item, Proposal)
        .join(Item, Item.id == Reply.item_id)
        .join(Proposal, Proposal.item_id == Item.id)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .where(
            Reply.issued_at.is_not(None),
            Reply.verdict == Verdict.ACCEPTED,
            Reply.disclosed,
            Item.state.in_([ItemState.OPEN, ItemState.CLOSED]),
            Assignment.round == Item.round,
            ~newer,
            ~public,
        )
        .options(
            joinedload(Reply.assignment).joinedload(Assignment.unit), selectinload(Reply.ratings)
        )
        .order_by(Reply.issued_at, Reply.id)
    )


def _disclosures() -> Select[Disclosure]:
    return (
        select(Disclosure)
        .options(
            joinedload(Disclosure.item),
            joinedload(Disclosure.reply).joinedload(Reply.assignment),
            joinedload(Disclosure.released_by),
            joinedload(Disclosure.withdrawn_by),
        )
        .order_by(Disclosure.id.desc())
    )
