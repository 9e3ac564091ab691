"""The town in which diagrams are walked."""

from pathlib import Path

import pytest

from tests.workflows.founding import postgres_town, sqlite_town, town, town_url

__all__ = ["postgres_town", "sqlite_town", "town", "town_url"]


@pytest.fixture(autouse=True)
def papers_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep papers where the test is."""
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path))
