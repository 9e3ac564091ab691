"""How the proposers take a reply 满意度: by a link of their own, or as the office heard it.

Nobody signs in for it. A link holds a random token, of which only the hash is kept; it shows
this one reply and takes this one proposer's answer, until the case goes on or the link runs out.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from secrets import token_urlsafe
from uuid import UUID

from engine import Session, now
from workflows import desk, messages, rules, settings, steps, store, story, tries
from workflows.accounts import hash_of
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import ChoiceUnknown, LinkOver, LinkUnknown, NotNow
from workflows.proposals import queries
from workflows.proposals.dates import rating_until
from workflows.proposals.rules import is_dissatisfied, must_have_answered
from workflows.story import Happened
from workflows.tables import (
    Assignment,
    HeardBy,
    Item,
    Proposal,
    Reply,
    ReplyRating,
    Role,
    Satisfaction,
)

BYTES = 32
UNKNOWN_LINKS = 20
"""How many links that lead nowhere an address may try in a while."""
ANSWERS = (Satisfaction.SATISFIED, Satisfaction.BASICALLY, Satisfaction.DISSATISFIED)
BY_HAND = (HeardBy.PHONE, HeardBy.PAPER)
EXPIRED = "expired"
"""Of a link that has run out: it shows nothing any more."""
SETTLED = "settled"
"""Of a link whose case has gone on: it shows the answer that was given."""


@dataclass(frozen=True, slots=True)
class Link:
    """A proposer's link as it is shown once; what is kept of it is a hash."""

    rating: ReplyRating
    token: str


@dataclass(frozen=True, slots=True)
class OpenRating:
    """What somebody with a link may see: the matter, the reply, their own answer."""

    rating: ReplyRating
    reply: Reply
    item: Item
    proposal: Proposal
    proposer: str
    unit: str
    over: str


# -- links ------------------------------------------------------------------------------


def make_links(session: Session, actor: Actor, reply_id: int) -> list[Link]:
    """Give every proposer of a reply a link to pass on; those made so before are worth nothing."""
    rules.must_have(actor, Role.SUPERVISOR)
    reply = visible_reply(session, actor, reply_id)
    must_be_open(reply)
    days = settings.number(session, "proposal.link_days")
    until = today(session) + timedelta(days=days)
    links = [Link(rating, token_urlsafe(BYTES)) for rating in queries.ratings_of(session, reply)]
    for link in links:
        link.rating.link_hash, link.rating.link_until = hash_of(link.token), until
    facts = {"until": until, "count": len(links)}
    part = store.assignment_of(session, reply.assignment_id)
    story.tell(session, reply.item_id, Happened.LINKS_MADE, actor, facts, part)
    return links


def open_rating(session: Session, token: str, address: str) -> OpenRating | None:
    """Return what a link shows; one that leads nowhere is counted against its address."""
    subject = f"rating, address:{address[:80]}"
    tries.must_be_few(session, subject, UNKNOWN_LINKS)
    told = queries.rating_behind(session, hash_of(token))
    if told is None:
        tries.note(session, subject)
        return None
    found, until = told
    reply = found.reply
    part = session.get_one(Assignment, reply.assignment_id)
    return OpenRating(
        rating=found,
        reply=reply,
        item=session.get_one(Item, reply.item_id),
        proposal=queries.proposal_of(session, reply.item_id),
        proposer=found.proposer.name,
        unit=part.unit.name,
        over=_over(session, reply, until),
    )


def rate(
    session: Session, token: str, address: str, satisfaction: Satisfaction | str, why: str
) -> OpenRating | None:
    """Take a proposer's answer; it can be changed until the case goes on."""
    opened = open_rating(session, token, address)
    if opened is None:
        return None
    queries.lock(session, opened.reply)
    if opened.over or opened.reply.settled_at is not None:
        raise LinkOver(opened.over or SETTLED)
    said = _said(satisfaction, why)
    _rate(session, opened.rating, Satisfaction(satisfaction), said, HeardBy.LINK)
    _tell(session, None, opened.rating)
    return opened


def must_be_found(opened: OpenRating | None) -> OpenRating:
    """Return what a link shows, or refuse one that leads nowhere, once the try was counted."""
    if opened is None:
        raise LinkUnknown
    return opened


# -- the office -------------------------------------------------------------------------


def record_rating(
    session: Session,
    actor: Actor,
    rating_id: int,
    satisfaction: Satisfaction | str,
    why: str,
    heard_by: HeardBy | str,
) -> ReplyRating:
    """Write down what a proposer said by telephone or on paper, never over their own answer."""
    rules.must_have(actor, Role.SUPERVISOR)
    if heard_by not in BY_HAND:
        raise ChoiceUnknown("heard_by", heard_by, BY_HAND)
    rating = session.get(ReplyRating, rating_id)
    if rating is None:
        raise LinkUnknown
    reply = visible_reply(session, actor, rating.reply_id)
    queries.lock(session, reply)
    session.refresh(rating)
    must_be_open(reply)
    if rating.heard_by is HeardBy.LINK:
        raise NotNow("rate", "answered")
    said = _said(satisfaction, why)
    _rate(session, rating, Satisfaction(satisfaction), said, HeardBy(heard_by))
    rating.recorded_by_id = actor.person_id
    _tell(session, actor, rating)
    return rating


def settle_ratings(session: Session, actor: Actor, task_id: UUID) -> Reply:
    """Let the case go on by what the proposers said; whoever kept silent gave no answer."""
    errand = steps.take(session, actor, task_id, steps.SATISFACTION)
    part = store.assignment_of(session, errand.todo.assignment_id)
    reply = queries.latest_reply(session, part)
    queries.lock(session, reply)
    ratings = queries.ratings_of(session, reply)
    must_have_answered(ratings, rating_until(session, reply), today(session))
    for rating in ratings:
        if rating.satisfaction is None:
            rating.satisfaction, rating.rated_at = Satisfaction.NO_ANSWER, now(session)
            rating.recorded_by_id = actor.person_id
    reply.settled_at = now(session)
    dissatisfied = is_dissatisfied(ratings)
    facts = {"dissatisfied": dissatisfied}
    story.tell(session, part.item_id, Happened.RATINGS_SETTLED, actor, facts, part)
    outcome = "dissatisfied" if dissatisfied else "satisfied"
    desk.move_on(session, actor, errand.task, outcome)
    return reply


def visible_reply(session: Session, actor: Actor, reply_id: int) -> Reply:
    """Return a reply of an item that the actor may see, or refuse."""
    reply = session.get(Reply, reply_id)
    if reply is None:
        raise LinkUnknown
    store.visible_item(session, actor, reply.item_id)
    return reply


def must_be_open(reply: Reply) -> None:
    """Refuse what concerns the ratings of a reply that isn't issued, or whose case has gone on."""
    if reply.issued_at is None or reply.settled_at is not None:
        raise NotNow("rate", "settled" if reply.settled_at else "draft")


def _over(session: Session, reply: Reply, until: date) -> str:
    """Say why a link takes no answer any more, if it doesn't."""
    if until < today(session):
        return EXPIRED
    return SETTLED if reply.settled_at is not None else ""


def _said(satisfaction: Satisfaction | str, why: str) -> str:
    if satisfaction not in ANSWERS:
        raise ChoiceUnknown("satisfaction", satisfaction, ANSWERS)
    if satisfaction == Satisfaction.DISSATISFIED:
        return rules.must_say("why", why)
    return why.strip()


def _rate(
    session: Session, rating: ReplyRating, given: Satisfaction, why: str, heard_by: HeardBy
) -> None:
    rating.satisfaction, rating.why, rating.heard_by = given, why, heard_by
    rating.rated_at, rating.recorded_by_id = now(session), None


def _tell(session: Session, actor: Actor | None, rating: ReplyRating) -> None:
    part = session.get_one(Assignment, rating.reply.assignment_id)
    facts = {
        "proposer": rating.proposer.name,
        "satisfaction": rating.satisfaction,
        "why": rating.why,
        "heard_by": rating.heard_by,
    }
    story.tell(session, part.item_id, Happened.RATED, actor, facts, part)
    if rating.satisfaction is Satisfaction.DISSATISFIED:
        messages.to_supervisor(session, part, "rated_dissatisfied", facts)
