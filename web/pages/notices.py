"""The reader's notices, worded in their language."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web import toasts
from web.auth import current_actor
from web.transaction import reading, writing
from web.words.notices import NoticeWords, notice_words
from workflows import account_changes, incidents, notices
from workflows.notices import NoticeLine
from workflows.tables import Role

blueprint = Blueprint("notices", __name__, url_prefix="/notices")

PAGES = {
    "hand_over": "posts.record",
    "letter": "letters.one",
    "publication": "publications.one",
    "action": "actions.one",
    "station": "stations.one",
    "appeal": "appeals.one",
    "target": "targets.one",
    "draft": "releases.show",
    "batch": "imports.one",
}
"""The page of what a notice is about, by the fact that numbers it."""
TABLE = "table_releases.show"
"""The page of a draft that is a decision table's."""
LISTS = {
    incidents.NOTICE: "incidents.show",
    **dict.fromkeys(
        ("setting_asked", "setting_agreed", "setting_declined", "setting_changed"),
        "admin_settings.show",
    ),
}
"""The list that tells how it stands by now, by the kind of notice."""


@dataclass(frozen=True, slots=True)
class Line:
    """A notice with its words and the item that it is about."""

    row: NoticeLine
    words: NoticeWords


@blueprint.get("/")
def show() -> str:
    """Show the reader's notices, the newest first."""
    with reading() as session:
        rows = notices.lines(session, g.actor)
        unread = notices.unread(session, g.actor)
        return render_template("notices/show.html", lines=_worded(rows), unread_notices=unread)


@blueprint.get("/<int:notice_id>")
def follow(notice_id: int) -> ResponseReturnValue:
    """Note that a notice was read, and go to what it is about."""
    notice = writing(lambda s: notices.read(s, current_actor(s), notice_id))
    if notice.kind == account_changes.NOTICE:
        return redirect(_account_of(notice.facts["person"]), 303)
    if notice.kind in LISTS:
        return redirect(url_for(LISTS[notice.kind]), 303)
    if notice.kind == "quarter_published":
        told = {"year": notice.facts["year"], "number": notice.facts["quarter"]}
        return redirect(url_for("assessment.quarter", **told), 303)
    for about, page in PAGES.items():
        if about in notice.facts:
            shown = TABLE if "table" in notice.facts else page
            return redirect(url_for(shown, **{f"{about}_id": notice.facts[about]}), 303)
    if notice.item_id is None:
        return redirect(url_for("notices.show"), 303)
    return redirect(url_for("items.show", item_id=notice.item_id), 303)


@blueprint.post("/<int:notice_id>/read")
def read(notice_id: int) -> ResponseReturnValue:
    """Note that a notice was read; it can be undone at once."""
    writing(lambda s: notices.read(s, current_actor(s), notice_id))
    toasts.say(_("It is read."), undo=url_for("notices.unread", notice_id=notice_id))
    return redirect(url_for("notices.show"), 303)


@blueprint.post("/<int:notice_id>/unread")
def unread(notice_id: int) -> ResponseReturnValue:
    """Take back that a notice was read."""
    writing(lambda s: notices.unread_again(s, current_actor(s), notice_id))
    return redirect(url_for("notices.show"), 303)


@blueprint.post("/read")
def read_all() -> ResponseReturnValue:
    """Note that everything was read."""
    writing(lambda s: notices.read_all(s, current_actor(s)))
    toasts.say(_("All notices are read."))
    return redirect(url_for("notices.show"), 303)


def _account_of(person_id: int) -> str:
    """Return where an administrator sees what was done to an account; others see their own."""
    if g.actor.has(Role.ADMINISTRATOR):
        return url_for("admin_people.person", person_id=person_id, _anchor="story")
    return url_for("auth.me", _anchor="account")


def _worded(rows: Sequence[NoticeLine]) -> list[Line]:
    return [Line(row, notice_words(row.notice)) for row in rows]
