"""Two versions of a diagram side by side, with a sentence for whatever differs."""

from typing import Any

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

import engine
from engine import Session
from web.i18n import language
from web.transaction import reading
from web.words.comparing import Sentence, Teller, known
from workflows import comparing, diagrams, rules
from workflows.comparing import Comparison, Picture
from workflows.tables import Role

blueprint = Blueprint("comparing", __name__, url_prefix="/diagrams")

MOVED = "moved"
SIDES = {"added": ("after",), "removed": ("before",)}
BOTH = ("before", "after")


@blueprint.get("/compare")
def show() -> ResponseReturnValue:
    """Show two versions, or a version and a draft, and what differs."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)
    with reading() as session:
        before, after = sides(session)
        found = comparing.comparison(before, after)
        sentences = Teller(*found.drawn, known(session)).told(found.changes)
        versions = diagrams.versions(session, after.process_id)
    return render_template(
        "comparing/show.html",
        before=before,
        after=after,
        versions=versions,
        told=told(found, sentences),
        changes=[each for each in sentences if each.mark != MOVED],
        moved=[each for each in sentences if each.mark == MOVED],
    )


def sides(session: Session) -> tuple[Picture, Picture]:
    """Return what is to be compared; without a second side, the version before the first."""
    draft, to = (request.args.get(name, type=int) for name in ("draft", "to"))
    since = request.args.get("from", type=int)
    if draft is not None:
        after = comparing.draft_picture(session, g.actor, draft)
    elif to is not None:
        after = comparing.version_picture(session, g.actor, to)
    elif since is not None:
        after = comparing.version_picture(session, g.actor, since)
    else:
        raise engine.ProcessUnknown("")
    return comparing.picture_before(session, g.actor, after, since), after


def told(found: Comparison, sentences: list[Sentence]) -> dict[str, Any]:
    """Return what the page's pictures are drawn and marked from."""
    marks: dict[tuple[str, str], str] = {}
    for each in sentences:
        for side in SIDES.get(each.mark, BOTH):
            if each.element_id and marks.get((side, each.element_id), MOVED) == MOVED:
                marks[side, each.element_id] = each.mark
    return {
        "language": language(),
        "before": found.before.xml.decode(errors="replace"),
        "after": found.after.xml.decode(errors="replace"),
        "marks": [
            {"side": side, "id": element, "mark": mark} for (side, element), mark in marks.items()
        ],
    }
