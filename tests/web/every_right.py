"""What the rooms say of who may do what, put together."""

from tests.web import (
    assessment_rights,
    board_rights,
    decision_rights,
    drawing_rights,
    figure_rights,
    overseeing_rights,
    post_rights,
    project_rights,
    proposal_rights,
    publication_rights,
    results_rights,
    table_rights,
    template_rights,
    trial_rights,
    visit_rights,
)
from tests.web.rights import Right

ROOMS = (
    assessment_rights,
    board_rights,
    decision_rights,
    drawing_rights,
    figure_rights,
    overseeing_rights,
    post_rights,
    project_rights,
    proposal_rights,
    publication_rights,
    results_rights,
    table_rights,
    template_rights,
    trial_rights,
    visit_rights,
)


def of_all(table: str) -> dict[str, Right]:
    """Return one of the rooms' tables for all of them: API, PAGES or VERBS."""
    return {name: right for room in ROOMS for name, right in getattr(room, table, {}).items()}
