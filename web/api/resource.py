"""How every resource of the API behaves, and how OpenAPI tells it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, NoReturn, cast

import flask_smorest
from flask import Request, Response, g, request
from flask_smorest import Api
from flask_smorest.utils import deepupdate
from marshmallow import Schema, fields, ValidationError
from webargs.flaskparser import FlaskParser

from web.api.bearer import actor_of_request
from web.api.schemas import OpenTaskSchema, ProblemSchema

JSON_BYTES = 1_000_000

PROBLEM = "application/problem+json"

HEADERS: dict[str, dict[str, Any]] = {
    "idempotency_key": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Repeating the call with the same key gives the first answer again.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    },
    "if_match": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "The ETag of what was read, or * to act on whatever is there.",
        "schema": {"type": "string"},
    },
    "accept_language": {
        "name": "Accept-Language",
        "in": "header",
        "description": "zh or en: the language of problems and words.",
        "schema": {"type": "string"},
    },
}


View = Callable[..., Response]
ETAG = {"ETag": {"description": "The tag of what is shown.", "schema": {"type": "string"}}}


class Parser(FlaskParser):
    """Reads what is sent; a mistake goes to the one table of errors."""

    def handle_error(
        self,
        error: ValidationError,
        req: Request,  # noqa: ARG002 - webargs passes it
        schema: Schema,  # noqa: ARG002 - webargs passes it
        *,
        error_status_code: int | None,  # noqa: ARG002 - webargs passes it
        error_headers: object,  # noqa: ARG002 - webargs passes it
    ) -> NoReturn:
        """Raise marshmallow's own error, field by field, without the location's name."""
        (fields,) = cast("dict[str, Any]", error.messages).values()
        raise ValidationError(fields)


class Resource(flask_smorest.Blueprint):
    """A part of the API: asks for a token first, limits bodies, tells its habits."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, import_name: str, description: str) -> None:
        """Name the resource; every request to it is signed in first."""
        super().__init__(name, import_name, url_prefix="/api/v1", description=description)
        self.before_request(sign_in)
        self._prepare_doc_cbks.append(tell_habits)

    def act(
        self,
        path: str,
        shape: type[Schema] | None,
        answer: type[Schema],
        *,
        status: int = 200,
        guarded: bool = False,
    ) -> Callable[[View], View]:
        """Offer a verb: POST to ``path``, what it is told, and what it answers.

        A guarded verb asks for If-Match: the caller acts on what he has read.
        """

        def offer(view: View) -> View:
            offered = self.response(status, answer, headers=ETAG if guarded else None)(view)
            if shape is not None:
                offered = self.arguments(shape)(offered)
            offered._apidoc["guarded"] = guarded  # noqa: SLF001 - flask-smorest's own place
            self.post(path)(offered)
            return view

        return offer

    def step(self, verb: str, shape: type[Schema] | None = None) -> Callable[[View], View]:
        """Offer a verb on a task as the caller has read it."""
        return self.act(f"/tasks/<uuid:task_id>/{verb}", shape, OpenTaskSchema, guarded=True)


def collection(name: str, **lists: type[Schema]) -> type[Schema]:
    """Return a schema of named lists."""
    return Schema.from_dict(
        {key: fields.List(fields.Nested(schema)) for key, schema in lists.items()}, name=name
    )


def sign_in() -> None:
    """Know who asks before anything else is read."""
    g.actor = actor_of_request()
    if request.mimetype != "multipart/form-data":
        request.max_content_length = JSON_BYTES


def tell_habits(
    doc: dict[str, Any], doc_info: dict[str, Any], *, method: str, **_: object
) -> dict[str, Any]:
    """Add to an operation what holds for all of them: security, headers and problems."""
    changing = method == "post"
    guarded = bool(doc_info.get("guarded"))
    names = ["accept_language"]
    statuses = [HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND]
    if changing:
        names.append("idempotency_key")
        statuses += [
            HTTPStatus.CONFLICT,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            HTTPStatus.SERVICE_UNAVAILABLE,
        ]
    if guarded:
        names.append("if_match")
        statuses += [HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED]
    parameters = doc.get("parameters", []) + [HEADERS[name] for name in names]
    problems = {str(int(status)): status.name for status in statuses}
    habits = {"parameters": parameters, "security": [{"token": []}], "responses": problems}
    return cast("dict[str, Any]", deepupdate(habits, {**doc, "parameters": parameters}))


class Described(Api):
    """The API's description; problems are told as RFC 9457 and handled elsewhere."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Leave errors to web/errors.py, the one table."""

    def _register_responses(self) -> None:
        """Describe every status as a problem document."""
        body = {PROBLEM: {"schema": ProblemSchema}}
        for status in HTTPStatus:
            answer = {"description": status.phrase, "content": body}
            self.spec.components.response(status.name, answer, lazy=True)
        default = {"description": "A problem", "content": body}
        self.spec.components.response("DEFAULT_ERROR", default, lazy=True)
