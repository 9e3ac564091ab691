"""Papers of an item: attach one, read one."""

from uuid import UUID

from flask import Response

from engine import Session
from web.api.resource import BYTES, Resource
from web.api.schemas import PaperSchema, PaperShape
from web.api.wire import Body, act, dump
from workflows import papers
from workflows.people import Actor

blueprint = Resource("Papers", __name__, "Papers of items")


@blueprint.act("/items/<int:item_id>/papers", PaperShape, PaperSchema, location="files", status=201)
def keep(sent: Body, item_id: int) -> Response:
    """Keep a file with an item; its kind is told by its first bytes."""
    file = sent["file"]

    def deed(session: Session, actor: Actor) -> Body:
        paper = papers.keep_paper(session, actor, item_id, file.filename, file.stream)
        return dump(PaperSchema(), paper)

    return act(deed, status=201)


@blueprint.get("/papers/<uuid:paper_id>")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type=BYTES)
def read(paper_id: UUID) -> Response:
    """Give a file back, as an attachment."""
