"""The shapes that everyone reads."""

from typing import Any

from marshmallow import Schema, fields

from workflows.tables import (
    AssignmentState,
    ClosedHow,
    ItemState,
    Kind,
    Part,
    Period,
    Role,
    Source,
    UnitKind,
    Urgency,
)


def one_of(kind: type[Any]) -> fields.Enum[Any]:
    """Return a field that shows one of the domain's named values."""
    return fields.Enum(kind, by_value=fields.String)


class ProblemSchema(Schema):
    """A refusal, as RFC 9457 tells it."""

    type = fields.String(metadata={"description": "The refusal's name, as a reference."})
    title = fields.String(metadata={"description": "What happened, in the reader's language."})
    status = fields.Integer()
    detail = fields.String(metadata={"description": "What happened here, and the way on."})
    instance = fields.String(metadata={"description": "The path that was asked for."})
    facts = fields.Dict(metadata={"description": "The refusal's facts, to be read by programs."})
    fields_ = fields.Dict(
        data_key="fields", metadata={"description": "Mistakes in what was sent, field by field."}
    )


class NamedSchema(Schema):
    """Something with a name: a unit, a post, a person."""

    id = fields.Integer()
    name = fields.String()


class HeldPostSchema(Schema):
    """A post that somebody holds."""

    post_id = fields.Integer()
    name = fields.String()
    role = one_of(Role)
    unit_id = fields.Integer()
    unit_name = fields.String()


class AccountSchema(Schema):
    """Who the token belongs to."""

    person_id = fields.Integer()
    name = fields.String()
    language = fields.String()
    posts = fields.List(fields.Nested(HeldPostSchema))


class UnitSchema(Schema):
    """A node of the tree of units."""

    id = fields.Integer()
    name = fields.String()
    kind = one_of(UnitKind)
    parent_id = fields.Integer()
    aliases = fields.List(fields.String())
    active = fields.Boolean()


class AssignmentSchema(Schema):
    """One unit's part of an item."""

    id = fields.Integer()
    unit = fields.Nested(NamedSchema)
    part = one_of(Part)
    round = fields.Integer()
    state = one_of(AssignmentState)
    responsible_person = fields.String()
    assigned_at = fields.AwareDateTime()
    acknowledged_at = fields.AwareDateTime()
    due_on = fields.Date()
    original_due_on = fields.Date()
    warn_on = fields.Date()
    due_why = fields.List(fields.Dict())
    interim_due_on = fields.Date()
    percent = fields.Integer()
    reports_made = fields.Integer()
    finished_at = fields.AwareDateTime()


class ItemSchema(Schema):
    """One matter under supervision, as the ledger tells it."""

    id = fields.Integer()
    number = fields.String(metadata={"description": "Its number, like 督字〔2020〕1号."})
    kind = one_of(Kind)
    source = one_of(Source)
    state = one_of(ItemState)
    title = fields.String()
    basis = fields.String()
    target = fields.String()
    urgency = one_of(Urgency)
    instructing = fields.Nested(NamedSchema)
    sponsor = fields.Nested(NamedSchema)
    supervisor = fields.Nested(NamedSchema)
    registered_at = fields.AwareDateTime()
    assigned_on = fields.Date()
    planned_due_on = fields.Date()
    due_on = fields.Date()
    warn_on = fields.Date()
    due_why = fields.List(fields.Dict())
    reporting_period = one_of(Period)
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
    closed_at = fields.AwareDateTime()
    closed_how = one_of(ClosedHow)
    remarks = fields.String()
    version = fields.Integer()
    assignments = fields.List(fields.Nested(AssignmentSchema))


class OutcomeSchema(Schema):
    """One way that a step may end."""

    value = fields.String()
    label = fields.String()
    label_en = fields.String()


class FieldSchema(Schema):
    """One field of a step of type ``form``."""

    key = fields.String()
    type = fields.String()
    label = fields.String()
    label_en = fields.String()
    required = fields.Boolean()
    options = fields.List(fields.String())


class TaskSchema(Schema):
    """One step of an item that waits for somebody, or is done."""

    id = fields.UUID()
    item_id = fields.Integer()
    assignment_id = fields.Integer()
    step = fields.String()
    name = fields.String()
    name_en = fields.String()
    role = one_of(Role)
    unit_id = fields.Integer()
    post_id = fields.Integer()
    opened_at = fields.AwareDateTime()
    due_on = fields.Date()
    warn_on = fields.Date()
    seen_at = fields.AwareDateTime()
    closed_at = fields.AwareDateTime()
    outcome = fields.String()


class OpenTaskSchema(TaskSchema):
    """A step with what it asks: its outcomes, its fields, and whether the caller may act."""

    may_act = fields.Boolean()
    withdrawable = fields.Boolean()
    outcomes = fields.List(fields.Nested(OutcomeSchema))
    form = fields.List(fields.Nested(FieldSchema))


class StoryEntrySchema(Schema):
    """One line of an item's story."""

    id = fields.Integer()
    at = fields.AwareDateTime()
    kind = fields.String()
    person_id = fields.Integer()
    post_id = fields.Integer()
    assignment_id = fields.Integer()
    facts = fields.Dict()


class PaperSchema(Schema):
    """An attached file."""

    id = fields.UUID()
    item_id = fields.Integer()
    report_id = fields.Integer()
    name = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    sha256 = fields.String()
    uploaded_at = fields.AwareDateTime()


class NoticeSchema(Schema):
    """A message in the house."""

    id = fields.Integer()
    kind = fields.String()
    item_id = fields.Integer()
    assignment_id = fields.Integer()
    facts = fields.Dict()
    at = fields.AwareDateTime()
    read_at = fields.AwareDateTime()


class DefinitionSchema(Schema):
    """One version of a process."""

    id = fields.Integer()
    process_id = fields.String()
    version = fields.Integer()
    name = fields.String()
    name_en = fields.String()
    deployed_at = fields.AwareDateTime()
    deployed_by = fields.String()


class DiagramProblemSchema(Schema):
    """Something in a diagram that the gate refuses."""

    code = fields.String()
    element_id = fields.String()
    element_name = fields.String()
    facts = fields.Dict()
    message = fields.String(metadata={"description": "In the reader's language."})


class HistoryEntrySchema(Schema):
    """One line of the engine's own history."""

    id = fields.Integer()
    instance_id = fields.UUID()
    at = fields.AwareDateTime()
    kind = fields.String()
    element_id = fields.String()
    element_name = fields.String()
    by = fields.String()
    facts = fields.Dict()


class BreakSchema(Schema):
    """A place where the chain of the history doesn't hold."""

    instance_id = fields.UUID()
    entry_id = fields.Integer()
    reason = fields.String()
