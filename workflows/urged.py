"""Who was urged how often: by hand, by the ladder, by slips; each with its receipt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, select, true

from engine import Session
from workflows import rules, store
from workflows.actors import Actor
from workflows.calendar import instant_of
from workflows.casefile import names_of
from workflows.errors import NotYours, UnitUnknown
from workflows.tables import (
    Assignment,
    Escalation,
    Item,
    Role,
    Rung,
    RungState,
    Unit,
    Urge,
)


class How(StrEnum):
    """By what a unit was urged: by somebody's hand, by the ladder, by a slip."""

    HAND = "hand"
    LADDER = "ladder"
    SLIP = "slip"


RUNGS: dict[Rung, How] = {
    Rung.URGE: How.LADDER,
    Rung.NOTICE_BLUE: How.SLIP,
    Rung.NOTICE_YELLOW: How.SLIP,
    Rung.NOTICE_RED: How.SLIP,
}
"""The rungs that urge; a reminder comes before, and what is higher is more than an urge."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which urges are looked for: office days with both ends, a unit, and by what."""

    since: date
    until: date
    unit_id: int | None = None
    how: How | None = None


@dataclass(frozen=True, slots=True)
class Urged:
    """One time that a unit was urged; ``method`` or ``rung`` says by what, ``by`` by whom."""

    how: How
    at: datetime
    unit: Unit
    item: Item
    by: str
    text: str
    method: str
    rung: Rung | None
    rung_id: int | None
    read_at: datetime | None
    read_by: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How often one unit was urged, about how many items, and what it hasn't opened yet."""

    place: int
    unit: Unit
    urged: Sequence[Urged]

    def count(self, how: How) -> int:
        """Return how often it was urged one way."""
        return sum(each.how is how for each in self.urged)

    @property
    def items(self) -> int:
        """Return about how many items."""
        return len({each.item.id for each in self.urged})

    @property
    def unread(self) -> int:
        """Return how many it hasn't opened yet."""
        return sum(each.read_at is None for each in self.urged)


def standings(session: Session, actor: Actor, wanted: Wanted) -> list[Standing]:
    """Rank the units by how often they were urged; whoever wasn't isn't ranked."""
    rules.must_have(actor, *store.SEES_ALL)
    by_unit: dict[int, list[Urged]] = {}
    for each in urged(session, actor, wanted):
        by_unit.setdefault(each.unit.id, []).append(each)
    rows = sorted(by_unit.values(), key=lambda found: (-len(found), found[0].unit.position))
    counts = [len(found) for found in rows]
    return [Standing(counts.index(len(found)) + 1, found[0].unit, found) for found in rows]


def urged(session: Session, actor: Actor, wanted: Wanted) -> list[Urged]:
    """Return every time that units were urged, the latest first; a unit sees its own."""
    where = (_within_sight(actor), _of_unit(wanted))
    found = [*_by_hand(session, wanted, where), *_by_rungs(session, wanted, where)]
    kept = (each for each in found if wanted.how in (None, each.how))
    return sorted(kept, key=lambda each: (each.at, each.item.id), reverse=True)


def ranks(actor: Actor) -> bool:
    """Say whether somebody sees the urges of every unit."""
    return store.sees_all(actor)


def unit_urged(session: Session, actor: Actor, unit_id: int) -> Unit:
    """Return a unit whose urges the actor may look at; another's are unknown to a unit."""
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise UnitUnknown(unit_id)
    if not store.sees_all(actor) and unit_id not in own_units(actor):
        raise NotYours(Role.HANDLER.value)
    return unit


def own_units(actor: Actor) -> frozenset[int]:
    """Return the units in whose name somebody reads what was urged."""
    return frozenset[int]().union(*(actor.unit_ids(role) for role in store.IN_A_UNIT))


# -- queries ----------------------------------------------------------------------------


def _within_sight(actor: Actor) -> ColumnElement[bool]:
    if store.sees_all(actor):
        return true()
    return Assignment.unit_id.in_(own_units(actor)) & store.visible_to(actor)


def _of_unit(wanted: Wanted) -> ColumnElement[bool]:
    return true() if wanted.unit_id is None else Assignment.unit_id == wanted.unit_id


def _by_hand(
    session: Session, wanted: Wanted, where: Iterable[ColumnElement[bool]]
) -> Iterable[Urged]:
    rows = session.execute(
        select(Urge, Unit, Item)
        .join(Assignment, Assignment.id == Urge.assignment_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(Item, Item.id == Assignment.item_id)
        .where(Urge.sent_at >= _begin(wanted), Urge.sent_at < _end(wanted), *where)
    ).all()
    names = names_of(
        session, [id_ for row in rows for id_ in (row[0].sent_by_id, row[0].read_by_id)]
    )
    for sent, unit, item in rows:
        yield Urged(
            how=How.HAND,
            at=sent.sent_at,
            unit=unit,
            item=item,
            by=names.get(sent.sent_by_id, ""),
            text=sent.text,
            method=sent.method,
            rung=None,
            rung_id=None,
            read_at=sent.read_at,
            read_by=names.get(sent.read_by_id or 0, ""),
        )


def _by_rungs(
    session: Session, wanted: Wanted, where: Iterable[ColumnElement[bool]]
) -> Iterable[Urged]:
    rows = session.execute(
        select(Escalation, Unit, Item)
        .join(Assignment, Assignment.id == Escalation.assignment_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(Item, Item.id == Assignment.item_id)
        .where(
            Escalation.state == RungState.DELIVERED,
            Escalation.rung.in_(RUNGS),
            Escalation.delivered_at >= _begin(wanted),
            Escalation.delivered_at < _end(wanted),
            *where,
        )
    ).all()
    names = names_of(
        session, [id_ for row in rows for id_ in (row[0].decided_by_id, row[0].read_by_id)]
    )
    for rung, unit, item in rows:
        yield Urged(
            how=RUNGS[rung.rung],
            at=rung.delivered_at or rung.at,
            unit=unit,
            item=item,
            by=names.get(rung.decided_by_id or 0, ""),
            text=rung.demand,
            method="",
            rung=rung.rung,
            rung_id=rung.id,
            read_at=rung.read_at,
            read_by=names.get(rung.read_by_id or 0, ""),
        )


def _begin(wanted: Wanted) -> datetime:
    return instant_of(wanted.since)


def _end(wanted: Wanted) -> datetime:
    return instant_of(wanted.until + timedelta(days=1))
