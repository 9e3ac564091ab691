"""Decisions and what is asked before an item: parts, common reports, look-alikes, burden, plan."""

from typing import Any

from flask import Response
from marshmallow import fields, validate

from engine import Session
from web import cases
from web.api.resource import Resource, collection
from web.api.schemas.kinds import one_of
from web.api.wire import Body, act, dump, show
from web.openings import plan_of_shape
from web.shapes import Schema, Shape, line, member
from web.shapes import opening as opening_shapes
from web.shapes import steps as step_shapes
from workflows import rules
from workflows.decisions import common_reports
from workflows.decisions.common_reports import PartShare
from workflows.items import visible_item
from workflows.lights import Light
from workflows.opening.alike import look_alikes
from workflows.opening.burden import burdens
from workflows.opening.plans import keep_plan, plan_of
from workflows.people import Actor
from workflows.reports import ReportText
from workflows.rules import OFFICE
from workflows.tables import Source

blueprint = Resource("Decisions", __name__, "Decisions, and what comes before an item")


class PartSchema(Schema):
    """A part of a decision."""

    id = fields.Integer(attribute="item.id")
    number = fields.String(attribute="item.number")
    title = fields.String(attribute="item.title")
    units = fields.List(fields.String())
    responsible_person = fields.String(attribute="item.responsible_person")
    due_on = fields.Date(attribute="item.due_on", allow_none=True)
    percent = fields.Integer(attribute="item.percent")
    weight = fields.Integer(attribute="item.weight")
    light = one_of(Light)


class LookAlikeSchema(Schema):
    """An open item that looks like a matter."""

    item_id = fields.Integer(attribute="item.id")
    number = fields.String(attribute="item.number")
    title = fields.String(attribute="item.title")
    percent = fields.Integer()
    units = fields.List(fields.String())
    shared = fields.List(fields.String())


class WeekSchema(Schema):
    """Seven days of a unit, and how often it is asked for a report in them."""

    first = fields.Date()
    requests = fields.Integer()
    coming = fields.Boolean()


class BurdenSchema(Schema):
    """How busy a unit is."""

    unit_id = fields.Integer(attribute="unit.id")
    unit = fields.String(attribute="unit.name")
    open_parts = fields.Integer()
    weeks = fields.List(fields.Nested(WeekSchema))


class PlanSchema(Schema):
    """An item's plan of supervision."""

    content = fields.String(attribute="plan.content")
    scope = fields.String(attribute="plan.scope")
    methods = fields.List(fields.String(), attribute="plan.methods")
    from_on = fields.Date(attribute="plan.from_on", allow_none=True)
    until_on = fields.Date(attribute="plan.until_on", allow_none=True)
    unit_ids = fields.Function(lambda kept: [row.unit_id for row in kept.units])


class CommonSchema(Schema):
    """A report that serves several parts."""

    id = fields.Integer()
    unit_id = fields.Integer()
    at = fields.DateTime()


class AlikeQuery(Shape):
    """The matter that look-alikes are sought for."""

    title = line()
    source = member(Source)
    unit = fields.List(fields.Integer(), load_default=list, validate=validate.Length(max=100))


PartsSchema = collection("Parts", parts=PartSchema)
AlikeSchema = collection("LookAlikes", items=LookAlikeSchema)
BurdensSchema = collection("Burdens", units=BurdenSchema)


@blueprint.look("/items/<int:item_id>/parts", PartsSchema)
def parts(item_id: int) -> Response:
    """List the parts that a decision was broken down into."""

    def look(session: Session, actor: Actor) -> Body:
        item = visible_item(session, actor, item_id)
        return dump(PartsSchema(), {"parts": cases.family_of(session, actor, item)["family"]})

    return show(look)


@blueprint.look("/look-alikes", AlikeSchema, query=AlikeQuery)
def alike(wanted: dict[str, Any]) -> Response:
    """Find the open items that look like a matter."""

    def look(session: Session, actor: Actor) -> Body:
        rules.must_have(actor, *OFFICE)
        found = look_alikes(session, wanted["title"], wanted["source"], wanted["unit"])
        return dump(AlikeSchema(), {"items": found})

    return show(look)


@blueprint.look("/units/<int:unit_id>/burden", BurdensSchema)
def burden(unit_id: int) -> Response:
    """Tell how busy a unit is."""

    def look(session: Session, actor: Actor) -> Body:
        rules.must_have(actor, *OFFICE)
        return dump(BurdensSchema(), {"units": burdens(session, [unit_id])})

    return show(look)


@blueprint.look("/items/<int:item_id>/plan", PlanSchema)
def plan(item_id: int) -> Response:
    """Show an item's plan of supervision."""
    return show(lambda session, actor: _plan(session, actor, item_id))


@blueprint.act("/items/<int:item_id>/plan", opening_shapes.Plan, PlanSchema)
def write_plan(sent: Body, item_id: int) -> Response:
    """Write an item's plan of supervision."""

    def deed(session: Session, actor: Actor) -> Body:
        keep_plan(session, actor, item_id, plan_of_shape(sent))
        return _plan(session, actor, item_id)

    return act(deed)


@blueprint.act("/reports/common", step_shapes.CommonReport, CommonSchema, status=201)
def report_in_common(sent: Body) -> Response:
    """File one report for several of a unit's parts, each with its own share."""

    def deed(session: Session, actor: Actor) -> Body:
        said = dict(sent)
        shares = [PartShare(**part) for part in said.pop("parts")]
        words = ReportText(False, **said, percent=0)  # noqa: FBT003 (each part says its own)
        report = common_reports.submit_common(session, actor, shares, words)
        return dump(CommonSchema(), report)

    return act(deed, status=201)


def _plan(session: Session, actor: Actor, item_id: int) -> Body:
    return dump(PlanSchema(), plan_of(session, visible_item(session, actor, item_id)))
