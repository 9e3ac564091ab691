"""The ladder's slips as issues of 督查通知: each takes its number there as it goes out."""

from sqlalchemy import select, update

from engine import Session, now
from workflows.calendar import today
from workflows.serials import NOTICE, put_out, serial_named
from workflows.tables import (
    Assignment,
    Delivery,
    Escalation,
    Publication,
    PublicationKind,
    PublicationState,
)


def issue_slip(session: Session, rung: Escalation, part: Assignment) -> Publication:
    """Issue a slip to the unit that is late; what it says is its rung's."""
    serial, day, at = serial_named(session, NOTICE), today(session), now(session)
    title = f"关于“{part.item.title}”的督办单"[:200]
    made = Publication(
        serial_name=serial.name,
        kind=PublicationKind.SLIP,
        state=PublicationState.APPROVED,
        first=day,
        last=day,
        item_id=part.item_id,
        escalation_id=rung.id,
        title=title,
        addressee=part.unit.name,
        content={"type": "doc", "content": []},
        words=f"{title}\n{rung.demand}",
        made_at=at,
        saved_at=at,
        approved_by_id=rung.decided_by_id,
        approved_at=rung.decided_at,
    )
    session.add(made)
    session.flush()
    put_out(session, made, rung.decided_by_id)
    session.add(Delivery(publication_id=made.id, unit_id=part.unit_id, delivered_at=at))
    session.flush()
    return made


def note_read(session: Session, rung: Escalation) -> None:
    """Let a slip's own receipt be that of its issue too."""
    issues = select(Publication.id).where(Publication.escalation_id == rung.id)
    session.execute(
        update(Delivery)
        .where(Delivery.publication_id.in_(issues), Delivery.read_at.is_(None))
        .values(read_at=rung.read_at, read_by_id=rung.read_by_id)
    )
