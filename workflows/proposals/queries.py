"""What the room of proposals reads from its tables."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, update

from engine import Session
from workflows import steps, store
from workflows.errors import ItemUnknown
from workflows.tables import (
    Assignment,
    AssignmentState,
    CoOpinion,
    Item,
    Paper,
    Part,
    Proposal,
    ProposerContact,
    RatingLink,
    Reply,
    ReplyRating,
    Todo,
)


def proposal_of(session: Session, item_id: int) -> Proposal:
    """Return what an item says as a proposal; one of another kind is none."""
    proposal = session.get(Proposal, item_id)
    if proposal is None:
        raise ItemUnknown(item_id)
    return proposal


def attempt_of(session: Session, part: Assignment) -> int:
    """Return the number of the reply that a part works on: one more than were issued."""
    issued = select(func.count(Reply.id)).where(
        Reply.assignment_id == part.id, Reply.issued_at.is_not(None)
    )
    return 1 + (session.scalar(issued) or 0)


def contacts_of(session: Session, part: Assignment) -> Sequence[ProposerContact]:
    """Return the talks that a part had with the proposers, the latest first."""
    wanted = select(ProposerContact).where(ProposerContact.assignment_id == part.id)
    newest = (ProposerContact.met_on.desc(), ProposerContact.id.desc())
    return session.scalars(wanted.order_by(*newest)).all()


def replies_of(session: Session, part: Assignment) -> Sequence[Reply]:
    """Return a part's replies, the latest first; drafts that were sent back included."""
    wanted = select(Reply).where(Reply.assignment_id == part.id)
    return session.scalars(wanted.order_by(Reply.number.desc())).all()


def latest_reply(session: Session, part: Assignment) -> Reply:
    """Return the reply that a part drafted last."""
    wanted = select(Reply).where(Reply.assignment_id == part.id)
    return session.scalars(wanted.order_by(Reply.number.desc()).limit(1)).one()


def issued_reply(session: Session, part: Assignment) -> Reply | None:
    """Return the reply that a part issued last, if it has issued one."""
    wanted = select(Reply).where(Reply.assignment_id == part.id, Reply.issued_at.is_not(None))
    return session.scalars(wanted.order_by(Reply.number.desc()).limit(1)).first()


def attach(session: Session, reply: Reply, paper_ids: Sequence[UUID]) -> None:
    """Give a reply the files that its author kept with the item for it."""
    own = (
        Paper.id.in_(list(paper_ids)),
        Paper.item_id == reply.item_id,
        Paper.uploaded_by_id == reply.author_id,
        store.is_free(),
    )
    session.execute(update(Paper).where(*own).values(reply_id=reply.id))


def detach(session: Session, reply: Reply) -> None:
    """Let the files of a reply go that isn't one any more."""
    session.execute(update(Paper).where(Paper.reply_id == reply.id).values(reply_id=None))


def rating_behind(session: Session, hashed: str) -> tuple[ReplyRating, date] | None:
    """Return the rating that a link leads to and until when, if it was passed on or sent."""
    passed_on = session.scalars(select(ReplyRating).where(ReplyRating.link_hash == hashed)).first()
    if passed_on is not None and passed_on.link_until is not None:
        return passed_on, passed_on.link_until
    link = session.get(RatingLink, hashed)
    if link is None or link.letter.withdrawn_at is not None:
        return None
    return link.letter.rating, link.letter.until


def lock(session: Session, reply: Reply) -> None:
    """Let nobody else settle or rate a reply at the same moment."""
    session.refresh(reply, with_for_update=True)


def promising_parts(session: Session, item_id: int) -> Sequence[Assignment]:
    """Return the parts whose last reply promises what isn't kept yet."""
    found = []
    for part in leading_parts(session, item_id):
        reply = issued_reply(session, part)
        if reply is not None and reply.back_on is not None:
            found.append(part)
    return found


def ratings_of(session: Session, reply: Reply) -> Sequence[ReplyRating]:
    """Return what the proposers say to a reply, the leading one first."""
    wanted = select(ReplyRating).where(ReplyRating.reply_id == reply.id)
    return session.scalars(wanted.order_by(ReplyRating.id)).all()


def opinions_of(
    session: Session, item_id: int, round_: int
) -> Sequence[tuple[Assignment, CoOpinion | None]]:
    """Return the co-units of an item's round, each with the opinion that it gave, if it has."""
    rows = session.execute(
        select(Assignment, CoOpinion)
        .outerjoin(CoOpinion, CoOpinion.assignment_id == Assignment.id)
        .where(
            Assignment.item_id == item_id,
            Assignment.round == round_,
            Assignment.part == Part.CO,
            Assignment.state != AssignmentState.RELEASED,
        )
        .order_by(Assignment.id)
    )
    return [(part, opinion) for part, opinion in rows]


def leading_parts(session: Session, item_id: int) -> Sequence[Assignment]:
    """Return the parts of an item that reply themselves, the leading one first."""
    wanted = select(Assignment).where(
        Assignment.item_id == item_id,
        Assignment.part != Part.CO,
        Assignment.state != AssignmentState.RELEASED,
    )
    return session.scalars(wanted.order_by(Assignment.id)).all()


def waiting(session: Session, named: str) -> Sequence[tuple[Todo, Item, Proposal]]:
    """Return what of a session waits to be handed over, in the order of registration."""
    wanted = (
        select(Todo, Item, Proposal)
        .join(Item, Item.id == Todo.item_id)
        .join(Proposal, Proposal.item_id == Item.id)
        .where(Todo.step == steps.ASSIGN, Todo.closed_at.is_(None), Proposal.session == named)
    )
    return [(todo, item, one) for todo, item, one in session.execute(wanted.order_by(Item.id))]


def sessions(session: Session) -> Sequence[str]:
    """Return the name of every session, the latest first."""
    newest = select(Proposal.session, Proposal.item_id).order_by(Proposal.item_id.desc())
    return list(dict.fromkeys(named for named, _ in session.execute(newest)))
