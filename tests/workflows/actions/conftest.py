"""Actions play in the town."""

from tests.workflows.founding import postgres_town, sqlite_town, town, town_url

__all__ = ["postgres_town", "sqlite_town", "town", "town_url"]
