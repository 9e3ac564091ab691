"""The pages, one module per room."""

from importlib import import_module
from importlib.util import find_spec

from flask import Flask

ROOMS = (
    "auth",
    "inbox",
    "items",
    "registering",
    "steps",
    "deeds",
    "papers",
    "ledger",
    "imports",
    "diagrams",
    "admin_people",
    "admin_calendar",
    "admin_limits",
    "notices",
    "mails",
)


def register(app: Flask) -> None:
    """Open every room."""
    for room in ROOMS:
        if find_spec(f"web.pages.{room}"):
            app.register_blueprint(import_module(f"web.pages.{room}").blueprint)
