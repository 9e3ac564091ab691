"""Deploying a draft 部署: what changes, what is wrong, the review, and the note that says why."""

from typing import Any, Final

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

import engine
from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, refused
from web.errors import problem_of
from web.flaw_fixes import hint_of
from web.flaws import flaws
from web.transaction import reading, writing
from web.words import name_of
from web.words.comparing import Sentence, Teller, known
from workflows import drawings
from workflows.drawings import Release
from workflows.errors import DraftUnread, ReasonMissing, TextMissing, TextTooLong

blueprint = Blueprint("releases", __name__, url_prefix="/diagrams/drafts/<int:draft_id>")

TYPED: Final = (ReasonMissing, TextMissing, TextTooLong)
"""What the page says at the field; any other refusal is told on a page of its own."""
MOVED: Final = "moved"


@blueprint.get("/deploy")
def show(draft_id: int) -> ResponseReturnValue:
    """Show what a draft changes, what is wrong with it, and what is left before it is in use."""
    return _page(draft_id, Entry())


@blueprint.post("/deploy")
def deploy(draft_id: int) -> ResponseReturnValue:
    """Make a draft the newest version of its process."""
    note, read = request.form.get("note", ""), _read()
    try:
        made = writing(
            lambda s: drawings.deploy_draft(s, current_actor(s), draft_id, note, revision=read)
        )
    except DraftUnread as error:
        return _again(draft_id, error)
    except TYPED as error:
        return _page(draft_id, refused(MultiDict(request.form), error))
    toasts.say(_("%(name)s is in use for new items.", name=name_of(made)))
    return redirect(url_for("diagrams.history", process_id=made.process_id), 303)


@blueprint.post("/review")
def ask(draft_id: int) -> ResponseReturnValue:
    """Hand a draft to the other administrators."""
    note, read = request.form.get("note", ""), _read()
    try:
        writing(lambda s: drawings.ask_review(s, current_actor(s), draft_id, note, revision=read))
    except DraftUnread as error:
        return _again(draft_id, error)
    except TYPED as error:
        return _page(draft_id, refused(MultiDict(request.form), error))
    toasts.say(_("The other administrators are asked to review it."))
    return redirect(url_for("releases.show", draft_id=draft_id), 303)


@blueprint.post("/verdict")
def judge(draft_id: int) -> ResponseReturnValue:
    """Record a second administrator's word: approve it, or send it back with words."""
    approve, words = request.form.get("verdict") == "approve", request.form.get("words", "")
    read = _read()
    try:
        writing(
            lambda s: drawings.review_draft(
                s, current_actor(s), draft_id, approve=approve, words=words, revision=read
            )
        )
    except DraftUnread as error:
        return _again(draft_id, error)
    except TYPED as error:
        return _page(draft_id, refused(MultiDict(request.form), error))
    toasts.say(_("It is approved.") if approve else _("It is sent back."))
    return redirect(url_for("releases.show", draft_id=draft_id), 303)


@blueprint.post("/rebase")
def rebase(draft_id: int) -> ResponseReturnValue:
    """Let a draft stand on the newest version; it takes nothing over from it."""
    writing(lambda s: drawings.rebase_draft(s, current_actor(s), draft_id))
    toasts.say(_("The draft stands on the newest version now."))
    return redirect(url_for("releases.show", draft_id=draft_id), 303)


def _read() -> int | None:
    """Return the revision that the page showed whose form this is."""
    return request.form.get("revision", type=int)


def _again(draft_id: int, error: DraftUnread) -> ResponseReturnValue:
    """Show a draft as it is by now: nothing is decided about what nobody has read."""
    problem = problem_of(error)
    toasts.say(f"{problem.title}{_(': ')}{problem.words}")
    return redirect(url_for("releases.show", draft_id=draft_id), 303)


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
            ways=_ways(release),
        )
    return body, entry.status


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
