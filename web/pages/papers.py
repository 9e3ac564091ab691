"""Files of an item: read one, add one."""

from uuid import UUID

from flask import Blueprint, Response, g, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import Session
from web import toasts
from web.auth import current_actor
from web.downloads import give
from web.transaction import database, reading, writing
from workflows import papers
from workflows.errors import PaperUnknown
from workflows.papers import OpenedPaper
from workflows.tables import Paper

blueprint = Blueprint("papers", __name__)


@blueprint.get("/papers/<uuid:paper_id>")
def read(paper_id: UUID) -> Response:
    """Give a file to whoever may see its item; a browser saves it and never opens it."""
    with reading() as session:
        paper = papers.open_paper(session, g.actor, paper_id)
    return give(paper.path, paper.media_type, paper.name)


@blueprint.get("/papers/<uuid:paper_id>/picture")
def picture(paper_id: UUID) -> Response:
    """Give a photograph to be shown in the page; anything else is only saved."""
    with reading() as session:
        paper = papers.open_paper(session, g.actor, paper_id)
    if paper.media_type not in papers.PICTURES:
        raise PaperUnknown(paper_id)
    return shown_picture(paper)


def shown_picture(paper: OpenedPaper) -> Response:
    """Show a picture in the page, as a small one if the address asks for that."""
    shown = papers.small(paper) if request.args.get("small") else paper
    return send_file(shown.path, mimetype=shown.media_type, max_age=0)


@blueprint.post("/items/<int:item_id>/papers")
def add(item_id: int) -> ResponseReturnValue:
    """Keep files with an item, beside any report."""
    for file in request.files.getlist("papers"):
        checked = papers.check(database(), file.filename or "", file.stream)

        def work(session: Session, checked: papers.Checked = checked) -> Paper:
            return papers.keep_paper(session, current_actor(session), item_id, checked)

        toasts.say(_("%(name)s is kept.", name=writing(work).name))
    return redirect(url_for("items.show", item_id=item_id, _anchor="papers"), 303)
