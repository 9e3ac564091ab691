"""The visits behind a figure, and the items that wait at an element now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, String, cast, false, func, select

import engine
from engine import Session
from workflows import rules, store
from workflows.heat.asked import Asked, Figure, Place
from workflows.heat.counting import ended_visits, open_visits, own_steps, parts_of, wanted_of
from workflows.rules import Acting
from workflows.tables import Item, Unit

PAGE = 100
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of an item at an element; ``seconds`` are working time."""

    item: Item
    unit: str | None
    since: datetime | None
    until: datetime | None
    seconds: float | None
    due_on: date | None
    outcome: str | None
    late: bool


def visits(
    session: Session,
    actor: Acting,
    asked: Asked,
    element_id: str,
    figure: Figure,
    page: int | None = 1,
) -> tuple[Sequence[Visit], int]:
    """Return a page of the visits that make a figure, the longest first, and how many there are.

    With ``page=None`` all of them come, up to :data:`MOST`. A unit is shown its own.
    """
    rules.must_have(actor, *store.SEES_ALL, *store.IN_A_UNIT)
    now = figure is Figure.NOW
    known = (open_visits if now else ended_visits)(session, asked).subquery("known")
    wanted = [known.c.element_id == element_id, store.visible_to(actor)]
    if not store.sees_all(actor):
        wanted += own_steps(actor, known)
    if figure in (Figure.LATE, Figure.RETURNED, Figure.REPEATED):
        wanted.append(known.c[figure.value])
    query = (
        select(
            Item,
            Unit.name,
            known.c.since,
            known.c.until,
            known.c.seconds,
            known.c.due_on,
            known.c.outcome,
            known.c.late,
        )
        .select_from(known)
        .join(Item, cast(Item.id, String) == known.c.business_key)
        .outerjoin(Unit, Unit.id == known.c.unit_id)
        .where(*wanted)
    )
    number = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    query = query.order_by(known.c.seconds.desc().nulls_last(), Item.id)
    query = query.limit(MOST) if page is None else query.limit(PAGE).offset((page - 1) * PAGE)
    found = [
        Visit(item, unit, since, None if now else until, seconds, due_on, outcome, bool(late))
        for item, unit, since, until, seconds, due_on, outcome, late in session.execute(query)
    ]
    return found, number


def items_at(
    session: Session, actor: Acting, place: Place, unit_id: int | None = None
) -> ColumnElement[bool]:
    """Return the condition that an item waits at an element now, or a unit's part of it does.

    For whoever doesn't see every item none does: a unit mustn't learn of a visit by a filter.
    """
    if not store.sees_all(actor):
        return false()
    asked = Asked(place.process_id, place.definition_id, unit_id=unit_id)
    known = engine.open_visits(
        session, asked.process_id, definition_id=asked.definition_id
    ).subquery("visit")
    visit = parts_of(known)
    keys = select(known.c.business_key).select_from(visit.joined)
    keys = keys.where(known.c.element_id == place.element_id, *wanted_of(asked, known, visit.unit))
    return cast(Item.id, String).in_(keys)
