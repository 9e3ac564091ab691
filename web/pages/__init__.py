"""The pages, one module per room."""

from flask import Flask

from web.pages import (
    actions,
    admin_calendar,
    admin_ladder,
    admin_limits,
    admin_people,
    admin_projects,
    admin_settings,
    auth,
    decisions,
    deeds,
    diagrams,
    drafts,
    drawing_board,
    editor,
    imports,
    inbox,
    incidents,
    items,
    ladder,
    ledger,
    lineup,
    messages,
    notices,
    papers,
    posts,
    projects,
    proposals,
    rating,
    registering,
    revisits,
    rungs,
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
    lineup,
    revisits,
    actions,
    ladder,
    rungs,
    papers,
    posts,
    projects,
    ledger,
    proposals,
    rating,
    imports,
    diagrams,
    drafts,
    drawing_board,
    editor,
    admin_people,
    admin_calendar,
    admin_limits,
    admin_projects,
    admin_ladder,
    admin_settings,
    notices,
    messages,
    incidents,
)


def register(app: Flask) -> None:
    """Open every room."""
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
