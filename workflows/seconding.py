"""复核: a second administrator's word on a draft: who gives it, whether it waits, what needs it.

Diagrams and decision tables go the same way from a draft to a version; what both ask of a
second administrator stands here, each keeps its own reviews.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from sqlalchemy import ColumnElement, select

from engine import Session, now
from workflows import account_changes, notices, rules, settings
from workflows.actors import Actor, holders
from workflows.drafted import Draft, Either
from workflows.errors import OwnReview, PeopleRefused, ReviewMissing, ReviewSettled, SameHands
from workflows.tables import (
    AccountChange,
    DrawingReview,
    DrawingState,
    Person,
    ReviewVerdict,
    Role,
    SecondWord,
    TableReview,
)

NOTE: Final = 500
ADMINISTRATOR: Final = Role.ADMINISTRATOR

Review = TypeVar("Review", DrawingReview, TableReview)


@dataclass(frozen=True, slots=True)
class Way(Generic[Draft, Review]):
    """The way of one kind of draft: where its reviews are kept, and how others are told of it."""

    draft: type[Draft]
    review: type[Review]
    asked: str
    approved: str
    returned: str
    deployed: str
    facts: Callable[[Draft], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Word:
    """How far a draft is with its review, as whoever looks at it finds it."""

    needed: bool
    review: SecondWord | None
    waits: bool
    approved: bool
    reviewers: Sequence[str]
    tied: Sequence[SameHands]
    """Why some of those who are asked can't say their word yet."""
    may_review: bool
    theirs: bool
    """Whether only whoever changed it last may send it: nobody else would be left to read it."""


@dataclass(frozen=True, slots=True)
class Readers:
    """The administrators who didn't write a change, and why some can't say their word yet."""

    people: Sequence[Person]
    ties: Mapping[int, SameHands]

    @property
    def names(self) -> list[str]:
        """Return what they are called."""
        return [person.name for person in self.people]

    @property
    def tied(self) -> list[SameHands]:
        """Return why some of them can't say their word yet."""
        return list(self.ties.values())

    def has(self, reader: Actor) -> bool:
        """Say whether somebody's word counts now."""
        return reader.person_id in {each.id for each in self.people} - self.ties.keys()


def word_on(session: Session, way: Way[Draft, Review], draft: Draft, reader: Actor) -> Word:
    """Return how far a draft is with its review."""
    review = review_of(session, way, draft)
    pending = waits(draft, review)
    asker_id = review.asked_by_id if pending and review is not None else reader.person_id
    asked = readers(session, {draft.saved_by_id, asker_id})
    return Word(
        needed=is_needed(session),
        review=review,
        waits=pending,
        approved=review is not None
        and review.revision == draft.revision
        and review.verdict is ReviewVerdict.APPROVED,
        reviewers=asked.names,
        tied=asked.tied,
        may_review=pending and asked.has(reader),
        theirs=not asked.people and bool(others(session, reader)),
    )


def is_needed(session: Session) -> bool:
    """Say whether a second administrator has to approve what is deployed."""
    return settings.is_on(session, settings.REVIEWED)


def readers(session: Session, author_ids: Collection[int]) -> Readers:
    """Return who reads what others changed, and whose word wouldn't be a second one yet."""
    lately, there = account_changes.lately(session), holders(session, ADMINISTRATOR)
    found = {each: _bar(lately, each.id, author_ids) for each in there}
    return Readers(
        people=[each for each, why in found.items() if not isinstance(why, OwnReview)],
        ties={each.id: why for each, why in found.items() if isinstance(why, SameHands)},
    )


def others(session: Session, than: Actor) -> list[Person]:
    """Return the other administrators."""
    return [each for each in holders(session, ADMINISTRATOR) if each.id != than.person_id]


def bar(
    session: Session, reader_id: int, author_ids: Collection[int]
) -> OwnReview | SameHands | None:
    """Return why a reader's word on what these changed would be nobody's second one, if so.

    Pages ask it before they offer to say the word, the verbs before they take it.
    """
    return _bar(account_changes.lately(session), reader_id, author_ids)


def _bar(
    lately: Sequence[AccountChange], reader_id: int, author_ids: Collection[int]
) -> OwnReview | SameHands | None:
    if reader_id in author_ids:
        return OwnReview()
    found = account_changes.tie(lately, reader_id, author_ids)
    if found is None:
        return None
    by, until = found.by.name if found.by else None, account_changes.free_at(found)
    return SameHands(found.person.name, found.deed, by, found.at, until)


def must_be_another(session: Session, reader: Actor, author_ids: Collection[int]) -> None:
    """Refuse the second word of an author, and of an account that an author can speak for."""
    found = bar(session, reader.person_id, author_ids)
    if found is not None:
        raise found


def must_leave_two(session: Session, leaving: Person, joining_id: int | None = None) -> None:
    """Refuse to let the second administrator go, while it takes two to change the rules.

    Whoever were left alone could switch the review off by themselves.
    """
    there = {each.id for each in holders(session, ADMINISTRATOR)}
    staying = (there | {joining_id}) - {leaving.id, None}
    if leaving.id in there and len(there) > 1 and len(staying) == 1 and is_needed(session):
        raise PeopleRefused(why="second_administrator", name=leaving.name)


def waits(draft: Either, review: SecondWord | None) -> bool:
    """Say whether a draft waits, as it is, for a second administrator's word."""
    return review is not None and review.revision == draft.revision and review.verdict is None


def review_of(session: Session, way: Way[Draft, Review], draft: Draft) -> Review | None:
    """Return the latest review of a draft, of whatever revision."""
    wanted = select(way.review).where(way.review.draft_id == draft.id)
    return session.scalars(wanted.order_by(way.review.id.desc())).first()


def waiting(
    session: Session, way: Way[Draft, Review], reader: Actor
) -> Sequence[tuple[Draft, Person]]:
    """Return the drafts that wait for somebody's word, with who asks for it, the latest first."""
    wanted = (
        select(way.draft, Person)
        .join(way.review, _as_it_is(way))
        .join(Person, Person.id == way.review.asked_by_id)
        .where(way.draft.id.in_(waiting_ids(session, way, reader)))
        .order_by(way.draft.saved_at.desc(), way.draft.id.desc())
    )
    return session.execute(wanted).all()


def waiting_ids(session: Session, way: Way[Draft, Review], reader: Actor) -> list[int]:
    """Return the numbers of the drafts that wait for somebody's word: what is drawn isn't read."""
    rules.must_have(reader, ADMINISTRATOR)
    handed = session.execute(
        select(way.draft.id, way.draft.saved_by_id, way.review.asked_by_id)
        .join(way.review, _as_it_is(way))
        .where(way.draft.state == DrawingState.OPEN)
    ).all()
    lately = account_changes.lately(session) if handed else []
    return [
        draft_id
        for draft_id, *authors in handed
        if _bar(lately, reader.person_id, set(authors)) is None
    ]


def _as_it_is(way: Way[Draft, Review]) -> ColumnElement[bool]:
    """Say of a draft and a review that the draft waits for it as it is now."""
    draft, review = way.draft, way.review
    return (
        (review.draft_id == draft.id)
        & (review.revision == draft.revision)
        & review.verdict.is_(None)
    )


def ask(session: Session, way: Way[Draft, Review], draft: Draft, note: str, by: Actor) -> Review:
    """Hand a draft to the other administrators; refuse to ask twice, and where there is nobody."""
    if waits(draft, review_of(session, way, draft)):
        raise ReviewMissing("waiting")
    asked = readers(session, {draft.saved_by_id, by.person_id}).people
    if not asked:
        raise ReviewMissing("theirs" if others(session, by) else "nobody")
    review = way.review(
        draft_id=draft.id,
        revision=draft.revision,
        note=note,
        asked_by_id=by.person_id,
        asked_at=now(session),
    )
    session.add(review)
    session.flush()
    tell(session, way, draft, by, asked, way.asked, text=note)
    return review


def judge(
    session: Session,
    way: Way[Draft, Review],
    draft: Draft,
    by: Actor,
    *,
    approve: bool,
    words: str,
) -> Review:
    """Write down a second administrator's word about a draft as it was handed over."""
    review = review_of(session, way, draft)
    if review is None or not waits(draft, review):
        raise ReviewSettled
    must_be_another(session, by, {draft.saved_by_id, review.asked_by_id})
    review.words = words.strip() if approve else rules.must_give_reason(words, "words")
    rules.must_fit("words", review.words, NOTE)
    review.verdict = ReviewVerdict.APPROVED if approve else ReviewVerdict.RETURNED
    review.reviewed_by_id, review.reviewed_at = by.person_id, now(session)
    session.flush()
    kind = way.approved if approve else way.returned
    tell(session, way, draft, by, askers(draft, review), kind, text=review.words)
    return review


def passed(
    session: Session, way: Way[Draft, Review], draft: Draft, note: str
) -> tuple[int | None, str]:
    """Return who has approved a draft just as it is, if somebody must, and why it is deployed."""
    if not is_needed(session):
        return None, rules.must_say("note", note, NOTE)
    review = must_be_approved(draft, review_of(session, way, draft))
    return review.reviewed_by_id, rules.must_say("note", note or review.note, NOTE)


def must_be_approved(draft: Either, review: Review | None) -> Review:
    """Return the review by which a draft may be deployed just as it is."""
    if review is None:
        raise ReviewMissing("not_asked")
    if review.revision != draft.revision:
        raise ReviewMissing("changed")
    if review.verdict is None:
        raise ReviewMissing("waiting")
    if review.verdict is ReviewVerdict.RETURNED:
        raise ReviewMissing("returned")
    return review


def askers(draft: Either, review: SecondWord) -> list[Person]:
    """Return who wants to hear what was said: whoever asked, and whoever changed it last."""
    return list({person.id: person for person in (review.asked_by, draft.saved_by)}.values())


def tell_deployed(
    session: Session, way: Way[Draft, Review], draft: Draft, by: Actor, note: str, version: int
) -> None:
    """Tell the other administrators which version a draft became, and why."""
    tell(session, way, draft, by, others(session, by), way.deployed, text=note, version=version)


def tell(
    session: Session,
    way: Way[Draft, Review],
    draft: Draft,
    by: Actor,
    people: Sequence[Person],
    kind: str,
    **facts: object,
) -> None:
    """Tell others about a draft; whoever does something isn't told of it."""
    told = [person for person in people if person.id != by.person_id]
    about = {"draft": draft.id, **way.facts(draft), "by": by.name}
    notices.notify(session, told, kind, facts={**about, **facts})
