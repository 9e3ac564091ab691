"""The town in which diagrams are walked."""

import pytest

from engine import Database, MovableClock
from tests.workflows.town import Town, found_town


@pytest.fixture
def town(database: Database, clock: MovableClock) -> Town:
    """Found a town with its office, three departments and everybody in them."""
    return found_town(database, clock)
