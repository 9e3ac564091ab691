"""The town that most tests of supervision play in."""

from tests.workflows.founding import (
    postgres_town,
    small_town,
    sqlite_town,
    town,
    town_url,
    unreviewed,
)

__all__ = ["postgres_town", "small_town", "sqlite_town", "town", "town_url", "unreviewed"]
