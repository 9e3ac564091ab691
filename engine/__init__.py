"""A small BPMN engine."""

from sqlalchemy.orm import Session

from engine.clock import Clock, MovableClock, SystemClock
from engine.database import Base, Database, Instant, now
from engine.errors import *  # noqa: F403
from engine.records import *  # noqa: F403
from engine.registry import *  # noqa: F403


def open_database(url, registry, *, clock=SystemClock(), key=b"duban"):
    from engine.database import connected
    return connected(url, registry, clock, key)
