"""POST /tasks/<id>/<verb>: one for each type of step, and one to take a step back."""

from uuid import UUID

from flask import Response

from web.api.resource import Resource
from web.api.tasks import on_task
from web.api.wire import Body
from web.openings import of_shape
from web.shapes import ladder as ladder_shapes
from web.shapes import opening as opening_shapes
from web.shapes import projects as project_shapes
from web.shapes import steps as step_shapes
from web.shapes import visits as visit_shapes
from workflows import (
    assignments,
    changes,
    closing,
    forms,
    instructions,
    items,
    ladder,
    reports,
    results,
    reviews,
    revisits,
    withdrawals,
)
from workflows.decisions import breakdown, common_reports
from workflows.opening.registering import amend_item
from workflows.projects import supervision
from workflows.projects.money import Figures

blueprint = Resource("Steps", __name__, "What can be done about a task")


@blueprint.step("register", opening_shapes.Opening)
def register(sent: Body, task_id: UUID) -> Response:
    """Register again an item that the director returned."""
    return on_task(task_id, amend_item, of_shape(sent))


@blueprint.step("approve", opening_shapes.Approval)
def approve(sent: Body, task_id: UUID) -> Response:
    """Approve an item, return its registration, or refuse it."""
    return on_task(task_id, items.approve_item, **sent)


@blueprint.step("assign", step_shapes.Handover)
def assign(sent: Body, task_id: UUID) -> Response:
    """Hand an item to its lead unit and its co-units, each with its limit."""
    lead = assignments.UnitTask(**sent["lead"])
    co = [assignments.UnitTask(**task) for task in sent["co"]]
    return on_task(task_id, assignments.assign_item, lead, co)


@blueprint.step("decompose", step_shapes.Breakdown)
def decompose(sent: Body, task_id: UUID) -> Response:
    """Break a decision down; a row with a hole is refused by row and field."""
    rows = [
        breakdown.BreakdownRow(**{**row, "co_unit_ids": tuple(row["co_unit_ids"])})
        for row in sent["rows"]
    ]
    return on_task(task_id, breakdown.decompose, rows)


@blueprint.step("resolve", opening_shapes.Resolution)
def resolve(sent: Body, task_id: UUID) -> Response:
    """Settle what leaders' instructions differ in, or ask the principal leader to."""
    return on_task(task_id, instructions.resolve, **sent)


@blueprint.step("acknowledge", step_shapes.Acknowledgement)
def acknowledge(sent: Body, task_id: UUID) -> Response:
    """Acknowledge that the unit has received its part."""
    return on_task(task_id, assignments.acknowledge, **sent)


@blueprint.step("object", step_shapes.Objection)
def object_to(sent: Body, task_id: UUID) -> Response:
    """Say that the unit isn't the right addressee; refused once the window has closed."""
    return on_task(task_id, assignments.object_to, **sent)


@blueprint.step("objection", step_shapes.ObjectionDecision)
def decide_objection(sent: Body, task_id: UUID) -> Response:
    """Decide an objection: insist, give the part to another unit, or release the unit."""
    return on_task(task_id, assignments.decide_objection, **sent)


@blueprint.step("report", project_shapes.ReportWithFigures)
def report(sent: Body, task_id: UUID) -> Response:
    """Report, for the unit head's signature; the lead unit of a project adds its figures."""
    paper_ids, told = sent.pop("paper_ids"), sent.pop("figures")
    figures = Figures(**told) if told else None
    text = reports.ReportText(**sent)
    return on_task(task_id, reports.submit_report, text, paper_ids, figures)


@blueprint.step("supervise", project_shapes.Supervision)
def supervise(sent: Body, task_id: UUID) -> Response:
    """Record what a week's supervision of a project found."""
    return on_task(task_id, supervision.supervise, **sent)


@blueprint.step("acceptance", project_shapes.Acceptance)
def accept_project(sent: Body, task_id: UUID) -> Response:
    """Accept a project whose milestones are all reviewed, or send it back."""
    return on_task(task_id, supervision.accept_project, **sent)


@blueprint.step("confirm", step_shapes.Confirmation)
def confirm(sent: Body, task_id: UUID) -> Response:
    """Sign a report as the unit's head, or send it back with the reason."""
    return on_task(task_id, common_reports.confirm, **sent)


@blueprint.step("review", step_shapes.Review)
def review(sent: Body, task_id: UUID) -> Response:
    """Accept a report, or return it with the reason: the three no-let-goes."""
    return on_task(task_id, reviews.review_report, reviews.Judgement(**sent))


@blueprint.step("instruction", step_shapes.LeaderDecision)
def instruction(sent: Body, task_id: UUID) -> Response:
    """Record what the instructing leader says to the result."""
    return on_task(task_id, results.record_instruction, **sent)


@blueprint.step("endorse_change", step_shapes.Endorsement)
def endorse_change(sent: Body, task_id: UUID) -> Response:
    """Sign the unit's request for a change as its head, or stop it with the reason."""
    return on_task(task_id, changes.endorse_change, **sent)


@blueprint.step("advise_change", step_shapes.Advice)
def advise_change(sent: Body, task_id: UUID) -> Response:
    """Pass a change on to the leader with the office's opinion, or decline it."""
    return on_task(task_id, changes.advise_change, **sent)


@blueprint.step("consent", step_shapes.Consent)
def consent(sent: Body, task_id: UUID) -> Response:
    """Consent to a change, or refuse it."""
    return on_task(task_id, changes.decide_change, **sent)


@blueprint.step("revisit", visit_shapes.Revisit)
def revisit(sent: Body, task_id: UUID) -> Response:
    """Record a revisit; an item that isn't really solved is re-opened."""
    return on_task(task_id, revisits.record_revisit, revisits.Finding(**sent))


@blueprint.step("approve_rung", ladder_shapes.RungWord)
def approve_rung(sent: Body, task_id: UUID) -> Response:
    """Let a slip be issued or an interview be held, or decline it with the reason."""
    return on_task(task_id, ladder.approve_rung, ladder.Word(**sent))


@blueprint.step("hold_interview", ladder_shapes.InterviewRecord)
def hold_interview(sent: Body, task_id: UUID) -> Response:
    """Record an interview: who, when, where, and what was said."""
    return on_task(task_id, ladder.hold_interview, ladder.InterviewText(**sent))


@blueprint.step("evidence", ladder_shapes.SuggestionEvidence)
def evidence(sent: Body, task_id: UUID) -> Response:
    """Put a suggestion to the director: whom it is about, the basis, the evidence."""
    sent["paper_ids"] = tuple(sent["paper_ids"])
    return on_task(task_id, ladder.submit_evidence, ladder.Evidence(**sent))


@blueprint.step("drop_suggestion", ladder_shapes.SuggestionDropped)
def drop_suggestion(sent: Body, task_id: UUID) -> Response:
    """Suggest nothing after all."""
    return on_task(task_id, ladder.drop_suggestion, **sent)


@blueprint.step("endorse_suggestion", ladder_shapes.SuggestionEndorsement)
def endorse_suggestion(sent: Body, task_id: UUID) -> Response:
    """Put a suggestion to the leader, return it, or stop it."""
    return on_task(task_id, ladder.endorse_suggestion, **sent)


@blueprint.step("approve_suggestion", ladder_shapes.SuggestionApproval)
def approve_suggestion(sent: Body, task_id: UUID) -> Response:
    """Approve what is suggested, or decline it with the reason."""
    return on_task(task_id, ladder.approve_suggestion, **sent)


@blueprint.step("hand_over", ladder_shapes.SuggestionHandOver)
def hand_over(sent: Body, task_id: UUID) -> Response:
    """Record the hand-over to the competent organ."""
    return on_task(task_id, ladder.hand_over, ladder.Handing(**sent))


@blueprint.step("record_outcome", ladder_shapes.SuggestionOutcome)
def record_outcome(sent: Body, task_id: UUID) -> Response:
    """Record what the competent organ has done."""
    return on_task(task_id, ladder.record_outcome, **sent)


@blueprint.step("visit_plan", visit_shapes.VisitPlan)
def visit_plan(sent: Body, task_id: UUID) -> Response:
    """Plan a visit; it stays to be recorded, and hidden from the units if it is unannounced."""
    guests = [revisits.Guest(**guest) for guest in sent.pop("guests")]
    return on_task(task_id, revisits.plan_visit, revisits.Plan(**sent, guests=guests))


@blueprint.step("conclusion", visit_shapes.ConclusionDecision)
def conclusion(sent: Body, task_id: UUID) -> Response:
    """Decide on a unit's objection to what a visit concluded."""
    return on_task(task_id, revisits.decide_conclusion, **sent)


@blueprint.step("close")
def close(task_id: UUID) -> Response:
    """Strike the item off the ledger."""
    return on_task(task_id, closing.close_item)


@blueprint.step("form", step_shapes.FormAnswers)
def form(sent: Body, task_id: UUID) -> Response:
    """Fill in a step whose fields stand in the diagram."""
    return on_task(task_id, forms.complete_form, **sent)


@blueprint.step("withdraw")
def withdraw(task_id: UUID) -> Response:
    """Take one's own submission back from the task that it waits in, until that was opened."""
    return on_task(task_id, withdrawals.withdraw)
