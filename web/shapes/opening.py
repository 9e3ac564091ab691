"""What is told when an item is opened: by kind, plan, look-alikes, approval."""

from marshmallow import fields, validate

from web.shapes import (
    MISSING,
    NAME,
    NOT_OFFERED,
    TOO_LONG,
    Shape,
    choice,
    limited,
    line,
    member,
    name,
    row,
    text,
)
from workflows.instructions import Asks
from workflows.methods import Method
from workflows.tables import (
    Handling,
    Period,
    Source,
    Urgency,
)


class Signatory(Shape):
    """One of those who made a proposal."""

    name = limited(NAME, required=True)
    contact = fields.String(load_default="", validate=validate.Length(max=120, error=TOO_LONG))
    email = fields.String(load_default="", validate=validate.Length(max=200, error=TOO_LONG))
    phone = fields.String(load_default="", validate=validate.Length(max=40, error=TOO_LONG))


class ProposalDetails(Shape):
    """What a proposal says beside an item's own fields; its first proposer leads."""

    session = limited(60, required=True)
    number = limited(40, required=True)
    proposers = fields.List(
        fields.Nested(Signatory),
        required=True,
        validate=validate.Length(min=1, max=200, error=MISSING),
    )
    handling = member(Handling, default=Handling.LEAD_CO)


class LeaderWords(Shape):
    """What another leader wrote on the same paper."""

    post_id = row(required=True)
    words = text(required=True)
    given_on = fields.Date(load_default=None, allow_none=True)
    differs = fields.Boolean(load_default=False)


class InstructionDetails(Shape):
    """What an instruction asks for, when it was given, and what others wrote on the paper."""

    asks = member(Asks, default=Asks.ACTION)
    given_on = fields.Date(load_default=None, allow_none=True)
    others = fields.List(
        fields.Nested(LeaderWords), load_default=list, validate=validate.Length(max=10)
    )


class DecisionDetails(Shape):
    """The meeting that took a decision, or the document that it stands in."""

    meeting = name()
    held_on = fields.Date(load_default=None, allow_none=True)
    document = line()


class Registration(Shape):
    """An item as it is registered; the answer "secret" stops it."""

    secret = fields.Boolean(required=True)
    title = line(required=True)
    source = member(Source, required=True)
    instructing_post_id = row()
    basis = text(required=True)
    target = text()
    urgency = member(Urgency, required=True)
    planned_due_on = fields.Date(load_default=None, allow_none=True)
    reporting_period = member(Period)
    sponsor_post_id = row()
    responsible_person = name()
    contact = name()
    remarks = text()
    revisit_asked = fields.Boolean(load_default=False)
    proposal = fields.Nested(ProposalDetails, load_default=None, allow_none=True)
    key_project = fields.Nested(
        "web.shapes.projects.ProjectFields", load_default=None, allow_none=True
    )
    instruction = fields.Nested(InstructionDetails, load_default=None, allow_none=True)
    decision = fields.Nested(DecisionDetails, load_default=None, allow_none=True)
    secret_checked = fields.Boolean(load_default=False)


class Plan(Shape):
    """What supervision is to look at: content, units, scope, methods, dates."""

    content = text()
    scope = text()
    methods = fields.List(
        fields.String(validate=validate.OneOf(tuple(Method), error=NOT_OFFERED)),
        load_default=list,
        validate=validate.Length(max=20),
    )
    from_on = fields.Date(load_default=None, allow_none=True)
    until_on = fields.Date(load_default=None, allow_none=True)
    unit_ids = fields.List(fields.Integer(), load_default=list, validate=validate.Length(max=100))


class LookAlike(Shape):
    """What is said to an open item that looks alike."""

    item_id = row(required=True)
    answer = choice("different", "linked", "join")
    reason = text()


class Opening(Registration):
    """A registration with what is asked before: its plan, and the look-alikes answered."""

    plan = fields.Nested(Plan, load_default=None, allow_none=True)
    look_alikes = fields.List(
        fields.Nested(LookAlike), load_default=list, validate=validate.Length(max=20)
    )


class Resolution(Shape):
    """What holds where leaders' words differ, or the question to the principal leader."""

    outcome = choice("settle", "refer")
    words = text(required=True)


class Approval(Shape):
    """The director's answer to a registration."""

    outcome = choice("approve", "return", "refuse")
    reason = text()
