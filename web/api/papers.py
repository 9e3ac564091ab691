"""Papers of an item: attach one, read one, list them, take one back."""

from uuid import UUID

from flask import Response, g

from engine import Session
from web.api.resource import BYTES, Resource, collection
from web.api.schemas.items import PaperSchema, PaperShape, RemovedPaperSchema
from web.api.wire import Body, act, dump, show
from web.downloads import give
from web.transaction import database, reading
from workflows import ladder, papers
from workflows.people import Actor

blueprint = Resource("Papers", __name__, "Papers of items")

PapersSchema = collection("Papers", papers=PaperSchema)


@blueprint.look("/items/<int:item_id>/papers", PapersSchema)
def many(item_id: int) -> Response:
    """List an item's papers, the newest first."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(PapersSchema(), {"papers": papers.papers_of(session, actor, item_id)})

    return show(look)


@blueprint.act("/items/<int:item_id>/papers", PaperShape, PaperSchema, location="files", status=201)
def keep(sent: Body, item_id: int) -> Response:
    """Keep a file with an item; a report takes it along by its id."""
    checked = papers.check(database(), sent["file"].filename, sent["file"].stream)

    def deed(session: Session, actor: Actor) -> Body:
        return dump(PaperSchema(), papers.keep_paper(session, actor, item_id, checked))

    return act(deed, status=201)


@blueprint.act(
    "/tasks/<uuid:task_id>/evidence/papers", PaperShape, PaperSchema, location="files", status=201
)
def keep_evidence(sent: Body, task_id: UUID) -> Response:
    """Keep a file for a suggestion that is being written; no unit ever sees it."""
    checked = papers.check(database(), sent["file"].filename, sent["file"].stream)

    def deed(session: Session, actor: Actor) -> Body:
        return dump(PaperSchema(), ladder.keep_evidence(session, actor, task_id, checked))

    return act(deed, status=201)


@blueprint.give("/papers/<uuid:paper_id>", BYTES)
def read(paper_id: UUID) -> Response:
    """Give a file back, as an attachment."""
    with reading() as session:
        paper = papers.open_paper(session, g.actor, paper_id)
    return give(paper.path, paper.media_type, paper.name)


@blueprint.act("/papers/<uuid:paper_id>/remove", None, RemovedPaperSchema)
def remove(paper_id: UUID) -> Response:
    """Take back one's own file while no report has taken it along."""

    def deed(session: Session, actor: Actor) -> Body:
        papers.remove_paper(session, actor, paper_id)
        return dump(RemovedPaperSchema(), {"id": paper_id})

    return act(deed)
