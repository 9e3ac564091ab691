"""Past and open items played on a draft: ordered, how far it is, and how each fared."""

from flask import Response

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.trials import PlayedSchema, ReplaySchema
from web.api.wire import Body, act, dump, show
from web.shapes.trials import Replaying
from web.words.migrations import replay_words
from workflows import drawings
from workflows.people import Actor
from workflows.tables import ReplayRun
from workflows.trials import replays

blueprint = Resource("Replays", __name__, "Items played on a draft", administered=True)

PlayedItemsSchema = collection("PlayedItems", items=PlayedSchema)


@blueprint.act("/drafts/<int:draft_id>/replays", Replaying, ReplaySchema, status=201)
def order(wanted: Body, draft_id: int) -> Response:
    """Have the items of a period played on a draft; nothing is done, and nothing changed."""

    def deed(session: Session, actor: Actor) -> Body:
        return _told(session, replays.order(session, actor, draft_id, **wanted))

    return act(deed, status=201)


@blueprint.look("/replays/<int:run_id>", ReplaySchema)
def one(run_id: int) -> Response:
    """Show how far a replay is, and how many items fared in which way."""
    return show(
        lambda session, actor: _told(session, replays.run_of(session, actor, run_id)),
    )


@blueprint.look("/replays/<int:run_id>/items", PlayedItemsSchema)
def played(run_id: int) -> Response:
    """Show how each item fared, once the replay is over."""

    def look(session: Session, actor: Actor) -> Body:
        run = replays.run_of(session, actor, run_id)
        draft = drawings.drawing(session, actor, run.drawing_id)
        rows = replays.told(run)
        names = {
            version: replays.names(session, draft, version)
            for version in {each.definition_id for each in rows}
        }
        shape = PlayedSchema()
        told = [
            {**dump(shape, row), "words": replay_words(row, names[row.definition_id])}
            for row in rows
        ]
        return {"items": told}

    return show(look)


def _told(session: Session, run: ReplayRun) -> Body:
    ways = {way.value: number for way, number in replays.counts(run).items()}
    told = {"draft_id": run.drawing_id, "state": replays.stands(session, run).value, "ways": ways}
    return {**dump(ReplaySchema(), run), **told}
