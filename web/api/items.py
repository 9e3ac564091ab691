"""Items: the list with the ledger's filters, one, registering, its story, a revisit."""

from flask import Response

from engine import Session
from web.api.queries import LedgerQuery
from web.api.resource import Resource, collection
from web.api.schemas.items import ItemSchema, StoryLineSchema
from web.api.schemas.ledger import LedgerSchema
from web.api.wire import Body, act, dump, must_match, show
from web.ledger_wishes import Wish
from web.openings import of_shape
from web.shapes import opening as opening_shapes
from workflows import items, ledger, revisits, story
from workflows.opening.registering import open_item
from workflows.people import Actor

blueprint = Resource("Items", __name__, "Matters under supervision")

StorySchema = collection("Story", entries=StoryLineSchema)


@blueprint.look("/items", LedgerSchema, query=LedgerQuery)
def many(wish: Wish) -> Response:
    """List the items that the caller may see, filtered and sorted like the ledger."""
    return show(lambda session, actor: ledger_page(session, actor, wish))


@blueprint.act("/items", opening_shapes.Opening, ItemSchema, status=201)
def register(sent: Body) -> Response:
    """Register an item; secret matters are refused, and look-alikes that nobody answered."""

    def deed(session: Session, actor: Actor) -> Body:
        item = open_item(session, actor, of_shape(sent))
        return dump(ItemSchema(), item)

    return act(deed, status=201)


@blueprint.look("/items/<int:item_id>", ItemSchema)
def one(item_id: int) -> Response:
    """Show an item with its units' parts."""
    return show(lambda session, actor: seen(session, actor, item_id))


@blueprint.look("/items/<int:item_id>/story", StorySchema)
def tell(item_id: int) -> Response:
    """Tell an item's story, the newest first."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(StorySchema(), {"entries": story.story_of(session, actor, item_id)})

    return show(look)


@blueprint.act("/items/<int:item_id>/revisit", None, ItemSchema, guarded=True)
def ask_for_revisit(item_id: int) -> Response:
    """Ask that an item be revisited before it is closed."""

    def deed(session: Session, actor: Actor) -> Body:
        must_match(seen(session, actor, item_id))
        revisits.ask_for_revisit(session, actor, item_id)
        return seen(session, actor, item_id)

    return act(deed)


def ledger_page(session: Session, actor: Actor, wish: Wish) -> Body:
    """Return one page of the ledger."""
    totals = ledger.totals(session, actor, wish.filter)
    rows = ledger.rows(
        session, actor, wish.filter, wish.sort, descending=wish.descending, page=wish.page
    )
    found = {
        "items": rows,
        "page": wish.page,
        "pages": -(-totals.count // ledger.PAGE),
        "count": totals.count,
        "lights": totals.lights,
    }
    return dump(LedgerSchema(), found)


def seen(session: Session, actor: Actor, item_id: int) -> Body:
    """Return an item as the caller may see it."""
    return dump(ItemSchema(), items.visible_item(session, actor, item_id))
