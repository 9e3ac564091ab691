"""What a reply must have: pure sentences about rows and words."""

from collections.abc import Sequence
from datetime import date

from workflows import rules
from workflows.errors import ClassMissing, ContactMissing, PromiseUnfit, RatingsOpen
from workflows.tables import ContactWay, ProposerContact, ReplyClass, ReplyRating, Satisfaction

FACE_TO_FACE = frozenset({ContactWay.VISIT, ContactWay.TALK})
FIRST = 1


def must_have_talked(contacts: Sequence[ProposerContact], attempt: int) -> None:
    """Refuse a reply before a talk; after a dissatisfied one they must have met face to face."""
    own = [each for each in contacts if each.attempt == attempt]
    if attempt > FIRST and not any(each.way in FACE_TO_FACE for each in own):
        raise ContactMissing(True)  # noqa: FBT003 (the fact itself)
    if not own:
        raise ContactMissing(False)  # noqa: FBT003 (the fact itself)


def must_be_classed(given: ReplyClass | str | None) -> ReplyClass:
    """Return the class of a reply; refuse one without."""
    if given not in tuple(each.value for each in ReplyClass):
        raise ClassMissing
    return ReplyClass(given or "")


def must_fit_class(
    reply_class: ReplyClass, promise: str, promised_on: date | None, today: date
) -> None:
    """Refuse class B without what is promised and by when, and any other with a promise."""
    if reply_class is not ReplyClass.B:
        if promise.strip() or promised_on is not None:
            raise PromiseUnfit("only_b")
        return
    if not promise.strip() or promised_on is None:
        raise PromiseUnfit("missing")
    if promised_on <= today:
        raise PromiseUnfit("past")
    rules.must_be_near(promised_on, today)


def must_say_why_hidden(disclosed: bool, reason: str) -> str:  # noqa: FBT001 (the answer)
    """Return why a reply isn't made public; one that is public needs no reason."""
    return "" if disclosed else rules.must_say("undisclosed_reason", reason)


def must_have_answered(ratings: Sequence[ReplyRating], until: date, today: date) -> None:
    """Refuse to go on while proposers may still answer and haven't."""
    silent = [each.proposer.name for each in ratings if each.satisfaction is None]
    if silent and today <= until:
        raise RatingsOpen(silent, until)


def is_dissatisfied(ratings: Sequence[ReplyRating]) -> bool:
    """Say whether a reply has to be given again: one of its proposers is dissatisfied."""
    return any(each.satisfaction is Satisfaction.DISSATISFIED for each in ratings)
