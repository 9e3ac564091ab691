"""Files of diagrams that are brought in 导入: kept as they came, then made a draft."""

from typing import Final

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import engine
from engine import Session
from web import toasts
from web.auth import current_actor
from web.downloads import give
from web.flaws import flaws
from web.transaction import reading, writing
from workflows import drawings, rules
from workflows.tables import Drawing, Role

blueprint = Blueprint("drawing_files", __name__, url_prefix="/diagrams/files")

XML: Final = "application/xml"
LARGEST: Final = 2_000_000
REFUSED: Final = 422


@blueprint.post("")
def bring() -> ResponseReturnValue:
    """Bring a file in: what holds nothing strange is a draft at once, anything else is shown."""
    sent = request.files.get("diagram")
    if sent is None or not sent.filename:
        return redirect(url_for("diagrams.show"), 303)
    name, xml = sent.filename, sent.read(LARGEST + 1)

    def work(session: Session) -> tuple[int, Drawing | None]:
        actor = current_actor(session)
        kept = drawings.keep_file(session, actor, name, xml)
        process_id = engine.title_of(xml).process_id
        if kept.strange or drawings.draft_of(session, process_id) is not None:
            return kept.id, None
        return kept.id, drawings.draft_from_file(session, actor, kept.id, sure=False)

    try:
        file_id, draft = writing(work)
    except engine.Refused as refused:
        rules.must_have(g.actor, Role.ADMINISTRATOR)
        page = render_template("drafts/refused.html", name=name, flaws=flaws(refused.problems))
        return page, REFUSED
    if draft is None:
        return redirect(url_for("drawing_files.one", file_id=file_id), 303)
    toasts.say(_("The file is a draft now."))
    return redirect(url_for("releases.show", draft_id=draft.id), 303)


@blueprint.get("/<int:file_id>")
def one(file_id: int) -> str:
    """Show what a file holds of another tool, and whose draft it would take the place of."""
    with reading() as session:
        kept = drawings.file_of(session, g.actor, file_id)
        title = engine.title_of(kept.xml)
        draft = drawings.draft_of(session, title.process_id)
        own = draft is not None and draft.id == kept.drawing_id and draft.xml != kept.xml
        return render_template(
            "drafts/file.html",
            kept=kept,
            title=title,
            sketch=engine.sketch(kept.xml),
            lost=[part for part in kept.strange if not part["kept"]],
            staying=[part for part in kept.strange if part["kept"]],
            draft=draft,
            placed=kept.drawing_id if not own else None,
        )


@blueprint.post("/<int:file_id>/draft")
def use(file_id: int) -> ResponseReturnValue:
    """Make a kept file the draft of its process, knowing what that means."""
    sure, over = "sure" in request.form, request.form.get("over", type=int)
    draft = writing(
        lambda s: drawings.draft_from_file(s, current_actor(s), file_id, sure=sure, over=over)
    )
    toasts.say(_("The file is a draft now."))
    return redirect(url_for("releases.show", draft_id=draft.id), 303)


@blueprint.get("/<int:file_id>/file")
def file(file_id: int) -> Response:
    """Give a file as it came."""
    with reading() as session:
        kept = drawings.file_of(session, g.actor, file_id)
        return give(kept.xml, XML, kept.name)
