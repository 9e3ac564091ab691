"""The editor of diagrams 流程图编辑器: the page in which a draft is drawn."""

from flask import Blueprint, g, render_template, url_for

from web.csrf import csrf_token
from web.i18n import language
from web.transaction import reading
from web.words import name_of
from workflows import diagrams, rules
from workflows.tables import Role

blueprint = Blueprint("editor", __name__, url_prefix="/diagrams/drafts")


@blueprint.get("/<int:draft_id>")
def edit(draft_id: int) -> str:
    """Show the editor with a draft in it."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)
    with reading() as session:
        definition = diagrams.version(session, draft_id)
    told = {
        "language": language(),
        "csrf": csrf_token(),
        "addresses": {"xml": url_for("diagrams.file", definition_id=definition.id)},
    }
    return render_template("editor/edit.html", name=name_of(definition), told=told)
