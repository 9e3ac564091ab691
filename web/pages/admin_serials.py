"""Serials 刊物 for an administrator: those of the house and the office's own."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from web import toasts
from web.auth import current_actor
from web.entries import Entry, Typed, refused
from web.transaction import reading, writing
from workflows import rules, serials
from workflows.errors import Refusal
from workflows.serials import SerialText
from workflows.tables import Audience, Role

blueprint = Blueprint("admin_serials", __name__, url_prefix="/admin/serials")


@blueprint.before_request
def must_administer() -> None:
    """Let only administrators in."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)


@blueprint.get("")
def show() -> ResponseReturnValue:
    """List the serials, each with its form, and one for another serial."""
    return _page(Entry())


@blueprint.post("")
def add() -> ResponseReturnValue:
    """Add a serial of the office's own."""
    typed = MultiDict(request.form)
    name = typed.get("name", "").strip()
    try:
        made = writing(lambda s: serials.add_serial(s, current_actor(s), name, _text(typed)))
    except Refusal as error:
        return _page(refused(typed, error, {"": "name"}))
    toasts.say(_("“%(title)s” can be issued now.", title=made.title))
    return redirect(url_for("admin_serials.show"), 303)


@blueprint.post("/<name>")
def change(name: str) -> ResponseReturnValue:
    """Change how a serial is called and numbered, or let nothing appear in it any more."""
    typed = MultiDict(request.form)
    version = typed.get("version", 0, type=int)
    try:
        writing(lambda s: serials.change_serial(s, current_actor(s), name, version, _text(typed)))
    except Refusal as error:
        return _page(refused(typed, error, {"": "title"}), name)
    toasts.say(_("The serial is kept."))
    return redirect(url_for("admin_serials.show"), 303)


def _text(typed: Typed) -> SerialText:
    return SerialText(
        typed.get("title", ""),
        typed.get("title_en", ""),
        typed.get("number_style", ""),
        typed.get("audience", ""),
        active=typed.get("active") == "yes",
    )


def _page(entry: Entry, changed: str = "") -> ResponseReturnValue:
    with reading() as session:
        body = render_template(
            "admin/serials.html",
            serials=serials.serials(session),
            audiences=list(Audience),
            style=serials.STYLE,
            entry=entry,
            changed=changed,
        )
    return body, entry.status
