"""The office's serials: drafts from a template and a snapshot, approved, numbered, delivered.

Whoever drafts doesn't approve alone. A number is taken in the transaction that issues and in no
other; what was issued is kept as files that never change, and withdrawn with a record only.
"""

from workflows.publications.addressing import address, copy_to
from workflows.publications.checks import Check, Severity, checks_of
from workflows.publications.deeds import deeds_of
from workflows.publications.drafting import (
    Edited,
    NewDraft,
    count_again,
    count_first,
    discard_draft,
    make_draft,
    note_presence,
    restore_version,
    save_draft,
    take_snapshot,
    take_up,
    versions,
)
from workflows.publications.issuing import issue, prepare, withdraw
from workflows.publications.naming import leave_out, name_unit, open_suggestions
from workflows.publications.receipts import urge_readers
from workflows.publications.reviewing import (
    approve,
    give_back,
    remark,
    remarks,
    review,
    settle_remark,
    submit,
    take_back,
)
from workflows.publications.views import (
    ArchiveFilter,
    archive,
    named_units,
    open_issue,
    reading_of,
    receipts,
    visible,
)

__all__ = [
    "ArchiveFilter",
    "Check",
    "Edited",
    "NewDraft",
    "Severity",
    "address",
    "approve",
    "archive",
    "checks_of",
    "copy_to",
    "count_again",
    "count_first",
    "deeds_of",
    "discard_draft",
    "give_back",
    "issue",
    "leave_out",
    "make_draft",
    "name_unit",
    "named_units",
    "note_presence",
    "open_issue",
    "open_suggestions",
    "prepare",
    "reading_of",
    "receipts",
    "remark",
    "remarks",
    "restore_version",
    "review",
    "save_draft",
    "settle_remark",
    "submit",
    "take_back",
    "take_snapshot",
    "take_up",
    "urge_readers",
    "versions",
    "visible",
    "withdraw",
]
