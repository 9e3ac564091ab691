"""Snapshots: the ledger and its figures as they were, their proof, and what changed since."""

from flask import Response, g
from marshmallow import fields

from engine import Session
from web.api.figures import (
    FigureSchema,
    PagedSchema,
    RowsQuery,
    UnitQuery,
    figure_told,
    paged,
)
from web.api.resource import Resource, collection
from web.api.schemas.kinds import one_of
from web.api.wire import Body, act, dump, show
from web.shapes import Schema
from web.shapes import figures as figure_shapes
from web.transaction import reading
from workflows import figures
from workflows.actors import Actor
from workflows.tables import Kind, Source

blueprint = Resource("Snapshots", __name__, "The ledger as it was frozen")


class SnapshotSchema(Schema):
    """Which days and which part of the ledger were frozen, when, and the digest of it all."""

    id = fields.Integer()
    first = fields.Date()
    last = fields.Date()
    stood_on = fields.Date()
    purpose = fields.String()
    period = fields.String(allow_none=True)
    unit_ids = fields.List(fields.Integer())
    kinds = fields.List(fields.String())
    sources = fields.List(fields.String())
    taken_at = fields.AwareDateTime()
    taken_by_id = fields.Integer(allow_none=True)
    digest = fields.String()


class FrozenFigureSchema(Schema):
    """A figure as it was frozen, and of how many rows."""

    name = fields.String()
    value = fields.Decimal(as_string=True, allow_none=True)
    of = fields.Integer(allow_none=True)
    why_not = fields.String()
    count_of_rows = fields.Integer()


class WholeSnapshotSchema(SnapshotSchema):
    """A snapshot with its figures; ``proved`` says whether its digest still proves it."""

    proved = fields.Boolean()
    figures = fields.List(fields.Nested(FrozenFigureSchema))


class FrozenLineSchema(Schema):
    """A line of the ledger as it was."""

    item_id = fields.Integer()
    number = fields.String()
    title = fields.String()
    kind = one_of(Kind)
    source = one_of(Source)
    state = fields.String()
    light = fields.String()
    began_on = fields.Date()
    due_on = fields.Date(allow_none=True)
    ended_on = fields.Date(allow_none=True)
    percent = fields.Integer()
    unit = fields.String()


class FrozenLedgerSchema(PagedSchema):
    """A page of the ledger as it was."""

    lines = fields.List(fields.Nested(FrozenLineSchema))


class ChangedFigureSchema(Schema):
    """A figure that is another one now."""

    name = fields.String()
    then = fields.Decimal(as_string=True, allow_none=True)
    now = fields.Decimal(as_string=True, allow_none=True)


class ChangedLineSchema(Schema):
    """A line of the ledger then and now; none now, if it isn't there any more."""

    then = fields.Nested(FrozenLineSchema)
    now = fields.Nested(FrozenLineSchema, allow_none=True)


ChangesSchema = collection("SnapshotChanges", figures=ChangedFigureSchema, lines=ChangedLineSchema)
SnapshotsSchema = collection("Snapshots", snapshots=SnapshotSchema)


@blueprint.look("/snapshots", SnapshotsSchema)
def many() -> Response:
    """List the snapshots, the latest first."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(SnapshotsSchema(), {"snapshots": figures.snapshots(session, actor)})

    return show(look)


@blueprint.act("/snapshots", figure_shapes.Take, WholeSnapshotSchema, status=201)
def take(sent: Body) -> Response:
    """Freeze the ledger, or a part of it; it is counted first, so nobody waits for it."""
    with reading() as session:
        counted = figures.prepare(session, g.actor, **sent)

    def deed(session: Session, actor: Actor) -> Body:
        taken = figures.take_prepared(session, actor, counted, sent["purpose"])
        return _whole(session, actor, taken.id, None)

    return act(deed, status=201)


@blueprint.look("/snapshots/<int:snapshot_id>", WholeSnapshotSchema, query=UnitQuery)
def one(wish: Body, snapshot_id: int) -> Response:
    """Show a snapshot with its figures, the whole house's or a unit's."""
    return show(lambda session, actor: _whole(session, actor, snapshot_id, **wish))


@blueprint.look("/snapshots/<int:snapshot_id>/figures/<name>", FigureSchema, query=RowsQuery)
def figure(wish: Body, snapshot_id: int, name: str) -> Response:
    """Show a frozen figure with the rows that made it, as they were."""

    def look(session: Session, actor: Actor) -> Body:
        rows = figures.frozen_rows(session, actor, snapshot_id, name, wish["unit_id"])
        found = figures.frozen(session, actor, snapshot_id, wish["unit_id"]).get(name)
        return dump(FigureSchema(), figure_told(name, found, rows, wish["page"]))

    return show(look)


@blueprint.look("/snapshots/<int:snapshot_id>/ledger", FrozenLedgerSchema, query=RowsQuery)
def ledger_then(wish: Body, snapshot_id: int) -> Response:
    """Show the lines of the ledger as they were."""

    def look(session: Session, actor: Actor) -> Body:
        lines = figures.ledger_then(session, actor, snapshot_id, wish["unit_id"])
        return dump(FrozenLedgerSchema(), paged("lines", lines, wish["page"]))

    return show(look)


@blueprint.look("/snapshots/<int:snapshot_id>/changes", ChangesSchema)
def changes(snapshot_id: int) -> Response:
    """Tell the figures and lines that are others today."""

    def look(session: Session, actor: Actor) -> Body:
        lines = figures.lines_changed_since(session, actor, snapshot_id)
        changed = {
            "figures": figures.changed_since(session, actor, snapshot_id),
            "lines": [{"then": then, "now": now} for then, now in lines],
        }
        return dump(ChangesSchema(), changed)

    return show(look)


def _whole(session: Session, actor: Actor, snapshot_id: int, unit_id: int | None) -> Body:
    snapshot = figures.snapshot_of(session, actor, snapshot_id)
    found = figures.frozen(session, actor, snapshot_id, unit_id)
    return {
        **dump(SnapshotSchema(), snapshot),
        "proved": figures.verify(session, snapshot),
        "figures": dump(FrozenFigureSchema(many=True), found.values()),
    }
