"""A proposal with everything that was said about it, read for its pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine import Session
from workflows import store
from workflows.actors import Actor
from workflows.proposals import queries
from workflows.proposals.dates import rating_until
from workflows.tables import (
    Assignment,
    AssignmentState,
    CoOpinion,
    Item,
    Kind,
    Paper,
    Part,
    Person,
    PromiseCheck,
    Proposal,
    ProposerContact,
    Reply,
    ReplyRating,
)


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A reply with its files, its ratings, and how its promise stood."""

    reply: Reply
    papers: Sequence[Paper]
    ratings: Sequence[ReplyRating]
    checks: Sequence[PromiseCheck]
    until: date

    @property
    def is_open(self) -> bool:
        """Say whether proposers may still rate it."""
        return self.reply.issued_at is not None and self.reply.settled_at is None


@dataclass(frozen=True, slots=True)
class PartView:
    """A unit that replies: its talks with the proposers and its replies, the latest first."""

    part: Assignment
    contacts: Sequence[ProposerContact]
    replies: Sequence[ReplyView]
    attempt: int

    @property
    def latest(self) -> ReplyView | None:
        """Return the reply drafted last."""
        return self.replies[0] if self.replies else None

    @property
    def fresh(self) -> list[ProposerContact]:
        """Return the talks that count for the reply in the making."""
        return [each for each in self.contacts if each.attempt == self.attempt]


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal as its pages show it, with the names of everybody in it."""

    proposal: Proposal
    parts: Sequence[PartView]
    opinions: Sequence[tuple[Assignment, CoOpinion | None]]
    people: Mapping[int | None, str]

    def of(self, part: Assignment) -> PartView | None:
        """Return a unit's own part, if it replies."""
        return next((each for each in self.parts if each.part.id == part.id), None)


def view_of(session: Session, actor: Actor, item: Item) -> ProposalView | None:
    """Return what there is about an item as a proposal, if it is one."""
    if item.kind is not Kind.PROPOSAL:
        return None
    store.visible_item(session, actor, item.id)
    proposal = session.get(Proposal, item.id)
    if proposal is None:
        return None
    parts = [_part(session, actor, part) for part in _replying(session, item)]
    opinions = queries.opinions_of(session, item.id, item.round)
    return ProposalView(proposal, parts, opinions, _people(session, parts, opinions))


def _replying(session: Session, item: Item) -> Sequence[Assignment]:
    wanted = select(Assignment).where(
        Assignment.item_id == item.id,
        Assignment.part != Part.CO,
        Assignment.state != AssignmentState.RELEASED,
    )
    return session.scalars(wanted.order_by(Assignment.id)).all()


def _part(session: Session, actor: Actor, part: Assignment) -> PartView:
    own = (Reply.assignment_id == part.id, store.replies_open_to(actor))
    wanted = select(Reply).join(Assignment, Assignment.id == Reply.assignment_id).where(*own)
    wanted = wanted.order_by(Reply.number.desc())
    replies = session.scalars(
        wanted.options(selectinload(Reply.ratings).selectinload(ReplyRating.proposer))
    ).all()
    ids = [reply.id for reply in replies]
    papers = session.scalars(select(Paper).where(Paper.reply_id.in_(ids))).all()
    checked = select(PromiseCheck).where(PromiseCheck.reply_id.in_(ids))
    checks = session.scalars(checked.order_by(PromiseCheck.id)).all()
    return PartView(
        part=part,
        contacts=queries.contacts_of(session, part),
        replies=[
            ReplyView(
                reply=reply,
                papers=[paper for paper in papers if paper.reply_id == reply.id],
                ratings=list(reply.ratings),
                checks=[check for check in checks if check.reply_id == reply.id],
                until=rating_until(session, reply),
            )
            for reply in replies
        ],
        attempt=queries.attempt_of(session, part),
    )


def _people(
    session: Session,
    parts: Sequence[PartView],
    opinions: Sequence[tuple[Assignment, CoOpinion | None]],
) -> Mapping[int | None, str]:
    ids: set[int | None] = {opinion.author_id for _, opinion in opinions if opinion}
    for own in parts:
        ids |= {talk.recorded_by_id for talk in own.contacts}
        for told in own.replies:
            reply = told.reply
            ids |= {reply.author_id, reply.reviewed_by_id, reply.signed_by_id}
            ids |= {rating.recorded_by_id for rating in told.ratings}
            ids |= {check.author_id for check in told.checks}
    known = select(Person.id, Person.name).where(Person.id.in_([each for each in ids if each]))
    people: dict[int | None, str] = {None: ""}
    people.update((id_, name) for id_, name in session.execute(known))
    return people
