"""The pages, one module per room."""

from flask import Flask

from web.pages import (
    admin_calendar,
    admin_ladder,
    admin_limits,
    admin_people,
    auth,
    deeds,
    diagrams,
    imports,
    inbox,
    incidents,
    items,
    ledger,
    mails,
    notices,
    papers,
    posts,
    registering,
    steps,
)

ROOMS = (
    auth,
    inbox,
    items,
    registering,
    steps,
    deeds,
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
    mails,
    incidents,
)


def register(app: Flask) -> None:
    """Open every room."""
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
