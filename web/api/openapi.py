"""The API's description: OpenAPI 3.1, with what holds for every operation told once."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, Response
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

from web.api.schemas.kinds import ProblemSchema
from web.shapes import Shape

View = Callable[..., Response]
Header = dict[str, Any]

PROBLEM = "application/problem+json"
SECURITY = "token"

SETTINGS: dict[str, Any] = {
    "API_TITLE": "Duban 督办",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api/v1",
    "API_SPEC_OPTIONS": {
        "info": {
            "description": "Supervision of items from registration to close. "
            "Every call carries the token of an account; problems follow RFC 9457."
        },
        "components": {"securitySchemes": {SECURITY: {"type": "http", "scheme": "bearer"}}},
        "security": [{SECURITY: []}],
    },
}

LANGUAGE: Header = {
    "name": "Accept-Language",
    "in": "header",
    "description": "zh or en: the language of problems.",
    "schema": {"type": "string"},
}
KEY: Header = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A call repeated with the same key has no second effect and the first answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}
IF_MATCH: Header = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of what the caller has read, or * for whatever is there.",
    "schema": {"type": "string"},
}
ETAG = {"ETag": {"description": "The tag of what is shown.", "schema": {"type": "string"}}}

READING = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
CHANGING = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
GUARDED = (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)


def name_of(schema: type[Schema] | Schema) -> str:
    """Name a schema: what is sent ends in Request, what is shown has its plain name."""
    kind = schema if isinstance(schema, type) else type(schema)
    name = kind.__name__
    if issubclass(kind, Shape):
        return f"{name.removesuffix('Request')}Request"
    return name.removesuffix("Schema")


def guarded(view: View) -> View:
    """Tell that an operation asks for If-Match."""
    offered: View = Blueprint.doc(**{"x-guarded": True})(view)
    return offered


def reads(media_type: str) -> Callable[[View], View]:
    """Tell that an operation reads a body of this kind."""
    body = {"required": True, "content": {media_type: {"schema": {"type": "string"}}}}
    told: Callable[[View], View] = Blueprint.doc(requestBody=body)
    return told


def tell_habits(
    doc: dict[str, Any], doc_info: dict[str, Any], *, method: str, **_: object
) -> dict[str, Any]:
    """Add to an operation what holds for all of them: security, headers and problems."""
    headers, statuses = [LANGUAGE], [*READING]
    if method == "post":
        headers.append(KEY)
        statuses += CHANGING
    if doc_info.get("manual_doc", {}).pop("x-guarded", False):
        headers.append(IF_MATCH)
        statuses += GUARDED
    problems = {str(status.value): status.name for status in statuses}
    answers = {str(int(s)): answer for s, answer in doc["responses"].items() if s != "default"}
    for status, answer in answers.items():
        if status.startswith("2") and "application/json" in answer["content"]:
            answer["headers"] = ETAG
    return {
        **doc,
        "parameters": [*doc.get("parameters", []), *headers],
        "responses": {**problems, **answers},
        "security": [{SECURITY: []}],
    }


def tell_decimals(
    _converter: object, field: fields.Field[Any], **_: object
) -> dict[str, str | list[str]]:
    """Tell that a decimal is written as text: no program rounds it."""
    if not isinstance(field, fields.Decimal) or not field.as_string:
        return {}
    return {"type": ["string", "null"] if field.allow_none else "string"}


class Described(Api):  # type: ignore[misc] # flask-smorest has no types
    """The API's description; its errors are answered by web/problems.py, like all others."""

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: Flask) -> None:
        """Describe the API of an application."""
        plugin = MarshmallowPlugin(schema_name_resolver=name_of)
        super().__init__(app, spec_kwargs={"marshmallow_plugin": plugin})
        if plugin.converter is not None:  # it is there once there is a description
            plugin.converter.add_attribute_function(tell_decimals)  # type: ignore[no-untyped-call]

    def _register_error_handlers(self) -> None:
        """Leave errors to the one table."""

    def _register_pagination_header(self) -> None:
        """Leave out what isn't used."""

    def _register_responses(self) -> None:
        """Describe every status as a problem document."""
        body = {"content": {PROBLEM: {"schema": self.ERROR_SCHEMA}}}
        for status in HTTPStatus:
            answer = {"description": status.phrase, **body}
            self.spec.components.response(status.name, answer, lazy=True)
