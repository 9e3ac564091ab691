"""The pages, one module per room."""

from flask import Flask

from web.pages import (
    admin_calendar,
    admin_ladder,
    admin_limits,
    admin_people,
    auth,
    decisions,
    deeds,
    diagrams,
    imports,
    inbox,
    incidents,
    items,
    ladder,
    ledger,
    messages,
    notices,
    papers,
    posts,
    registering,
    revisits,
    steps,
)

ROOMS = (
    auth,
    inbox,
    items,
    registering,
    steps,
    decisions,
    deeds,
    revisits,
    ladder,
    papers,
    posts,
    ledger,
    imports,
    diagrams,
    admin_people,
    admin_calendar,
    admin_limits,
    admin_ladder,
    notices,
    messages,
    incidents,
)


def register(app: Flask) -> None:
    """Open every room."""
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
