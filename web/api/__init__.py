"""The REST API under /api/v1, one module per resource."""

from flask import Flask

from web.api import (
    account,
    assignments,
    diagrams,
    history,
    items,
    ledger,
    notices,
    papers,
    steps,
    tasks,
    units,
)
from web.api.resource import Described

BLUEPRINTS = (
    account.blueprint,
    items.blueprint,
    tasks.blueprint,
    steps.blueprint,
    assignments.blueprint,
    papers.blueprint,
    ledger.blueprint,
    units.blueprint,
    notices.blueprint,
    diagrams.blueprint,
    history.blueprint,
)

SETTINGS = {
    "API_TITLE": "Duban 督办",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api/v1",
    "API_SPEC_OPTIONS": {
        "info": {
            "description": "Supervision of items from registration to close. "
            "Sign in with the token of an account; problems follow RFC 9457."
        },
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    },
}


def register(app: Flask) -> None:
    """Serve the API and its description."""
    app.config.from_mapping(SETTINGS)
    api = Described(app)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
