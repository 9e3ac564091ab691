"""What the office has on record: issues of its serials, praise, suggestions handed over."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from engine import Session
from workflows.calendar import office_day
from workflows.figures.asked import Row, Span
from workflows.tables import (
    Assignment,
    Escalation,
    Item,
    Praise,
    Praised,
    PraiseLevel,
    Publication,
    PublicationState,
    Serial,
    Suggestion,
    SuggestionKind,
    Unit,
)


def issues(session: Session, span: Span, serial: str) -> Iterator[Row]:
    """Yield the issues of a serial that went out, without those that were withdrawn."""
    wanted = (
        select(Publication, Serial)
        .join(Serial, Serial.name == Publication.serial_name)
        .where(
            Publication.serial_name == serial,
            Publication.state == PublicationState.ISSUED,
            Publication.issued_at >= span.begin,
            Publication.issued_at < span.end,
        )
        .order_by(Publication.id)
    )
    for issue, of in session.execute(wanted):
        if issue.issued_at is not None:
            style = of.number_style.format(year=issue.year, number=issue.number)
            on, number = office_day(issue.issued_at), f"{of.title}{style}"
            yield Row("issue", str(issue.id), number, issue.title, "", on, issue.kind.value)


def earlier_slips(
    session: Session, span: Span, seen: Sequence[ColumnElement[bool]]
) -> Iterator[Row]:
    """Yield the numbered slips of the ladder that no issue of a serial stands for."""
    issued = select(Publication.escalation_id).where(Publication.escalation_id.is_not(None))
    wanted = (
        select(Escalation, Item, Unit)
        .join(Assignment, Assignment.id == Escalation.assignment_id)
        .join(Item, Item.id == Assignment.item_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(
            Escalation.serial.is_not(None),
            Escalation.delivered_at >= span.begin,
            Escalation.delivered_at < span.end,
            Escalation.id.not_in(issued),
            *seen,
        )
        .order_by(Escalation.id)
    )
    for slip, item, unit in session.execute(wanted):
        if slip.delivered_at is not None:
            on, number = office_day(slip.delivered_at), f"〔{slip.year}〕{slip.serial}号"
            note = slip.rung.value
            yield Row("rung", str(slip.id), number, item.title, unit.name, on, note, (unit.id,))


def praise(
    session: Session, span: Span, whom: Praised, *, by_document: bool = False
) -> Iterator[Row]:
    """Yield praise on record, or only that of a document; of persons, each row adds as many."""
    wanted = select(Praise).where(
        Praise.whom == whom, Praise.withdrawn_at.is_(None), Praise.on.between(span.first, span.last)
    )
    if by_document:
        wanted = wanted.where(Praise.level != PraiseLevel.LEADER)
    ordered = wanted.order_by(Praise.on, Praise.id).options(selectinload(Praise.unit))
    for each in session.scalars(ordered):
        name, units = (each.unit.name, (each.unit.id,)) if each.unit else ("", ())
        amount = each.persons if whom is Praised.PERSONS else 1
        document = each.document or each.by
        ref = str(each.id)
        yield Row(
            "praise", ref, document, each.title, name, each.on, each.level, units, amount=amount
        )


def accountability(
    session: Session, span: Span, seen: Sequence[ColumnElement[bool]]
) -> Iterator[Row]:
    """Yield the suggestions of accountability that were handed to a competent organ."""
    wanted = (
        select(Suggestion, Item, Unit)
        .join(Assignment, Assignment.id == Suggestion.assignment_id)
        .join(Item, Item.id == Suggestion.item_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(
            Suggestion.kind == SuggestionKind.ACCOUNTABILITY,
            Suggestion.handed_on.between(span.first, span.last),
            *seen,
        )
        .order_by(Suggestion.id)
    )
    for each, item, unit in session.execute(wanted):
        ref, on, organ = str(each.id), each.handed_on, each.organ
        yield Row("suggestion", ref, item.number, item.title, unit.name, on, organ, (unit.id,))
