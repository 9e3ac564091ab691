"""Look-alikes among open items: 重复督查, the same matter twice, and 多头督查, by many at once.

Two titles are compared by their pairs of neighbouring characters, so that words of two
characters count, and no dictionary is needed; the same unit or the same source adds to it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from engine import Session
from workflows import rules, settings
from workflows.tables import (
    Assignment,
    AssignmentState,
    Item,
    ItemGram,
    PlannedUnit,
    Source,
    Unit,
)
from workflows.tables.search import folded, grams

MOST, CANDIDATES, LONGEST = 8, 60, 200
FULL = 100
SAME_UNIT, SAME_SOURCE = 15, 5


@dataclass(frozen=True, slots=True)
class LookAlike:
    """An open item that may be the same matter, and what speaks for it."""

    item: Item
    percent: int
    units: tuple[str, ...]
    shared: tuple[str, ...]
    same_source: bool


def look_alikes(
    session: Session,
    title: str,
    source: Source | None = None,
    unit_ids: Collection[int] = (),
    but: int | None = None,
) -> list[LookAlike]:
    """Return the open items that look like a matter, the likest first."""
    wanted = grams(folded(title[:LONGEST]))
    found = _candidates(session, wanted, but)
    units = _units(session, [item.id for item in found])
    least = settings.number(session, "opening.alike")
    alike = [_judged(item, wanted, source, unit_ids, units.get(item.id, {})) for item in found]
    fitting = sorted((one for one in alike if one.percent >= least), key=_order)
    return fitting[:MOST]


def likeness(one: Collection[str], other: Collection[str]) -> int:
    """Compare two sets of pairs, in percent: half by what they share, half by the shorter one.

    The second half lets 停车 be found in 城区新建公共停车场.
    """
    shared = len(set(one) & set(other))
    if not shared:
        return 0
    dice = 2 * shared / (len(one) + len(other))
    overlap = shared / min(len(one), len(other))
    return round((dice + overlap) / 2 * FULL)


def _candidates(session: Session, wanted: Iterable[str], but: int | None) -> Sequence[Item]:
    """Return the open items that share most pairs with a title, by the index."""
    shared = func.count()
    query = (
        select(ItemGram.item_id)
        .join(Item, Item.id == ItemGram.item_id)
        .where(
            ItemGram.gram.in_(sorted(wanted)), Item.state.in_(rules.ALIVE), Item.id != (but or 0)
        )
        .group_by(ItemGram.item_id)
        .order_by(shared.desc(), ItemGram.item_id.desc())
        .limit(CANDIDATES)
    )
    return session.scalars(select(Item).where(Item.id.in_(query.scalar_subquery()))).all()


def _units(session: Session, ids: Sequence[int]) -> dict[int, dict[int, str]]:
    """Return the units that have each item now, or that it is meant for."""
    handed = (
        select(Item.id, Unit.id, Unit.name)
        .join(Assignment, (Assignment.item_id == Item.id) & (Assignment.round == Item.round))
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Item.id.in_(ids), Assignment.state != AssignmentState.RELEASED)
    )
    planned = (
        select(PlannedUnit.item_id, Unit.id, Unit.name)
        .join(Unit, Unit.id == PlannedUnit.unit_id)
        .where(PlannedUnit.item_id.in_(ids))
    )
    found: dict[int, dict[int, str]] = {}
    for query in (handed, planned):
        for item_id, unit_id, name in session.execute(query):
            found.setdefault(item_id, {})[unit_id] = name
    return found


def _judged(
    item: Item,
    wanted: Collection[str],
    source: Source | None,
    unit_ids: Collection[int],
    units: dict[int, str],
) -> LookAlike:
    alike = likeness(wanted, grams(folded(item.title)))
    shared = tuple(name for unit_id, name in units.items() if unit_id in unit_ids)
    same_source = item.source is source
    more = (SAME_UNIT if shared else 0) + (SAME_SOURCE if same_source else 0)
    percent = min(FULL, alike + more) if alike else 0
    return LookAlike(item, percent, tuple(units.values()), shared, same_source)


def _order(alike: LookAlike) -> tuple[int, int]:
    return -alike.percent, -alike.item.id
