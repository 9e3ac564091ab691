"""Diagrams, what goes on in them, and what failed, as the API shows them."""

from marshmallow import fields

from web.api.schemas.kinds import one_of
from web.shapes import Schema
from workflows.tables import DrawingState


class DefinitionSchema(Schema):
    """One version of a process."""

    id = fields.Integer()
    process_id = fields.String()
    version = fields.Integer()
    name = fields.String()
    name_en = fields.String()
    deployed_at = fields.AwareDateTime()
    deployed_by = fields.String()


class SpotSchema(Schema):
    """An element at which items wait; times are working time in seconds, shares are of 1."""

    element_id = fields.String(attribute="id")
    name = fields.String()
    name_en = fields.String()
    step = fields.String()
    calls = fields.String()
    drawn = fields.Boolean()
    versions = fields.List(fields.Integer())
    share = fields.Float(allow_none=True)
    now = fields.Integer(attribute="heat.now")
    now_items = fields.Integer(attribute="heat.now_items")
    now_late = fields.Integer(attribute="heat.now_late")
    oldest = fields.AwareDateTime(attribute="heat.oldest", allow_none=True)
    ended = fields.Integer(attribute="heat.ended")
    seconds = fields.Float(attribute="heat.seconds")
    median = fields.Float(attribute="heat.median", allow_none=True)
    p90 = fields.Float(attribute="heat.p90", allow_none=True)
    dated = fields.Integer(attribute="heat.dated")
    late = fields.Integer(attribute="heat.late")
    returned = fields.Integer(attribute="heat.returned")
    repeated = fields.Integer(attribute="heat.repeated")


class HeatMapSchema(Schema):
    """Where items of a process wait, on the picture of one of its versions."""

    definition_id = fields.Integer(attribute="definition.id")
    version = fields.Integer(attribute="definition.version")
    spots = fields.List(fields.Nested(SpotSchema))


class DrawingSchema(Schema):
    """A draft of a diagram."""

    id = fields.Integer()
    process_id = fields.String()
    name = fields.String()
    name_en = fields.String()
    base_id = fields.Integer(allow_none=True, metadata={"description": "The version it changes."})
    older_id = fields.Integer(
        allow_none=True, metadata={"description": "The version that it brings back."}
    )
    revision = fields.Integer()
    state = one_of(DrawingState)
    saved_by = fields.String(attribute="saved_by.name")
    saved_at = fields.AwareDateTime()
    definition_id = fields.Integer(allow_none=True)


class DeploymentSchema(Schema):
    """How a version came, and what runs on it; shipped ones have no record."""

    definition = fields.Nested(DefinitionSchema)
    how = fields.Function(lambda version: version.deployment and version.deployment.how.value)
    note = fields.Function(lambda version: version.deployment and version.deployment.note)
    reviewed_by_id = fields.Function(
        lambda version: version.deployment and version.deployment.reviewed_by_id
    )
    running = fields.Integer()
    ran = fields.Integer()


class FlawSchema(Schema):
    """Something in a diagram that the gate refuses, or warns of."""

    code = fields.String()
    severity = fields.String(metadata={"description": "error: refused; warning: it runs."})
    element_id = fields.String(allow_none=True)
    element_name = fields.String(allow_none=True)
    facts = fields.Dict()
    words = fields.String(metadata={"description": "In the reader's language."})


class HistoryEntrySchema(Schema):
    """One line of the engine's own history."""

    id = fields.Integer()
    instance_id = fields.UUID()
    at = fields.AwareDateTime()
    kind = fields.String()
    element_id = fields.String(allow_none=True)
    element_name = fields.String(allow_none=True)
    by = fields.String()
    facts = fields.Dict()


class BreakSchema(Schema):
    """A place where the chain of the history doesn't hold."""

    instance_id = fields.UUID()
    at = fields.Integer(metadata={"description": "The number of the entry."})
    reason = fields.String()


class IncidentSchema(Schema):
    """Something that failed by rule and waits for somebody to mend it."""

    id = fields.Integer(attribute="incident.id")
    kind = fields.String(attribute="incident.kind")
    error = fields.String(attribute="incident.error")
    at = fields.AwareDateTime(attribute="incident.at")
    element_id = fields.String(attribute="incident.element_id", allow_none=True)
    element_name = fields.String(attribute="incident.name")
    process = fields.String(attribute="process.name")
    item_id = fields.Integer(attribute="item.id")
