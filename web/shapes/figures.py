"""What is sent about snapshots and summaries."""

from typing import Any

from marshmallow import fields, post_load, validate

from web.shapes import LINE, Shape, member
from workflows.figures import Part, Span, SpanKind
from workflows.tables import Kind, Source


class Take(Shape):
    """Which part of the ledger is frozen, for which days and for what."""

    purpose = fields.String(required=True, validate=validate.Length(max=LINE))
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    unit_ids = fields.List(fields.Integer(), load_default=list)
    kinds = fields.List(member(Kind), load_default=list)
    sources = fields.List(member(Source), load_default=list)

    @post_load
    def to_part(self, said: dict[str, Any], **_: object) -> dict[str, Any]:
        """Return what is frozen as the domain knows it."""
        span = Span(said["first"], max(said["first"], said["last"]))
        part = Part(tuple(said["unit_ids"]), tuple(said["kinds"]), tuple(said["sources"]))
        return {"purpose": said["purpose"], "span": span, "part": part}


class Period(Shape):
    """Of which year, quarter or month a summary is written."""

    kind = member(SpanKind, required=True)
    year = fields.Integer(required=True, validate=validate.Range(min=2000, max=2199))
    month = fields.Integer(load_default=1, validate=validate.Range(min=1, max=12))
    quarter = fields.Integer(load_default=1, validate=validate.Range(min=1, max=4))
    anew = fields.Boolean(load_default=False)

    @post_load
    def to_span(self, said: dict[str, Any], **_: object) -> dict[str, Any]:
        """Return the days that it is about."""
        year = said["year"]
        spans = {
            SpanKind.YEAR: Span.year(year),
            SpanKind.QUARTER: Span.quarter(year, said["quarter"]),
            SpanKind.MONTH: Span.month(year, said["month"]),
        }
        return {"span": spans[said["kind"]], "anew": said["anew"]}
