"""The REST API under /api/v1, one module per resource."""

from flask import Flask

from web.api import (
    account,
    account_changes,
    actions,
    assessment,
    assessment_groups,
    assignments,
    boards,
    calendar,
    comparing,
    decisions,
    diagrams,
    disclosures,
    drafts,
    figures,
    history,
    imports,
    incidents,
    items,
    ladder,
    ledger,
    limits,
    migrations,
    notices,
    paper_templates,
    papers,
    people,
    posts,
    projects,
    proposals,
    publications,
    replays,
    revisits,
    searching,
    snapshots,
    steps,
    summaries,
    tables,
    targets,
    tasks,
    trials,
    units,
    views,
)
from web.api.openapi import SETTINGS, Described
from web.api.plain import PlainJSON

RESOURCES = (
    account,
    items,
    searching,
    decisions,
    tasks,
    steps,
    assignments,
    ladder,
    papers,
    ledger,
    projects,
    proposals,
    disclosures,
    targets,
    boards,
    figures,
    snapshots,
    summaries,
    publications,
    paper_templates,
    revisits,
    actions,
    assessment,
    assessment_groups,
    posts,
    views,
    imports,
    notices,
    units,
    people,
    account_changes,
    calendar,
    limits,
    tables,
    diagrams,
    drafts,
    comparing,
    replays,
    trials,
    migrations,
    incidents,
    history,
)


def register(app: Flask) -> None:
    """Serve the API and its description."""
    app.json = PlainJSON(app)
    app.config.from_mapping(SETTINGS)
    api = Described(app)
    for resource in RESOURCES:
        api.register_blueprint(resource.blueprint)
