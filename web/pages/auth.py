"""Sign in and out, and how the pages look to this reader."""

import re
from collections.abc import Mapping

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError

from web import auth
from web.channels import reach_of
from web.entries import load, mistakes_of
from web.errors import problem_of
from web.i18n import COOKIE, TAGS
from web.shapes import notices as notice_shapes
from web.toasts import say
from web.transaction import database, reading, writing
from web.words import accounts
from workflows import account_changes, channels, people, settings
from workflows.actors import Actor
from workflows.channels import Quiet
from workflows.errors import PasswordRefused, SignInRefused, TooManyTries
from workflows.tables import Channel, Mode, Role

blueprint = Blueprint("auth", __name__)

THEME = "duban_theme"
THEMES = frozenset({"auto", "light", "dark"})
KEPT_DAYS = 400
LONGEST_LOGIN, LONGEST_PASSWORD = 80, 200
RELATIVE = re.compile(r"/(?![/\\])[\x21-\x7e]*")


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Show the form, or go on if somebody is signed in already."""
    if g.get("actor"):
        return redirect(first_page(request.args.get("next"), g.actor))
    return render_template("auth/sign_in.html", login="", problem=None)


@blueprint.post("/sign-in")
def enter() -> ResponseReturnValue:
    """Check the password and open a session under a new key."""
    login = request.form.get("login", "")[:LONGEST_LOGIN]
    password = request.form.get("password", "")[:LONGEST_PASSWORD]
    try:
        actor = people.sign_in(database(), login, password, request.remote_addr or "")
    except (SignInRefused, TooManyTries) as refusal:
        problem = problem_of(refusal)
        page = render_template("auth/sign_in.html", login=login, problem=problem)
        return page, problem.status
    key = writing(lambda session: auth.renew_session(session, actor))
    response = redirect(first_page(request.args.get("next"), actor), 303)
    auth.set_cookie(response, auth.SESSION, key)
    return response


@blueprint.post("/sign-out")
def leave() -> ResponseReturnValue:
    """Forget the session on both sides."""
    writing(lambda session: people.close_session(session, auth.session_key()))
    response = redirect(url_for("auth.sign_in"), 303)
    auth.delete_cookie(response, auth.SESSION)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.get("/me")
def me() -> ResponseReturnValue:
    """Show who one is, how the pages look and how one is told; the phone's fourth tab."""
    return _me({})


@blueprint.post("/me/wishes")
def wish() -> ResponseReturnValue:
    """Keep how the reader wants to be told."""
    try:
        said = load(notice_shapes.Wishes, request.form)
    except ValidationError as error:
        return _me(mistakes_of(error, {}), 422)
    begins, ends = said["quiet_from"], said["quiet_until"]
    quiet = None if begins is None or ends is None else Quiet(begins, ends)
    writing(lambda s: channels.wish(s, auth.current_actor(s), said["mail"], said["sms"], quiet))
    say(_("Your wishes are kept"))
    return redirect(url_for("auth.me"), 303)


def _me(errors: Mapping[str, str], status: int = 200) -> ResponseReturnValue:
    with reading() as session:
        body = render_template(
            "auth/me.html",
            errors=errors,
            wish=channels.wish_of(session, g.actor.person_id),
            person=people.person_of(session, g.actor.person_id),
            changes=account_changes.changes_of(session, g.actor, g.actor.person_id),
            terminal=accounts.TERMINAL,
            sms_runs=reach_of(session, Channel.SMS) is not None,
            modes=list(Mode),
            daily_at=settings.number(session, "notice.daily_at"),
        )
    return body, status


@blueprint.post("/me/password")
def change_password() -> ResponseReturnValue:
    """Take a new password for the old one; every other browser is signed out."""
    old, new = (request.form.get(name, "")[:LONGEST_PASSWORD] for name in ("old", "new"))
    try:
        key = auth.change_password(old, new)
    except (SignInRefused, TooManyTries, PasswordRefused) as refusal:
        problem = problem_of(refusal)
        if isinstance(refusal, SignInRefused):
            errors = {"old": _("This isn't your present password.")}
        elif isinstance(refusal, TooManyTries):
            errors = {"old": problem.words}
        else:
            errors = {"new": problem.words}
        return _me(errors, problem.status)
    say(_("Your password is changed"))
    response = redirect(url_for("auth.me"), 303)
    auth.set_cookie(response, auth.SESSION, key)
    return response


@blueprint.post("/preferences")
def prefer() -> ResponseReturnValue:
    """Keep the language or the appearance that somebody chose."""
    response = redirect(own_address(request.form.get("back")), 303)
    language, theme = request.form.get("language"), request.form.get("theme")
    if language in TAGS:
        auth.set_cookie(response, COOKIE, language, days=KEPT_DAYS)
        if g.get("actor"):
            writing(
                lambda session: people.choose_language(
                    session, auth.current_actor(session).person_id, language
                )
            )
    if theme in THEMES:
        auth.set_cookie(response, THEME, theme, days=KEPT_DAYS)
    return response


def first_page(wanted: str | None, actor: Actor) -> str:
    """Return where somebody goes who has come in: a leader's first room is the board."""
    if wanted in (None, "", "/") and actor.has(Role.LEADER):
        return url_for("boards.show")
    return own_address(wanted)


def own_address(wanted: str | None) -> str:
    """Return an address of our own to go on to; anything else leads to the inbox."""
    if wanted and RELATIVE.fullmatch(wanted):
        return wanted
    return url_for("inbox.show")


def theme() -> str:
    """Return the appearance that this browser asked for."""
    kept = request.cookies.get(auth.cookie_name(THEME))
    return kept if kept in THEMES else "auto"
