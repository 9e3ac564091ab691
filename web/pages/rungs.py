"""A rung of the ladder as a page, and its slip as a paper and as a file."""

from io import BytesIO

from flask import Blueprint, Response, g, render_template, send_file

from web import slips
from web.transaction import reading
from workflows.documents import MEDIA_TYPE
from workflows.ladder import views

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
            slip=slip and slips.slip_paper(session, slip),
        )


@blueprint.get("/rungs/<int:rung_id>/slip.docx")
def slip(rung_id: int) -> Response:
    """Give a slip as a Word file."""
    with reading() as session:
        found = views.slip_of(session, g.actor, rung_id)
        paper, name = slips.slip_docx(session, found), slips.file_name(found, "docx")
    return _file(paper, MEDIA_TYPE, name)


@blueprint.get("/rungs/<int:rung_id>/slip.pdf")
def slip_pdf(rung_id: int) -> Response:
    """Give a slip as a PDF."""
    with reading() as session:
        found = views.slip_of(session, g.actor, rung_id)
        paper, name = slips.slip_pdf(session, found), slips.file_name(found, "pdf")
    return _file(paper, "application/pdf", name)


def _file(content: bytes, media_type: str, name: str) -> Response:
    return send_file(
        BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name, max_age=0
    )
