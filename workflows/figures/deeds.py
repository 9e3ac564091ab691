"""What was done in a span: the rows of urges, reports, revisits, actions, stations and ratings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, defer, load_only, selectinload

from engine import Session
from workflows.actions import months
from workflows.calendar import office_day
from workflows.figures.asked import Row, Span
from workflows.figures.matters import Matter
from workflows.story import Happened
from workflows.tables import (
    ActionState,
    Assignment,
    ChangeDecision,
    ChangeKind,
    ChangeRequest,
    Escalation,
    Item,
    Letter,
    ProposerContact,
    Reply,
    ReplyRating,
    Report,
    Revisit,
    RungState,
    Satisfaction,
    Station,
    StationProblem,
    StoryEntry,
    SupervisionAction,
    Unit,
    Urge,
    Verdict,
)

Condition = ColumnElement[bool]
NAMED = (Item.id, Item.year, Item.serial, Item.parent_number, Item.part_no, Item.title)
"""What a row says of its item."""


def _in(column: InstrumentedAttribute[Any], span: Span) -> Condition:
    """Return the condition that a moment lies in a span."""
    return (column >= span.begin) & (column < span.end)


def _of_parts(model: type[Any], *where: Condition) -> Select[Any]:
    """Select what happened to units' parts, each with its item and its unit."""
    return (
        select(model, Item, Unit)
        .join(Assignment, Assignment.id == model.assignment_id)
        .join(Item, Item.id == Assignment.item_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(*where)
        .options(*_without_details(model), load_only(*NAMED), load_only(Unit.id, Unit.name))
        .order_by(model.id)
    )


def _without_details(model: type[Any]) -> Iterator[Any]:
    """Leave the columns unread that hold JSON: no figure looks at them."""
    for column in inspect(model).column_attrs:
        if isinstance(column.columns[0].type, JSON):
            yield defer(getattr(model, column.key))


def day(at: datetime | None) -> date | None:
    """Return the office's day of a moment, if there is one."""
    return None if at is None else office_day(at)


def _about(item: Item, unit: Unit, subject: str, ref: int, on: date, note: str = "") -> Row:
    row = Row(subject, str(ref), item.number, item.title, unit.name, on, note, (unit.id,))
    return replace(row, item_id=item.id)


def urges(session: Session, span: Span, seen: Sequence[Condition]) -> Iterator[Row]:
    """Yield the urges by hand."""
    for sent, item, unit in session.execute(_of_parts(Urge, _in(Urge.sent_at, span), *seen)):
        yield _about(item, unit, "urge", sent.id, office_day(sent.sent_at), sent.method)


def rungs(session: Session, span: Span, seen: Sequence[Condition]) -> Iterator[Row]:
    """Yield the rungs of the ladder that reached their units."""
    reached = (Escalation.state == RungState.DELIVERED, _in(Escalation.delivered_at, span))
    for rung, item, unit in session.execute(_of_parts(Escalation, *reached, *seen)):
        yield _about(item, unit, "rung", rung.id, office_day(rung.delivered_at), rung.rung.value)


def reminders(session: Session, span: Span, seen: Sequence[Condition]) -> Iterator[Row]:
    """Yield the reminders that came before a limit."""
    reminded = (StoryEntry.kind == Happened.REMINDED.value, _in(StoryEntry.at, span))
    for line, item, unit in session.execute(_of_parts(StoryEntry, *reminded, *seen)):
        yield _about(item, unit, "story", line.id, office_day(line.at), "reminder")


def returns(session: Session, span: Span, seen: Sequence[Condition]) -> Iterator[Row]:
    """Yield the reports and replies that the office sent back."""
    for model in (Report, Reply):
        sent_back = (model.verdict == Verdict.RETURNED, _in(model.reviewed_at, span))
        for each, item, unit in session.execute(_of_parts(model, *sent_back, *seen)):
            name = model.__tablename__
            yield _about(item, unit, name, each.id, office_day(each.reviewed_at), each.reason)


def extensions(session: Session, span: Span, seen: Sequence[Condition]) -> Iterator[Row]:
    """Yield the extensions that leaders consented to."""
    consented = (
        ChangeRequest.kind == ChangeKind.EXTEND,
        ChangeRequest.decision == ChangeDecision.CONSENTED,
        _in(ChangeRequest.decided_at, span),
    )
    for each, item, unit in session.execute(_of_parts(ChangeRequest, *consented, *seen)):
        moved = f"{each.old_due_on} → {each.new_due_on}"
        yield _about(item, unit, "change", each.id, office_day(each.decided_at), moved)


def reports_due(session: Session, span: Span, seen: Sequence[Condition]) -> Iterator[Row]:
    """Yield the interim reports that fell due; one counts that was signed before the next did."""
    asked = (StoryEntry.kind == Happened.INTERIM_DUE.value, _in(StoryEntry.at, span))
    found = session.execute(_of_parts(StoryEntry, *asked, *seen)).all()
    lines = sorted(found, key=lambda row: (row[0].at, row[0].id))
    signed = _signed(session, {line.assignment_id for line, _, _ in lines}, span)
    following: dict[int, datetime] = {}
    rows = []
    for line, item, unit in reversed(lines):
        until = following.get(line.assignment_id, span.end)
        following[line.assignment_id] = line.at
        came = any(line.at <= at < until for at in signed.get(line.assignment_id, ()))
        row = _about(item, unit, "story", line.id, office_day(line.at))
        rows.append(replace(row, counts=came))
    yield from reversed(rows)


def _signed(
    session: Session, parts: set[int | None], span: Span
) -> Mapping[int, Sequence[datetime]]:
    wanted = select(Report.assignment_id, Report.confirmed_at).where(
        Report.assignment_id.in_(parts), _in(Report.confirmed_at, span)
    )
    found: dict[int, list[datetime]] = {}
    for part, at in session.execute(wanted):
        if at is not None:
            found.setdefault(part, []).append(at)
    return found


def revisits(
    session: Session, span: Span, seen: Sequence[Condition]
) -> Iterator[tuple[Revisit, Item]]:
    """Yield the revisits that were made, each with its item."""
    made = (_in(Revisit.done_at, span), *seen)
    wanted = select(Revisit, Item).join(Item, Item.id == Revisit.item_id).where(*made)
    yield from session.execute(wanted.order_by(Revisit.id))


def visit_row(visit: Revisit, item: Item, matter: Matter | None) -> Row:
    """Return a revisit's row: it counts to those who answer for the item."""
    units, names = (matter.units, matter.unit) if matter else ((), "")
    ref, on, how = str(visit.id), day(visit.done_at), visit.method or ""
    row = Row("revisit", ref, item.number, item.title, names, on, how, units)
    return replace(row, item_id=item.id)


def actions(session: Session, span: Span) -> Sequence[SupervisionAction]:
    """Return the supervision actions that were carried out."""
    held = (
        SupervisionAction.state == ActionState.DONE,
        SupervisionAction.held_on.between(span.first, span.last),
    )
    wanted = select(SupervisionAction).where(*held).order_by(SupervisionAction.id)
    loads = (selectinload(SupervisionAction.units), selectinload(SupervisionAction.items))
    return session.scalars(wanted.options(*loads)).all()


def action_row(action: SupervisionAction, units: Mapping[int, Sequence[int]]) -> Row:
    """Return an action's row; without units of its own it concerns those of its items."""
    own = {unit.id: unit.name for unit in action.units}
    concerned = tuple(own) or tuple(
        dict.fromkeys(unit for item in action.items for unit in units.get(item.id, ()))
    )
    numbers = "、".join(item.number for item in action.items if item.number)
    names = "、".join(own.values())
    ref, on, how = str(action.id), action.held_on, action.method
    return Row("action", ref, numbers, action.title, names, on, how, concerned)


def letters(session: Session, span: Span) -> Iterator[Row]:
    """Yield the letters to principal leaders, by which point-to-point supervision is done."""
    wanted = select(Letter).where(_in(Letter.sent_at, span)).order_by(Letter.id)
    for letter in session.scalars(wanted.options(selectinload(Letter.unit))):
        on, ref, how = office_day(letter.sent_at), str(letter.id), letter.kind.value
        unit = letter.unit
        yield Row("letter", ref, letter.number, letter.subject, unit.name, on, how, (unit.id,))


def stations(session: Session, span: Span, last: date) -> Iterator[Row]:
    """Yield the teams on the spot with their months in a span; a month that began counts."""
    ended = Station.ended_on.is_(None) | (Station.ended_on >= span.first)
    wanted = select(Station).where(Station.started_on <= last, ended).order_by(Station.id)
    for station in session.scalars(wanted.options(selectinload(Station.unit))):
        spent = months(max(span.first, station.started_on), min(last, station.ended_on or last))
        units = (station.unit_id,) if station.unit_id else ()
        name = station.unit.name if station.unit else ""
        ref, on, where = str(station.id), station.started_on, station.place
        yield Row("station", ref, "", station.title, name, on, where, units, amount=spent)


def problems(session: Session, span: Span) -> Iterator[Row]:
    """Yield the problems that the stations' logs settled."""
    settled = StationProblem.settled_on.between(span.first, span.last)
    wanted = select(StationProblem).where(settled).order_by(StationProblem.id)
    loads = (selectinload(StationProblem.station), selectinload(StationProblem.owner_unit))
    for problem in session.scalars(wanted.options(*loads)):
        ref, number, unit = str(problem.id), str(problem.number), problem.owner_unit
        where, on = problem.station.title, problem.settled_on
        yield Row("problem", ref, number, problem.text, unit.name, on, where, (unit.id,))


def ratings(session: Session, span: Span, seen: Sequence[Condition]) -> Iterator[Row]:
    """Yield what proposers said of replies; satisfied and basically satisfied count."""
    said = (
        ReplyRating.satisfaction.is_not(None),
        ReplyRating.satisfaction != Satisfaction.NO_ANSWER,
        _in(ReplyRating.rated_at, span),
    )
    wanted: Any = (
        select(ReplyRating, Item, Unit)
        .join(Reply, Reply.id == ReplyRating.reply_id)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .join(Item, Item.id == Reply.item_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(*said, *seen)
        .order_by(ReplyRating.id)
    )
    for rating, item, unit in session.execute(wanted):
        content = rating.satisfaction in (Satisfaction.SATISFIED, Satisfaction.BASICALLY)
        on, said_so = office_day(rating.rated_at), rating.satisfaction.value
        row = _about(item, unit, "rating", rating.id, on, said_so)
        yield replace(row, counts=content)


def contacts(session: Session, span: Span, seen: Sequence[Condition]) -> Iterator[Row]:
    """Yield the replies that were issued; those count before which a proposer was talked to."""
    issued = session.execute(_of_parts(Reply, _in(Reply.issued_at, span), *seen)).all()
    met = set(
        session.execute(
            select(ProposerContact.assignment_id, ProposerContact.attempt).where(
                ProposerContact.assignment_id.in_([reply.assignment_id for reply, _, _ in issued])
            )
        )
    )
    for reply, item, unit in issued:
        talked = (reply.assignment_id, reply.number) in met
        on, number = office_day(reply.issued_at), reply.document_number
        yield replace(_about(item, unit, "reply", reply.id, on, number), counts=talked)
