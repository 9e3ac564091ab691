"""Groups of units that are ranked together, and which version of the rules a quarter uses."""

from flask import Response
from marshmallow import ValidationError, fields

import engine
from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.kinds import one_of
from web.api.wire import Body, act, dump, show
from web.shapes import NOT_OFFERED, Schema, Shape
from web.shapes import scores as score_shapes
from workflows import assessment
from workflows.actors import Actor
from workflows.assessment import GroupForm
from workflows.tables import AssessmentState, UnitKind

blueprint = Resource("Groups", __name__, "Groups and rules of the assessment", administered=True)


class UnitGroupSchema(Schema):
    """A group, and the kind of units that belongs to it without being placed."""

    id = fields.Integer()
    name = fields.String()
    name_en = fields.String()
    kind = one_of(UnitKind, null=True)
    position = fields.Integer()


class GroupedUnitSchema(Schema):
    """A unit that is assessed, and in which group."""

    unit_id = fields.Integer()
    group_id = fields.Integer()
    by_hand = fields.Boolean()


class RulesSchema(Schema):
    """The version of the rules that a quarter uses, and those that it might."""

    year = fields.Integer()
    quarter = fields.Integer()
    state = one_of(AssessmentState)
    definition_id = fields.Integer(allow_none=True)
    version = fields.Integer(allow_none=True)
    chosen = fields.Boolean()
    versions = fields.List(
        fields.Nested(
            Schema.from_dict(
                {
                    "id": fields.Integer(),
                    "version": fields.Integer(),
                    "deployed_at": fields.AwareDateTime(),
                },
                name="RulesVersionSchema",
            )
        )
    )


class Places(Shape):
    """Where units belong: a group's number, ``kind`` for where their kind does, or ``none``."""

    places = fields.Dict(keys=fields.Integer(strict=False), values=fields.String(), required=True)


GroupsSchema = collection("UnitGroups", groups=UnitGroupSchema, units=GroupedUnitSchema)


@blueprint.look("/assessment/groups", GroupsSchema)
def many() -> Response:
    """List the groups, and where each unit that is assessed belongs."""
    return show(_all)


@blueprint.act("/assessment/groups", score_shapes.GroupText, GroupsSchema, status=201)
def add(sent: Body) -> Response:
    """Add a group."""

    def deed(session: Session, actor: Actor) -> Body:
        assessment.add_group(session, actor, GroupForm(**sent))
        return _all(session, actor)

    return act(deed, status=201)


@blueprint.act("/assessment/groups/<int:group_id>", score_shapes.GroupText, GroupsSchema)
def change(sent: Body, group_id: int) -> Response:
    """Change a group."""

    def deed(session: Session, actor: Actor) -> Body:
        assessment.change_group(session, actor, group_id, GroupForm(**sent))
        return _all(session, actor)

    return act(deed)


@blueprint.act("/assessment/groups/<int:group_id>/remove", None, GroupsSchema)
def remove(group_id: int) -> Response:
    """Take a group away; its units belong where their kind does."""

    def deed(session: Session, actor: Actor) -> Body:
        assessment.remove_group(session, actor, group_id)
        return _all(session, actor)

    return act(deed)


@blueprint.act("/assessment/places", Places, GroupsSchema)
def place(sent: Body) -> Response:
    """Put units into groups by hand."""
    for wanted in sent["places"].values():
        if wanted not in (assessment.BY_KIND, assessment.NOWHERE) and not wanted.isdecimal():
            raise ValidationError({"places": [NOT_OFFERED]})

    def deed(session: Session, actor: Actor) -> Body:
        assessment.place_units(session, actor, sent["places"])
        return _all(session, actor)

    return act(deed)


@blueprint.look("/assessment/<int:year>/<int:number>/rules", RulesSchema)
def rules_of(year: int, number: int) -> Response:
    """Show which version of the rules a quarter uses."""
    return show(lambda session, _actor: _rules(session, year, number))


@blueprint.act("/assessment/<int:year>/<int:number>/rules", score_shapes.TableChoice, RulesSchema)
def choose(sent: Body, year: int, number: int) -> Response:
    """Let a quarter use another version of the rules."""

    def deed(session: Session, actor: Actor) -> Body:
        assessment.choose_table(session, actor, year, number, **sent)
        return _rules(session, year, number)

    return act(deed)


def _all(session: Session, _actor: Actor) -> Body:
    placed = assessment.places(session)
    units = [
        {"unit_id": unit.id, "group_id": group.id, "by_hand": unit.id in placed}
        for unit, group in assessment.grouped(session).values()
    ]
    return dump(GroupsSchema(), {"groups": assessment.groups(session), "units": units})


def _rules(session: Session, year: int, number: int) -> Body:
    quarter = assessment.known_quarter(session, year, number)
    row = assessment.row_of(session, quarter)
    table = assessment.table_of(session, quarter, row)
    told = {
        "year": year,
        "quarter": number,
        "state": assessment.state_of(row),
        "definition_id": table.id if table else None,
        "version": table.version if table else None,
        "chosen": row is not None and row.table_id is not None,
        "versions": engine.decision_versions(session, "scores"),
    }
    return dump(RulesSchema(), told)
