"""Reviewing reports by the three no-let-goes 三个不放过."""

from dataclasses import dataclass
from uuid import UUID

from engine import Session, now
from workflows import changes, desk, ladder, messages, rules, steps, store, story
from workflows.actors import Actor
from workflows.errors import ChoiceUnknown
from workflows.story import Happened
from workflows.tables import Assignment, AssignmentState, Item, Report, Verdict

CHOICES = tuple(verdict.value for verdict in Verdict)
FAULTS = ("", "empty", "untrue")
"""What a returned report is beside incomplete: without substance, or untrue; scores read it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reviewer thinks: are measures carried out, the problem solved, the target reached.

    ``fault`` says of a returned report that it has no substance, or isn't true.
    """

    verdict: Verdict | str
    measures_done: bool
    problem_solved: bool
    target_reached: bool
    reason: str = ""
    fault: str = ""


def review_report(session: Session, actor: Actor, task_id: UUID, judgement: Judgement) -> Report:
    """Accept a signed report or return it; the diagram decides where the part goes next."""
    if judgement.verdict not in CHOICES:
        raise ChoiceUnknown("verdict", judgement.verdict, CHOICES)
    if judgement.fault not in FAULTS:
        raise ChoiceUnknown("fault", judgement.fault, FAULTS)
    errand = steps.take(session, actor, task_id, steps.REVIEW)
    part = store.assignment_of(session, errand.todo.assignment_id)
    report = store.latest_report(session, part)
    accepted = judgement.verdict == Verdict.ACCEPTED
    _must_be_fit(judgement, report, accepted=accepted)

    _judge(session, actor, report, judgement)
    part.state = _state(report, accepted=accepted)
    if part.state is AssignmentState.ACCEPTED:
        part.finished_at = report.reviewed_at
        ladder.settle(session, part, actor.by)
    told = Happened.ACCEPTED if accepted else Happened.RETURNED
    story.tell(session, part.item_id, told, actor, _facts(report), part)
    if not accepted:
        _return(session, part, report)
    desk.move_on(session, actor, errand.task, "accept" if accepted else "return")
    if part.state is AssignmentState.ACCEPTED:
        changes.settle(session, actor, part)
    return report


def _must_be_fit(judgement: Judgement, report: Report, *, accepted: bool) -> None:
    """Refuse a return without a reason, and a final report with one of the three missing."""
    if not accepted:
        rules.must_give_reason(judgement.reason)
    elif report.final:
        rules.must_hold_all_three(
            measures_done=judgement.measures_done,
            problem_solved=judgement.problem_solved,
            target_reached=judgement.target_reached,
        )


def _judge(session: Session, actor: Actor, report: Report, judgement: Judgement) -> None:
    report.verdict = Verdict(judgement.verdict)
    report.reviewed_at, report.reviewed_by_id = now(session), actor.person_id
    report.measures_done = judgement.measures_done
    report.problem_solved = judgement.problem_solved
    report.target_reached = judgement.target_reached
    report.reason = judgement.reason.strip()
    report.fault = judgement.fault if report.verdict is Verdict.RETURNED else ""


def _state(report: Report, *, accepted: bool) -> AssignmentState:
    if not accepted:
        return AssignmentState.RETURNED
    return AssignmentState.ACCEPTED if report.final else AssignmentState.HANDLING


def _return(session: Session, part: Assignment, report: Report) -> None:
    store.note(session, part.item_id, times_returned=Item.times_returned + 1)
    facts = {"number": report.number, "reason": report.reason}
    messages.to_unit(session, part, "returned", facts)


def _facts(report: Report) -> dict[str, object]:
    return {
        "number": report.number,
        "final": report.final,
        "measures_done": report.measures_done,
        "problem_solved": report.problem_solved,
        "target_reached": report.target_reached,
        "reason": report.reason,
    }
