"""What a changed calendar, rule or reporting period moves: shown first, then moved at once."""

from workflows.moves.changing import (
    change_calendar,
    change_periods,
    change_rules,
    follow_rules,
    of_calendar,
    of_periods,
    of_rules,
)
from workflows.moves.finding import NewRule, changed_rules
from workflows.moves.moved import LIVE, Moved, Moves, Stay, What

__all__ = [
    "LIVE",
    "Moved",
    "Moves",
    "NewRule",
    "Stay",
    "What",
    "change_calendar",
    "change_periods",
    "change_rules",
    "changed_rules",
    "follow_rules",
    "of_calendar",
    "of_periods",
    "of_rules",
]
