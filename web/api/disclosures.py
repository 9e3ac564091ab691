"""Replies that the public reads: what is and was released, and how."""

from flask import Response
from marshmallow import fields

from engine import Session
from web.api.resource import Resource, collection
from web.api.wire import Body, act, dump, show
from web.shapes import Schema
from web.shapes import targets as target_shapes
from workflows import disclosure
from workflows.disclosure import Choice, office
from workflows.disclosure.masking import Sort
from workflows.people import Actor
from workflows.tables import ReplyClass

blueprint = Resource("Disclosures", __name__, "Replies that the public reads")


class DisclosureSchema(Schema):
    """A reply as it was released, masked and frozen."""

    id = fields.Integer()
    reply_id = fields.Integer()
    item_id = fields.Integer()
    session = fields.String()
    number = fields.String()
    title = fields.String()
    proposers = fields.String()
    unit_name = fields.String()
    reply_class = fields.Enum(ReplyClass, by_value=fields.String)
    document_number = fields.String()
    issued_on = fields.Date()
    said = fields.String()
    promise = fields.String()
    masked = fields.List(fields.Dict())
    released_at = fields.AwareDateTime()
    withdrawn_at = fields.AwareDateTime(allow_none=True)
    withdrawn_reason = fields.String()


class HiddenSchema(Schema):
    """A word that is personal, and what it is."""

    sort = fields.Enum(Sort, by_value=fields.String)
    word = fields.String()


class DisclosurePreviewSchema(Schema):
    """A reply as it would be released, what is hidden in it, and the seal to release just that."""

    title = fields.String()
    proposers = fields.String()
    said = fields.String()
    promise = fields.String()
    masked = fields.List(fields.Nested(HiddenSchema))
    shown = fields.List(fields.Nested(HiddenSchema))
    why_not = fields.String()
    seal = fields.String()


DisclosuresSchema = collection("Disclosures", disclosures=DisclosureSchema)


@blueprint.look("/disclosures", DisclosuresSchema)
def many() -> Response:
    """List what is public and what was withdrawn, the latest first."""

    def look(session: Session, actor: Actor) -> Body:
        public = [each.disclosure for each in office.released(session, actor)]
        found = [*public, *office.withdrawn(session, actor)]
        return dump(DisclosuresSchema(), {"disclosures": found})

    return show(look)


@blueprint.look("/disclosures/<int:disclosure_id>", DisclosureSchema)
def one(disclosure_id: int) -> Response:
    """Show the record of one."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(DisclosureSchema(), office.record(session, actor, disclosure_id).disclosure)

    return show(look)


@blueprint.act("/replies/<int:reply_id>/preview", target_shapes.Masking, DisclosurePreviewSchema)
def preview(sent: Body, reply_id: int) -> Response:
    """Show a reply as it would be released under a choice; nothing is changed."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(
            DisclosurePreviewSchema(), disclosure.preview(session, actor, reply_id, _choice(sent))
        )

    return act(deed)


@blueprint.act(
    "/replies/<int:reply_id>/release", target_shapes.Release, DisclosureSchema, status=201
)
def release(sent: Body, reply_id: int) -> Response:
    """Let the public read a reply, masked, exactly as its preview showed it."""

    def deed(session: Session, actor: Actor) -> Body:
        choice, seal = _choice(sent), sent["seal"]
        return dump(DisclosureSchema(), disclosure.release(session, actor, reply_id, choice, seal))

    return act(deed, status=201)


@blueprint.act(
    "/disclosures/<int:disclosure_id>/withdraw", target_shapes.TargetEnd, DisclosureSchema
)
def withdraw(sent: Body, disclosure_id: int) -> Response:
    """Take a reply from the public; its record stays."""

    def deed(session: Session, actor: Actor) -> Body:
        found = disclosure.withdraw(session, actor, disclosure_id, **sent)
        return dump(DisclosureSchema(), found)

    return act(deed)


def _choice(sent: Body) -> Choice:
    return Choice(tuple(sent["shown"]), sent["more"])
