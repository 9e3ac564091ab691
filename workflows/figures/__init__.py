"""Figures 数据: counted from the ledger, frozen in snapshots, each opening the rows that made it.

``counting`` says which rows make a figure, ``matters`` how items stood at a day that has gone by,
``deeds`` what was done in a span; ``measuring`` counts now, ``snapshots`` freezes and reads back.
"""

from workflows.figures.asked import Counted, Measured, Part, Row, Span, SpanKind, WhyNot, quarter_of
from workflows.figures.counting import FIGURES, Figure
from workflows.figures.freezing import (
    LedgerLine,
    Reckoned,
    freeze,
    prepare,
    take,
    take_prepared,
    verify,
)
from workflows.figures.measuring import knows_all, may_take, measure, must_know
from workflows.figures.periods import count_for, freeze_ended, ledger_for, of_period
from workflows.figures.snapshots import (
    Changed,
    FrozenFigure,
    changed_since,
    frozen,
    frozen_rows,
    ledger_then,
    lines_changed_since,
    part_of,
    snapshot_of,
    snapshots,
    span_of,
)

__all__ = [
    "FIGURES",
    "Changed",
    "Counted",
    "Figure",
    "FrozenFigure",
    "LedgerLine",
    "Measured",
    "Part",
    "Reckoned",
    "Row",
    "Span",
    "SpanKind",
    "WhyNot",
    "changed_since",
    "count_for",
    "freeze",
    "freeze_ended",
    "frozen",
    "frozen_rows",
    "knows_all",
    "ledger_for",
    "ledger_then",
    "lines_changed_since",
    "may_take",
    "measure",
    "must_know",
    "of_period",
    "part_of",
    "prepare",
    "quarter_of",
    "snapshot_of",
    "snapshots",
    "span_of",
    "take",
    "take_prepared",
    "verify",
]
