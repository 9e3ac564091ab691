"""Visits made and to be made, samples of what has closed, objections to a conclusion.

Planning a visit, recording it and deciding on an objection are steps: ``web/api/steps.py``.
"""

from datetime import timedelta

from flask import Response
from marshmallow import fields

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.kinds import one_of
from web.api.wire import Body, act, dump, show
from web.shapes import Schema, Shape, member
from web.shapes import visits as visit_shapes
from workflows import revisits
from workflows.calendar import today
from workflows.people import Actor
from workflows.revisits import room
from workflows.revisits.room import Scope
from workflows.tables import Cause, Kind

QUARTER = timedelta(days=90)

blueprint = Resource("Revisits", __name__, "Revisits, samples and objections")


class VisitObjectionSchema(Schema):
    """A unit's objection to a conclusion, and what somebody else decided."""

    id = fields.Integer()
    assignment_id = fields.Integer()
    reason = fields.String()
    made_at = fields.AwareDateTime()
    upheld = fields.Boolean(allow_none=True)
    opinion = fields.String()
    decided_at = fields.AwareDateTime(allow_none=True)


class VisitSchema(Schema):
    """A visit: why, when, by whom, and what it found."""

    id = fields.Integer()
    item_id = fields.Integer()
    cause = one_of(Cause)
    sample_id = fields.Integer(allow_none=True)
    round = fields.Integer()
    ordered_at = fields.AwareDateTime()
    due_on = fields.Date(allow_none=True)
    planned_on = fields.Date(allow_none=True)
    method = fields.String(allow_none=True)
    team = fields.List(fields.Integer())
    guests = fields.List(fields.Dict())
    checklist = fields.List(fields.Dict())
    findings = fields.String()
    solved = fields.Boolean(allow_none=True)
    done_at = fields.AwareDateTime(allow_none=True)


class VisitFileSchema(VisitSchema):
    """A visit with the objections to it, and until when one may object."""

    objections = fields.List(fields.Nested(VisitObjectionSchema))
    objection_until = fields.Date(allow_none=True)
    paper_ids = fields.List(fields.UUID())


class SampleRecordSchema(Schema):
    """A sample: from what it was drawn, by which seed, and by whom."""

    id = fields.Integer()
    since = fields.Date()
    until = fields.Date()
    kinds = fields.List(fields.String())
    size = fields.Integer()
    seed = fields.String()
    drawn_by = fields.String()
    drawn_at = fields.AwareDateTime()


class SampleLineSchema(Schema):
    """One closing of a pool: its weight, and whether the lot chose it, then and drawn again."""

    item_id = fields.Integer()
    closing = fields.Integer()
    weight = fields.Float()
    drawn = fields.Boolean()
    drawn_again = fields.Boolean()
    visit_id = fields.Integer(allow_none=True)


class SampleFileSchema(SampleRecordSchema):
    """A sample with its whole pool."""

    lines = fields.List(fields.Nested(SampleLineSchema))


class VisitsQuery(Shape):
    """Which visits are listed: those to be made, or those that were made."""

    scope = member(Scope, default=Scope.OPEN)


class PoolQuery(Shape):
    """Of which period and kind the closings are; the last quarter of all kinds, unless said."""

    since = fields.Date()
    until = fields.Date()
    kind = fields.Enum(Kind, by_value=fields.String)


class PoolLineSchema(Schema):
    """A closing that could be drawn, and what it weighs."""

    item_id = fields.Integer()
    weight = fields.Float()
    factors = fields.List(fields.Dict())


class PoolSchema(Schema):
    """What a sample could be drawn from, and how many were drawn from before."""

    lines = fields.List(fields.Nested(PoolLineSchema))
    before = fields.Integer()
    weight = fields.Float()


VisitsSchema = collection("Visits", visits=VisitSchema)
VisitFilesSchema = collection("VisitFiles", visits=VisitFileSchema)
SamplesSchema = collection("Samples", samples=SampleRecordSchema)


@blueprint.look("/revisits", VisitsSchema, query=VisitsQuery)
def many(asked: Body) -> Response:
    """List the office's visits, the most pressing or the latest first."""

    def look(session: Session, actor: Actor) -> Body:
        lines = room.lines(session, actor, asked["scope"])
        return dump(VisitsSchema(), {"visits": [line.visit for line in lines]})

    return show(look)


@blueprint.look("/revisits/<int:revisit_id>", VisitFileSchema)
def one(revisit_id: int) -> Response:
    """Show one visit that the caller may know of."""
    return show(lambda session, actor: _file(room.visit_file(session, actor, revisit_id)))


@blueprint.look("/items/<int:item_id>/revisits", VisitFilesSchema)
def of_item(item_id: int) -> Response:
    """List an item's visits that the caller may know of, the latest first."""

    def look(session: Session, actor: Actor) -> Body:
        return {"visits": [_file(file) for file in room.files_of(session, actor, item_id)]}

    return show(look)


@blueprint.act(
    "/revisits/<int:revisit_id>/objection", visit_shapes.ConclusionObjection, VisitFileSchema
)
def object_to(sent: Body, revisit_id: int) -> Response:
    """Object to what a visit concluded; somebody who wasn't there decides."""

    def deed(session: Session, actor: Actor) -> Body:
        revisits.object_to_conclusion(session, actor, revisit_id, **sent)
        return _file(room.visit_file(session, actor, revisit_id))

    return act(deed)


@blueprint.look("/revisit-samples", SamplesSchema)
def samples() -> Response:
    """List every sample, the latest first."""

    def look(session: Session, actor: Actor) -> Body:
        found = revisits.samples(session, actor)
        told = [{**dump(SampleRecordSchema(), one), "drawn_by": name} for one, name, _ in found]
        return {"samples": told}

    return show(look)


@blueprint.look("/revisit-samples/pool", PoolSchema, query=PoolQuery)
def pool(asked: Body) -> Response:
    """Show from which closings of a period a sample could be drawn, with their weights."""

    def look(session: Session, actor: Actor) -> Body:
        kinds = [asked["kind"]] if "kind" in asked else []
        until = asked.get("until") or today(session)
        since = asked.get("since") or until - QUARTER
        found = revisits.pool_of(session, actor, since, until, kinds)
        lines = [
            {"item_id": item.id, "weight": risk.weight, "factors": list(risk.factors)}
            for item, risk in found.lines
        ]
        told = {"lines": lines, "before": found.before, "weight": found.weight}
        return dump(PoolSchema(), told)

    return show(look)


@blueprint.look("/revisit-samples/<int:sample_id>", SampleFileSchema)
def sample(sample_id: int) -> Response:
    """Show a sample with its whole pool, and draw it again to see that it comes out the same."""
    return show(lambda session, actor: _sample(session, actor, sample_id))


@blueprint.act("/revisit-samples", visit_shapes.Sample, SampleFileSchema, status=201)
def draw(sent: Body) -> Response:
    """Draw a sample; its revisits begin at once. A closing is in one pool only."""

    def deed(session: Session, actor: Actor) -> Body:
        drawn = revisits.draw_sample(session, actor, **sent)
        return _sample(session, actor, drawn.id)

    return act(deed, status=201)


def _file(file: room.VisitFile) -> Body:
    return {
        **dump(VisitSchema(), file.visit),
        "objections": [dump(VisitObjectionSchema(), objection) for objection, _ in file.objections],
        "objection_until": file.until.isoformat() if file.until else None,
        "paper_ids": [str(paper.id) for paper in file.papers],
    }


def _sample(session: Session, actor: Actor, sample_id: int) -> Body:
    file = revisits.sample(session, actor, sample_id)
    again = revisits.recomputed(file)
    lines = [
        {
            **dump(SampleLineSchema(), each.line),
            "drawn_again": again[each.line.item_id],
            "visit_id": each.revisit.id if each.revisit else None,
        }
        for each in file.lines
    ]
    return {**dump(SampleRecordSchema(), file.sample), "drawn_by": file.drawn_by, "lines": lines}
