"""Deploying a draft 部署: what changes, what is wrong, the review, and the note that says why."""

from typing import Any, Final

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import engine
from engine import Definition, Session
from web import toasts
from web.entries import Entry
from web.errors import problem_of
from web.flaw_fixes import hint_of
from web.flaws import flaws
from web.pages import second_words
from web.transaction import reading
from web.words import name_of
from web.words.comparing import Sentence, Teller, known
from workflows import drawings
from workflows.actors import Actor
from workflows.drawings import Release

blueprint = Blueprint("releases", __name__, url_prefix="/diagrams/drafts/<int:draft_id>")

MOVED: Final = "moved"


@blueprint.get("/deploy")
def show(draft_id: int) -> ResponseReturnValue:
    """Show what a draft changes, what is wrong with it, and what is left before it is in use."""
    return _page(draft_id, Entry())


@blueprint.post("/deploy")
def deploy(draft_id: int) -> ResponseReturnValue:
    """Make a draft the newest version of its process."""
    note, read = request.form.get("note", ""), second_words.read_revision()

    def deed(session: Session, actor: Actor) -> Definition:
        return drawings.deploy_draft(session, actor, draft_id, note, revision=read)

    def done(made: Definition) -> ResponseReturnValue:
        toasts.say(_("%(name)s is in use for new items.", name=name_of(made)))
        return redirect(url_for("diagrams.history", process_id=made.process_id), 303)

    return second_words.tried(draft_id, _page, deed, done)


def _page(draft_id: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        release = drawings.release(session, g.actor, draft_id)
        found = [(flaw, hint_of(flaw.code)) for flaw in flaws(release.problems)]
        body = render_template(
            "drafts/deploy.html",
            release=release,
            draft=release.draft,
            files=drawings.files_of(session, g.actor, draft_id),
            entry=entry,
            sentences=_sentences(session, release),
            wrong=[each for each in found if each[0].refuses],
            weak=[each for each in found if not each[0].refuses],
            newer=problem_of(release.newer) if release.newer else None,
            tied=[problem_of(each) for each in release.word.tied],
            ways=_ways(release),
        )
    return body, entry.status


second_words.add_to(blueprint, drawings, _page)


def _ways(release: Release) -> dict[str, str]:
    """Return the addresses of what can be done about a draft."""
    own: dict[str, Any] = {"draft_id": release.draft.id}
    verbs = ("ask", "judge", "deploy", "rebase")
    compared: dict[str, Any] = {"from": release.newest_id, "draft": release.draft.id}
    return {
        **{name: url_for(f"releases.{name}", **own) for name in verbs},
        "discard": url_for("drafts.discard", **own),
        "newer": url_for("comparing.show", **compared),
        "both": url_for("rebasing.show", **own) if release.base and not release.older else "",
    }


def _sentences(session: Session, release: Release) -> list[Sentence]:
    """Say what a draft changes of the version that it stands on; where things lie is left out."""
    if release.base is None:
        return []
    before, after = release.base.xml, release.draft.xml
    try:
        drawn = engine.drawn_in(before), engine.drawn_in(after)
        told = Teller(*drawn, known(session)).told(engine.compare_xml(before, after))
    except engine.Refused:
        return []
    return [each for each in told if each.mark != MOVED]
