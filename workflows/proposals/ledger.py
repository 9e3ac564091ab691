"""The ledger of proposals and its figures; every figure is the number of rows that it opens."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine import Session
from workflows import store
from workflows.actors import Actor
from workflows.calendar import office_day
from workflows.tables import (
    Assignment,
    AssignmentState,
    Item,
    ItemState,
    Part,
    Proposal,
    ProposerContact,
    Reply,
    ReplyClass,
    Satisfaction,
    Unit,
)

T = TypeVar("T")

WORST = (
    Satisfaction.DISSATISFIED,
    Satisfaction.NO_ANSWER,
    Satisfaction.BASICALLY,
    Satisfaction.SATISFIED,
)
"""Of several answers the first of these stands for the proposal."""
FULL = 100


@dataclass(frozen=True, slots=True)
class ProposalFilter:
    """Which proposals are listed; what is left out doesn't narrow."""

    session: str = ""
    reply_class: ReplyClass | None = None
    satisfaction: Satisfaction | None = None
    unit_id: int | None = None
    contacted: bool | None = None
    replied: bool | None = None
    late: bool | None = None
    promised: bool | None = None


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal of the ledger, with what its last replies say."""

    item: Item
    proposal: Proposal
    parts: Sequence[Assignment]
    replies: Sequence[Reply]
    """The last reply that each unit issued."""
    contacted: bool

    @property
    def units(self) -> list[Unit]:
        """Return the units that take part, the leading one first."""
        return [part.unit for part in self.parts]

    @property
    def lead(self) -> Unit | None:
        """Return the unit that leads."""
        return next((part.unit for part in self.parts if part.part is Part.LEAD), None)

    @property
    def replied(self) -> bool:
        """Say whether every unit that replies has done so."""
        own = [part for part in self.parts if part.part is not Part.CO]
        return bool(own) and len(self.replies) == len(own)

    @property
    def reply_class(self) -> ReplyClass | None:
        """Return the class of the leading unit's reply."""
        return self.replies[0].reply_class if self.replies else None

    @property
    def satisfaction(self) -> Satisfaction | None:
        """Return the worst of what the proposers say to the last replies."""
        said = {rating.satisfaction for reply in self.replies for rating in reply.ratings}
        return next((each for each in WORST if each in said), None)

    @property
    def late(self) -> bool:
        """Say whether a reply came after its limit."""
        return any(_is_late(reply) for reply in self.replies)

    @property
    def back_on(self) -> date | None:
        """Return the first day on which a promise comes back."""
        days = [reply.back_on for reply in self.replies if reply.back_on and not reply.kept_at]
        return min(days, default=None)


def _is_late(reply: Reply) -> bool:
    """Say whether a reply came after its limit; of an imported one nobody knows the day."""
    due_on = reply.assignment.original_due_on
    if due_on is None or reply.issued_at is None or reply.signed_by_id is None:
        return False
    return office_day(reply.issued_at) > due_on


def lines(session: Session, actor: Actor, wanted: ProposalFilter) -> list[ProposalLine]:
    """Return the proposals that the actor may see and the filter lets through."""
    found = (
        select(Proposal, Item)
        .join(Item, Item.id == Proposal.item_id)
        .where(store.visible_to(actor), Item.state != ItemState.REFUSED)
        .options(selectinload(Proposal.proposers))
        .order_by(Item.id)
    )
    if wanted.session:
        found = found.where(Proposal.session == wanted.session)
    rows = [(proposal, item) for proposal, item in session.execute(found)]
    ids = [item.id for _, item in rows]
    parts, replies, talked = _parts(session, ids), _replies(session, ids), _talked(session, ids)
    listed = [
        ProposalLine(item, proposal, parts[item.id], replies[item.id], item.id in talked)
        for proposal, item in rows
    ]
    return [line for line in listed if _fits(line, wanted)]


def _fits(line: ProposalLine, wanted: ProposalFilter) -> bool:
    asked: Iterable[tuple[Any, Any]] = (
        (wanted.reply_class, line.reply_class),
        (wanted.satisfaction, line.satisfaction),
        (wanted.contacted, line.contacted),
        (wanted.replied, line.replied),
        (wanted.late, line.late),
        (wanted.promised, line.back_on is not None),
        (wanted.unit_id, line.lead.id if line.lead else None),
    )
    return all(want is None or want == found for want, found in asked)


def _parts(session: Session, ids: Sequence[int]) -> Mapping[int, list[Assignment]]:
    wanted = (
        select(Assignment)
        .join(Item, Item.id == Assignment.item_id)
        .where(
            Assignment.item_id.in_(ids),
            Assignment.round == Item.round,
            Assignment.state != AssignmentState.RELEASED,
        )
        .options(selectinload(Assignment.unit))
        .order_by(Assignment.part != Part.LEAD, Assignment.id)
    )
    return _grouped(session.scalars(wanted), lambda part: part.item_id)


def _replies(session: Session, ids: Sequence[int]) -> Mapping[int, list[Reply]]:
    wanted = (
        select(Reply)
        .where(Reply.item_id.in_(ids), Reply.issued_at.is_not(None))
        .options(selectinload(Reply.ratings), selectinload(Reply.assignment))
        .order_by(Reply.assignment_id, Reply.number)
    )
    last = {reply.assignment_id: reply for reply in session.scalars(wanted)}
    return _grouped(last.values(), lambda reply: reply.item_id)


def _talked(session: Session, ids: Sequence[int]) -> set[int]:
    wanted = (
        select(Assignment.item_id)
        .join(ProposerContact, ProposerContact.assignment_id == Assignment.id)
        .where(Assignment.item_id.in_(ids))
    )
    return set(session.scalars(wanted))


def _grouped(rows: Iterable[T], key: Callable[[T], int]) -> Mapping[int, list[T]]:
    found: defaultdict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


# -- figures ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figures:
    """How some proposals stand: how many were talked about, answered, and how it pleased."""

    total: int
    contacted: int
    replied: int
    late: int
    promised: int
    classes: Mapping[ReplyClass, int] = field(default_factory=dict)
    satisfactions: Mapping[Satisfaction, int] = field(default_factory=dict)

    @property
    def rated(self) -> int:
        """Return how many were answered by their proposers at all."""
        silent = self.satisfactions.get(Satisfaction.NO_ANSWER, 0)
        return sum(self.satisfactions.values()) - silent

    @property
    def pleased(self) -> int:
        """Return with how many the proposers are satisfied, at least basically."""
        good = (Satisfaction.SATISFIED, Satisfaction.BASICALLY)
        return sum(self.satisfactions.get(each, 0) for each in good)


def share(part: int, whole: int) -> float | None:
    """Return a share in percent with one decimal; of nothing there is none."""
    return round(FULL * part / whole, 1) if whole else None


def figures(listed: Iterable[ProposalLine]) -> Figures:
    """Count some lines of the ledger."""
    rows = list(listed)
    said = Counter(row.satisfaction for row in rows if row.satisfaction)
    classes = Counter(row.reply_class for row in rows if row.reply_class)
    return Figures(
        total=len(rows),
        contacted=sum(row.contacted for row in rows),
        replied=sum(row.replied for row in rows),
        late=sum(row.late for row in rows),
        promised=sum(row.back_on is not None for row in rows),
        classes=classes,
        satisfactions=said,
    )


def by_class(listed: Sequence[ProposalLine]) -> Mapping[ReplyClass, Figures]:
    """Count the lines of each class of reply."""
    return {each: figures(row for row in listed if row.reply_class is each) for each in ReplyClass}


def by_unit(listed: Sequence[ProposalLine]) -> list[tuple[Unit, Figures]]:
    """Count the lines of each leading unit, the one with most first."""
    units = {row.lead.id: row.lead for row in listed if row.lead}
    rows = _grouped((row for row in listed if row.lead), lambda row: row.lead.id if row.lead else 0)
    counted = [(unit, figures(rows[unit_id])) for unit_id, unit in units.items()]
    return sorted(counted, key=lambda pair: (-pair[1].total, pair[0].id))
