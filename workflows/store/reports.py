"""What was said about a part: reports and their papers, objections, changes, urges."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, update

from engine import Session
from workflows.errors import NotNow
from workflows.tables import (
    Assignment,
    ChangeRequest,
    Objection,
    Paper,
    Report,
    Revisit,
    Suggestion,
    Urge,
)


def latest_report(session: Session, assignment: Assignment) -> Report:
    """Return the report that was made last; a diagram may ask for one before there is any."""
    wanted = select(Report).where(
        Report.assignment_id == assignment.id, Report.number == assignment.reports_made
    )
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NotNow("report", assignment.state.value)
    return found


def signed_report(session: Session, assignment_id: int) -> Report | None:
    """Return the last report that its unit's head has signed."""
    wanted = select(Report).where(
        Report.assignment_id == assignment_id, Report.confirmed_at.is_not(None)
    )
    return session.scalars(wanted.order_by(Report.number.desc()).limit(1)).first()


def attach(session: Session, report: Report, paper_ids: Sequence[UUID]) -> None:
    """Give a report the files that its author kept with the item and no other report holds."""
    own = (
        Paper.id.in_(list(paper_ids)),
        Paper.item_id == report.item_id,
        Paper.uploaded_by_id == report.author_id,
        is_free(),
    )
    session.execute(update(Paper).where(*own).values(report_id=report.id))


def is_free() -> ColumnElement[bool]:
    """Say which files no reply or report holds: a report that was withdrawn lets its own go."""
    withdrawn = select(Report.id).where(Report.withdrawn_at.is_not(None))
    unreported = Paper.report_id.is_(None) | Paper.report_id.in_(withdrawn)
    return and_(Paper.reply_id.is_(None), Paper.suggestion_id.is_(None), unreported)


def attach_to_suggestion(
    session: Session, suggestion: Suggestion, person_id: int, paper_ids: Sequence[UUID]
) -> None:
    """Give a suggestion the files that its author kept with the item for it."""
    own = (
        Paper.id.in_(list(paper_ids)),
        Paper.item_id == suggestion.item_id,
        Paper.uploaded_by_id == person_id,
        is_free(),
    )
    session.execute(update(Paper).where(*own).values(suggestion_id=suggestion.id))


def papers_of_suggestion(session: Session, suggestion_id: int) -> Sequence[Paper]:
    """Return the files that show what a suggestion says."""
    wanted = select(Paper).where(Paper.suggestion_id == suggestion_id)
    return session.scalars(wanted.order_by(Paper.uploaded_at, Paper.id)).all()


def pending_objection(session: Session, part: Assignment) -> Objection:
    """Return the objection that waits for its decision."""
    wanted = select(Objection).where(
        Objection.assignment_id == part.id, Objection.decided_at.is_(None)
    )
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NotNow("objection", part.state.value)
    return found


def pending_change(session: Session, assignment_id: int) -> ChangeRequest | None:
    """Return the request for a change that waits for an answer."""
    wanted = select(ChangeRequest).where(
        ChangeRequest.assignment_id == assignment_id, ChangeRequest.decided_at.is_(None)
    )
    return session.scalars(wanted).one_or_none()


def latest_change(session: Session, assignment_id: int) -> ChangeRequest | None:
    """Return the change that was asked for last."""
    wanted = select(ChangeRequest).where(ChangeRequest.assignment_id == assignment_id)
    return session.scalars(wanted.order_by(ChangeRequest.id.desc()).limit(1)).first()


def pending_revisit(session: Session, item_id: int) -> Revisit | None:
    """Return the revisit that was ordered and not made yet."""
    wanted = select(Revisit).where(Revisit.item_id == item_id, Revisit.done_at.is_(None))
    return session.scalars(wanted.order_by(Revisit.id.desc()).limit(1)).first()


def urges_of(session: Session, assignment_id: int) -> int:
    """Count how often a unit was urged by hand about its part."""
    wanted = select(func.count()).where(Urge.assignment_id == assignment_id)
    return session.scalar(wanted) or 0
