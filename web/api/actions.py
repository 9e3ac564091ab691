"""Supervision actions with their photographs, stations with their logs, letters to leaders."""

from uuid import UUID

from flask import Response, g, request
from marshmallow import fields, validate

from engine import Session
from web.api.resource import BYTES, Resource, collection
from web.api.schemas.items import PaperShape
from web.api.schemas.kinds import one_of
from web.api.wire import Body, act, dump, open_for, show
from web.downloads import give
from web.shapes import Schema, Shape
from web.shapes import actions as action_shapes
from web.transaction import database, reading
from workflows import actions, papers, revisits
from workflows.actions import room
from workflows.actions.room import ActionFilter
from workflows.lights import Light
from workflows.methods import Method
from workflows.people import Actor
from workflows.tables import ActionState, LetterKind, Party

blueprint = Resource("Actions", __name__, "Supervision actions, stations and letters")


class ActionPhotographSchema(Schema):
    """A photograph of an action."""

    id = fields.UUID()
    name = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    sha256 = fields.String()
    caption = fields.String()
    uploaded_at = fields.AwareDateTime()
    taken_at = fields.AwareDateTime(allow_none=True)


class ActionSchema(Schema):
    """One supervision action."""

    id = fields.Integer()
    method = fields.String()
    title = fields.String()
    place = fields.String()
    state = one_of(ActionState)
    special = fields.Boolean()
    planned_on = fields.Date()
    held_on = fields.Date(allow_none=True)
    team = fields.List(fields.Integer())
    guests = fields.List(fields.Dict())
    joint = fields.List(fields.Enum(Party, by_value=fields.String))
    findings = fields.String()
    outcome = fields.String()


class ActionFileSchema(ActionSchema):
    """An action with what of it the caller may see: items, units, photographs."""

    item_ids = fields.List(fields.Integer())
    unit_ids = fields.List(fields.Integer())
    photographs = fields.List(fields.Nested(ActionPhotographSchema))


class LoggedProblemSchema(Schema):
    """A problem of a station's log."""

    id = fields.Integer(attribute="problem.id")
    number = fields.Integer(attribute="problem.number")
    text = fields.String(attribute="problem.text")
    owner_unit_id = fields.Integer(attribute="problem.owner_unit_id")
    owner_person = fields.String(attribute="problem.owner_person")
    found_on = fields.Date(attribute="problem.found_on")
    due_on = fields.Date(attribute="problem.due_on")
    settled_on = fields.Date(attribute="problem.settled_on", allow_none=True)
    settlement = fields.String(attribute="problem.settlement")
    light = one_of(Light)


class StationSchema(Schema):
    """A team on the spot, with its log."""

    id = fields.Integer(attribute="station.id")
    title = fields.String(attribute="station.title")
    place = fields.String(attribute="station.place")
    item_id = fields.Integer(attribute="station.item_id", allow_none=True)
    unit_id = fields.Integer(attribute="station.unit_id", allow_none=True)
    team = fields.List(fields.Integer(), attribute="station.team")
    guests = fields.List(fields.Dict(), attribute="station.guests")
    started_on = fields.Date(attribute="station.started_on")
    ended_on = fields.Date(attribute="station.ended_on", allow_none=True)
    outcome = fields.String(attribute="station.outcome")
    months = fields.Integer()
    problems = fields.List(fields.Nested(LoggedProblemSchema), attribute="lines")


class LetterRecordSchema(Schema):
    """A letter to a unit's principal leader, and its receipt."""

    id = fields.Integer()
    kind = one_of(LetterKind)
    unit_id = fields.Integer()
    item_id = fields.Integer(allow_none=True)
    number = fields.String()
    subject = fields.String()
    body = fields.String()
    answer_by = fields.Date(allow_none=True)
    sent_at = fields.AwareDateTime()
    read_at = fields.AwareDateTime(allow_none=True)


class ActionsQuery(Shape):
    """Which actions are listed; what is left out narrows nothing."""

    method = fields.String(validate=validate.OneOf([*Method]))
    state = fields.Enum(ActionState, by_value=fields.String)
    year = fields.Integer(validate=validate.Range(2000, 9998))
    special = fields.Boolean(load_default=False)
    text = fields.String(load_default="", validate=validate.Length(max=200))


ActionsSchema = collection("Actions", actions=ActionSchema)
StationsSchema = collection("Stations", stations=StationSchema)
LettersSchema = collection("Letters", letters=LetterRecordSchema)


# -- actions -------------------------------------------------------------------------------


@blueprint.look("/actions", ActionsSchema, query=ActionsQuery)
def many(asked: Body) -> Response:
    """List the actions that the caller may know of."""

    def look(session: Session, actor: Actor) -> Body:
        found = room.actions(session, actor, ActionFilter(**asked))
        return dump(ActionsSchema(), {"actions": found})

    return show(look)


@blueprint.look("/actions/<int:action_id>", ActionFileSchema)
def one(action_id: int) -> Response:
    """Show one action with its photographs."""
    return show(lambda session, actor: _action(session, actor, action_id))


@blueprint.act("/actions", action_shapes.ActionPlan, ActionFileSchema, status=201)
def plan(sent: Body) -> Response:
    """Plan an action."""

    def deed(session: Session, actor: Actor) -> Body:
        planned = actions.plan_action(session, actor, actions.ActionPlan(**_guests(sent)))
        return _action(session, actor, planned.id)

    return act(deed, status=201)


@blueprint.act("/actions/<int:action_id>/record", action_shapes.ActionRecord, ActionFileSchema)
def record(sent: Body, action_id: int) -> Response:
    """Record what an action found, and what came of it."""

    def deed(session: Session, actor: Actor) -> Body:
        actions.record_action(session, actor, action_id, actions.ActionRecord(**sent))
        return _action(session, actor, action_id)

    return act(deed)


@blueprint.act("/actions/<int:action_id>/call-off", action_shapes.Reason, ActionFileSchema)
def call_off(sent: Body, action_id: int) -> Response:
    """Call an action off."""

    def deed(session: Session, actor: Actor) -> Body:
        actions.call_off_action(session, actor, action_id, **sent)
        return _action(session, actor, action_id)

    return act(deed)


@blueprint.act(
    "/actions/<int:action_id>/photographs",
    PaperShape,
    ActionPhotographSchema,
    location="files",
    status=201,
)
def photograph(sent: Body, action_id: int) -> Response:
    """Keep a photograph with an action; a ``caption`` may be sent beside the file."""
    caption = request.form.get("caption", "")
    checked = papers.check(database(), sent["file"].filename, sent["file"].stream)

    def deed(session: Session, actor: Actor) -> Body:
        kept = actions.keep_photograph(session, actor, action_id, checked, caption)
        return dump(ActionPhotographSchema(), kept)

    return act(deed, status=201)


@blueprint.give("/actions/photographs/<uuid:photograph_id>", BYTES)
def picture(photograph_id: UUID) -> Response:
    """Give a photograph back, as an attachment."""
    with reading() as session:
        found = actions.open_photograph(session, g.actor, photograph_id)
    return give(found.path, found.media_type, found.name)


# -- stations ------------------------------------------------------------------------------


@blueprint.look("/stations", StationsSchema)
def stations() -> Response:
    """List the teams on the spot that the caller may know of, with their logs."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(StationsSchema(), {"stations": room.stations(session, actor)})

    return show(look)


@blueprint.look("/stations/<int:station_id>", StationSchema)
def station(station_id: int) -> Response:
    """Show one team with its log."""
    return show(lambda session, actor: _station(session, actor, station_id))


@blueprint.act("/stations", action_shapes.StationPlan, StationSchema, status=201)
def open_station(sent: Body) -> Response:
    """Send a team."""

    def deed(session: Session, actor: Actor) -> Body:
        opened = actions.open_station(session, actor, actions.StationPlan(**_guests(sent)))
        return _station(session, actor, opened.id)

    return act(deed, status=201)


@blueprint.act(
    "/stations/<int:station_id>/problems", action_shapes.Problem, StationSchema, status=201
)
def add_problem(sent: Body, station_id: int) -> Response:
    """Write a problem into the log: with owner, person and limit."""

    def deed(session: Session, actor: Actor) -> Body:
        actions.add_problem(session, actor, station_id, actions.Problem(**sent))
        return _station(session, actor, station_id)

    return act(deed, status=201)


@blueprint.act("/station-problems/<int:problem_id>/settle", action_shapes.Settlement, StationSchema)
def settle(sent: Body, problem_id: int) -> Response:
    """Write down how a problem came to its end."""

    def deed(session: Session, actor: Actor) -> Body:
        settled = actions.settle_problem(session, actor, problem_id, **sent)
        return _station(session, actor, settled.station_id)

    return act(deed)


@blueprint.act("/stations/<int:station_id>/end", action_shapes.StationEnd, StationSchema)
def end_station(sent: Body, station_id: int) -> Response:
    """Bring a team home."""

    def deed(session: Session, actor: Actor) -> Body:
        actions.close_station(session, actor, station_id, **sent)
        return _station(session, actor, station_id)

    return act(deed)


# -- letters -------------------------------------------------------------------------------


@blueprint.look("/letters", LettersSchema)
def letters() -> Response:
    """List the letters that the caller may read."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(LettersSchema(), {"letters": room.letters(session, actor)})

    return show(look)


@blueprint.look("/letters/<int:letter_id>", LetterRecordSchema)
def letter(letter_id: int) -> Response:
    """Show a letter; the first look of whoever heads its unit leaves the receipt."""

    def look(session: Session, actor: Actor) -> Body:
        actions.open_letter(session, actor, letter_id)
        return dump(LetterRecordSchema(), room.letter(session, actor, letter_id)[0])

    return open_for(look)


@blueprint.act("/letters", action_shapes.Letter, LetterRecordSchema, status=201)
def send_letter(sent: Body) -> Response:
    """Write to a unit's principal leader."""

    def deed(session: Session, actor: Actor) -> Body:
        sent_letter = actions.send_letter(session, actor, actions.LetterText(**sent))
        return dump(LetterRecordSchema(), sent_letter)

    return act(deed, status=201)


def _action(session: Session, actor: Actor, action_id: int) -> Body:
    file = room.action_file(session, actor, action_id)
    return {
        **dump(ActionSchema(), file.action),
        "item_ids": [item.id for item in file.items],
        "unit_ids": [unit.id for unit in file.action.units],
        "photographs": [dump(ActionPhotographSchema(), each) for each in file.photographs],
    }


def _station(session: Session, actor: Actor, station_id: int) -> Body:
    return dump(StationSchema(), room.station_file(session, actor, station_id))


def _guests(sent: Body) -> Body:
    return {**sent, "guests": [revisits.Guest(**guest) for guest in sent["guests"]]}
