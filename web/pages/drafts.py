"""Drafts of diagrams 草稿: begun, put aside, taken up again; files brought in, copies made."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web import toasts
from web.auth import current_actor
from web.transaction import writing
from workflows import drawings

blueprint = Blueprint("drafts", __name__, url_prefix="/diagrams")


@blueprint.post("/<process_id>/draft")
def begin(process_id: str) -> ResponseReturnValue:
    """Open the one draft of a process in the editor, begun now if there was none."""
    draft = writing(lambda s: drawings.open_draft(s, current_actor(s), process_id))
    return redirect(url_for("editor.edit", draft_id=draft.id), 303)


@blueprint.post("/drafts/<int:draft_id>/discard")
def discard(draft_id: int) -> ResponseReturnValue:
    """Put a draft aside; it can be taken up again at once."""
    writing(lambda s: drawings.discard_draft(s, current_actor(s), draft_id))
    toasts.say(_("The draft is put aside."), undo=url_for("drafts.restore", draft_id=draft_id))
    return redirect(url_for("diagrams.show"), 303)


@blueprint.post("/drafts/<int:draft_id>/restore")
def restore(draft_id: int) -> ResponseReturnValue:
    """Take a draft up again that was put aside."""
    writing(lambda s: drawings.restore_draft(s, current_actor(s), draft_id))
    toasts.say(_("The draft is open again."))
    return redirect(url_for("editor.edit", draft_id=draft_id), 303)
