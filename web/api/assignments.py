"""Units' parts of items: urge them, leave a receipt, and ask for an extension."""

from flask import Response

from engine import Session
from web import shapes
from web.api.resource import Resource, collection
from web.api.schemas import ExtensionSchema, UrgeSchema
from web.api.wire import Body, act, dump
from workflows import changes, items, urges
from workflows.people import Actor

blueprint = Resource("Assignments", __name__, "Units' parts of items")

UrgesSchema = collection("Urges", urges=UrgeSchema)


@blueprint.act("/assignments/urge", shapes.Urge, UrgesSchema, status=201)
def urge(sent: Body) -> Response:
    """Urge the units of one or more parts; each leaves a receipt when it is opened."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(UrgesSchema(), {"urges": urges.urge(session, actor, **sent)})

    return act(deed, status=201)


@blueprint.act("/items/<int:item_id>/urges/read", None, UrgesSchema)
def read_urges(item_id: int) -> Response:
    """Leave the receipt of every urge to the caller's own unit about an item."""

    def deed(session: Session, actor: Actor) -> Body:
        items.visible_item(session, actor, item_id)
        return dump(UrgesSchema(), {"urges": urges.open_urges(session, actor, item_id)})

    return act(deed)


@blueprint.act(
    "/assignments/<int:assignment_id>/extension",
    shapes.ExtensionRequest,
    ExtensionSchema,
    status=201,
)
def ask_extension(sent: Body, assignment_id: int) -> Response:
    """Ask the leader for a later limit, before the old one runs out."""

    def deed(session: Session, actor: Actor) -> Body:
        extension = changes.ask_extension(session, actor, assignment_id, **sent)
        session.flush()  # the row gets its number
        return dump(ExtensionSchema(), extension)

    return act(deed, status=201)
