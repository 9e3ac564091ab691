"""How every resource of the API behaves; ``web/api/openapi.py`` tells the same."""

from collections.abc import Callable
from typing import Any, NoReturn, cast

import flask_smorest
from flask import Request, Response, g, request
from marshmallow import RAISE, Schema, ValidationError, fields
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

from web import shapes
from web.api import openapi
from web.api.bearer import current_actor
from web.api.schemas.tasks import OpenTaskSchema
from web.transaction import reading
from workflows import rules
from workflows.tables import Role

View = Callable[..., Response]

BYTES, XML, FILES = "application/octet-stream", "application/xml", "multipart/form-data"
LARGEST_BODY = 1_000_000
LARGEST = {XML: 2_000_000, FILES: 26 * 1024 * 1024}
"""How many bytes a body may have that isn't JSON; of any other kind none is read."""


class Parser(FlaskParser):
    """Reads what is sent; a mistake goes to the one table of errors."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 (as webargs declares it)
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
    }

    def handle_error(
        self,
        error: ValidationError,
        req: Request,  # noqa: ARG002 (webargs passes it)
        schema: Schema,  # noqa: ARG002 (webargs passes it)
        *,
        error_status_code: int | None,  # noqa: ARG002 (webargs passes it)
        error_headers: object,  # noqa: ARG002 (webargs passes it)
    ) -> NoReturn:
        """Raise marshmallow's own error, field by field, without the location's name."""
        (mistakes,) = cast(dict[str, Any], error.messages).values()
        raise ValidationError(mistakes)


class Resource(flask_smorest.Blueprint):  # type: ignore[misc] # flask-smorest has no types
    """A part of the API: asks for a token first, limits bodies, tells its habits."""

    ARGUMENTS_PARSER = Parser()

    def __init__(
        self, name: str, import_name: str, description: str, *, administered: bool = False
    ) -> None:
        """Name the resource; every request to it is signed in first, perhaps by the right role."""
        super().__init__(name, import_name, url_prefix="/api/v1", description=description)
        self.before_request(sign_in)
        if administered:
            self.before_request(must_administer)
        self._prepare_doc_cbks.append(openapi.tell_habits)

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None,
        view_func: View,
        **options: Any,  # noqa: ANN401
    ) -> None:
        """Add an operation under an id of its own."""
        operation = f"{self.name.lower()}_{view_func.__name__}"
        super().add_url_rule(rule, endpoint, self.doc(operationId=operation)(view_func), **options)

    def look(
        self, path: str, answer: type[Schema], query: type[Schema] | None = None
    ) -> Callable[[View], View]:
        """Offer something to read: GET from ``path``, and what it answers."""

        def offer(view: View) -> View:
            offered = self.response(200, answer)(view)
            if query is not None:
                offered = self.arguments(query, location="query")(offered)
            self.get(path)(offered)
            return view

        return offer

    def give(
        self, path: str, media_type: str, query: type[Schema] | None = None
    ) -> Callable[[View], View]:
        """Offer a file: GET from ``path``."""
        content = {"type": "string", "format": "binary"}

        def offer(view: View) -> View:
            offered = self.response(200, content, content_type=media_type)(view)
            if query is not None:
                offered = self.arguments(query, location="query")(offered)
            self.get(path)(offered)
            return view

        return offer

    def act(
        self,
        path: str,
        shape: type[Schema] | None,
        answer: type[Schema],
        *,
        status: int = 200,
        guarded: bool = False,
        location: str = "json",
    ) -> Callable[[View], View]:
        """Offer a verb: POST to ``path``, what it is told, and what it answers.

        A guarded verb asks for If-Match: the caller acts on what he has read.
        """

        def offer(view: View) -> View:
            offered = self.response(status, answer)(view)
            if shape is not None:
                offered = self.arguments(shape, location=location)(offered)
            self.post(path)(openapi.guarded(offered) if guarded else offered)
            return view

        return offer

    def act_on_xml(
        self,
        path: str,
        answer: type[Schema],
        *,
        status: int = 200,
        query: type[Schema] | None = None,
        guarded: bool = False,
    ) -> Callable[[View], View]:
        """Offer a verb that is told a diagram, or a table."""

        def offer(view: View) -> View:
            offered = self.response(status, answer)(view)
            if query is not None:
                offered = self.arguments(query, location="query")(offered)
            told = openapi.reads(XML)(offered)
            self.post(path)(openapi.guarded(told) if guarded else told)
            return view

        return offer

    def step(self, verb: str, shape: type[Schema] | None = None) -> Callable[[View], View]:
        """Offer a verb on a task as the caller has read it."""
        return self.act(f"/tasks/<uuid:task_id>/{verb}", shape, OpenTaskSchema, guarded=True)


def collection(name: str, **lists: type[Schema]) -> type[Schema]:
    """Return a schema of named lists."""
    return shapes.Schema.from_dict(
        {key: fields.List(fields.Nested(schema)) for key, schema in lists.items()}, name=name
    )


def sign_in() -> None:
    """Know who asks before anything else is read, and what and how much may be read."""
    with reading() as session:
        g.actor = current_actor(session)
    sent = request.content_length or "Transfer-Encoding" in request.headers
    if sent and not request.is_json and request.mimetype not in LARGEST:
        raise UnsupportedMediaType
    request.max_content_length = LARGEST.get(request.mimetype, LARGEST_BODY)


def must_administer() -> None:
    """Let only administrators in."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)
