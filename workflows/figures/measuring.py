"""Measuring a figure as it is now, for whoever may know it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select, true

from engine import Session
from workflows import rules, store
from workflows.actors import Actor
from workflows.errors import FigureUnknown, NotYours
from workflows.figures.asked import WHOLE, Counted, Part, Row, Span, WhyNot, summed
from workflows.figures.counting import FIGURES, Facts, Figure
from workflows.figures.telling import told
from workflows.tables import Role


def measure(
    session: Session, actor: Actor, name: str, span: Span, unit_id: int | None = None
) -> Counted:
    """Count a figure now, of the whole ledger or of one unit with those below it."""
    figure = figure_of(name)
    must_know(session, actor, unit_id)
    facts = Facts(session, span, store.visible_to(actor), WHOLE)
    found = counted(facts, figure, family(session, unit_id))
    return replace(found, rows=tuple(told(session, actor, found.rows)))


def knows_all(actor: Actor) -> bool:
    """Say whether somebody may know every figure; others know their own units'."""
    return store.sees_all(actor)


def may_take(actor: Actor) -> bool:
    """Say whether somebody may take a snapshot."""
    return any(actor.has(role) for role in rules.OFFICE)


def figure_of(name: str) -> Figure:
    """Return a figure by its name, or refuse."""
    if name not in FIGURES:
        raise FigureUnknown(name)
    return FIGURES[name]


def must_know(session: Session, actor: Actor, unit_id: int | None = None) -> None:
    """Refuse figures to whoever neither sees every item nor is of the unit asked about."""
    if store.sees_all(actor):
        return
    rules.must_have(actor, *store.IN_A_UNIT)
    mine = store.units_below(frozenset[int]().union(*map(actor.unit_ids, store.IN_A_UNIT)))
    if unit_id is None or unit_id not in set(session.scalars(select(mine.c.id))):
        raise NotYours(Role.HANDLER.value, unit_id)


def counted(facts: Facts, figure: Figure, units: frozenset[int] | None) -> Counted:
    """Return a figure's value and rows, or why there is none."""
    obstacle = figure.obstacle(facts)
    if obstacle is not None:
        return Counted(None, (), why_not=obstacle.value)
    rows = of_units(figure.rows(facts), units)
    if not rows and facts.before_the_house and (figure.witnessed or not facts.matters):
        return Counted(None, (), why_not=WhyNot.NOT_KEPT.value)
    return summed(figure.measured, rows)


def of_units(rows: Iterable[Row], units: frozenset[int] | None) -> Sequence[Row]:
    """Return the rows that count to some units; without any asked for, all."""
    return [row for row in rows if units is None or not units.isdisjoint(row.units)]


def family(session: Session, unit_id: int | None) -> frozenset[int] | None:
    """Return a unit with those below it."""
    if unit_id is None:
        return None
    return frozenset(session.scalars(select(store.units_below([unit_id]).c.id)))


def everything(session: Session, span: Span, part: Part, *, standing: bool = False) -> Facts:
    """Return what the whole house's figures are counted from."""
    return Facts(session, span, true(), part, standing=standing)
