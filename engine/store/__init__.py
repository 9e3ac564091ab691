"""Every statement that the engine sends, one module a table. No rules, no tokens.

Statements without a variable part are built once: SQLAlchemy compiles each the first
time and finds it in its cache from then on.
"""

from engine.store import (
    answers,
    awaited,
    decisions,
    definitions,
    deliveries,
    history,
    incidents,
    instances,
    jobs,
    messages,
    migrations,
    overview,
    pasts,
    starts,
    tasks,
    timers,
    times,
)
from engine.store.sql import Found

__all__ = [
    "Found",
    "answers",
    "awaited",
    "decisions",
    "definitions",
    "deliveries",
    "history",
    "incidents",
    "instances",
    "jobs",
    "messages",
    "migrations",
    "overview",
    "pasts",
    "starts",
    "tasks",
    "timers",
    "times",
]
