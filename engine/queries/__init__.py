"""What can be asked of instances that run and of those that have: nothing moves, ever."""

from engine.queries.event_log import xes
from engine.queries.heads import heads, verify_heads
from engine.queries.offers import Offer, offers
from engine.queries.overview import (
    all_open_tasks,
    awaited,
    loads,
    running,
    suspended,
    waiting_timers,
)
from engine.queries.times import element_times
from engine.queries.trails import trail
from engine.queries.visits import ended_visits, open_visits
from engine.queries.watching import standing_still

__all__ = [
    "Offer",
    "all_open_tasks",
    "awaited",
    "element_times",
    "ended_visits",
    "heads",
    "loads",
    "offers",
    "open_visits",
    "running",
    "standing_still",
    "suspended",
    "trail",
    "verify_heads",
    "waiting_timers",
    "xes",
]
