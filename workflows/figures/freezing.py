"""Freezing 快照: the ledger and every figure of a span are kept as they are, each row once.

A row is kept by its digest, a figure by that of its rows, and a snapshot by that of them all: who
changes any of it, in the database itself, is found out (:func:`verify`).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any, TypeAlias

import orjson
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine import Session, now
from workflows import rules
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import DayOutside
from workflows.figures.asked import WHOLE, Counted, Part, Row, Span
from workflows.figures.counting import FIGURES, Facts
from workflows.figures.matters import Matter
from workflows.figures.measuring import counted, everything, family
from workflows.tables import FrozenFigure as Kept
from workflows.tables import FrozenRow, Kind, Snapshot, Source
from workflows.units import unit_of

AT_ONCE = 500
PURPOSE = 200
EARLIEST = date(2000, 1, 1)
FRESH = timedelta(hours=1)
"""How long after its end a period still stands as the ledger does."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of the ledger as it was."""

    item_id: int
    number: str
    title: str
    kind: Kind
    source: Source
    state: str
    light: str
    began_on: date
    due_on: date | None
    ended_on: date | None
    percent: int
    unit: str
    units: tuple[int, ...]


Line: TypeAlias = Row | LedgerLine
"""What is kept by its digest."""
SAYS = {kind: tuple(each.name for each in fields(kind)) for kind in (Row, LedgerLine)}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a snapshot is going to hold: lines of the ledger, figures, a digest of each row."""

    at: datetime
    span: Span
    part: Part
    stood_on: date
    lines: Sequence[LedgerLine]
    figures: Mapping[str, Counted]
    digests: Mapping[Line, str]


def take(
    session: Session,
    actor: Actor,
    span: Span,
    purpose: str,
    unit_ids: Sequence[int] = (),
    part: Part = WHOLE,
) -> Snapshot:
    """Freeze the ledger, or a part of it, and every figure of a span."""
    part = replace(part, unit_ids=(*part.unit_ids, *unit_ids))
    return take_prepared(session, actor, prepare(session, actor, span, purpose, part), purpose)


def prepare(
    session: Session, actor: Actor, span: Span, purpose: str, part: Part = WHOLE
) -> Reckoned:
    """Count what somebody wants to freeze: before anything is written, so nobody waits for it."""
    rules.must_have(actor, *rules.OFFICE)
    rules.must_say("purpose", purpose, PURPOSE)
    _must_have_begun(session, span)
    for unit_id in part.unit_ids:
        unit_of(session, unit_id)
    return reckon(session, span, replace(part, unit_ids=tuple(sorted({*part.unit_ids}))))


def take_prepared(session: Session, actor: Actor, found: Reckoned, purpose: str) -> Snapshot:
    """Freeze what was counted a moment ago."""
    rules.must_have(actor, *rules.OFFICE)
    purpose = rules.must_say("purpose", purpose, PURPOSE)
    return keep(session, found, purpose, taken_by_id=actor.person_id)


def _must_have_begun(session: Session, span: Span) -> None:
    """Refuse a span of which nothing can be known, and one that goes on for years to come."""
    day = today(session)
    for field, given, last in (
        ("first", span.first, day),
        ("last", span.last, day + rules.FURTHEST),
    ):
        if not EARLIEST <= given <= last:
            raise DayOutside(field, given, EARLIEST, last)


def freeze(
    session: Session,
    span: Span,
    purpose: str,
    part: Part = WHOLE,
    *,
    taken_by_id: int | None = None,
    period: str | None = None,
) -> Snapshot:
    """Freeze for somebody, or for a period."""
    found = reckon(session, span, part, just_over=period is not None)
    return keep(session, found, purpose, taken_by_id=taken_by_id, period=period)


def reckon(
    session: Session, span: Span, part: Part = WHOLE, *, just_over: bool = False
) -> Reckoned:
    """Count everything that a snapshot holds; nothing is written, so nobody waits meanwhile.

    A period that is ``just_over`` stands as the ledger does, within the hour.
    """
    fresh = just_over and now(session) - span.end < FRESH
    facts = everything(session, span, part, standing=fresh)
    lines = tuple(line_of(matter) for matter in facts.matters)
    figures = {name: value_now(session, facts, name) for name in FIGURES}
    digests = _digests(chain(lines, *(each.rows for each in figures.values())))
    return Reckoned(now(session), span, part, facts.moment, lines, figures, digests)


def keep(
    session: Session,
    found: Reckoned,
    purpose: str,
    *,
    taken_by_id: int | None = None,
    period: str | None = None,
) -> Snapshot:
    """Keep what was counted: each row once, and the proof of it all."""
    digests, part = found.digests, found.part
    ids = _keep(session, digests)
    snapshot = Snapshot(
        first=found.span.first,
        last=found.span.last,
        stood_on=found.stood_on,
        purpose=purpose,
        unit_ids=list(part.unit_ids),
        kinds=[kind.value for kind in part.kinds],
        sources=[source.value for source in part.sources],
        period=period,
        taken_at=found.at,
        taken_by_id=taken_by_id,
        ledger=[ids[digests[line]] for line in found.lines],
        digest="",
    )
    kept = [_figure(name, each, digests, ids) for name, each in found.figures.items()]
    snapshot.digest = _proof(snapshot, (digests[line] for line in found.lines), kept)
    session.add(snapshot)
    session.flush()
    for each in kept:
        each.snapshot_id = snapshot.id
    session.add_all(kept)
    session.flush()
    return snapshot


def value_now(session: Session, facts: Facts, name: str) -> Counted:
    """Count a figure of a part of the ledger."""
    units: frozenset[int] | None = None
    for unit_id in facts.part.unit_ids:
        units = (units or frozenset()) | (family(session, unit_id) or frozenset())
    return counted(facts, FIGURES[name], units)


def line_of(matter: Matter) -> LedgerLine:
    """Return an item as a line of the ledger."""
    return LedgerLine(
        matter.id, matter.number, matter.title, matter.kind, matter.source, matter.state.value,
        matter.light.value, matter.began_on, matter.due_on, matter.ended_on, matter.percent,
        matter.unit, matter.units,
    )  # fmt: skip


def _figure(name: str, each: Counted, known: Mapping[Line, str], ids: Mapping[str, int]) -> Kept:
    digests = [known[row] for row in each.rows]
    return Kept(
        name=name,
        measured=FIGURES[name].measured.value,
        value=each.value,
        out_of=each.of,
        why_not=each.why_not,
        count_of_rows=len(digests),
        rows=[ids[digest] for digest in digests],
        digest=_told(name, each.value, each.of, each.why_not, digests),
    )


# -- proof -------------------------------------------------------------------------------


def verify(session: Session, snapshot: Snapshot) -> bool:
    """Say whether a snapshot's rows and figures are still those that its digest was made of."""
    kept = figures_of(session, snapshot.id)
    wanted = {*snapshot.ledger, *(row for each in kept.values() for row in each.rows)}
    digests = {id_: _digest(content) for id_, content in contents(session, wanted).items()}
    if not digests.keys() >= wanted:
        return False
    sound = all(
        each.digest
        == _told(
            each.name, each.value, each.out_of, each.why_not, [digests[row] for row in each.rows]
        )
        for each in kept.values()
    )
    lines = [digests[row] for row in snapshot.ledger]
    return sound and snapshot.digest == _proof(snapshot, lines, kept.values())


def _digests(rows: Iterable[Line]) -> Mapping[Line, str]:
    """Return the digest of each row, of equal ones once."""
    return {row: _digest(_said(row)) for row in dict.fromkeys(rows)}


def _said(row: Line) -> dict[str, Any]:
    """Return what a row says, by the names of its fields."""
    return {name: getattr(row, name) for name in SAYS[type(row)]}


def _digest(content: object) -> str:
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _told(
    name: str, value: Decimal | None, of: int | None, why_not: str, rows: Sequence[str]
) -> str:
    said = None if value is None else format(value.normalize(), "f")
    return _digest({"name": name, "value": said, "of": of, "why_not": why_not, "rows": rows})


def _proof(snapshot: Snapshot, lines: Iterable[str], figures: Iterable[Kept]) -> str:
    return _digest(
        {
            "first": snapshot.first.isoformat(),
            "last": snapshot.last.isoformat(),
            "stood_on": snapshot.stood_on.isoformat(),
            "purpose": snapshot.purpose,
            "part": [snapshot.unit_ids, snapshot.kinds, snapshot.sources],
            "taken": [snapshot.taken_at.timestamp(), snapshot.taken_by_id, snapshot.period],
            "ledger": list(lines),
            "figures": {each.name: each.digest for each in figures},
        }
    )


# -- keeping rows once -------------------------------------------------------------------


def _keep(session: Session, rows: Mapping[Line, str]) -> Mapping[str, int]:
    """Keep the rows that aren't kept yet, and return where each of them is, by its digest."""
    known = _known(session, list(rows.values()))
    new = [
        {"digest": digest, "content": orjson.loads(orjson.dumps(_said(row)))}
        for row, digest in rows.items()
        if digest not in known
    ]
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql_insert if on_postgresql else sqlite_insert
    for start in range(0, len(new), AT_ONCE):
        chunk = new[start : start + AT_ONCE]
        session.execute(insert(FrozenRow).on_conflict_do_nothing(), chunk)
    return {**known, **_known(session, [row["digest"] for row in new])}


def _known(session: Session, digests: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(digests), AT_ONCE):
        chunk = digests[start : start + AT_ONCE]
        wanted = select(FrozenRow.digest, FrozenRow.id).where(FrozenRow.digest.in_(chunk))
        found.update(session.execute(wanted).all())
    return found


def figures_of(session: Session, snapshot_id: int) -> Mapping[str, Kept]:
    """Return the frozen figures of a snapshot, in the order in which they were counted."""
    wanted = select(Kept).where(Kept.snapshot_id == snapshot_id).order_by(Kept.id)
    return {each.name: each for each in session.scalars(wanted)}


def contents(session: Session, ids: Iterable[int]) -> Mapping[int, dict[str, Any]]:
    """Return what frozen rows hold."""
    wanted = sorted(set(ids))
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = select(FrozenRow.id, FrozenRow.content).where(
            FrozenRow.id.in_(wanted[start : start + AT_ONCE])
        )
        found.update(session.execute(rows).all())
    return found
