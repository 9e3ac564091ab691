"""Decision tables 决策表: limits, ladder, sampling, scores: drafted, checked, tried, deployed."""

from workflows.decision_tables.differing import RowChange, differences
from workflows.decision_tables.drafting import (
    Kept,
    Version,
    bring_file,
    check_draft,
    deploy_draft,
    discard_draft,
    draft_of,
    newest,
    open_draft,
    rebase_draft,
    roll_back,
    rows_of,
    save_draft,
    seed_tables,
    tables,
    version,
    versions,
)
from workflows.decision_tables.judging import TABLES, Flaw, Judged, table_named
from workflows.decision_tables.trying import Line, Trial, try_draft

__all__ = [
    "TABLES",
    "Flaw",
    "Judged",
    "Kept",
    "Line",
    "RowChange",
    "Trial",
    "Version",
    "bring_file",
    "check_draft",
    "deploy_draft",
    "differences",
    "discard_draft",
    "draft_of",
    "newest",
    "open_draft",
    "rebase_draft",
    "roll_back",
    "rows_of",
    "save_draft",
    "seed_tables",
    "table_named",
    "tables",
    "try_draft",
    "version",
    "versions",
]
