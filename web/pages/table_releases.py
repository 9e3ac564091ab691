"""A decision table's draft on its way 部署: what changes, the trial, the review, the note."""

from typing import Any, Final

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from web import toasts
from web.auth import current_actor
from web.entries import Entry, refused
from web.errors import problem_of
from web.transaction import reading, writing
from workflows import decision_tables, rules
from workflows.decision_tables import Release
from workflows.errors import DraftUnread, MovesUnseen, ReasonMissing, TextMissing, TextTooLong
from workflows.tables import Role

blueprint = Blueprint("table_releases", __name__, url_prefix="/admin/tables/drafts/<int:draft_id>")

TYPED: Final = (ReasonMissing, TextMissing, TextTooLong)
"""What the page says at the field; any other refusal is told on a page of its own."""
UNREAD: Final = (DraftUnread, MovesUnseen)
"""What has changed since it was looked at: it is shown again, and nothing is decided."""
SHOWN: Final = 500
WATCHERS = (Role.SUPERVISOR, Role.DIRECTOR, Role.LEADER, Role.AUDITOR)
"""Who may open an item from a trial: administering gives no sight of items."""


@blueprint.before_request
def must_administer() -> None:
    """Let only administrators in."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)


@blueprint.get("")
def show(draft_id: int) -> ResponseReturnValue:
    """Show what a draft changes, what is wrong with it, and what is left before it is in use."""
    return _page(draft_id, Entry())


@blueprint.get("/trial")
def trial(draft_id: int) -> str:
    """Try the draft on last quarter; nothing is written."""
    with reading() as session:
        draft = decision_tables.draft(session, g.actor, draft_id)
        found = decision_tables.check_draft(session, g.actor, draft.name, draft.xml)
        tried = None
        if not found.wrong:
            tried = decision_tables.try_draft(session, g.actor, draft.name, draft.xml)
        return render_template(
            "decision_tables/trial.html",
            name=draft.name,
            draft=draft,
            trial=tried,
            judged=found,
            most=SHOWN,
            sees_items=any(g.actor.has(role) for role in WATCHERS),
        )


@blueprint.post("/review")
def ask(draft_id: int) -> ResponseReturnValue:
    """Hand a draft to the other administrators."""
    note, read = request.form.get("note", ""), _read()
    try:
        writing(
            lambda s: decision_tables.ask_review(s, current_actor(s), draft_id, note, revision=read)
        )
    except DraftUnread as error:
        return _again(draft_id, error)
    except TYPED as error:
        return _page(draft_id, refused(MultiDict(request.form), error))
    toasts.say(_("The other administrators are asked to review it."))
    return redirect(url_for("table_releases.show", draft_id=draft_id), 303)


@blueprint.post("/verdict")
def judge(draft_id: int) -> ResponseReturnValue:
    """Record a second administrator's word: approve it, or send it back with words."""
    approve, words = request.form.get("verdict") == "approve", request.form.get("words", "")
    read = _read()
    try:
        writing(
            lambda s: decision_tables.review_draft(
                s, current_actor(s), draft_id, approve=approve, words=words, revision=read
            )
        )
    except DraftUnread as error:
        return _again(draft_id, error)
    except TYPED as error:
        return _page(draft_id, refused(MultiDict(request.form), error))
    toasts.say(_("It is approved.") if approve else _("It is sent back."))
    return redirect(url_for("table_releases.show", draft_id=draft_id), 303)


@blueprint.post("/deploy")
def deploy(draft_id: int) -> ResponseReturnValue:
    """Put the draft into force; what runs by changed limits keeps its day, or follows."""
    note, read = request.form.get("note", ""), _read()
    seal = request.form.get("seal", "") if request.form.get("follow") == "yes" else None
    try:
        made = writing(
            lambda s: decision_tables.deploy_draft(
                s, current_actor(s), draft_id, note, revision=read, seal=seal
            )
        )
    except UNREAD as error:
        return _again(draft_id, error)
    except TYPED as error:
        return _page(draft_id, refused(MultiDict(request.form), error))
    toasts.say(_("Version %(number)s is in force.", number=made.number))
    return redirect(_table_of(draft_id), 303)


@blueprint.post("/rebase")
def rebase(draft_id: int) -> ResponseReturnValue:
    """Let the draft stand on the newest version, after what differs was shown."""
    writing(lambda s: decision_tables.rebase_draft(s, current_actor(s), draft_id))
    toasts.say(_("The draft stands on the newest version now."))
    return redirect(url_for("table_releases.show", draft_id=draft_id), 303)


@blueprint.post("/discard")
def discard(draft_id: int) -> ResponseReturnValue:
    """Put the draft aside; it can be taken up again at once."""
    writing(lambda s: decision_tables.discard_draft(s, current_actor(s), draft_id))
    toasts.say(
        _("The draft is put aside; the table stays as it is."),
        undo=url_for("table_releases.restore", draft_id=draft_id),
    )
    return redirect(_table_of(draft_id), 303)


@blueprint.post("/restore")
def restore(draft_id: int) -> ResponseReturnValue:
    """Take up a draft again that was put aside."""
    writing(lambda s: decision_tables.restore_draft(s, current_actor(s), draft_id))
    return redirect(url_for("table_releases.show", draft_id=draft_id), 303)


def _read() -> int | None:
    """Return the revision that the page showed whose form this is."""
    return request.form.get("revision", type=int)


def _table_of(draft_id: int) -> str:
    with reading() as session:
        name = decision_tables.draft(session, g.actor, draft_id).name
    return url_for("decision_tables.look", name=name)


def _again(draft_id: int, error: DraftUnread | MovesUnseen) -> ResponseReturnValue:
    """Show a draft as it is by now: nothing is decided about what nobody has read."""
    problem = problem_of(error)
    toasts.say(f"{problem.title}{_(': ')}{problem.words}")
    return redirect(url_for("table_releases.show", draft_id=draft_id), 303)


def _page(draft_id: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        release = decision_tables.release(session, g.actor, draft_id)
        body = render_template(
            "decision_tables/release.html",
            release=release,
            draft=release.draft,
            name=release.draft.name,
            entry=entry,
            newer=problem_of(release.newer) if release.newer else None,
            ways=_ways(release),
        )
    return body, entry.status


def _ways(release: Release) -> dict[str, str]:
    """Return the addresses of what can be done about a draft."""
    own: dict[str, Any] = {"draft_id": release.draft.id}
    verbs = ("ask", "judge", "deploy", "rebase", "discard")
    return {"newer": "#newer", **{name: url_for(f"table_releases.{name}", **own) for name in verbs}}
