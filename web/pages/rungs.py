"""A rung of the ladder as a page, and its slip as a paper and as a file."""

from flask import Blueprint, Response, g, render_template

from web.downloads import give
from web.transaction import reading
from workflows.ladder import views
from workflows.publications import papers, slips
from workflows.tables import PaperFormat

blueprint = Blueprint("rungs", __name__)


@blueprint.get("/rungs/<int:rung_id>")
def show(rung_id: int) -> str:
    """Show a rung: the row that caused it, its approval, delivery, receipt, and its paper."""
    with reading() as session:
        file = views.rung_file(session, g.actor, rung_id)
        slip = views.slip_of(session, g.actor, rung_id) if views.is_slip(file.rung) else None
        return render_template(
            "ladder/rung.html",
            file=file,
            rung=file.rung,
            item=file.item,
            slip=slip and slips.paper_of(session, slip),
        )


@blueprint.get("/rungs/<int:rung_id>/slip.docx")
def slip(rung_id: int) -> Response:
    """Give a slip as a Word file."""
    return _file(rung_id, PaperFormat.DOCX)


@blueprint.get("/rungs/<int:rung_id>/slip.pdf")
def slip_pdf(rung_id: int) -> Response:
    """Give a slip as a PDF."""
    return _file(rung_id, PaperFormat.PDF)


def _file(rung_id: int, wanted: PaperFormat) -> Response:
    with reading() as session:
        found = views.slip_of(session, g.actor, rung_id)
        paper, name = slips.file_of(session, found, wanted), slips.file_name(found, wanted)
    return give(paper, papers.MEDIA_TYPES[wanted], name)
