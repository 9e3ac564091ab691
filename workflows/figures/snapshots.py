"""Reading snapshots: the figures as they were, the rows that made them, and what changed since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from engine import Session
from workflows import rules, store
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import SnapshotUnknown
from workflows.figures.asked import Measured, Part, Row, Span, summed
from workflows.figures.counting import FIGURES
from workflows.figures.freezing import LedgerLine, contents, figures_of, line_of, value_now
from workflows.figures.measuring import everything, family, figure_of, must_know, of_units
from workflows.figures.telling import told
from workflows.tables import FrozenFigure as Kept
from workflows.tables import Kind, Snapshot, Source


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """A figure as it was when it was frozen."""

    name: str
    value: Decimal | None
    of: int | None
    why_not: str
    count_of_rows: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that is another one now."""

    name: str
    then: Decimal | None
    now: Decimal | None


def snapshot_of(session: Session, actor: Actor, snapshot_id: int) -> Snapshot:
    """Return a snapshot that the actor may read: all of it, or what is about their unit."""
    rules.must_have(actor, *store.SEES_ALL, *store.IN_A_UNIT)
    snapshot = session.get(Snapshot, snapshot_id)
    if snapshot is None:
        raise SnapshotUnknown(snapshot_id)
    return snapshot


def snapshots(session: Session, actor: Actor) -> Sequence[Snapshot]:
    """Return the snapshots, the latest first."""
    must_know(session, actor, None)
    return session.scalars(select(Snapshot).order_by(Snapshot.id.desc())).all()


def frozen(
    session: Session, actor: Actor, snapshot_id: int, unit_id: int | None = None
) -> Mapping[str, FrozenFigure]:
    """Return a snapshot's figures: the whole house's, or what its rows make for one unit."""
    snapshot = snapshot_of(session, actor, snapshot_id)
    must_know(session, actor, unit_id)
    kept = figures_of(session, snapshot.id)
    if unit_id is None:
        return {
            name: FrozenFigure(name, each.value, each.out_of, each.why_not, each.count_of_rows)
            for name, each in kept.items()
        }
    rows = _rows(session, {row for each in kept.values() for row in each.rows})
    units = family(session, unit_id)
    return {
        name: _of_units(each, [rows[row] for row in each.rows], units)
        for name, each in kept.items()
    }


def _of_units(each: Kept, rows: Sequence[Row], units: frozenset[int] | None) -> FrozenFigure:
    if each.value is None:
        return FrozenFigure(each.name, None, each.out_of, each.why_not, 0)
    found = summed(Measured(each.measured), of_units(rows, units))
    return FrozenFigure(each.name, found.value, found.of, found.why_not, len(found.rows))


def frozen_rows(
    session: Session, actor: Actor, snapshot_id: int, name: str, unit_id: int | None = None
) -> Sequence[Row]:
    """Return the rows that made a figure, as they were."""
    snapshot = snapshot_of(session, actor, snapshot_id)
    must_know(session, actor, unit_id)
    figure_of(name)
    wanted = select(Kept.rows).where(Kept.snapshot_id == snapshot.id, Kept.name == name)
    ids = session.scalars(wanted).one_or_none() or []
    rows = _rows(session, ids)
    found = of_units([rows[row] for row in ids], family(session, unit_id))
    return told(session, actor, found)


def ledger_then(
    session: Session, actor: Actor, snapshot_id: int, unit_id: int | None = None
) -> Sequence[LedgerLine]:
    """Return the lines of the ledger as they were."""
    snapshot = snapshot_of(session, actor, snapshot_id)
    must_know(session, actor, unit_id)
    kept = contents(session, snapshot.ledger)
    units = family(session, unit_id)
    lines = [_line_of(kept[row]) for row in snapshot.ledger]
    return [each for each in lines if units is None or not units.isdisjoint(each.units)]


def changed_since(session: Session, actor: Actor, snapshot_id: int) -> Sequence[Changed]:
    """Return the figures that are others now: how the ledger stands today, the span recounted."""
    snapshot = snapshot_of(session, actor, snapshot_id)
    must_know(session, actor, None)
    part = part_of(snapshot)
    span = span_of(snapshot)
    recounted = everything(session, span, part)
    standing = everything(session, Span(span.first, max(span.last, today(session))), part)
    found = []
    for name, each in figures_of(session, snapshot.id).items():
        if name not in FIGURES:
            continue
        facts = standing if FIGURES[name].state else recounted
        value = value_now(session, facts, name).value
        if value != each.value:
            found.append(Changed(name, each.value, value))
    return found


def lines_changed_since(
    session: Session, actor: Actor, snapshot_id: int
) -> Sequence[tuple[LedgerLine, LedgerLine | None]]:
    """Return the lines of the ledger that are others today, each then and now."""
    snapshot = snapshot_of(session, actor, snapshot_id)
    then = ledger_then(session, actor, snapshot_id)
    day = today(session)
    facts = everything(session, Span(day, day), part_of(snapshot))
    lines = {matter.id: line_of(matter) for matter in facts.matters}
    return [(line, lines.get(line.item_id)) for line in then if lines.get(line.item_id) != line]


def span_of(snapshot: Snapshot) -> Span:
    """Return the span of a snapshot."""
    return Span(snapshot.first, snapshot.last)


def part_of(snapshot: Snapshot) -> Part:
    """Return which part of the ledger a snapshot froze."""
    kinds = tuple(Kind(kind) for kind in snapshot.kinds)
    return Part(tuple(snapshot.unit_ids), kinds, tuple(map(Source, snapshot.sources)))


def _rows(session: Session, ids: Iterable[int]) -> Mapping[int, Row]:
    return {id_: _row_of(content) for id_, content in contents(session, ids).items()}


def _row_of(content: Mapping[str, Any]) -> Row:
    row = Row(**content)
    return replace(row, on=_date(content["on"]), units=tuple(row.units))


def _line_of(content: Mapping[str, Any]) -> LedgerLine:
    line = LedgerLine(**content)
    return replace(
        line,
        kind=Kind(line.kind),
        source=Source(line.source),
        began_on=date.fromisoformat(content["began_on"]),
        due_on=_date(content["due_on"]),
        ended_on=_date(content["ended_on"]),
        units=tuple(line.units),
    )


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
