"""Units' parts of items: urge them, leave a receipt, ask for a change, come and go."""

from flask import Response

from engine import Session
from web import shapes
from web.api.resource import Resource, collection
from web.api.schemas import ChangeSchema, UrgeSchema
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
    "/assignments/<int:assignment_id>/change",
    shapes.ChangeWish,
    ChangeSchema,
    status=201,
)
def ask_change(sent: Body, assignment_id: int) -> Response:
    """Ask for a later limit, another target, or to be let go, before the limit runs out."""

    def deed(session: Session, actor: Actor) -> Body:
        request = changes.ask_change(session, actor, assignment_id, changes.Wish(**sent))
        session.flush()  # the row gets its number
        return dump(ChangeSchema(), request)

    return act(deed, status=201)
