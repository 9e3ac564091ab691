"""An item's history as the engine chained it, for auditors."""

from flask import Response

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.diagrams import BreakSchema, HistoryEntrySchema
from web.api.wire import Body, dump, show
from workflows import story
from workflows.people import Actor

blueprint = Resource("History", __name__, "The engine's own record, chained")

HistorySchema = collection("History", entries=HistoryEntrySchema)
VerificationSchema = collection("Verification", breaks=BreakSchema)


@blueprint.look("/items/<int:item_id>/history", HistorySchema)
def entries(item_id: int) -> Response:
    """List what the engine recorded about an item, oldest first."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(HistorySchema(), {"entries": story.history_of(session, actor, item_id)})

    return show(look)


@blueprint.look("/items/<int:item_id>/history/verification", VerificationSchema)
def verify(item_id: int) -> Response:
    """Check the chain of an item's history; an empty list means that nothing was changed."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(VerificationSchema(), {"breaks": story.breaks_of(session, actor, item_id)})

    return show(look)
