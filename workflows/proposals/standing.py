"""How a proposal stands, in SQL: each of these says one thing about the item of a row.

What counts is the present round: of a proposal that was taken up again the old reply is past.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.orm import aliased

from engine import Session
from workflows import worktime
from workflows.tables import (
    Assignment,
    AssignmentState,
    Item,
    Part,
    ProposerContact,
    Reply,
    ReplyRating,
    Satisfaction,
)

WORST = (
    Satisfaction.DISSATISFIED,
    Satisfaction.NO_ANSWER,
    Satisfaction.BASICALLY,
    Satisfaction.SATISFIED,
)
"""Of several answers the first of these stands for the proposal."""

part, reply, later = aliased(Assignment), aliased(Reply), aliased(Reply)
TAKES_PART = and_(part.item_id == Item.id, part.state != AssignmentState.RELEASED)
OWN = and_(TAKES_PART, part.round == Item.round, part.part != Part.CO)
"""Of a part: it replies itself, in the present round."""
LAST = and_(
    reply.assignment_id == part.id,
    reply.issued_at.is_not(None),
    ~exists().where(
        later.assignment_id == reply.assignment_id,
        later.issued_at.is_not(None),
        later.number > reply.number,
    ),
)
"""Of a reply: it is the last one that its part issued."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of each proposal of a query over items."""

    contacted: ColumnElement[bool]
    replied: ColumnElement[bool]
    late: ColumnElement[bool]
    reply_class: ColumnElement[Any]
    satisfaction: ColumnElement[Any]
    back_on: ColumnElement[Any]
    lead_id: ColumnElement[Any]


def standing(session: Session) -> Standing:
    """Return how proposals stand, as this database computes it."""
    return Standing(
        contacted=_contacted(),
        replied=_replied(),
        late=_any(_last(reply.id).where(_is_late(session))),
        reply_class=_of_the_first(_last(reply.reply_class)),
        satisfaction=case(*((_said(each), literal(each.value)) for each in WORST), else_=null()),
        back_on=_back_on(),
        lead_id=_of_the_first(select(part.unit_id).where(_leads())),
    )


def _any(wanted: Select[Any]) -> ColumnElement[bool]:
    return exists(wanted.correlate(Item))


def _of_the_first(wanted: Select[Any]) -> ColumnElement[Any]:
    """Return what is asked of the unit that leads, or of the first where none does."""
    first = wanted.order_by(part.part != Part.LEAD, part.id).limit(1)
    return first.correlate(Item).scalar_subquery()


def _last(asked: Any) -> Select[Any]:  # noqa: ANN401 (a column of a reply)
    """Select something of the last replies of the present round."""
    return select(asked).select_from(part).join(reply, LAST).where(OWN)


def _leads() -> ColumnElement[bool]:
    return and_(TAKES_PART, part.round == Item.round, part.part == Part.LEAD)


def _replied() -> ColumnElement[bool]:
    own = select(part.id).where(OWN)
    return and_(_any(own), ~_any(own.where(_silent())))


def _silent() -> ColumnElement[bool]:
    return ~exists().where(reply.assignment_id == part.id, reply.issued_at.is_not(None))


def _contacted() -> ColumnElement[bool]:
    talks = select(ProposerContact.id).join(part, part.id == ProposerContact.assignment_id)
    return _any(talks.where(part.item_id == Item.id))


def _said(answer: Satisfaction) -> ColumnElement[bool]:
    asked = _last(ReplyRating.id).join(ReplyRating, ReplyRating.reply_id == reply.id)
    return _any(asked.where(ReplyRating.satisfaction == answer))


def _back_on() -> ColumnElement[Any]:
    owed = select(func.min(reply.back_on)).select_from(part).join(reply, LAST)
    owed = owed.where(TAKES_PART, part.part != Part.CO, reply.kept_at.is_(None))
    return owed.correlate(Item).scalar_subquery()


def _is_late(session: Session) -> ColumnElement[bool]:
    """Of a reply: it came after its limit; of an imported one nobody knows the day."""
    signed = reply.signed_by_id.is_not(None)
    return and_(signed, part.original_due_on < worktime.office_date(session, reply.issued_at))
