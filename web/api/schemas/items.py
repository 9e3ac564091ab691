"""Items, their parts and papers, and what became of them, as the API shows them."""

from flask_smorest.fields import Upload
from marshmallow import fields

from web.api.schemas.kinds import Docno, DueWords, NamedSchema, one_of
from web.shapes import Schema
from workflows.tables import (
    AssignmentState,
    ChangeDecision,
    ChangeKind,
    ClosedHow,
    ItemState,
    Kind,
    Part,
    Period,
    Source,
    Urgency,
)


class AssignmentSchema(Schema):
    """One unit's part of an item."""

    id = fields.Integer()
    unit = fields.Nested(NamedSchema)
    part = one_of(Part)
    round = fields.Integer()
    state = one_of(AssignmentState)
    responsible_person = fields.String()
    assigned_at = fields.AwareDateTime()
    acknowledged_at = fields.AwareDateTime(allow_none=True)
    due_on = fields.Date(allow_none=True)
    original_due_on = fields.Date(allow_none=True)
    warn_on = fields.Date(allow_none=True)
    stopped_on = fields.Date(allow_none=True)
    due_why = fields.List(fields.Dict())
    due_words = DueWords()
    interim_due_on = fields.Date(allow_none=True)
    percent = fields.Integer()
    reports_made = fields.Integer()
    finished_at = fields.AwareDateTime(allow_none=True)


class ItemSchema(Schema):
    """One matter under supervision, as the ledger tells it."""

    id = fields.Integer()
    number = Docno(allow_none=True)
    kind = one_of(Kind)
    source = one_of(Source)
    state = one_of(ItemState)
    title = fields.String()
    basis = fields.String()
    target = fields.String()
    urgency = one_of(Urgency)
    instructing = fields.Nested(NamedSchema, allow_none=True)
    sponsor = fields.Nested(NamedSchema, allow_none=True)
    supervisor = fields.Nested(NamedSchema, allow_none=True)
    registered_at = fields.AwareDateTime()
    assigned_on = fields.Date(allow_none=True)
    planned_due_on = fields.Date(allow_none=True)
    due_on = fields.Date(allow_none=True)
    warn_on = fields.Date(allow_none=True)
    stopped_on = fields.Date(allow_none=True)
    due_why = fields.List(fields.Dict())
    due_words = DueWords()
    reporting_period = one_of(Period, null=True)
    responsible_person = fields.String()
    contact = fields.String()
    progress = fields.String()
    problems = fields.String()
    next_steps = fields.String()
    percent = fields.Integer()
    times_urged = fields.Integer()
    times_returned = fields.Integer()
    times_extended = fields.Integer()
    times_reopened = fields.Integer()
    closed_at = fields.AwareDateTime(allow_none=True)
    closed_how = one_of(ClosedHow, null=True)
    remarks = fields.String()
    version = fields.Integer()
    assignments = fields.List(fields.Nested(AssignmentSchema))


class StoryLineSchema(Schema):
    """One line of an item's story, with the names of that day."""

    id = fields.Integer()
    at = fields.AwareDateTime()
    kind = fields.String()
    person_id = fields.Integer(allow_none=True)
    person = fields.String(allow_none=True)
    post_id = fields.Integer(allow_none=True)
    post = fields.String(allow_none=True)
    post_unit = fields.String(allow_none=True)
    assignment_id = fields.Integer(allow_none=True)
    unit = fields.String(allow_none=True)
    facts = fields.Dict()


class UrgeSchema(Schema):
    """A reminder sent by hand; read once its unit has opened it."""

    id = fields.Integer()
    item_id = fields.Integer()
    assignment_id = fields.Integer()
    method = fields.String()
    text = fields.String()
    sent_at = fields.AwareDateTime()
    read_at = fields.AwareDateTime(allow_none=True)


class ChangeSchema(Schema):
    """A change that was asked for, what held before, and what became of it."""

    id = fields.Integer()
    assignment_id = fields.Integer()
    kind = one_of(ChangeKind)
    reason = fields.String()
    progress = fields.String()
    old_due_on = fields.Date(allow_none=True)
    new_due_on = fields.Date(allow_none=True)
    old_target = fields.String()
    new_target = fields.String()
    asked_at = fields.AwareDateTime()
    endorsed_at = fields.AwareDateTime(allow_none=True)
    advice = fields.String()
    advised_at = fields.AwareDateTime(allow_none=True)
    decision = one_of(ChangeDecision, null=True)
    opinion = fields.String()
    decided_at = fields.AwareDateTime(allow_none=True)


class PaperSchema(Schema):
    """An attached file."""

    id = fields.UUID()
    item_id = fields.Integer()
    report_id = fields.Integer(allow_none=True)
    name = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    sha256 = fields.String()
    uploaded_at = fields.AwareDateTime()


class PaperShape(Schema):
    """A file that is sent."""

    file = Upload(required=True)


class RemovedPaperSchema(Schema):
    """The number of a file that was taken back."""

    id = fields.UUID()
