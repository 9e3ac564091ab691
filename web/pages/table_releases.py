"""A decision table's draft on its way 部署: what changes, the trial, the review, the note."""

from typing import Any, Final

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry
from web.errors import problem_of
from web.pages import second_words
from web.transaction import reading, writing
from workflows import decision_tables, rules
from workflows.actors import Actor
from workflows.decision_tables import Release, Version
from workflows.tables import Role

blueprint = Blueprint("table_releases", __name__, url_prefix="/admin/tables/drafts/<int:draft_id>")

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


@blueprint.post("/deploy")
def deploy(draft_id: int) -> ResponseReturnValue:
    """Put the draft into force; what runs by changed limits keeps its day, or follows."""
    note, read = request.form.get("note", ""), second_words.read_revision()
    seal = request.form.get("seal", "") if request.form.get("follow") == "yes" else None

    def deed(session: Session, actor: Actor) -> Version:
        return decision_tables.deploy_draft(
            session, actor, draft_id, note, revision=read, seal=seal
        )

    def done(made: Version) -> ResponseReturnValue:
        toasts.say(_("Version %(number)s is in force.", number=made.number))
        return redirect(_table_of(draft_id), 303)

    return second_words.tried(draft_id, _page, deed, done)


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


def _table_of(draft_id: int) -> str:
    with reading() as session:
        name = decision_tables.draft(session, g.actor, draft_id).name
    return url_for("decision_tables.look", name=name)


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
            tied=[problem_of(each) for each in release.word.tied],
            ways=_ways(release),
        )
    return body, entry.status


second_words.add_to(blueprint, decision_tables, _page)


def _ways(release: Release) -> dict[str, str]:
    """Return the addresses of what can be done about a draft."""
    own: dict[str, Any] = {"draft_id": release.draft.id}
    verbs = ("ask", "judge", "deploy", "rebase", "discard")
    return {"newer": "#newer", **{name: url_for(f"table_releases.{name}", **own) for name in verbs}}
