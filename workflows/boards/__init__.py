"""The boards 看板: what leaders, the office and a unit see at a glance, and the rows behind it.

Every number is a :class:`Number`: a count with what lists exactly the rows that it counts.
"""

from workflows.boards.asked import Board, Whose, board_of, choices, must_look, whole
from workflows.boards.burden import (
    FOUR_WEEKS,
    Alike,
    Ask,
    BurdenLine,
    alike,
    asks,
    burdens,
    must_see_unit,
)
from workflows.boards.headline import DueDay, Headline, due, headline
from workflows.boards.numbers import AlikeRows, AskRows, Number, Rows, UrgeRows
from workflows.boards.sources import SourceLine, sources
from workflows.boards.stretches import Stretch, stretches
from workflows.boards.trend import Week, trend
from workflows.boards.units import LateUnit, late_units
from workflows.boards.visits import VisitLine, visits

__all__ = [
    "FOUR_WEEKS",
    "Alike",
    "AlikeRows",
    "Ask",
    "AskRows",
    "Board",
    "BurdenLine",
    "DueDay",
    "Headline",
    "LateUnit",
    "Number",
    "Rows",
    "SourceLine",
    "Stretch",
    "UrgeRows",
    "VisitLine",
    "Week",
    "Whose",
    "alike",
    "asks",
    "board_of",
    "burdens",
    "choices",
    "due",
    "headline",
    "late_units",
    "must_look",
    "must_see_unit",
    "sources",
    "stretches",
    "trend",
    "visits",
    "whole",
]
