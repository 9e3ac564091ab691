"""A town whose units are assessed by the default table."""

import pytest

from engine import Session
from tests.workflows.town import Town
from workflows import assessment
from workflows.decision_tables import seed_tables


def seed(session: Session) -> None:
    """Write the first version of the rules, and the groups."""
    seed_tables(session)
    assessment.seed_groups(session)


@pytest.fixture
def assessed(small_town: Town) -> Town:
    """Give a town on SQLite with groups and rules."""
    small_town.database.write(seed)
    return small_town
