"""Posts and the people in them: deputies, steps given to a colleague, hand-overs."""

from uuid import UUID

from flask import Response
from marshmallow import fields

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.items import ItemSchema
from web.api.tasks import seen
from web.api.wire import Body, act, dump, must_match, show
from web.shapes import Schema, Shape, line, row, text
from web.shapes import changes as change_shapes
from workflows import posts
from workflows.people import Actor
from workflows.tables import Deputy, HandOver

blueprint = Resource("Posts", __name__, "Deputies, delegations and hand-overs")


class DeputyRecordSchema(Schema):
    """Who acts in a post while its holder is away; ``until`` is the first day back."""

    id = fields.Integer()
    post_id = fields.Integer()
    person_id = fields.Integer()
    since = fields.Date()
    until = fields.Date(allow_none=True)
    reason = fields.String()
    appointed_at = fields.AwareDateTime()


class DelegationSchema(Schema):
    """A step given to a colleague, and how it came back."""

    id = fields.Integer()
    task_id = fields.UUID()
    from_id = fields.Integer()
    to_id = fields.Integer()
    note = fields.String()
    at = fields.AwareDateTime()
    ended_at = fields.AwareDateTime(allow_none=True)
    answer = fields.String()


class HandOverRecordSchema(Schema):
    """A post changed hands: the list of its open work as it was that day."""

    id = fields.Integer()
    post_id = fields.Integer()
    from_id = fields.Integer(allow_none=True)
    to_id = fields.Integer()
    on = fields.Date()
    remarks = fields.String()
    work = fields.List(fields.Dict())
    made_at = fields.AwareDateTime()
    received_at = fields.AwareDateTime(allow_none=True)


class DelegationShape(Shape):
    """To whom a step is given, and what they are told."""

    person_id = row(required=True)
    note = line()


class AnswerShape(Shape):
    """What is said as a step is given back."""

    answer = text(required=True)


class SupervisorShape(Shape):
    """Who looks after an item from now on."""

    person_id = row(required=True)


DeputiesSchema = collection("Deputies", deputies=DeputyRecordSchema)
HandOversSchema = collection("HandOvers", hand_overs=HandOverRecordSchema)


@blueprint.look("/deputies", DeputiesSchema)
def deputies() -> Response:
    """List who acts or will act in the caller's posts, or for an administrator in any."""

    def look(session: Session, actor: Actor) -> Body:
        found = [one.deputy for one in posts.absences(session, actor)]
        return dump(DeputiesSchema(), {"deputies": found})

    return show(look)


@blueprint.act("/deputies", change_shapes.Deputy, DeputyRecordSchema, status=201)
def appoint(sent: Body) -> Response:
    """Let a colleague act in a post."""

    def deed(session: Session, actor: Actor) -> Body:
        away = posts.Away(sent["since"], sent["until"], sent["reason"])
        made: Deputy = posts.appoint(session, actor, sent["post_id"], sent["person_id"], away)
        return dump(DeputyRecordSchema(), made)

    return act(deed, status=201)


@blueprint.act("/deputies/<int:deputy_id>/end", None, DeputyRecordSchema)
def end(deputy_id: int) -> Response:
    """Let a deputy's time end today."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(DeputyRecordSchema(), posts.end_deputy(session, actor, deputy_id))

    return act(deed)


@blueprint.act("/tasks/<uuid:task_id>/delegate", DelegationShape, DelegationSchema, guarded=True)
def delegate(sent: Body, task_id: UUID) -> Response:
    """Give a step to a colleague; it can be taken back."""

    def deed(session: Session, actor: Actor) -> Body:
        must_match(seen(session, actor, task_id))
        given = posts.delegate(session, actor, task_id, sent["person_id"], sent["note"])
        return dump(DelegationSchema(), given)

    return act(deed)


@blueprint.act("/tasks/<uuid:task_id>/give-back", AnswerShape, DelegationSchema)
def give_back(sent: Body, task_id: UUID) -> Response:
    """Give a step back to whoever gave it."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(DelegationSchema(), posts.give_back(session, actor, task_id, sent["answer"]))

    return act(deed)


@blueprint.act("/tasks/<uuid:task_id>/take-back", None, DelegationSchema)
def take_back(task_id: UUID) -> Response:
    """Take a step back from the colleague."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(DelegationSchema(), posts.take_back(session, actor, task_id))

    return act(deed)


@blueprint.act(
    "/posts/<int:post_id>/hand-over", change_shapes.HandOver, HandOverRecordSchema, status=201
)
def hand_over(sent: Body, post_id: int) -> Response:
    """Give a post to its successor with all that is open."""

    def deed(session: Session, actor: Actor) -> Body:
        return _told(actor, posts.hand_over(session, actor, post_id, **sent))

    return act(deed, status=201)


@blueprint.look("/hand-overs", HandOversSchema)
def waiting() -> Response:
    """List the hand-overs that wait for the caller's signature."""

    def look(session: Session, actor: Actor) -> Body:
        found = posts.waiting_hand_overs(session, actor)
        return dump(HandOversSchema(), {"hand_overs": found})

    return show(look)


@blueprint.look("/hand-overs/<int:hand_over_id>", HandOverRecordSchema)
def one(hand_over_id: int) -> Response:
    """Show the list of a hand-over."""

    def look(session: Session, actor: Actor) -> Body:
        return _told(actor, posts.hand_over_of(session, actor, hand_over_id))

    return show(look)


@blueprint.act("/hand-overs/<int:hand_over_id>/receive", None, HandOverRecordSchema)
def receive(hand_over_id: int) -> Response:
    """Sign for the work that was handed over."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(HandOverRecordSchema(), posts.receive(session, actor, hand_over_id))

    return act(deed)


@blueprint.act("/items/<int:item_id>/supervisor", SupervisorShape, ItemSchema)
def supervisor(sent: Body, item_id: int) -> Response:
    """Let another supervisor look after an item."""

    def deed(session: Session, actor: Actor) -> Body:
        item = posts.hand_to_supervisor(session, actor, item_id, sent["person_id"])
        return dump(ItemSchema(), item)

    return act(deed)


def _told(actor: Actor, made: HandOver) -> Body:
    """Return the record as the actor may read it: who only administers reads no titles."""
    body = dump(HandOverRecordSchema(), made)
    if not posts.tells_titles(actor):
        body["work"] = [{**row, "title": ""} for row in body["work"]]
    return body
