"""Reporting: the handler writes, the unit's head signs. Only a signed report counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from engine import Session, now
from workflows import desk, messages, parents, rules, steps, store, story
from workflows.actors import Actor
from workflows.calendar import office_day, today
from workflows.periods import due_after_report, first_report_on, next_report_on
from workflows.projects import money
from workflows.projects.money import Figures
from workflows.story import Happened
from workflows.tables import Assignment, AssignmentState, Item, Kind, Part, Report


@dataclass(frozen=True, slots=True)
class ReportText:
    """What a unit says: progress, problems, next steps, and how much is done."""

    final: bool
    progress: str
    problems: str
    next_steps: str
    percent: int


def submit_report(
    session: Session,
    actor: Actor,
    task_id: UUID,
    text: ReportText,
    paper_ids: Sequence[UUID] = (),
    figures: Figures | None = None,
) -> Report:
    """File a unit's next report and lay it before the unit's head.

    The lead unit of a project reports its figures as well.
    """
    errand = steps.take(session, actor, task_id, steps.REPORT)
    progress = rules.must_say("progress", text.progress)
    rules.must_be_share(text.percent)
    part = store.assignment_of(session, errand.todo.assignment_id)
    part.reports_made += 1
    part.state = AssignmentState.REPORTED
    report = Report(
        assignment_id=part.id,
        item_id=part.item_id,
        number=part.reports_made,
        final=text.final,
        progress=progress,
        problems=text.problems.strip(),
        next_steps=text.next_steps.strip(),
        percent=text.percent,
        author_id=actor.person_id,
        submitted_at=now(session),
    )
    session.add(report)
    money.note(session, part, report, figures)
    if paper_ids:
        session.flush()
        store.attach(session, report, paper_ids)
    story.tell(session, part.item_id, Happened.REPORTED, actor, _facts(report), part)
    outcome = "final" if text.final else "interim"
    desk.move_on(session, actor, errand.task, outcome, {"final": text.final})
    return report


def confirm_report(
    session: Session,
    actor: Actor,
    task_id: UUID,
    sign: bool,  # noqa: FBT001 (the head's answer)
    reason: str = "",
) -> Report:
    """Sign a report, so that it counts; or give it back to the handler and say why."""
    errand = steps.take(session, actor, task_id, steps.CONFIRM)
    said = reason.strip() if sign else rules.must_give_reason(reason)
    part = store.assignment_of(session, errand.todo.assignment_id)
    report = store.latest_report(session, part)
    if sign:
        report.confirmed_at, report.confirmed_by_id = now(session), actor.person_id
        count(session, part, report)
        part.state = AssignmentState.CONFIRMED
    else:
        report.declined_reason = said
        part.state = AssignmentState.HANDLING
    told = Happened.CONFIRMED if sign else Happened.DECLINED
    facts = {"number": report.number, "reason": said}
    story.tell(session, part.item_id, told, actor, facts, part)
    if not sign:
        messages.to_unit(session, part, "declined", facts)
    desk.move_on(session, actor, errand.task, "sign" if sign else "decline")
    return report


def count(session: Session, part: Assignment, report: Report) -> None:
    """Let a report count: for its part, and for the item if the lead unit made it."""
    if part.interim_due_on is not None:
        period = session.get_one(Item, part.item_id).reporting_period
        first, day = office_day(part.assigned_at), today(session)
        part.interim_due_on = due_after_report(session, period, first, part.interim_due_on, day)
    _tell_progress(session, part, report)


def recount(session: Session, part: Assignment) -> None:
    """Let the last report that is still signed count, or none."""
    signed = store.signed_report(session, part.id)
    if part.interim_due_on is not None:
        part.interim_due_on = _interim_again(session, part, signed)
    _tell_progress(session, part, signed)


def _interim_again(session: Session, part: Assignment, signed: Report | None) -> date | None:
    """Return when the next report is due once a signature was taken back."""
    item, first = session.get_one(Item, part.item_id), office_day(part.assigned_at)
    yesterday = today(session) - timedelta(days=1)
    due_on = first_report_on(session, item, first) if signed is None else None
    if due_on is not None and due_on > yesterday:
        return due_on
    return next_report_on(session, item.reporting_period, first, yesterday)


def _tell_progress(session: Session, part: Assignment, report: Report | None) -> None:
    part.percent = report.percent if report else 0
    if part.part is not Part.LEAD:
        return
    store.note(
        session,
        part.item_id,
        progress=report.progress if report else "",
        problems=report.problems if report else "",
        next_steps=report.next_steps if report else "",
        percent=part.percent,
    )
    kind, whole_id = store.kind_and_whole(session, part.item_id)
    if kind is Kind.KEY_PROJECT:
        money.recount(session, part)
    if whole_id is not None:
        parents.recount(session, whole_id)


def _facts(report: Report) -> dict[str, object]:
    return {
        "number": report.number,
        "final": report.final,
        "percent": report.percent,
        "progress": report.progress,
        "problems": report.problems,
        "next_steps": report.next_steps,
    }
