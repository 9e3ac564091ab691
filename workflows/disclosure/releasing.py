"""The office's verbs of disclosure: look at a reply as it will stand, release it, withdraw it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import func, insert, select

from engine import Session, now
from workflows import rules
from workflows.actors import Actor
from workflows.calendar import office_day
from workflows.disclosure import masking
from workflows.disclosure.masking import Found
from workflows.disclosure.rules import must_be_fit, why_not
from workflows.errors import DisclosureRefused, DisclosureUnknown
from workflows.tables import (
    Assignment,
    Disclosure,
    DisclosureGram,
    Item,
    Proposal,
    ProposerContact,
    Reply,
    Role,
)
from workflows.tables.search import folded, grams

OFFICE = (Role.SUPERVISOR, Role.DIRECTOR)
MOST_BY_HAND = 10_000
TITLE = 400


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reviewer decides: found words that stay as they are, and more to hide by lines."""

    shown: tuple[str, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A reply as it would be released, beside what was found in it; ``why_not`` forbids it."""

    reply: Reply
    item: Item
    proposal: Proposal
    part: Assignment
    found: Sequence[Found]
    shown: Sequence[Found]
    by_hand: Sequence[Found]
    title: str
    said: str
    promise: str
    proposers: str
    why_not: str

    @property
    def masked(self) -> list[Found]:
        """Return what is hidden."""
        return [*(each for each in self.found if each not in self.shown), *self.by_hand]

    @property
    def seal(self) -> str:
        """Return the mark of the words that a reviewer has looked at."""
        shown = (self.title, self.said, self.promise, self.proposers)
        return sha256(repr(shown).encode()).hexdigest()


def preview(session: Session, actor: Actor, reply_id: int, choice: Choice) -> Preview:
    """Return a reply as it would be released under a reviewer's choice."""
    rules.must_have(actor, *OFFICE)
    rules.must_fit("more", choice.more, MOST_BY_HAND)
    reply = _reply(session, reply_id)
    item = session.get_one(Item, reply.item_id)
    proposal = session.get_one(Proposal, reply.item_id)
    names = _names(session, proposal, reply)
    whole = "\n".join((item.title, reply.said, reply.promise, *_proposers(proposal)))
    found = masking.find(whole, names)
    shown = [each for each in found if each.word in choice.shown]
    by_hand = masking.by_hand(choice.more)
    hidden = [*(each for each in found if each not in shown), *by_hand]
    return Preview(
        reply=reply,
        item=item,
        proposal=proposal,
        part=reply.assignment,
        found=found,
        shown=shown,
        by_hand=by_hand,
        title=masking.hide(item.title, hidden),
        said=masking.hide(reply.said, hidden),
        promise=masking.hide(reply.promise, hidden),
        proposers=masking.hide("、".join(_proposers(proposal)), hidden),
        why_not=reason(session, reply, item) or _already(session, reply_id),
    )


def release(session: Session, actor: Actor, reply_id: int, choice: Choice, seal: str) -> Disclosure:
    """Let the public read a reply exactly as its preview was looked at, frozen from now on."""
    rules.must_have(actor, *OFFICE)
    _lock(session, reply_id)
    seen = preview(session, actor, reply_id, choice)
    must_be_fit(seen.why_not)
    if seal != seen.seal:
        raise DisclosureRefused("unseen")
    reply = seen.reply
    made = Disclosure(
        reply_id=reply.id,
        item_id=reply.item_id,
        unit_id=seen.part.unit_id,
        source=seen.item.source.value,
        session=seen.proposal.session,
        number=seen.proposal.number,
        title=seen.title[:TITLE],
        proposers=seen.proposers,
        unit_name=seen.part.unit.name,
        reply_class=reply.reply_class,
        document_number=reply.document_number,
        issued_on=office_day(reply.issued_at or now(session)),
        said=seen.said,
        promise=seen.promise,
        masked=_kept(seen.masked),
        shown=_kept(seen.shown),
        released_by_id=actor.person_id,
        released_at=now(session),
    )
    made.search = "\n".join(folded(each) for each in _searched(made))
    session.add(made)
    session.flush()
    _index(session, made)
    return made


def withdraw(session: Session, actor: Actor, disclosure_id: int, reason: str) -> Disclosure:
    """Take a released reply from the public; that it was there, and why it went, stays known."""
    rules.must_have(actor, *OFFICE)
    found = session.get(Disclosure, disclosure_id, with_for_update=True)
    if found is None:
        raise DisclosureUnknown(disclosure_id)
    if found.withdrawn_at is not None:
        raise DisclosureRefused("withdrawn")
    found.withdrawn_reason = rules.must_give_reason(reason)
    found.withdrawn_by_id, found.withdrawn_at = actor.person_id, now(session)
    session.flush()
    return found


def standing(session: Session, reply_id: int) -> Disclosure | None:
    """Return what of a reply the public reads now."""
    wanted = select(Disclosure).where(
        Disclosure.reply_id == reply_id, Disclosure.withdrawn_at.is_(None)
    )
    return session.scalars(wanted).one_or_none()


def reason(session: Session, reply: Reply, item: Item) -> str:
    """Say by a code why a reply can't be released now; nothing if it can."""
    drafted = select(func.max(Reply.number)).where(Reply.assignment_id == reply.assignment_id)
    last = session.scalar(drafted) or 0
    said = [each.satisfaction for each in reply.ratings]
    return why_not(reply, reply.assignment, item, last, said)


def _already(session: Session, reply_id: int) -> str:
    """Say by a code that the public reads a reply; nothing if it doesn't."""
    return "released" if standing(session, reply_id) is not None else ""


def _lock(session: Session, reply_id: int) -> None:
    """Read a reply again under its lock; what is read beside it isn't locked."""
    wanted = select(Reply).where(Reply.id == reply_id).with_for_update(of=Reply)
    session.scalars(wanted, execution_options={"populate_existing": True}).unique().all()


def _reply(session: Session, reply_id: int) -> Reply:
    reply = session.get(Reply, reply_id)
    if reply is None:
        raise DisclosureUnknown(reply_id)
    return reply


def _proposers(proposal: Proposal) -> list[str]:
    return [each.name for each in proposal.proposers]


def _names(session: Session, proposal: Proposal, reply: Reply) -> list[str]:
    """Return the people of whom the house knows that the text may name them."""
    met = select(ProposerContact.people).where(ProposerContact.assignment_id == reply.assignment_id)
    spoken = [name for people in session.scalars(met) for name in _split(people)]
    return [*_proposers(proposal), *spoken]


def _split(people: str) -> list[str]:
    return people.replace("，", "、").replace(",", "、").replace(" ", "、").split("、")


def _kept(found: Sequence[Found]) -> list[dict[str, str]]:
    return [{"sort": each.sort.value, "word": each.word} for each in found]


def _searched(made: Disclosure) -> tuple[str, ...]:
    return (made.title, made.said, made.promise, made.unit_name, made.number, made.document_number)


def _index(session: Session, made: Disclosure) -> None:
    found = {gram for line in made.search.split("\n") for gram in grams(line)}
    if found:
        rows = [{"gram": gram, "disclosure_id": made.id} for gram in sorted(found)]
        session.execute(insert(DisclosureGram), rows)
