"""Links sent to proposers: asked for here, made and sent by a job, kept as hashes only.

A token lives from the moment at which its message is handed to the mail server or the SMS
gateway until that is done; neither the database nor a log has it. Each try makes another one,
and all tries of a message are valid: whichever of them arrived opens the reply.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from secrets import token_urlsafe

from sqlalchemy import select

from engine import Session, now
from workflows import channels, rules, settings, store, story
from workflows.accounts import hash_of
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import AlreadyAsked, LinkUnknown, NobodyReached
from workflows.proposals import queries, reach
from workflows.proposals.details import CONTACT
from workflows.proposals.ratings import BYTES, must_be_open, visible_reply
from workflows.story import Happened
from workflows.tables import (
    Assignment,
    Channel,
    Item,
    Message,
    MessageState,
    Proposer,
    RatingLetter,
    RatingLink,
    Reply,
    ReplyRating,
    Role,
)

JOB = "rating_link"
"""The job that makes a link and sends it; ``web/channels`` words it."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What a message has to say to a proposer, with the token that only it ever says."""

    address: str
    proposer: str
    item: Item
    unit: str
    reply: Reply
    until: date
    token: str


# -- the office -------------------------------------------------------------------------


def send_links(session: Session, actor: Actor, reply_id: int) -> list[RatingLetter]:
    """Send a link to every proposer who is reached, hasn't rated, and wasn't sent one."""
    reply = _reply_to_rate(session, actor, reply_id)
    letters: list[RatingLetter] = []
    for rating in queries.ratings_of(session, reply):
        sent = {letter.message.channel for letter in letters_of(session, rating)}
        if rating.satisfaction is None:
            letters += _send(session, actor, rating, without=sent)
    if not letters:
        raise NobodyReached
    _tell(session, actor, reply, letters)
    return letters


def resend_link(session: Session, actor: Actor, rating_id: int) -> list[RatingLetter]:
    """Send one proposer another link; those sent before lead nowhere from then on."""
    rating, reply = _rating_to_send(session, actor, rating_id)
    before = letters_of(session, rating)
    waiting = [one for one in before if one.message.state is MessageState.WAITING]
    if waiting:
        raise AlreadyAsked(JOB, waiting[0].asked_at)
    letters = _send(session, actor, rating)
    if not letters:
        raise NobodyReached
    for letter in before:
        letter.withdrawn_at = now(session)
    _tell(session, actor, reply, letters)
    return letters


def withdraw_link(session: Session, actor: Actor, rating_id: int) -> ReplyRating:
    """Let none of a proposer's links lead anywhere any more; what waits isn't sent."""
    rating, reply = _rating_to_send(session, actor, rating_id)
    for letter in letters_of(session, rating):
        letter.withdrawn_at = now(session)
    rating.link_hash = rating.link_until = None
    part = store.assignment_of(session, reply.assignment_id)
    facts = {"proposer": rating.proposer.name}
    story.tell(session, reply.item_id, Happened.LINK_WITHDRAWN, actor, facts, part)
    session.flush()
    return rating


def change_reach(
    session: Session, actor: Actor, proposer_id: int, email: str, phone: str, contact: str
) -> Proposer:
    """Write down how a proposer is reached from now on; what was sent stays as it was."""
    rules.must_have(actor, Role.SUPERVISOR)
    proposer = session.get(Proposer, proposer_id)
    if proposer is None:
        raise LinkUnknown
    store.visible_item(session, actor, proposer.item_id)
    rules.must_fit("contact", contact, CONTACT)
    proposer.email = reach.mail_address(email, "email")
    proposer.phone = reach.mobile(phone, "phone")
    proposer.contact = contact.strip()
    session.flush()
    return proposer


def letters_of(session: Session, rating: ReplyRating) -> Sequence[RatingLetter]:
    """Return the messages to a proposer that stand, the oldest first."""
    wanted = select(RatingLetter).where(
        RatingLetter.rating_id == rating.id, RatingLetter.withdrawn_at.is_(None)
    )
    return session.scalars(wanted.order_by(RatingLetter.message_id)).all()


def sent(session: Session, reply: Reply) -> Mapping[int, list[RatingLetter]]:
    """Return every message about a reply, withdrawn or not, by its rating; the latest first."""
    wanted = (
        select(RatingLetter)
        .join(ReplyRating, ReplyRating.id == RatingLetter.rating_id)
        .where(ReplyRating.reply_id == reply.id)
        .order_by(RatingLetter.message_id.desc())
    )
    found: dict[int, list[RatingLetter]] = {}
    for letter in session.scalars(wanted):
        found.setdefault(letter.rating_id, []).append(letter)
    return found


@dataclass(frozen=True, slots=True)
class Outgoing:
    """How the proposers take a reply, and every message that asked them."""

    ratings: Sequence[ReplyRating]
    letters: Sequence[RatingLetter]


def outgoing(session: Session, actor: Actor, reply_id: int) -> Outgoing:
    """Return what the office may see of a reply's ratings and messages."""
    rules.must_have(actor, Role.SUPERVISOR)
    reply = visible_reply(session, actor, reply_id)
    letters = [letter for each in sent(session, reply).values() for letter in each]
    return Outgoing(queries.ratings_of(session, reply), letters)


def _reply_to_rate(session: Session, actor: Actor, reply_id: int) -> Reply:
    rules.must_have(actor, Role.SUPERVISOR)
    reply = visible_reply(session, actor, reply_id)
    queries.lock(session, reply)
    must_be_open(reply)
    return reply


def _rating_to_send(session: Session, actor: Actor, rating_id: int) -> tuple[ReplyRating, Reply]:
    rating = session.get(ReplyRating, rating_id)
    if rating is None:
        raise LinkUnknown
    return rating, _reply_to_rate(session, actor, rating.reply_id)


def _send(
    session: Session, actor: Actor, rating: ReplyRating, without: Collection[Channel] = ()
) -> list[RatingLetter]:
    """Have a link sent by each channel that reaches a proposer, but for some."""
    until = today(session) + timedelta(days=settings.number(session, "proposal.link_days"))
    letters = [
        RatingLetter(
            message=channels.to_outsider(session, channel, place, JOB),
            rating_id=rating.id,
            until=until,
            asked_by_id=actor.person_id,
            asked_at=now(session),
        )
        for channel, place in _places(session, rating.proposer)
        if channel not in without
    ]
    session.add_all(letters)
    session.flush()
    return letters


def _places(session: Session, proposer: Proposer) -> list[tuple[Channel, str]]:
    by_sms = proposer.phone if settings.text(session, "sms.url") else ""
    places = [(Channel.MAIL, proposer.email), (Channel.SMS, by_sms)]
    return [(channel, place) for channel, place in places if place]


def _tell(session: Session, actor: Actor, reply: Reply, letters: Sequence[RatingLetter]) -> None:
    names = {letter.rating_id: session.get_one(ReplyRating, letter.rating_id) for letter in letters}
    facts = {
        "names": "、".join(rating.proposer.name for rating in names.values()),
        "until": letters[0].until,
    }
    part = store.assignment_of(session, reply.assignment_id)
    story.tell(session, reply.item_id, Happened.LINKS_SENT, actor, facts, part)


# -- the worker -------------------------------------------------------------------------


def take_out(session: Session, message_id: int, *, reachable: bool) -> Errand | None:
    """Make a link for one try of a message, unless nobody is to be asked any more.

    Without a server to hand it to no link is made: the token would be in nobody's hands.
    """
    letter = session.get_one(RatingLetter, message_id)
    rating = letter.rating
    reply = rating.reply
    over = reply.settled_at is not None or letter.until < today(session)
    if letter.withdrawn_at is not None or rating.satisfaction is not None or over:
        return None
    token = token_urlsafe(BYTES)
    if reachable:
        session.add(RatingLink(hash=hash_of(token), message_id=message_id))
    return Errand(
        address=session.get_one(Message, message_id).address,
        proposer=rating.proposer.name,
        item=session.get_one(Item, reply.item_id),
        unit=session.get_one(Assignment, reply.assignment_id).unit.name,
        reply=reply,
        until=letter.until,
        token=token,
    )
