"""The rules and their sums are the same on either database: here SQLite is enough."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give the address of a SQLite database with all tables and no rows."""
    path = tmp_path / "duban.sqlite"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"
