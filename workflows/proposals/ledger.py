"""The ledger of proposals and its figures; every figure is the number of rows that it opens."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, case, func, literal, select
from sqlalchemy.orm import aliased, selectinload

from engine import Session
from workflows import store
from workflows.actors import Actor
from workflows.proposals.standing import Standing, standing
from workflows.tables import (
    Assignment,
    AssignmentState,
    Item,
    ItemState,
    Part,
    Proposal,
    Reply,
    ReplyClass,
    Satisfaction,
    Unit,
)

T = TypeVar("T")

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
    """One proposal of the ledger, with how it stands."""

    item: Item
    proposal: Proposal
    contacted: bool
    replied: bool
    late: bool
    reply_class: ReplyClass | None
    satisfaction: Satisfaction | None
    """The worst of what the proposers say to the last replies."""
    back_on: date | None
    """The first day on which a promise comes back."""
    parts: Sequence[Assignment]
    replies: Sequence[Reply]
    """The last reply that each unit issued in the present round."""

    @property
    def units(self) -> list[Unit]:
        """Return the units that take part, the leading one first."""
        return [part.unit for part in self.parts]

    @property
    def lead(self) -> Unit | None:
        """Return the unit that leads."""
        return next((part.unit for part in self.parts if part.part is Part.LEAD), None)


def lines(session: Session, actor: Actor, wanted: ProposalFilter) -> list[ProposalLine]:
    """Return the proposals that the actor may see and the filter lets through."""
    stands = standing(session)
    found = _narrowed(select(Proposal, Item, *_told(stands)), actor, wanted, stands)
    rows = session.execute(found.options(selectinload(Proposal.proposers)).order_by(Item.id)).all()
    ids = [row.Item.id for row in rows]
    parts, replies = _parts(session, ids), _replies(session, ids)
    return [
        ProposalLine(
            item=row.Item,
            proposal=row.Proposal,
            contacted=bool(row.contacted),
            replied=bool(row.replied),
            late=bool(row.late),
            reply_class=row.reply_class,
            satisfaction=Satisfaction(row.satisfaction) if row.satisfaction else None,
            back_on=row.back_on,
            parts=parts[row.Item.id],
            replies=replies[row.Item.id],
        )
        for row in rows
    ]


def promises(session: Session, actor: Actor) -> Sequence[tuple[Item, Proposal, Reply]]:
    """Return what was promised and isn't kept yet, the first to come back first."""
    same = aliased(Reply)
    newest = (
        select(func.max(same.number))
        .where(same.assignment_id == Reply.assignment_id, same.issued_at.is_not(None))
        .scalar_subquery()
    )
    rows = session.execute(
        select(Item, Proposal, Reply)
        .join(Proposal, Proposal.item_id == Item.id)
        .join(Assignment, Assignment.item_id == Item.id)
        .join(Reply, Reply.assignment_id == Assignment.id)
        .where(
            store.visible_to(actor),
            Item.state != ItemState.REFUSED,
            Assignment.part != Part.CO,
            Assignment.state != AssignmentState.RELEASED,
            Reply.number == newest,
            Reply.back_on.is_not(None),
            Reply.kept_at.is_(None),
        )
        .options(selectinload(Reply.assignment).selectinload(Assignment.unit))
        .order_by(Reply.back_on, Item.id)
    )
    return [(item, proposal, reply) for item, proposal, reply in rows]


def _told(stands: Standing) -> list[ColumnElement[Any]]:
    return [
        stands.contacted.label("contacted"),
        stands.replied.label("replied"),
        stands.late.label("late"),
        stands.reply_class.label("reply_class"),
        stands.satisfaction.label("satisfaction"),
        stands.back_on.label("back_on"),
        stands.lead_id.label("lead_id"),
    ]


def _narrowed(
    query: Select[Any], actor: Actor, wanted: ProposalFilter, stands: Standing
) -> Select[Any]:
    """Leave what the actor may see and the filter lets through."""
    asked: Iterable[tuple[object, ColumnElement[bool]]] = (
        (wanted.session or None, Proposal.session == wanted.session),
        (wanted.reply_class, stands.reply_class == wanted.reply_class),
        (wanted.satisfaction, stands.satisfaction == wanted.satisfaction),
        (wanted.unit_id, stands.lead_id == wanted.unit_id),
        (wanted.contacted, _is(stands.contacted, wanted.contacted)),
        (wanted.replied, _is(stands.replied, wanted.replied)),
        (wanted.late, _is(stands.late, wanted.late)),
        (wanted.promised, _is(stands.back_on.is_not(None), wanted.promised)),
    )
    conditions = [condition for want, condition in asked if want is not None]
    seen = (store.visible_to(actor), Item.state != ItemState.REFUSED)
    joined = query.select_from(Item).join(Proposal, Proposal.item_id == Item.id)
    return joined.where(*seen, *conditions)


def _is(condition: ColumnElement[bool], wanted: bool | None) -> ColumnElement[bool]:  # noqa: FBT001 (what is wanted)
    return condition if wanted else ~condition


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
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .join(Item, Item.id == Reply.item_id)
        .where(Reply.item_id.in_(ids), Reply.issued_at.is_not(None), Assignment.round == Item.round)
        .options(selectinload(Reply.ratings), selectinload(Reply.assignment))
        .order_by(Assignment.part != Part.LEAD, Reply.assignment_id, Reply.number)
    )
    last = {reply.assignment_id: reply for reply in session.scalars(wanted)}
    return _grouped(last.values(), lambda reply: reply.item_id)


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


def figures(session: Session, actor: Actor, wanted: ProposalFilter) -> Figures:
    """Count what a filter lets through."""
    return _counted(session, actor, wanted)[None]


def by_class(
    session: Session, actor: Actor, wanted: ProposalFilter
) -> Mapping[ReplyClass, Figures]:
    """Count by the class of the reply."""
    found = _counted(session, actor, wanted, "reply_class")
    return {each: found.get(each, NOTHING) for each in ReplyClass}


def by_unit(session: Session, actor: Actor, wanted: ProposalFilter) -> list[tuple[Unit, Figures]]:
    """Count by the unit that leads, the one with most first."""
    found = _counted(session, actor, wanted, "lead_id")
    units = session.scalars(select(Unit).where(Unit.id.in_([each for each in found if each])))
    counted = [(unit, found[unit.id]) for unit in units]
    return sorted(counted, key=lambda pair: (-pair[1].total, pair[0].id))


def _counted(
    session: Session, actor: Actor, wanted: ProposalFilter, by: str | None = None
) -> Mapping[Any, Figures]:
    """Let the database count over the very rows that a filter lists."""
    stands = standing(session)
    rows = _narrowed(select(*_told(stands)), actor, wanted, stands).subquery()
    classes = [(each, _number(rows.c.reply_class == each)) for each in ReplyClass]
    said = [(each, _number(rows.c.satisfaction == each)) for each in Satisfaction]
    asked = select(
        *([rows.c[by]] if by else [literal(None)]),
        func.count(),
        _number(rows.c.contacted),
        _number(rows.c.replied),
        _number(rows.c.late),
        _number(rows.c.back_on.is_not(None)),
        *(number for _, number in classes),
        *(number for _, number in said),
    )
    found: dict[Any, Figures] = {}
    for key, *counts in session.execute(asked.group_by(rows.c[by]) if by else asked):
        total, contacted, replied, late, promised, *others = counts
        found[key] = Figures(
            total,
            contacted,
            replied,
            late,
            promised,
            _some(zip(ReplyClass, others[: len(classes)], strict=True)),
            _some(zip(Satisfaction, others[len(classes) :], strict=True)),
        )
    return found


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _some(counts: Iterable[tuple[T, int]]) -> dict[T, int]:
    return {each: count for each, count in counts if count}


NOTHING = Figures(0, 0, 0, 0, 0)
