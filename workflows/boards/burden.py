"""How busy units are: how often they are asked, what they have in hand, what looks alike of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from engine import Session
from workflows import rules, store, urged
from workflows.actors import Actor
from workflows.boards.asked import Board
from workflows.boards.numbers import AlikeRows, AskRows, Number, UrgeRows, counted
from workflows.calendar import instant_of
from workflows.errors import UnitUnknown
from workflows.ledger_filter import LedgerFilter
from workflows.opening import burden
from workflows.tables import (
    Assignment,
    Item,
    ItemState,
    LookAlikeAnswer,
    StoryEntry,
    Unit,
)

WEEKS = burden.WEEKS
FOUR_WEEKS = timedelta(days=7 * WEEKS - 1)


@dataclass(frozen=True, slots=True)
class BurdenLine:
    """A unit: how often it was asked in four weeks, what it has in hand, how often it was urged."""

    unit: Unit
    asked: Number
    open: Number
    urged: Number
    alike: Number

    @property
    def a_week(self) -> float:
        """Return how often it is asked in a week."""
        return self.asked.value / WEEKS


@dataclass(frozen=True, slots=True)
class Ask:
    """One time that a unit was asked for a report, about an item; ``kind`` is the story's."""

    item: Item
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Alike:
    """Two open items that a unit has both, how alike they are, and what the office said to it."""

    item: Item
    other: Item
    percent: int
    answer: str
    reason: str


def burdens(
    session: Session, actor: Actor, board: Board, most: int | None = None
) -> list[BurdenLine]:
    """Return the units that are asked most; those that are never asked are left out."""
    since = board.day - FOUR_WEEKS
    times = _asked_by_unit(session, actor, since, board.day)
    units = session.scalars(select(Unit).where(Unit.id.in_(times)))
    ranked = sorted(units, key=lambda unit: (-times[unit.id], unit.position, unit.id))[:most]
    ids = [unit.id for unit in ranked]
    in_hand = counted(session, actor, [LedgerFilter(holder_id=unit_id) for unit_id in ids])
    wanted = urged.Wanted(since, board.day)
    urges = Counter(each.unit.id for each in urged.urged(session, actor, wanted))
    pairs = _pairs_by_unit(session, actor, ids)
    return [
        BurdenLine(
            unit,
            Number(times[unit.id], AskRows(unit.id, since, board.day)),
            held,
            Number(urges[unit.id], UrgeRows(unit.id, since, board.day)),
            Number(pairs.get(unit.id, 0), AlikeRows(unit.id)),
        )
        for unit, held in zip(ranked, in_hand, strict=True)
    ]


def asks(session: Session, actor: Actor, wanted: AskRows) -> Sequence[Ask]:
    """Return the times that a unit was asked, the latest first."""
    must_see_unit(session, actor, wanted.unit_id)
    query = (
        select(Item, StoryEntry.kind, StoryEntry.at)
        .join(StoryEntry, StoryEntry.item_id == Item.id)
        .join(Assignment, Assignment.id == StoryEntry.assignment_id)
        .where(
            Assignment.unit_id == wanted.unit_id,
            *_asked(actor, wanted.since, wanted.until),
        )
    )
    found = session.execute(query.order_by(StoryEntry.at.desc(), StoryEntry.id.desc()))
    return [Ask(item, kind, at) for item, kind, at in found]


def alike(session: Session, actor: Actor, unit_id: int) -> Sequence[Alike]:
    """Return the pairs of open items that a unit has both and that look alike, the likest first."""
    must_see_unit(session, actor, unit_id)
    item, other = aliased(Item), aliased(Item)
    query = (
        select(item, other, LookAlikeAnswer)
        .join(item, item.id == LookAlikeAnswer.item_id)
        .join(other, other.id == LookAlikeAnswer.other_id)
        .where(_held(LookAlikeAnswer.item_id, unit_id), _held(LookAlikeAnswer.other_id, unit_id))
        .order_by(LookAlikeAnswer.percent.desc(), item.id)
    )
    return [
        Alike(one, two, answer.percent, answer.answer.value, answer.reason)
        for one, two, answer in session.execute(query)
    ]


def must_see_unit(session: Session, actor: Actor, unit_id: int) -> Unit:
    """Return a unit whose burden the actor may look at; another's are unknown to a unit."""
    unit = session.get(Unit, unit_id)
    own = store.sees_all(actor) or unit_id in set(session.scalars(_own_units(actor)))
    if unit is None or not own:
        raise UnitUnknown(unit_id)
    return unit


def _own_units(actor: Actor) -> Select[int]:
    mine = frozenset[int]().union(*(actor.unit_ids(role) for role in store.IN_A_UNIT))
    below = store.units_below(mine)
    return select(below.c.id)


def _asked(actor: Actor, since: date, until: date) -> list[ColumnElement[bool]]:
    """Return the conditions on lines of the story that ask a unit for something."""
    return [
        StoryEntry.kind.in_(burden.ASKS),
        StoryEntry.at >= instant_of(since),
        StoryEntry.at < instant_of(until + timedelta(days=1)),
        Item.id == StoryEntry.item_id,
        store.visible_to(actor),
    ]


def _asked_by_unit(session: Session, actor: Actor, since: date, until: date) -> Mapping[int, int]:
    query = (
        select(Assignment.unit_id, func.count())
        .select_from(StoryEntry)
        .join(Item, Item.id == StoryEntry.item_id)
        .join(Assignment, Assignment.id == StoryEntry.assignment_id)
        .where(*_asked(actor, since, until))
        .group_by(Assignment.unit_id)
    )
    if not store.sees_all(actor):
        query = query.where(Assignment.unit_id.in_(_own_units(actor)))
    return dict(session.execute(query).all())


def _pairs_by_unit(session: Session, actor: Actor, unit_ids: Sequence[int]) -> Mapping[int, int]:
    del actor  # who may see a unit's burden sees its pairs: it has both items
    query = (
        select(Unit.id, func.count())
        .join(
            LookAlikeAnswer,
            and_(_held(LookAlikeAnswer.item_id, Unit.id), _held(LookAlikeAnswer.other_id, Unit.id)),
        )
        .where(Unit.id.in_(unit_ids))
        .group_by(Unit.id)
    )
    return dict(session.execute(query).all())


def _held(
    item_id: ColumnElement[int] | object, unit_id: ColumnElement[int] | object
) -> ColumnElement[bool]:
    """Say whether a unit has an open part of an open item."""
    part, item = aliased(Assignment), aliased(Item)
    return exists(
        select(part.id)
        .join(item, item.id == part.item_id)
        .where(
            part.item_id == item_id,
            part.unit_id == unit_id,
            part.round == item.round,
            part.state.not_in(rules.FINISHED),
            item.state == ItemState.OPEN,
        )
        .correlate(LookAlikeAnswer, Unit)
    )
