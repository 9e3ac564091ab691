"""What is sent about snapshots and summaries."""

from marshmallow import fields, validate

from web.shapes import LINE, Shape, member
from workflows.tables import Kind, Source


class Take(Shape):
    """Which part of the ledger is frozen, for which days and for what."""

    purpose = fields.String(required=True, validate=validate.Length(max=LINE))
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    unit_ids = fields.List(fields.Integer(), load_default=list)
    kinds = fields.List(member(Kind), load_default=list)
    sources = fields.List(member(Source), load_default=list)
