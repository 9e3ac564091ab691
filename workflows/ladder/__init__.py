"""The ladder of escalation 升级: rungs that an overdue part climbs, and suggestions 督查建议.

The decision table (``ladder_rules``) says which rung is due; the diagram ``escalation`` says
who approves it and how it reaches the unit; praise, criticism and accountability go on as
suggestions on the diagram ``suggestion``. The report stays due whatever happens here.
"""

from workflows.ladder.bases import Article, BasisEntry, seed_bases, write_basis
from workflows.ladder.interviews import InterviewText, hold_interview
from workflows.ladder.lateness import imported_on, overdue_since
from workflows.ladder.rungs import (
    SUGGESTED,
    Word,
    approve_rung,
    deliver,
    escalate,
    open_rungs,
    settle,
)
from workflows.ladder.suggestions import (
    Evidence,
    Handing,
    approve_suggestion,
    drop_suggestion,
    endorse_suggestion,
    facts_of,
    hand_over,
    keep_evidence,
    record_outcome,
    send_on,
    submit_evidence,
    suggest,
    suggest_from,
)

__all__ = [
    "SUGGESTED",
    "Article",
    "BasisEntry",
    "Evidence",
    "Handing",
    "InterviewText",
    "Word",
    "approve_rung",
    "approve_suggestion",
    "deliver",
    "drop_suggestion",
    "endorse_suggestion",
    "escalate",
    "facts_of",
    "hand_over",
    "hold_interview",
    "imported_on",
    "keep_evidence",
    "open_rungs",
    "overdue_since",
    "record_outcome",
    "seed_bases",
    "send_on",
    "settle",
    "submit_evidence",
    "suggest",
    "suggest_from",
    "write_basis",
]
