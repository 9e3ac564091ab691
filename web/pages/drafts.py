"""Drafts of diagrams 草稿: begun, put aside, taken up again; a new one as a copy of another."""

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from werkzeug.datastructures import MultiDict

from engine import Title
from web import toasts
from web.auth import current_actor
from web.entries import Entry, refused
from web.transaction import reading, writing
from workflows import diagrams, drawings, rules
from workflows.errors import ProcessIdUnfit, ProcessTaken, TextMissing, TextTooLong
from workflows.tables import Role

blueprint = Blueprint("drafts", __name__, url_prefix="/diagrams")

FIELDS: Mapping[str, LazyString] = MappingProxyType(
    {"process_id": _l("Id"), "name": _l("Chinese name"), "name_en": _l("English name")}
)


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


@blueprint.get("/<int:definition_id>/copy")
def copy_form(definition_id: int) -> ResponseReturnValue:
    """Ask what the copy of a diagram is to be called."""
    return _copying(definition_id, Entry())


@blueprint.post("/<int:definition_id>/copy")
def copy(definition_id: int) -> ResponseReturnValue:
    """Begin a diagram of its own as a copy of another one."""
    typed = request.form
    title = Title(*(typed.get(name, "") for name in ("process_id", "name", "name_en")))
    try:
        draft = writing(lambda s: drawings.copy_diagram(s, current_actor(s), definition_id, title))
    except (ProcessIdUnfit, ProcessTaken, TextMissing, TextTooLong) as error:
        return _copying(definition_id, refused(MultiDict(typed), error, {"": "process_id"}))
    toasts.say(_("The copy is a draft now; nothing runs on it yet."))
    return redirect(url_for("editor.edit", draft_id=draft.id), 303)


def _copying(definition_id: int, entry: Entry) -> ResponseReturnValue:
    rules.must_have(g.actor, Role.ADMINISTRATOR)
    with reading() as session:
        definition = diagrams.version(session, definition_id)
    body = render_template("drafts/copy.html", definition=definition, entry=entry, fields=FIELDS)
    return body, entry.status
