"""复核: a second administrator's word on a draft: who gives it, whether it waits, what needs it.

Diagrams and decision tables go the same way from a draft to a version; what both ask of a
second administrator stands here, each keeps its own reviews.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from engine import Session, now
from workflows import rules, settings
from workflows.actors import Actor, holders
from workflows.errors import DraftUnread, OwnReview, ReviewMissing, ReviewSettled
from workflows.tables import Drawing, Person, ReviewVerdict, Role, SecondWord, TableDraft

NOTE: Final = 500

Draft = Drawing | TableDraft
Review = TypeVar("Review", bound=SecondWord)


@dataclass(frozen=True, slots=True)
class Word:
    """How far a draft is with its review, as whoever looks at it finds it."""

    needed: bool
    review: SecondWord | None
    waits: bool
    approved: bool
    reviewers: Sequence[str]
    may_review: bool


def word_on(session: Session, draft: Draft, review: SecondWord | None, reader: Actor) -> Word:
    """Return how far a draft is with its review."""
    pending = waits(draft, review)
    asker_id = review.asked_by_id if pending and review is not None else reader.person_id
    asked = reviewers(session, draft, asker_id)
    return Word(
        needed=is_needed(session),
        review=review,
        waits=pending,
        approved=review is not None
        and review.revision == draft.revision
        and review.verdict is ReviewVerdict.APPROVED,
        reviewers=[person.name for person in asked],
        may_review=pending and reader.person_id in {person.id for person in asked},
    )


def is_needed(session: Session) -> bool:
    """Say whether a second administrator has to approve what is deployed."""
    return settings.is_on(session, settings.REVIEWED)


def reviewers(session: Session, draft: Draft, asker_id: int) -> list[Person]:
    """Return who may review a draft: neither whoever changed it last nor whoever sends it."""
    own = {draft.saved_by_id, asker_id}
    return [each for each in holders(session, Role.ADMINISTRATOR) if each.id not in own]


def others(session: Session, than: Actor) -> list[Person]:
    """Return the other administrators."""
    return [each for each in holders(session, Role.ADMINISTRATOR) if each.id != than.person_id]


def waits(draft: Draft, review: SecondWord | None) -> bool:
    """Say whether a draft waits, as it is, for a second administrator's word."""
    return review is not None and review.revision == draft.revision and review.verdict is None


def must_be_as_read(draft: Draft, revision: int | None) -> None:
    """Refuse to decide about a draft that was saved since it was read."""
    if revision is not None and revision != draft.revision:
        raise DraftUnread(draft.revision, draft.saved_by.name, draft.saved_at)


def who_is_asked(
    session: Session, by: Actor, draft: Draft, review: SecondWord | None
) -> list[Person]:
    """Return whom to ask about a draft; refuse to ask twice, and where there is nobody."""
    if waits(draft, review):
        raise ReviewMissing("waiting")
    asked = reviewers(session, draft, by.person_id)
    if not asked:
        raise ReviewMissing("theirs" if others(session, by) else "nobody")
    return asked


def settle(
    session: Session, by: Actor, draft: Draft, review: Review | None, *, approve: bool, words: str
) -> Review:
    """Write down a second administrator's word about a draft as it was handed over."""
    if review is None or not waits(draft, review):
        raise ReviewSettled
    if by.person_id in {draft.saved_by_id, review.asked_by_id}:
        raise OwnReview
    review.words = words.strip() if approve else rules.must_give_reason(words, "words")
    rules.must_fit("words", review.words, NOTE)
    review.verdict = ReviewVerdict.APPROVED if approve else ReviewVerdict.RETURNED
    review.reviewed_by_id, review.reviewed_at = by.person_id, now(session)
    session.flush()
    return review


def must_be_approved(draft: Draft, review: Review | None) -> Review:
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


def askers(draft: Draft, review: SecondWord) -> list[Person]:
    """Return who wants to hear what was said: whoever asked, and whoever changed it last."""
    return list({person.id: person for person in (review.asked_by, draft.saved_by)}.values())
