"""Views of the ledger that the caller keeps."""

from urllib.parse import parse_qsl, urlencode

from flask import Response
from werkzeug.datastructures import MultiDict

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.ledger import ViewSchema
from web.api.wire import Body, act, dump, show
from web.ledger_wishes import wish_of
from web.shapes import ledger as ledger_shapes
from workflows import ledger
from workflows.people import Actor

blueprint = Resource("Views", __name__, "Kept views of the ledger")

ViewsSchema = collection("Views", views=ViewSchema)


@blueprint.look("/ledger/views", ViewsSchema)
def many() -> Response:
    """List the caller's own views, by name."""
    return show(own)


@blueprint.act("/ledger/views", ledger_shapes.View, ViewSchema, status=201)
def keep(sent: Body) -> Response:
    """Keep a view; the same name again takes the new query."""
    wish = wish_of(MultiDict(parse_qsl(sent["query"])))

    def deed(session: Session, actor: Actor) -> Body:
        query = urlencode(wish.query(page=1))
        return dump(ViewSchema(), ledger.keep_view(session, actor, sent["name"], query))

    return act(deed, status=201)


@blueprint.act("/ledger/views/<int:view_id>/drop", None, ViewsSchema)
def drop(view_id: int) -> Response:
    """Forget a view; those that stay are the answer."""

    def deed(session: Session, actor: Actor) -> Body:
        ledger.drop_view(session, actor, view_id)
        return own(session, actor)

    return act(deed)


def own(session: Session, actor: Actor) -> Body:
    """Return the views that somebody keeps."""
    return dump(ViewsSchema(), {"views": ledger.views(session, actor)})
