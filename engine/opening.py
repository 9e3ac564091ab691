"""Opens a database and puts to work what runs after each of its commits."""

from engine.clock import Clock, SystemClock
from engine.database import Database, connected
from engine.deliveries import deliver
from engine.registry import Registry

DEMO_KEY = b"duban's own key: good for a demonstration, and for nothing else"


def open_database(
    url: str,
    registry: Registry,
    *,
    clock: Clock = SystemClock(),
    key: bytes = DEMO_KEY,
) -> Database:
    """Open the database at an address; ``key`` seals its history."""
    database = connected(url, registry, clock, key)
    database.courier = deliver
    return database
