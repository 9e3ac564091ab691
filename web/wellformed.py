"""No address and no form is looked at that holds a sign which no database can keep."""

from flask import Flask, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

NOTHING = "\x00"
FORM = "application/x-www-form-urlencoded"


def register(app: Flask) -> None:
    """Look before anything else is done with what was sent."""
    app.before_request(check)


def check() -> None:
    """Refuse a NUL: SQLite would cut a text there, and PostgreSQL fails over it."""
    if NOTHING in request.path or _holds(request.args):
        raise BadRequest
    if request.mimetype == FORM and _holds(request.form):
        raise BadRequest


def _holds(sent: MultiDict[str, str]) -> bool:
    return any(NOTHING in text for pair in sent.items(multi=True) for text in pair)
