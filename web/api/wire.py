"""Between JSON and the verbs: one transaction, one answer, tags and repeated keys."""

import hashlib
from collections.abc import Callable
from typing import Any

from flask import Response, current_app, g, request
from flask_babel import gettext
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import PreconditionFailed, PreconditionRequired

import engine
from engine import Session
from web.api.bearer import current_actor
from web.transaction import database, reading, writing
from workflows.people import Actor

Body = dict[str, Any]
Deed = Callable[[Session, Actor], Body]

KEY = "Idempotency-Key"
LONGEST_KEY = 200


def show(look: Deed) -> Response:
    """Answer a GET with what ``look`` sees; 304 where the reader has it already."""
    with reading() as session:
        body = look(session, g.actor)
    return unless_known(answer(body))


def open_for(look: Deed) -> Response:
    """Answer a GET that leaves a trace: its reader has seen it from then on."""
    body = writing(lambda session: look(session, current_actor(session)))
    return unless_known(answer(body))


def act(deed: Deed, *, status: int = 200) -> Response:
    """Answer a POST: do the deed in one transaction, once for each Idempotency-Key."""
    key = key_of_request()

    def work(session: Session) -> Body:
        actor = current_actor(session)
        if key is None:
            return deed(session, actor)
        return engine.once(session, actor.by, key, fingerprint(), lambda: deed(session, actor))

    return answer(writing(work), status)


def act_apart(work: Callable[[], Body], *, status: int = 200) -> Response:
    """Answer a POST whose work opens transactions of its own; once for each key as well."""
    key = key_of_request()
    if key is None:
        return answer(work(), status)
    return answer(engine.once_apart(database(), g.actor.by, key, fingerprint(), work), status)


def act_once_shown(
    deed: Callable[[Session, Actor], tuple[Body, Body]], *, status: int = 200
) -> Response:
    """Answer a POST that gives out secrets: they are shown now, and kept nowhere.

    The same key again is answered as before, but with nothing in the secrets' places.
    """
    secrets: Body = {}

    def without(session: Session, actor: Actor) -> Body:
        body, told = deed(session, actor)
        secrets.clear()
        secrets.update(told)
        return {**body, **dict.fromkeys(told)}

    kept = act(without, status=status)
    shown = answer({**kept.get_json(), **secrets}, status)
    shown.headers["Cache-Control"] = "no-store"
    return shown


def answer(body: Body, status: int = 200) -> Response:
    """Turn a body into JSON with its tag."""
    response = Response(current_app.json.dumps(body), status, mimetype="application/json")
    response.set_etag(tag(body))
    return response


def unless_known(response: Response) -> Response:
    """Send only the head of what the reader has already."""
    response.make_conditional(request)
    return response


def tag(body: Body) -> str:
    """Return the ETag of a representation."""
    return hashlib.sha256(current_app.json.dumps(body).encode()).hexdigest()[:32]


def must_match(body: Body) -> None:
    """Refuse to act on something that isn't what the caller has read."""
    if "If-Match" not in request.headers:
        raise PreconditionRequired
    if not request.if_match.contains(tag(body)):
        raise PreconditionFailed


def key_of_request() -> str | None:
    """Return the caller's own name for this request, by which it may be repeated."""
    key = request.headers.get(KEY)
    if key is not None and not 0 < len(key) <= LONGEST_KEY:
        raise ValidationError({KEY: [gettext("Please write 1 to 200 characters.")]})
    return key


def fingerprint() -> str:
    """Return what tells one request from another that uses the same key."""
    told = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    told.update(request.query_string)
    told.update(request.get_data())
    for name, file in sorted(request.files.items(multi=True)):
        told.update(f"{name} {file.filename}\n".encode())
        file.stream.seek(0)
        told.update(hashlib.sha256(file.stream.read()).digest())
    return told.hexdigest()


def dump(schema: Schema, row: object) -> Body:
    """Return the row as ``schema`` shows it, ready for JSON."""
    body: Body = schema.dump(row)
    return body
