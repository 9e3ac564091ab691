"""The items as they stood at the end of a day, reckoned from what was written down with a date.

Today's ledger is read as it is. For a day that has gone by, openings, closings and re-openings
come from the story, and limits from the changes that leaders consented to; what an item's plan
or a report that was sent back made of its light isn't kept. Nor is the day on which an item was
closed that came in closed with an old ledger.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy import Row as Found
from sqlalchemy.orm import aliased

from engine import Session
from workflows import store
from workflows.calendar import office_day
from workflows.figures.asked import Part, Row
from workflows.figures.dated import Answering, answering, events
from workflows.lights import Light, judged_on, light_of, with_plan
from workflows.tables import (
    Assignment,
    Item,
    ItemState,
    Kind,
    Source,
    Urgency,
)

ENDED = (ItemState.CLOSED, ItemState.REFUSED, ItemState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Matter:
    """An item as it stood: since when, until when, its limit, its light, and who answers for it.

    ``whole`` says that it isn't a part of a decision, ``leaf`` that it wasn't broken down.
    """

    id: int
    number: str
    title: str
    kind: Kind
    source: Source
    urgency: Urgency
    whole: bool
    leaf: bool
    percent: int
    began_on: date
    state: ItemState
    ended_on: date | None = None
    end_known: bool = True
    due_on: date | None = None
    done_on: date | None = None
    late: bool = False
    light: Light = Light.GREEN
    units: tuple[int, ...] = ()
    unit: str = ""

    @property
    def runs(self) -> bool:
        """Say whether it was approved and hadn't ended."""
        return self.state is ItemState.OPEN

    @property
    def closed(self) -> bool:
        """Say whether it was struck off the ledger."""
        return self.state is ItemState.CLOSED

    def row(self, on: date | None, *, counts: bool = True, note: str = "") -> Row:
        """Return the row by which it makes a figure."""
        return Row(
            "item", str(self.id), self.number, self.title, self.unit, on, note, self.units, counts
        )


def within(part: Part) -> list[ColumnElement[bool]]:
    """Return the conditions under which an item lies in a part of the ledger."""
    found: list[ColumnElement[bool]] = []
    if part.kinds:
        found.append(Item.kind.in_(part.kinds))
    if part.sources:
        found.append(Item.source.in_(part.sources))
    if part.unit_ids:
        taking, below = aliased(Assignment), store.units_below(part.unit_ids)
        found.append(
            exists(
                select(taking.id)
                .where(taking.item_id == Item.id, taking.unit_id.in_(select(below.c.id)))
                .correlate(Item)
            )
        )
    return found


def matters(
    session: Session, seen: ColumnElement[bool], part: Part, moment: date, *, past: bool
) -> Sequence[Matter]:
    """Return the items that were on the ledger up to the end of a day, as they stood then."""
    ids = select(Item.id).where(seen, *within(part))
    parents = {parent for parent in session.scalars(select(Item.parent_id).distinct()) if parent}
    told = events(session, ids, moment) if past else {}
    shares = answering(session, ids, moment, past=past)
    found = [
        _stood(item, parents, shares.get(item.id, ()), told.get(item.id, ()), moment, past=past)
        for item in session.execute(_items(ids))
        if _began(item) <= moment
    ]
    return _with_units_of_parts(session, found)


def _items(ids: Select[int]) -> Any:  # noqa: ANN401 (what it selects says so)
    return (
        select(
            Item.id, Item.year, Item.serial, Item.parent_number, Item.part_no, Item.parent_id,
            Item.title, Item.kind, Item.source, Item.urgency, Item.state, Item.percent,
            Item.registered_at, Item.assigned_on, Item.batch_id, Item.closed_at, Item.round,
            Item.due_on, Item.warn_on, Item.stopped_on, Item.plan_yellow_on, Item.plan_red_on,
        )
        .where(Item.id.in_(ids))
        .order_by(Item.id)
    )  # fmt: skip


def number_of(item: Any) -> str:  # noqa: ANN401 (an item, or a row with its columns)
    """Return a row's number as :attr:`Item.number` writes it."""
    if item.parent_number:
        return f"{item.parent_number}-{item.part_no}"
    return "" if item.serial is None else f"督字〔{item.year}〕{item.serial}号"


def _began(item: Found[Any]) -> date:
    """Return since when an item is on the ledger; an imported one was handed out before."""
    registered = office_day(item.registered_at)
    return min(item.assigned_on or registered, registered) if item.batch_id else registered


def _stood(
    item: Found[Any],
    parents: set[int],
    shares: Sequence[Answering],
    told: Sequence[tuple[datetime, ItemState]],
    moment: date,
    *,
    past: bool,
) -> Matter:
    closed = item.closed_at and office_day(item.closed_at)
    began = Matter(
        id=item.id,
        number=number_of(item),
        title=item.title,
        kind=item.kind,
        source=item.source,
        urgency=item.urgency,
        whole=item.parent_id is None,
        leaf=item.id not in parents,
        percent=item.percent,
        began_on=_began(item),
        state=item.state,
        ended_on=closed,
        end_known=not (item.batch_id and closed and closed == office_day(item.registered_at)),
        units=tuple(share.unit_id for share in shares),
        unit="、".join(share.unit for share in shares),
    )
    if past:
        began = _reckoned(began, told, moment)
    return _lit(began, item, shares, moment, past=past)


def _reckoned(matter: Matter, told: Sequence[tuple[datetime, ItemState]], moment: date) -> Matter:
    """Return how an item stood by the last line of its story up to a day."""
    if matter.ended_on and matter.ended_on <= moment:
        return matter
    if not told:
        return replace(matter, state=ItemState.OPEN, ended_on=None)
    at, state = told[-1]
    return replace(matter, state=state, ended_on=office_day(at) if state in ENDED else None)


def _lit(
    matter: Matter, item: Found[Any], shares: Sequence[Answering], moment: date, *, past: bool
) -> Matter:
    """Return an item with its limit and light, which its leading unit's part decides."""
    lead = shares[0] if shares else None
    due, warn, stopped = (
        (lead.due_on, lead.warn_on, lead.stopped_on)
        if lead and past
        else (item.due_on, item.warn_on, item.stopped_on)
    )
    day = judged_on(stopped, moment)
    light = light_of(
        due,
        warn,
        day,
        done=matter.state in ENDED,
        returned=not past and any(share.returned for share in shares),
        running=matter.runs,
    )
    done = max((share.done_on for share in shares if share.done_on), default=matter.ended_on)
    return replace(
        matter,
        due_on=due,
        done_on=done if matter.closed else None,
        late=due is not None and (due < day if matter.runs else bool(done and due < done)),
        light=light if past else with_plan(light, item.plan_yellow_on, item.plan_red_on, moment),
    )


def _with_units_of_parts(session: Session, found: Sequence[Matter]) -> Sequence[Matter]:
    """Let a decision that was broken down be that of all the units of its parts."""
    parts = select(Item.id, Item.parent_id).where(Item.parent_id.is_not(None))
    parent = {part: whole or 0 for part, whole in session.execute(parts)}
    units: dict[int, dict[int, None]] = defaultdict(dict)
    names: dict[int, dict[str, None]] = defaultdict(dict)
    for matter in found:
        if matter.id in parent:
            units[parent[matter.id]].update(dict.fromkeys(matter.units))
            names[parent[matter.id]].update(dict.fromkeys(filter(None, [matter.unit])))
    return [
        replace(each, units=tuple(units[each.id]), unit="、".join(names[each.id]))
        if each.id in units and not each.units
        else each
        for each in found
    ]
