"""How an error is shown: JSON to the API and scripts, a note to htmx, a calm page to a reader."""

import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

import engine
from engine import Database, DatabaseDamaged, DatabaseUnreachable, Registry
from web.auth import SignedOut, is_api
from web.csrf import SAFE
from web.errors import TABLE, Problem, problem_of
from web.icons import OTHER_PROBLEM, PROBLEMS
from web.transaction import EXTENSION

log = logging.getLogger(__name__)

FAULT, REDIRECTS = 500, range(300, 400)
POSTGRESQL = "postgresql"
"""The database that can go away while the house stands; SQLite is a file in it."""


def register(app: Flask) -> None:
    """Show every error that the table knows, and every one that it doesn't."""
    for kind in TABLE:
        app.register_error_handler(kind, show)
    app.register_error_handler(SignedOut, ask_to_sign_in)
    app.register_error_handler(Exception, show)


def show(error: Exception) -> ResponseReturnValue:
    """Answer with a problem in the reader's language."""
    if isinstance(error, HTTPException) and error.code in REDIRECTS:
        return error
    problem = problem_of(error)
    if problem.status == FAULT and (reason := what_is_gone()):
        problem = problem_of(reason)
    if problem.status >= FAULT:
        log.error("%s %s: %s", request.method, address(), problem.name, exc_info=error)
        if current_app.testing and problem.status == FAULT:
            raise error
    if asks_for_no_page():
        return as_json(problem)
    if "HX-Request" in request.headers:
        return render_template("note.html", problem=problem), problem.status
    return as_page(problem)


def asks_for_no_page() -> bool:
    """Say whether the API or a script asks, which reads facts and no page."""
    wants = request.accept_mimetypes
    return is_api() or (bool(wants) and not wants.accept_html)


def address() -> str:
    """Return which address was asked for as a log may say it: whoever reads it opens no link."""
    rule = request.url_rule
    return rule.rule if rule is not None and "token" in rule.arguments else request.path


def what_is_gone() -> Exception | None:
    """Look, when something failed that nobody expected, whether the database is there at all."""
    asked: Database | None = current_app.extensions.get(EXTENSION)
    if asked is None or asked.dialect != POSTGRESQL:
        return None
    try:
        engine.open_database(asked.url, Registry()).sql.dispose()
    except (DatabaseUnreachable, DatabaseDamaged) as gone:
        return gone
    return None


def ask_to_sign_in(error: SignedOut) -> ResponseReturnValue:
    """Lead a stranger to the sign-in page, and from there back to where they wanted to go.

    What a script asks for is no page: it is told, and the page that it stands on goes on.
    A form that was sent goes nowhere: they are told so, and get back to where it stands.
    """
    if asks_for_no_page() or "HX-Request" in request.headers:
        return show(error)
    unsent = request.method not in SAFE
    wanted = page_of_form() if unsent else request.full_path.rstrip("?")
    wanted = None if wanted == "/" else wanted
    return redirect(url_for("auth.sign_in", next=wanted, unsent="yes" if unsent else None))


def page_of_form() -> str | None:
    """Return the page of ours that the form which was sent stands on, if it can be opened."""
    try:
        stood = urlsplit(request.referrer or "")
    except ValueError:
        return None
    ours = current_app.create_url_adapter(request)
    if stood.netloc != request.host or ours is None or not ours.test(unquote(stood.path), "GET"):
        return None
    return f"{stood.path}?{stood.query}" if stood.query else stood.path


def as_json(problem: Problem) -> ResponseReturnValue:
    """Answer with problem details, RFC 9457."""
    body: dict[str, Any] = {
        "type": f"urn:duban:problem:{problem.name}",
        "title": problem.title,
        "status": problem.status,
        "instance": request.path,
        "facts": problem.facts,
    }
    if problem.words:
        body["detail"] = problem.words
    if problem.fields:
        body["fields"] = problem.fields
    response = current_app.json.response(body)
    response.status_code = problem.status
    response.mimetype = "application/problem+json"
    if problem.status == 401:  # noqa: PLR2004 - RFC 9110 wants the scheme with a 401
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def as_page(problem: Problem) -> ResponseReturnValue:
    """Answer with a page that says what happened and leads on."""
    picture = PROBLEMS.get(problem.status, OTHER_PROBLEM)
    template = "error.html" if g.get("actor") else "error_alone.html"
    lost = problem.status in (HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN)
    item_id = None if lost else (request.view_args or {}).get("item_id")
    try:
        page = render_template(template, problem=problem, picture=picture, item_id=item_id)
    except Exception:  # noqa: BLE001 - the database may be what is missing: say it without
        page = render_template("error_alone.html", problem=problem, picture=picture)
    return page, problem.status
