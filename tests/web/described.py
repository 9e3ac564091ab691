"""Whether an answer of the API is what its own description says."""

from functools import cache
from typing import Any

from flask import Flask
from flask_smorest.spec.plugins import FlaskPlugin
from openapi_schema_validator import OAS31Validator
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

NOT_MODIFIED = 304


@cache
def description(app: Flask) -> dict[str, Any]:
    """Return the description that the application serves."""
    told: dict[str, Any] = app.test_client().get("/api/v1/openapi.json").get_json()
    return told


def must_be_as_described(app: Flask, answer: TestResponse) -> None:
    """Fail if an answer's status, kind or body isn't described for its operation."""
    method, path = answer.request.method, answer.request.path
    try:
        rule, _ = app.url_map.bind("localhost").match(path, method, return_rule=True)
    except HTTPException:
        return  # no operation of ours
    if answer.status_code == NOT_MODIFIED:
        return
    place = f"{method} {path} → {answer.status_code}"
    told = description(app)["paths"][FlaskPlugin.flaskpath2openapi(rule.rule)][method.lower()]
    assert str(answer.status_code) in told["responses"], place
    kinds = _resolved(app, told["responses"][str(answer.status_code)])["content"]
    assert answer.mimetype in kinds or "application/octet-stream" in kinds, place
    schema = kinds.get(answer.mimetype, {}).get("schema", {})
    if answer.is_json:
        whole = {**schema, "components": description(app)["components"]}
        OAS31Validator(whole).validate(answer.get_json())


def _resolved(app: Flask, told: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference to an answer that several operations share."""
    if "$ref" not in told:
        return told
    found: dict[str, Any] = description(app)["components"]["responses"][
        told["$ref"].rsplit("/", 1)[1]
    ]
    return found
