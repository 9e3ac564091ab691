"""How an error is shown: JSON to the API, a note to htmx, a calm page to a reader."""

import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

import engine
from engine import Database, DatabaseDamaged, DatabaseUnreachable, Registry
from web.auth import SignedOut, is_api
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
    if is_api():
        return as_json(problem)
    if "HX-Request" in request.headers:
        return render_template("note.html", problem=problem), problem.status
    return as_page(problem)


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
    """
    wants = request.accept_mimetypes
    if is_api() or "HX-Request" in request.headers or (wants and not wants.accept_html):
        return show(error)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=None if wanted == "/" else wanted))


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
