"""The tests of faults run on the engine alone; those of the domain found a town."""

import pytest

from engine import Registry
from tests.diagrams import REGISTRY


@pytest.fixture
def registry() -> Registry:
    """Give what the tests' own diagrams name."""
    return REGISTRY
