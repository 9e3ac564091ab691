"""The editor of diagrams 流程图编辑器: the page in which a draft is drawn."""

from typing import Any

from flask import Blueprint, current_app, g, render_template, url_for
from flask_babel import gettext as _

import engine
from engine import DRAWABLE, Definition
from web.csrf import csrf_token
from web.i18n import language
from web.moments import ZONE, moment
from web.transaction import reading
from web.words import name_of
from workflows import drawings
from workflows.tables import Drawing, DrawingState

blueprint = Blueprint("editor", __name__, url_prefix="/diagrams/drafts")

WAYS = {
    "check": "drawing_board.check",
    "deploy": "releases.show",
    "presence": "drawing_board.presence",
    "replay": "replays.show",
    "save": "drawing_board.save",
    "trial": "trials.show",
    "xml": "drawing_board.xml",
}
"""What the editor asks of a draft, or where it leads on from it."""


@blueprint.get("/<int:draft_id>")
def edit(draft_id: int) -> str:
    """Show the editor with a draft in it."""
    with reading() as session:
        draft = drawings.drawing(session, g.actor, draft_id)
        base = engine.definition(session, draft.base_id) if draft.base_id else None
        parts = [part(definition) for definition in engine.definitions(session)]
        return render_template(
            "editor/edit.html",
            told=told(draft, base, parts),
            based_on=based_on(base),
            saved=_("Saved %(when)s", when=moment(draft.saved_at)),
        )


def told(draft: Drawing, base: Definition | None, parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the editor has to know: who draws what, in which words, and where it is."""
    return {
        "language": language(),
        "zone": ZONE,
        "csrf": csrf_token(),
        "draft": {"id": draft.id, "process": draft.process_id, "label": name_of(draft)},
        "readonly": draft.state is not DrawingState.OPEN,
        "addresses": addresses(draft, base),
        "parts": [each for each in parts if each["id"] != draft.process_id],
        "runs": runs(),
    }


def addresses(draft: Drawing, base: Definition | None) -> dict[str, str]:
    """Return where everything about a draft is; what isn't built has no address."""
    found = {name: at(endpoint, draft_id=draft.id) for name, endpoint in WAYS.items()}
    if base is not None:
        found["compare"] = at("comparing.show", **{"from": base.id, "draft": draft.id})
    found["catalogue"] = at("catalogue.show")
    return {name: address for name, address in found.items() if address}


def at(endpoint: str, **values: Any) -> str | None:  # noqa: ANN401 - whatever a page is asked by
    """Return where a page is, or None while it isn't built."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


def part(definition: Definition) -> dict[str, Any]:
    """Return what a diagram has to know to call a process, and to show it."""
    return {
        "id": definition.process_id,
        "label": name_of(definition),
        "names": {"name": definition.name, "name_en": definition.name_en},
        "xml": url_for("diagrams.file", definition_id=definition.id),
        "draft": url_for("drafts.begin", process_id=definition.process_id),
    }


def runs() -> dict[str, Any]:
    """Return what may be drawn, as the gate lets it in."""
    return {
        "elements": sorted(DRAWABLE.elements),
        "events": {place: sorted(kinds) for place, kinds in DRAWABLE.events.items()},
        "hosts": {kind: sorted(hosts) for kind, hosts in DRAWABLE.hosts.items()},
        "interrupting": sorted(DRAWABLE.interrupting),
    }


def based_on(base: Definition | None) -> str:
    """Say on which version a draft is based."""
    if base is None:
        return _("Draft of a new process")
    return _("Draft, based on version %(number)s", number=base.version)
