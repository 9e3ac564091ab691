"""Between JSON and the verbs: one transaction, one answer, tags and repeated keys."""

import hashlib
from collections.abc import Callable
from typing import Any

import orjson
from flask import Response, current_app, g, request
from marshmallow import Schema
from werkzeug.exceptions import PreconditionFailed, PreconditionRequired

import engine
from engine import Session
from web.transaction import reading, writing
from workflows.people import Actor

Body = dict[str, Any]
Deed = Callable[[Session, Actor], Body]


def show(look: Deed) -> Response:
    """Answer a GET with what ``look`` sees; 304 where the reader has it already."""
    with reading() as session:
        body = look(session, g.actor)
    return answer(body, 200).make_conditional(request)


def act(deed: Deed, *, status: int = 200) -> Response:
    """Answer a POST: do the deed in one transaction, once for each Idempotency-Key."""
    key = request.headers.get("Idempotency-Key")
    actor: Actor = g.actor

    def work(session: Session) -> Body:
        if key is None:
            return deed(session, actor)
        return engine.once(session, actor.by, key, fingerprint(), lambda: deed(session, actor))

    return answer(writing(work), status)


def answer(body: Body, status: int) -> Response:
    """Turn a body into JSON with its tag."""
    response = current_app.json.response(body)
    response.status_code = status
    response.set_etag(tag(body))
    return response


def tag(body: Body) -> str:
    """Return the ETag of a representation."""
    return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def must_match(body: Body) -> None:
    """Refuse to act on something that isn't what the caller has read."""
    if not request.if_match and "If-Match" not in request.headers:
        raise PreconditionRequired
    if not request.if_match.contains(tag(body)):
        raise PreconditionFailed


def fingerprint() -> str:
    """Return what tells one request from another that uses the same key."""
    parts = [request.method, request.path, request.get_data(cache=True)]
    return hashlib.sha256(orjson.dumps([str(part) for part in parts])).hexdigest()


def dump(schema: Schema, row: object) -> Body:
    """Return the row as ``schema`` shows it, ready for JSON."""
    body: Body = schema.dump(row)
    return body
