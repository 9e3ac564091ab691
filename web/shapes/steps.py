"""What the steps of the diagrams are told."""

from marshmallow import fields, validate

from web.shapes import NOT_OFFERED, Shape, choice, line, member, name, percent, row, text
from workflows.reviews import FAULTS
from workflows.tables import (
    Source,
    Urgency,
)


class UnitTask(Shape):
    """One unit's part of an item; without a date the limit's table says it."""

    unit_id = row(required=True)
    due_on = fields.Date(load_default=None, allow_none=True)


class Handover(Shape):
    """To which units an item goes."""

    lead = fields.Nested(UnitTask, required=True)
    co = fields.List(fields.Nested(UnitTask), load_default=list, validate=validate.Length(max=500))


class BreakdownRow(Shape):
    """One row of a breakdown; what is missing is told by row and field, with every other hole."""

    title = line()
    target = text()
    sponsor_post_id = row()
    lead_unit_id = row()
    co_unit_ids = fields.List(
        fields.Integer(), load_default=list, validate=validate.Length(max=100)
    )
    responsible_person = name()
    due_on = fields.Date(load_default=None, allow_none=True)
    weight = fields.Integer(load_default=1)


class Breakdown(Shape):
    """A decision's parts, each with its leader, unit, person and limit."""

    rows = fields.List(
        fields.Nested(BreakdownRow), required=True, validate=validate.Length(max=200)
    )


class PartShare(Shape):
    """How far a part has come, by the task that asks for its report."""

    task_id = fields.UUID(required=True)
    percent = percent()
    final = fields.Boolean(load_default=False)


class CommonReport(Shape):
    """One text for several of a unit's parts, each with its own share."""

    parts = fields.List(fields.Nested(PartShare), required=True, validate=validate.Length(max=100))
    progress = text(required=True)
    problems = text()
    next_steps = text()


class Acknowledgement(Shape):
    """A unit's receipt."""

    responsible_person = name()


class Objection(Shape):
    """A unit says that it isn't the right addressee."""

    reason = text(required=True)
    belongs_to_id = row()


class ObjectionDecision(Shape):
    """The office's answer to an objection."""

    decision = choice("insist", "reassign", "release")
    reason = text()
    unit_id = row()


class Report(Shape):
    """A unit's report, with the papers that it kept for it before."""

    final = fields.Boolean(required=True)
    progress = text(required=True)
    problems = text()
    next_steps = text()
    percent = percent()
    paper_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=50))


class Confirmation(Shape):
    """The unit head's signature, or why not."""

    sign = fields.Boolean(required=True)
    reason = text()


class Review(Shape):
    """The three no-let-goes and the verdict."""

    verdict = choice("accepted", "returned")
    measures_done = fields.Boolean(required=True)
    problem_solved = fields.Boolean(required=True)
    target_reached = fields.Boolean(required=True)
    reason = text()
    fault = fields.String(load_default="", validate=validate.OneOf(FAULTS, error=NOT_OFFERED))


class LeaderDecision(Shape):
    """What the instructing leader says to the result."""

    new_instruction = fields.Boolean(required=True)
    opinion = text()


class Endorsement(Shape):
    """A head's answer to a change that the unit asks for."""

    endorse = fields.Boolean(required=True)
    reason = text()


class Advice(Shape):
    """The office's answer to a change: passed on to the leader, or declined."""

    pass_on = fields.Boolean(required=True)
    opinion = text()


class Consent(Shape):
    """A leader's answer to a change asked for."""

    consent = fields.Boolean(required=True)
    opinion = text()


class FormAnswers(Shape):
    """The answers to a step of type ``form``; the domain checks them by its fields."""

    values = fields.Dict(keys=fields.String(), load_default=dict)
    outcome = fields.String(load_default=None, allow_none=True)


class LimitQuestion(Shape):
    """What decides an item's limit while it is being registered."""

    source = member(Source)
    urgency = member(Urgency, required=True)
    planned_due_on = fields.Date(load_default=None, allow_none=True)
    ends_on = fields.Date(load_default=None, allow_none=True)
