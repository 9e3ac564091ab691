"""POST /tasks/<id>/<verb>: one for each type of step, and one to take a step back."""

from uuid import UUID

from flask import Response

from web import shapes
from web.api.resource import Resource
from web.api.tasks import on_task
from web.api.wire import Body
from web.kind_fields import registration
from workflows import (
    assignments,
    changes,
    closing,
    forms,
    items,
    reports,
    results,
    reviews,
    revisits,
    withdrawals,
)

blueprint = Resource("Steps", __name__, "What can be done about a task")


@blueprint.step("register", shapes.Registration)
def register(sent: Body, task_id: UUID) -> Response:
    """Register again an item that the director returned."""
    return on_task(task_id, items.amend_registration, registration(sent))


@blueprint.step("approve", shapes.Approval)
def approve(sent: Body, task_id: UUID) -> Response:
    """Approve an item, return its registration, or refuse it."""
    return on_task(task_id, items.approve_item, **sent)


@blueprint.step("assign", shapes.Handover)
def assign(sent: Body, task_id: UUID) -> Response:
    """Hand an item to its lead unit and its co-units, each with its limit."""
    lead = assignments.UnitTask(**sent["lead"])
    co = [assignments.UnitTask(**task) for task in sent["co"]]
    return on_task(task_id, assignments.assign_item, lead, co)


@blueprint.step("acknowledge", shapes.Acknowledgement)
def acknowledge(sent: Body, task_id: UUID) -> Response:
    """Acknowledge that the unit has received its part."""
    return on_task(task_id, assignments.acknowledge, **sent)


@blueprint.step("object", shapes.Objection)
def object_to(sent: Body, task_id: UUID) -> Response:
    """Say that the unit isn't the right addressee; refused once the window has closed."""
    return on_task(task_id, assignments.object_to, **sent)


@blueprint.step("objection", shapes.ObjectionDecision)
def decide_objection(sent: Body, task_id: UUID) -> Response:
    """Decide an objection: insist, give the part to another unit, or release the unit."""
    return on_task(task_id, assignments.decide_objection, **sent)


@blueprint.step("report", shapes.Report)
def report(sent: Body, task_id: UUID) -> Response:
    """Report, for the unit head's signature."""
    paper_ids = sent.pop("paper_ids")
    return on_task(task_id, reports.submit_report, reports.ReportText(**sent), paper_ids)


@blueprint.step("confirm", shapes.Confirmation)
def confirm(sent: Body, task_id: UUID) -> Response:
    """Sign a report as the unit's head, or send it back with the reason."""
    return on_task(task_id, reports.confirm_report, **sent)


@blueprint.step("review", shapes.Review)
def review(sent: Body, task_id: UUID) -> Response:
    """Accept a report, or return it with the reason: the three no-let-goes."""
    return on_task(task_id, reviews.review_report, reviews.Judgement(**sent))


@blueprint.step("instruction", shapes.LeaderDecision)
def instruction(sent: Body, task_id: UUID) -> Response:
    """Record what the instructing leader says to the result."""
    return on_task(task_id, results.record_instruction, **sent)


@blueprint.step("consent", shapes.Consent)
def consent(sent: Body, task_id: UUID) -> Response:
    """Consent to an extension, or refuse it."""
    return on_task(task_id, changes.decide_extension, **sent)


@blueprint.step("revisit", shapes.Revisit)
def revisit(sent: Body, task_id: UUID) -> Response:
    """Record a revisit; an item that isn't really solved is re-opened."""
    return on_task(task_id, revisits.record_revisit, **sent)


@blueprint.step("close")
def close(task_id: UUID) -> Response:
    """Strike the item off the ledger."""
    return on_task(task_id, closing.close_item)


@blueprint.step("form", shapes.FormAnswers)
def form(sent: Body, task_id: UUID) -> Response:
    """Fill in a step whose fields stand in the diagram."""
    return on_task(task_id, forms.complete_form, **sent)


@blueprint.step("withdraw")
def withdraw(task_id: UUID) -> Response:
    """Take one's own submission back, until the next person has opened it."""
    return on_task(task_id, withdrawals.withdraw)
