"""Yearly targets: how they stand, and how they are set."""

from flask import Response, g
from marshmallow import fields

from engine import Session
from web.api.resource import Resource, collection
from web.api.wire import Body, act, dump, show
from web.moments import today
from web.shapes import Schema
from web.shapes import targets as target_shapes
from web.transaction import reading
from workflows import targets
from workflows.people import Actor
from workflows.tables import Direction, Measure, Path, Target, TargetState
from workflows.targets import measuring, overview
from workflows.targets.overview import Line, Wanted
from workflows.targets.path import Standing

blueprint = Resource("Targets", __name__, "Yearly targets")


class ReadingSchema(Schema):
    """How far a target had come when the ledger was frozen."""

    on = fields.Date()
    snapshot_id = fields.Integer()
    value = fields.Decimal(as_string=True, allow_none=True)
    why_not = fields.String()


class TargetSchema(Schema):
    """A target as it was set."""

    id = fields.Integer()
    year = fields.Integer()
    unit_id = fields.Integer(allow_none=True)
    item_id = fields.Integer(allow_none=True)
    measure = fields.Enum(Measure, by_value=fields.String)
    figure = fields.String()
    direction = fields.Enum(Direction, by_value=fields.String)
    amount = fields.Decimal(as_string=True)
    counted_in = fields.String()
    path = fields.Enum(Path, by_value=fields.String)
    first = fields.Decimal(as_string=True, allow_none=True)
    second = fields.Decimal(as_string=True, allow_none=True)
    third = fields.Decimal(as_string=True, allow_none=True)
    note = fields.String()
    state = fields.Enum(TargetState, by_value=fields.String)
    older_id = fields.Integer(allow_none=True)
    reason = fields.String()
    opinion = fields.String()


class TargetLineSchema(Schema):
    """A target with what the ledger says to it today, or on its year's last day."""

    target = fields.Nested(TargetSchema)
    day = fields.Date()
    value = fields.Decimal(as_string=True, allow_none=True)
    of = fields.Integer(allow_none=True)
    why_not = fields.String()
    expected = fields.Decimal(as_string=True)
    stands = fields.Enum(Standing, by_value=fields.String)
    forecast = fields.Decimal(as_string=True, allow_none=True)
    readings = fields.List(fields.Nested(ReadingSchema))


class FrozenSchema(Schema):
    """The snapshot in which the readings were taken."""

    snapshot_id = fields.Integer()


TargetsSchema = collection("Targets", targets=TargetLineSchema)


@blueprint.look("/targets", TargetsSchema, query=target_shapes.TargetsQuery)
def many(wish: Body) -> Response:
    """List a year's targets, the worst first; a unit sees its own."""

    def look(session: Session, actor: Actor) -> Body:
        asked = {**wish, "year": wish["year"] or today().year}
        found = overview.lines(session, actor, Wanted(**asked))
        return dump(TargetsSchema(), {"targets": [_told(line) for line in found]})

    return show(look)


@blueprint.look("/targets/<int:target_id>", TargetLineSchema)
def one(target_id: int) -> Response:
    """Show a target, how far it has come, and how far it had."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(TargetLineSchema(), _told(overview.one(session, actor, target_id)))

    return show(look)


@blueprint.act("/targets", target_shapes.TargetForm, TargetSchema, status=201)
def draft(sent: targets.Entry) -> Response:
    """Draft a target; the director puts it in force."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(TargetSchema(), targets.draft(session, actor, sent))

    return act(deed, status=201)


@blueprint.act("/targets/<int:target_id>/change", target_shapes.TargetChange, TargetSchema)
def change(sent: Body, target_id: int) -> Response:
    """Draft what is to replace a target in force, and say why; or change a draft."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(TargetSchema(), targets.change(session, actor, target_id, **sent))

    return act(deed)


@blueprint.act("/targets/<int:target_id>/decide", target_shapes.TargetDecision, TargetSchema)
def decide(sent: Body, target_id: int) -> Response:
    """Put a drafted target in force, or return it."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(TargetSchema(), targets.decide(session, actor, target_id, **sent))

    return act(deed)


@blueprint.act("/targets/<int:target_id>/end", target_shapes.TargetEnd, TargetSchema)
def end(sent: Body, target_id: int) -> Response:
    """Take a target out of force; it stays on record."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(TargetSchema(), targets.end(session, actor, target_id, **sent))

    return act(deed)


@blueprint.act("/targets/freeze", target_shapes.TargetsYear, FrozenSchema, status=201)
def freeze(sent: Body) -> Response:
    """Freeze the ledger and every target's reading of today."""
    with reading() as session:
        counted = measuring.prepare(session, g.actor, sent["year"])

    def deed(session: Session, actor: Actor) -> Body:
        snapshot = measuring.freeze(session, actor, sent["year"], counted)
        return dump(FrozenSchema(), {"snapshot_id": snapshot.id})

    return act(deed, status=201)


def _told(line: Line) -> dict[str, object]:
    target: Target = line.target
    return {
        "target": target,
        "day": line.day,
        "value": line.value,
        "of": line.counted.of,
        "why_not": line.counted.why_not,
        "expected": line.expected,
        "stands": line.stands,
        "forecast": line.forecast,
        "readings": line.readings,
    }
